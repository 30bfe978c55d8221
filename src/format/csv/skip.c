/* SPDX-License-Identifier: MIT */
/* Lines that are no rows: comments, and what --skip-footer leaves out at the end of the file.
 */
#include "format/csv/read.h"

static void note_comment(ta_csv_reader *r) {
    ta_window *window = &r->source->window;
    uint64_t at = window->offset + r->at;
    if (!r->comments++)
        r->comment = ta_place_in(window, (ta_span){at, at + 1});
    r->comment.line = NULL; /* the line's text is gone before it is told */
    r->comment.line_len = 0;
}

/* The byte at which the next row begins is in the window, or there is none. */
static ta_status reach_row(ta_csv_reader *r) {
    bool there = r->at < r->source->window.len || r->source->ended;
    return there ? TA_OK : ta_csv_grow_window(r);
}

ta_status ta_csv_skip_comments(ta_csv_reader *r) {
    char comment = r->in->options->dialect.comment;
    for (;;) {
        ta_status status = reach_row(r);
        const ta_window *window = &r->source->window;
        if (status != TA_OK || !comment || r->at >= window->len ||
            window->data[r->at] != comment)
            return status;
        note_comment(r);
        r->row++;
        status = ta_csv_skip_line(r, r->at);
        if (status != TA_OK)
            return status;
    }
}

/* Whether more than `lines` lines begin at the window's row. */
static bool has_lines(const ta_csv_reader *r, uint32_t lines) {
    const ta_window *window = &r->source->window;
    size_t at = r->at;
    for (uint32_t i = 0; i < lines && at < window->len; i++)
        at = ta_csv_line_end(window->data, at, window->len);
    return at < window->len;
}

ta_status ta_csv_at_footer(ta_csv_reader *r, bool *footer) {
    uint32_t lines = r->in->options->dialect.skip_footer;
    *footer = false;
    while (lines && !has_lines(r, lines)) {
        size_t before = r->source->window.len - r->at;
        if (r->source->ended) {
            *footer = true;
            return TA_OK;
        }
        ta_status status = ta_csv_grow_window(r);
        if (status != TA_OK)
            return status;
        if (r->source->window.len - r->at == before && !r->source->ended)
            return TA_OK;
    }
    return TA_OK;
}
