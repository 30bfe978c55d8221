/* SPDX-License-Identifier: MIT */
/* Slots, each with a record and its comments, and what stays between them. */
#include "flow/shuffle.h"

#include <stdlib.h>

#include "flow/gaps.h"

/* Bounds that the text has come to. */
static void mark_bounds(ta_shuffle *s) {
    for (; s->marked < 2 * s->count; s->marked++) {
        ta_shuffled *record = &s->records[s->marked / 2];
        if (record->span[s->marked % 2] > s->offset)
            return;
        record->before[s->marked % 2] = s->before.len;
        record->after[s->marked % 2] = s->after.len;
    }
}

static void hold_text(ta_shuffle *s, ta_text before, ta_text after) {
    size_t bytes = after.len + (s->keeps_before ? before.len : 0);
    if (s->status == TA_OK)
        s->status = ta_sorter_hold(s->sorter, bytes);
    if (s->status != TA_OK)
        return;
    ta_buf_put(&s->after, after.data, after.len);
    if (s->keeps_before)
        ta_buf_put(&s->before, before.data, before.len);
    s->offset += before.len;
    if (s->after.failed || s->before.failed)
        s->status = TA_ERR_NOMEM;
}

static void shuffle_same(void *to, const char *data, size_t len) {
    ta_shuffle *s = to;
    mark_bounds(s);
    while (len && s->status == TA_OK) {
        size_t part = len;
        if (s->marked < 2 * s->count) {
            uint64_t bound = s->records[s->marked / 2].span[s->marked % 2];
            part = bound - s->offset < len ? (size_t)(bound - s->offset) : len;
        }
        hold_text(s, (ta_text){data, part}, (ta_text){data, part});
        mark_bounds(s);
        data += part;
        len -= part;
    }
}

/* Within one record. */
static void shuffle_changed(void *to, ta_text before, ta_text after) {
    ta_shuffle *s = to;
    mark_bounds(s);
    hold_text(s, before, after);
    mark_bounds(s);
}

static ta_status shuffle_begin(ta_stage *stage, const ta_head *head) {
    ta_shuffle *s = (ta_shuffle *)stage;
    s->format = head->format;
    s->sorter->file = head->file;
    return ta_stage_begin(stage->next, head);
}

static ta_status shuffle_put(ta_stage *stage, ta_record *record) {
    ta_shuffle *s = (ta_shuffle *)stage;
    const ta_window *window = record->window;
    uint64_t start = window->offset + (uint64_t)(record->raw - window->data);
    ta_status status = s->status;
    if (status == TA_OK)
        status = ta_sorter_add(s->sorter, record);
    if (status == TA_OK)
        status = ta_sorter_hold(s->sorter, sizeof *s->records);
    if (status != TA_OK)
        return status;
    if (!ta_array_grow(&s->records, &s->cap, s->count + 1, sizeof *s->records))
        return TA_ERR_NOMEM;
    s->records[s->count++] = (ta_shuffled){.span = {start, start + record->raw_len}};
    status = ta_stage_put(stage->next, record);
    return status == TA_OK ? s->status : status;
}

static ta_status shuffle_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void shuffle_drop(ta_stage *stage) {
    ta_shuffle *s = (ta_shuffle *)stage;
    ta_buf_fini(&s->before);
    ta_buf_fini(&s->after);
    free(s->records);
    s->records = NULL;
}

void ta_shuffle_init(ta_shuffle *shuffle, ta_sorter *sorter, const ta_patch_to *out,
                     ta_stage *next) {
    static const ta_stage_ops ops = {"shuffle",   TA_SCOPE_ORDERED, shuffle_begin,
                                     shuffle_put, shuffle_end,      shuffle_drop};
    *shuffle =
        (ta_shuffle){.stage = {&ops, next},
                     .in = {shuffle, shuffle_same, shuffle_changed, out ? out->sink : NULL},
                     .out = out,
                     .sorter = sorter};
}

static ta_text cut_text(const ta_buf *buf, size_t from, size_t to) {
    return (ta_text){buf->data ? buf->data + from : "", to - from};
}

/* What stands before the i-th record, or behind the last. */
static ta_text gap_text(const ta_shuffle *s, size_t i) {
    return cut_text(&s->after, i ? s->records[i - 1].after[1] : 0,
                    i < s->count ? s->records[i].after[0] : s->after.len);
}

/* The gaps and the texts of the records; then the gaps split. */
static ta_status split_gaps(ta_shuffle *s, ta_gap *gaps) {
    ta_text *records = calloc(s->count + 1, sizeof *records);
    if (!records)
        return TA_ERR_NOMEM;
    for (size_t i = 0; i <= s->count; i++) {
        gaps[i].text = gap_text(s, i);
        if (i < s->count)
            records[i] = cut_text(&s->after, s->records[i].after[0], s->records[i].after[1]);
    }
    s->why = ta_gaps_split(s->format, s->comment, gaps, records, s->count + 1);
    free(records);
    if (!s->why)
        return TA_OK;
    ta_buf words = {0};
    ta_buf_printf(&words,
                  "its records cannot be moved, since %s: `convert --sort-key` writes it anew",
                  s->why);
    ta_find(s->sorter->finder, &(ta_finding){.code = TA_F_NORMALIZE_INPUT,
                                             .place = {.file = s->sorter->file},
                                             .found = ta_buf_text(&words)});
    ta_buf_fini(&words);
    return TA_ERR_USAGE;
}

/* A record with its comments, of the old text or the new; gap i is before it, gap i + 1 behind.
 */
static ta_text slot_text(const ta_shuffle *s, const ta_gap *gaps, size_t i, bool old) {
    const ta_shuffled *record = &s->records[i];
    const size_t *at = old ? record->before : record->after;
    return cut_text(old ? &s->before : &s->after, at[0] - gaps[i].lead,
                    at[1] + gaps[i + 1].tail);
}

static void put_stay(const ta_shuffle *s, const ta_gap *gap) {
    s->out->same(s->out->to, gap->text.data + gap->tail, gap->text.len - gap->tail - gap->lead);
}

static void put_slots(const ta_shuffle *s, const ta_gap *gaps) {
    put_stay(s, &gaps[0]);
    for (size_t i = 0; i < s->count; i++) {
        ta_text after = slot_text(s, gaps, s->sorter->items[i].index, false);
        ta_text before = s->keeps_before ? slot_text(s, gaps, i, true) : after;
        bool same = before.len == after.len && !memcmp(before.data, after.data, after.len);
        if (same)
            s->out->same(s->out->to, after.data, after.len);
        else
            s->out->changed(s->out->to, before, after);
        put_stay(s, &gaps[i + 1]);
    }
}

ta_status ta_shuffle_finish(ta_shuffle *s, size_t *moved) {
    mark_bounds(s);
    *moved = 0;
    if (s->status != TA_OK || !s->format)
        return s->status;
    *moved = ta_sorter_sort(s->sorter);
    if (!s->out) {
        ta_sorter_tell(s->sorter, *moved);
        return TA_OK;
    }
    ta_gap *gaps = calloc(s->count + 1, sizeof *gaps);
    if (!gaps)
        return TA_ERR_NOMEM;
    ta_status status = TA_OK;
    if (*moved)
        status = split_gaps(s, gaps);
    for (size_t i = 0; i <= s->count && !*moved; i++)
        gaps[i].text = gap_text(s, i);
    if (status == TA_OK && s->marked == 2 * s->count) {
        ta_sorter_tell(s->sorter, *moved);
        put_slots(s, gaps);
    }
    free(gaps);
    return status;
}
