/* SPDX-License-Identifier: MIT */
/*
 * Rows that are not what they should be: each is reported at its place, none is pushed, and
 * reading goes on at the next line, in bounded memory.
 */
#include <stdio.h>

#include "base/utf8.h"
#include "format/csv/read.h"
#include "format/text.h"

void ta_csv_report(const ta_csv_reader *r, size_t start, size_t len,
                   const ta_finding *finding) {
    ta_window *window = &r->source->window;
    ta_finding f = *finding;
    f.row = r->row;
    ta_span span = {window->offset + start, window->offset + start + len};
    ta_find_in(r->in->finder, window, span, 0, &f);
}

ta_place ta_csv_place(const ta_csv_reader *r, uint32_t cell) {
    ta_window *window = &r->source->window;
    const ta_csv_cell *c = &r->scan.cells[cell];
    uint64_t start = window->offset + r->at + c->start;
    return ta_place_in(window, (ta_span){start, start + c->len});
}

bool ta_csv_row_is_bad(const ta_csv_reader *r, size_t end) {
    return r->source->bad < r->source->window.offset + end;
}

ta_status ta_csv_skip_line(ta_csv_reader *r, size_t from) {
    ta_source *source = r->source;
    for (;;) {
        const char *data = source->window.data;
        const char *end = memchr(data + from, '\n', source->window.len - from);
        if (end) {
            r->at = (size_t)(end - data) + 1;
            break;
        }
        ta_status status = ta_source_more(source, source->window.len);
        r->at = from = 0;
        if (status == TA_STOP)
            break;
        if (status != TA_OK)
            return ta_text_report_more(r->in, status, 0);
    }
    ta_csv_scan_reset(&r->scan, r->at);
    if (source->bad < source->window.offset + r->at)
        ta_source_recheck(source, source->window.offset + r->at);
    return TA_OK;
}

/* Text behind a closing quote; where the cell spans lines, the opening quote is shown too. */
static void report_csv_stray(const ta_csv_reader *r, bool after) {
    const ta_csv_scanner *scan = &r->scan;
    ta_window *window = &r->source->window;
    ta_related related = {.label = "the quote that opened the cell"};
    ta_finding f = {
        .code = TA_F_CSV_STRAY_QUOTE,
        .found = after ? "text after the closing quote" : "a quote inside an unquoted cell",
        .expected = r->in->options->recover
                        ? ", in a row that libcsv reads as more or fewer cells than the head"
                        : "; --recover reads such rows"};
    const char *opened = window->data + scan->opened;
    if (after && memchr(opened, '\n', scan->fault - scan->opened)) {
        uint64_t at = window->offset + scan->opened;
        related.place = ta_place_in(window, (ta_span){at, at + 1});
        f.related = &related;
        f.related_count = 1;
    }
    ta_csv_report(r, scan->fault, 1, &f);
}

/* A row too large, or whose quoted cell never ends: the line of the quote is left out, not all
 * that follows it. */
static ta_status refuse_large_row(ta_csv_reader *r) {
    ta_csv_scanner *scan = &r->scan;
    ta_window *window = &r->source->window;
    bool quoted = scan->fault == scan->opened && scan->opened >= r->at &&
                  window->data[scan->opened] == scan->quote;
    ta_text_report_size(r->in, window->offset + r->at, 0, "; is a quote not closed?");
    return ta_csv_skip_line(r, quoted ? scan->opened : r->at);
}

/* Bytes that are no text, up to the end of the row or of the line of its fault. */
static ta_status refuse_bad_bytes(ta_csv_reader *r, size_t resume) {
    ta_text_report_bad(r->in, 0);
    size_t at = (size_t)(r->source->bad - r->source->window.offset);
    return ta_csv_skip_line(r, at > resume ? at : resume);
}

/* Where the row as scanned ends, as far as that is known. */
static size_t known_end(const ta_csv_reader *r, ta_csv_found found) {
    if (found == TA_CSV_ROW || found == TA_CSV_BLANK)
        return r->scan.next;
    if (found == TA_CSV_UNCLOSED || found == TA_CSV_TOO_LARGE)
        return r->scan.opened + 1;
    return r->scan.fault + 2;
}

static ta_status refuse_bad_row(ta_csv_reader *r, ta_csv_found found) {
    size_t end = known_end(r, found);
    bool whole = found == TA_CSV_ROW || found == TA_CSV_BLANK;
    size_t last = whole && end > r->at     ? end - 1
                  : r->scan.opened > r->at ? r->scan.opened
                                           : r->at;
    return refuse_bad_bytes(r, last);
}

/* The lines from the row to the end of the file, if none of them has a delimiter: a note, or a
 * source. 0: they do not look so. */
static uint64_t count_notes(const ta_csv_reader *r) {
    const ta_window *window = &r->source->window;
    const char *at = window->data + r->at;
    size_t len = window->len - r->at;
    if (!r->source->ended || !r->records || memchr(at, r->scan.delimiter, len))
        return 0;
    return ta_count_lines(at, len) + (at[len - 1] != '\n');
}

static ta_status refuse_ragged_row(ta_csv_reader *r) {
    ta_csv_scanner *scan = &r->scan;
    char found[24], expected[80];
    snprintf(found, sizeof found, "%u %s", scan->count, scan->count == 1 ? "cell" : "cells");
    snprintf(expected, sizeof expected, "%u", r->columns);
    uint64_t notes = count_notes(r);
    if (notes)
        snprintf(expected, sizeof expected, "%u; if notes end the file: --skip-footer %llu",
                 r->columns, (unsigned long long)notes);
    size_t start = scan->end, len = 0;
    if (scan->count > r->columns) {
        start = r->at + scan->cells[r->columns].start;
        len = scan->cells[r->columns].len;
    }
    ta_csv_report(r, start, len,
                  &(ta_finding){.code = TA_F_CSV_RAGGED, .found = found, .expected = expected});
    ta_csv_pass_row(r);
    return TA_OK;
}

static ta_status refuse_csv_row(ta_csv_reader *r, ta_csv_found found) {
    ta_csv_scanner *scan = &r->scan;
    r->flawed |= found != TA_CSV_BLANK;
    if (ta_csv_row_is_bad(r, known_end(r, found))) {
        r->flawed = true;
        return refuse_bad_row(r, found);
    }
    switch (found) {
    case TA_CSV_ROW:
        return refuse_ragged_row(r);
    case TA_CSV_BLANK:
        ta_csv_report(r, r->at, 0, &(ta_finding){.code = TA_F_CSV_BLANK});
        ta_csv_pass_row(r);
        return TA_OK;
    case TA_CSV_STRAY_INSIDE:
        report_csv_stray(r, false);
        return ta_csv_skip_line(r, scan->fault);
    case TA_CSV_STRAY_AFTER:
        report_csv_stray(r, true);
        return ta_csv_skip_line(r, scan->opened);
    case TA_CSV_BARE_CR:
        ta_csv_report(r, scan->fault, 1, &(ta_finding){.code = TA_F_CSV_CELL_LINE});
        return ta_csv_skip_line(r, scan->fault);
    case TA_CSV_UNCLOSED:
        ta_csv_report(r, scan->opened, 1, &(ta_finding){.code = TA_F_CSV_UNCLOSED});
        return ta_csv_skip_line(r, scan->opened);
    case TA_CSV_TOO_LARGE:
    case TA_CSV_MORE:
        break;
    }
    return refuse_large_row(r);
}

ta_status ta_csv_refuse_row(ta_csv_reader *r, ta_csv_found found) {
    const ta_window *window = &r->source->window;
    uint64_t start = window->offset + r->at;
    ta_status status = refuse_csv_row(r, found);
    if (status == TA_OK && r->in->left.tell && found != TA_CSV_BLANK) {
        const char *end = window->data + r->at;
        size_t feed = r->at && end[-1] == '\n', back = feed && r->at > 1 && end[-2] == '\r';
        r->in->left.tell(r->in->left.to, start, window->offset + r->at - feed - back);
    }
    return status;
}
