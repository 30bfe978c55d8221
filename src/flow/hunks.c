/* SPDX-License-Identifier: MIT */
/*
 * Lines that stay go by through three buffers; a line that changes opens a hunk, six lines in
 * a row that stay close it. A hunk's head tells how long it is, so that it is held until it is
 * closed: where change follows change for megabytes, it is cut into hunks without lines around
 * them (with such on one side only, `patch` would look for them at the file's end).
 */
#include "flow/hunks.h"

#include <inttypes.h>

enum { HUNK_BYTES = 4 * 1024 * 1024 };

void ta_hunks_init(ta_hunks *h, ta_recoder *out, const char *name, size_t line_max) {
    *h = (ta_hunks){.out = out, .name = name, .line_max = line_max, .line = 1};
}

void ta_hunks_fini(ta_hunks *h) {
    ta_buf_fini(&h->before);
    ta_buf_fini(&h->after);
    ta_buf_fini(&h->body);
    ta_buf_fini(&h->added);
    for (int i = 0; i < TA_HUNK_CONTEXT; i++)
        ta_buf_fini(&h->lead[i]);
}

/* A line with its mark; how it ends is told if no line end does. */
static void put_line(ta_buf *out, char mark, const char *data, size_t len) {
    ta_buf_put(out, &mark, 1);
    ta_buf_put(out, data, len);
    if (!len || data[len - 1] != '\n')
        ta_buf_puts(out, "\n\\ No newline at end of file\n");
}

static uint64_t put_lines(ta_buf *out, char mark, const ta_buf *text) {
    uint64_t lines = 0;
    for (size_t at = 0, len; at < text->len; at += len, lines++) {
        const char *feed = memchr(text->data + at, '\n', text->len - at);
        len = feed ? (size_t)(feed + 1 - (text->data + at)) : text->len - at;
        put_line(out, mark, text->data + at, len);
    }
    return lines;
}

/* The lines before the one under way go into the hunk. */
static void take_lead(ta_hunks *h) {
    for (size_t i = 0; i < h->lead_count; i++)
        put_line(&h->body, ' ', h->lead[i].data, h->lead[i].len);
    h->old_count += h->lead_count;
    h->new_count += h->lead_count;
    h->lead_count = 0;
}

/* "12,3"; "12" where it is one line. */
static void put_range(ta_buf *out, char mark, uint64_t start, uint64_t count) {
    ta_buf_printf(out, " %c%" PRIu64, mark, start);
    if (count != 1)
        ta_buf_printf(out, ",%" PRIu64, count);
}

static void put_head(ta_hunks *h, uint64_t front, uint64_t trail) {
    ta_buf head = {0};
    const char *tab = strpbrk(h->name, " \t") ? "\t" : ""; /* ends a name with blanks */
    if (!h->headed)
        ta_buf_printf(&head, "--- %s%s\n+++ %s%s\n", h->name, tab, h->name, tab);
    ta_buf_puts(&head, "@@");
    put_range(&head, '-', h->start + front, h->old_count - front - trail);
    put_range(&head, '+', h->new_start + front, h->new_count - front - trail);
    ta_buf_puts(&head, " @@\n");
    h->headed = true;
    h->body.failed |= head.failed;
    ta_sink_put(h->out->sink, head.data, head.failed ? 0 : head.len);
    ta_buf_fini(&head);
}

static void put_added(ta_hunks *h) {
    ta_buf_put(&h->body, h->added.data, h->added.len);
    h->body.failed |= h->added.failed;
    h->added.len = 0;
}

/* Writes the hunk; a bare one without the lines around it. */
static void close_hunk(ta_hunks *h) {
    put_added(h);
    size_t from = h->bare ? h->front_at : 0,
           to = h->bare && h->trail ? h->trail_at : h->body.len;
    put_head(h, h->bare ? h->front : 0, h->bare ? h->trail : 0);
    if (!h->body.failed)
        ta_recoder_put(h->out, h->body.data + from, to - from);
    h->body.len = 0;
    h->open = false;
}

static void open_hunk(ta_hunks *h, bool bare) {
    h->open = true;
    h->bare = bare;
    h->start = h->line - h->lead_count;
    h->new_start = h->start + h->shift;
    h->old_count = h->new_count = 0;
    h->front = h->lead_count;
    take_lead(h);
    h->front_at = h->body.len;
}

static void take_change(ta_hunks *h) {
    bool goes_on = h->open && h->body.len + h->added.len > HUNK_BYTES;
    if (goes_on) {
        h->bare = true;
        close_hunk(h);
        h->lead_count = 0;
    }
    if (h->open)
        take_lead(h);
    else
        open_hunk(h, goes_on);
    uint64_t old_lines = put_lines(&h->body, '-', &h->before);
    uint64_t new_lines = put_lines(&h->added, '+', &h->after);
    h->old_count += old_lines;
    h->new_count += new_lines;
    h->trail = 0;
    h->line += old_lines;
    h->shift += new_lines - old_lines;
    h->dirty = false;
    h->before.len = h->after.len = 0;
}

/* The oldest of the lines kept gives way. */
static void keep_lead(ta_hunks *h, const char *data, size_t len) {
    if (h->lead_count == TA_HUNK_CONTEXT) {
        ta_buf first = h->lead[0];
        memmove(&h->lead[0], &h->lead[1], (TA_HUNK_CONTEXT - 1) * sizeof *h->lead);
        h->lead[--h->lead_count] = first;
    }
    ta_buf *line = &h->lead[h->lead_count++];
    line->len = 0;
    ta_buf_put(line, data, len);
    h->body.failed |= line->failed;
}

static void take_same_line(ta_hunks *h, const char *data, size_t len) {
    h->line++;
    if (h->open && h->trail < TA_HUNK_CONTEXT && !h->lead_count) {
        put_added(h);
        if (!h->trail++)
            h->trail_at = h->body.len;
        put_line(&h->body, ' ', data, len);
        h->old_count++;
        h->new_count++;
        return;
    }
    if (h->open && h->lead_count == TA_HUNK_CONTEXT)
        close_hunk(h);
    keep_lead(h, data, len);
}

static bool is_too_long(ta_hunks *h, size_t more) {
    h->too_long |= h->before.len + h->after.len + more > 2 * h->line_max;
    return h->too_long;
}

/* A part of the line under way. */
static void keep_part(ta_hunks *h, const char *data, size_t len) {
    if (is_too_long(h, 2 * len))
        return;
    ta_buf_put(&h->before, data, len);
    if (h->dirty)
        ta_buf_put(&h->after, data, len);
}

static void end_line(ta_hunks *h) {
    if (h->dirty)
        take_change(h);
    else
        take_same_line(h, h->before.data, h->before.len);
    h->before.len = 0;
}

void ta_hunks_same(void *to, const char *data, size_t len) {
    ta_hunks *h = to;
    const char *end = data + len;
    while (data < end && !h->too_long) {
        const char *feed = memchr(data, '\n', (size_t)(end - data));
        const char *next = feed ? feed + 1 : end;
        if (feed && !h->before.len && !h->dirty) {
            take_same_line(h, data, (size_t)(next - data));
        } else {
            keep_part(h, data, (size_t)(next - data));
            if (feed && !h->too_long)
                end_line(h);
        }
        data = next;
    }
}

void ta_hunks_changed(void *to, ta_text before, ta_text after) {
    ta_hunks *h = to;
    if (h->too_long || is_too_long(h, h->before.len + before.len + after.len))
        return;
    if (!h->dirty)
        ta_buf_put(&h->after, h->before.data, h->before.len);
    h->dirty = true;
    ta_buf_put(&h->before, before.data, before.len);
    ta_buf_put(&h->after, after.data, after.len);
}

ta_status ta_hunks_finish(ta_hunks *h) {
    if (h->too_long)
        return TA_ERR_INPUT;
    if (h->before.len || h->dirty)
        end_line(h);
    if (h->open)
        close_hunk(h);
    bool failed = h->body.failed || h->before.failed || h->after.failed;
    return failed ? TA_ERR_NOMEM : TA_OK;
}
