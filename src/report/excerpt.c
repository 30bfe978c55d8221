/* SPDX-License-Identifier: MIT */
/*
 * A line may have megabytes (a JSON file on one line): only a window of it is shown, and what
 * lies before the window is skipped in blocks.
 */
#include "report/excerpt.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "record/screen.h"
#include "report/put.h"

enum {
    WINDOW_COLUMNS = 100,
    WINDOW_BEFORE = 60, /* shown before the place if the line is cut */
    SKIP_BLOCK = 4096
};

/* What is rendered of a line, in columns of the terminal. */
typedef struct view {
    const char *at, *end;
    uint64_t index;       /* of the character at `at`, from the line's front */
    uint64_t first, last; /* the characters to underline: first up to, not including, last */
    unsigned width, pad, mark;
    const char *line;
    ta_hidden hidden[TA_HIDDEN_MAX]; /* of the line */
    size_t hidden_count, next;       /* next: the first that may still come */
} view;

static bool is_continuation(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Moves on by n characters, whole blocks at a time. */
static void skip_chars(view *v, uint64_t n) {
    uint64_t left = n;
    while (left > SKIP_BLOCK && v->end - v->at > SKIP_BLOCK) {
        left -= ta_utf8_count(v->at, SKIP_BLOCK);
        v->at += SKIP_BLOCK;
    }
    for (; v->at < v->end && (left || is_continuation(*v->at)); v->at++)
        if (left && !is_continuation(v->at[0]))
            left--;
    v->index += n - left;
}

/* The hidden part that the next character stands in; NULL: it is shown. */
static const ta_hidden *find_hidden(view *v) {
    size_t at = (size_t)(v->at - v->line);
    while (v->next < v->hidden_count && v->hidden[v->next].end <= at)
        v->next++;
    bool here = v->next < v->hidden_count && v->hidden[v->next].start <= at;
    return here ? &v->hidden[v->next] : NULL;
}

static void print_hidden(view *v, const ta_hidden *hidden, ta_buf *out) {
    const char *end = v->line + hidden->end < v->end ? v->line + hidden->end : v->end;
    unsigned columns = (unsigned)ta_utf8_count(hidden->words, strlen(hidden->words));
    uint64_t after = v->index + ta_utf8_count(v->at, (size_t)(end - v->at));
    ta_buf_puts(out, hidden->words);
    if (after <= v->first && v->index < v->first)
        v->pad += columns;
    else if (v->index < v->last)
        v->mark += columns;
    v->width += columns;
    v->index = after;
    v->at = end;
}

static void print_view(view *v, ta_buf *out) {
    while (v->at < v->end && v->width < WINDOW_COLUMNS) {
        unsigned columns = 1;
        const ta_hidden *hidden = find_hidden(v);
        if (hidden) {
            print_hidden(v, hidden, out);
            continue;
        }
        bool counted = !is_continuation(*v->at);
        if (*v->at == '\t') {
            ta_buf_put(out, " ", 1);
            v->at++;
        } else {
            v->at += ta_put_char(out, v->at, (size_t)(v->end - v->at), &columns);
        }
        if (v->index < v->first)
            v->pad += columns;
        else if (v->index < v->last)
            v->mark += columns;
        v->width += columns;
        v->index += counted;
    }
}

static bool begin_view(const ta_place *place, view *v) {
    if (!place->line || !place->from.line || place->from.column <= place->line_skip)
        return false;
    *v = (view){.at = place->line, .end = place->line + place->line_len, .line = place->line};
    v->hidden_count = ta_screen_line(place, v->hidden);
    if (v->end > v->at && v->end[-1] == '\r')
        v->end--;
    v->first = place->from.column - 1 - place->line_skip;
    v->last = UINT64_MAX;
    if (place->to.line == place->from.line && place->to.column >= place->from.column)
        v->last = v->first + (place->to.column - place->from.column);
    if (place->line_len > WINDOW_COLUMNS && v->first > WINDOW_BEFORE + 20)
        skip_chars(v, v->first - WINDOW_BEFORE);
    return true;
}

static void print_underline(const view *v, const char *colour, ta_buf *out) {
    ta_buf_printf(out, "      | %*s%s^", (int)v->pad, "", colour);
    for (unsigned i = 1; i < v->mark; i++)
        ta_buf_put(out, "~", 1);
    ta_buf_puts(out, *colour ? "\033[0m\n" : "\n");
}

void ta_excerpt_print(const ta_place *place, const char *colour, ta_buf *out) {
    view v;
    if (!begin_view(place, &v))
        return;
    ta_buf_printf(out, "%5" PRIu64 " | ", place->from.line);
    if ((v.index && !find_hidden(&v)) || place->line_skip) {
        ta_buf_puts(out, "…");
        v.pad = 1;
    }
    print_view(&v, out);
    ta_buf_puts(out, v.at < v.end ? "…\n" : "\n");
    print_underline(&v, colour, out);
}
