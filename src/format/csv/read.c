/* SPDX-License-Identifier: MIT */
/*
 * The CSV reader (RFC 4180, with any delimiter): rows are scanned in the window, cells become
 * nodes that point into it. A window that ends inside a row grows, and the row is scanned
 * again; since it doubles, that stays linear.
 */
#include "format/csv/read.h"

#include <stdio.h>
#include <stdlib.h>

#include "format/csv/parts.h"
#include "format/text.h"

ta_status ta_csv_grow_window(ta_csv_reader *r) {
    ta_source *source = r->source;
    size_t shift = r->at, want = 2 * (source->window.len - shift);
    r->at = 0;
    r->scan.opened -= shift;
    r->scan.fault -= shift;
    ta_status status = ta_source_more(source, shift);
    bool grown = status == TA_OK;
    while (status == TA_OK && source->window.len < want)
        status = ta_source_more(source, 0);
    ta_csv_scan_reset(&r->scan, 0);
    /* An error that comes after more bytes have come will come again. */
    return grown || status == TA_STOP ? TA_OK : status;
}

/* Under --recover the whole line of a stray quote must be in the window. */
static bool lacks_line_end(const ta_csv_reader *r, ta_csv_found found) {
    const ta_source *source = r->source;
    if (!r->in->options->recover || source->ended ||
        (found != TA_CSV_STRAY_AFTER && found != TA_CSV_STRAY_INSIDE))
        return false;
    size_t rest = source->window.len - r->scan.fault;
    return !memchr(source->window.data + r->scan.fault, '\n', rest);
}

ta_status ta_csv_next_row(ta_csv_reader *r, ta_csv_found *found) {
    ta_source *source = r->source;
    if (r->trims) {
        bool footer;
        ta_status status = ta_csv_skip_comments(r);
        status = status == TA_OK ? ta_csv_at_footer(r, &footer) : status;
        if (status != TA_OK || footer)
            return status == TA_OK ? TA_STOP : status;
    }
    for (;;) {
        const ta_window *window = &source->window;
        if (r->at >= window->len && source->ended)
            return TA_STOP;
        *found = ta_csv_scan(&r->scan, window->data, r->at, window->len, source->ended);
        if (*found != TA_CSV_MORE && !lacks_line_end(r, *found)) {
            r->row++;
            return TA_OK;
        }
        ta_status status = ta_csv_grow_window(r);
        unsigned byte;
        if (status == TA_ERR_INPUT && ta_source_is_full(source, &byte)) {
            r->row++;
            *found = TA_CSV_TOO_LARGE;
            return TA_OK;
        }
        if (status != TA_OK)
            return ta_text_report_more(r->in, status, 0);
    }
}

static void begin_csv_record(ta_csv_reader *r) {
    ta_record_begin(r->record, r->source->window.data + r->at);
    r->record->raw_len = (uint32_t)(r->scan.end - r->at);
    r->record->number = r->records + 1;
}

/* Builds the record and pushes it. */
static ta_status push_csv_record(ta_csv_reader *r, ta_stage *next) {
    ta_keys_trim(r->record->keys);
    if (r->tree.generation != r->record->keys->generation && !ta_csv_plan_keys(r))
        return TA_ERR_NOMEM;
    if (!ta_csv_build(r)) {
        if (!r->record->full)
            return TA_ERR_NOMEM;
        ta_text_report_size(r->in, r->source->window.offset + r->at, 0, "");
        r->flawed = true;
        return TA_OK;
    }
    ta_status status = ta_stage_put(next, r->record);
    if (status == TA_OK || status == TA_STOP)
        r->records++;
    return status;
}

static ta_status report_recovered(const ta_csv_reader *r, size_t fault, uint32_t column) {
    enum { SHOWN = 60 };
    const ta_csv_recovered *cell = &r->recovered[column];
    const char *data = r->record->arena.data + cell->text;
    size_t shown = cell->len;
    if (shown > SHOWN)
        for (shown = SHOWN; (data[shown] & 0xC0) == 0x80;)
            shown--;
    ta_buf text = {0};
    ta_buf_put(&text, data, shown);
    ta_buf_puts(&text, shown < cell->len ? " ..." : "");
    ta_finding f = {.code = TA_F_CSV_RECOVERED, .found = ta_buf_text(&text)};
    f.column = r->names[column];
    ta_status status = text.failed ? TA_ERR_NOMEM : TA_OK;
    if (status == TA_OK)
        ta_csv_report(r, fault, 1, &f);
    ta_buf_fini(&text);
    return status;
}

/* Reads a row with a stray quote through libcsv; refuses it if its cells do not fit the head.
 */
static ta_status recover_csv_row(ta_csv_reader *r, ta_csv_found found, ta_stage *next) {
    const ta_window *window = &r->source->window;
    size_t fault = r->scan.fault;
    const char *end = memchr(window->data + fault, '\n', window->len - fault);
    size_t row_end = end ? (size_t)(end - window->data) : window->len;
    size_t next_row = row_end + (end != NULL);
    uint32_t column = r->scan.count < r->columns ? r->scan.count : 0;
    if (end && row_end > fault + 1 && end[-1] == '\r')
        row_end--;
    if (ta_csv_row_is_bad(r, row_end))
        return ta_csv_refuse_row(r, found);
    r->scan.end = row_end;
    begin_csv_record(r);
    ta_status status = ta_csv_recover(r, row_end);
    if (status != TA_OK && status != TA_ERR_INPUT)
        return status;
    if (status != TA_OK || r->scan.count != r->columns)
        return ta_csv_refuse_row(r, found);
    status = report_recovered(r, fault, column);
    if (status == TA_OK)
        status = push_csv_record(r, next);
    r->at = next_row;
    ta_csv_scan_reset(&r->scan, r->at);
    return status;
}

static ta_status take_csv_row(ta_csv_reader *r, ta_csv_found found, ta_stage *next) {
    bool is_row = found == TA_CSV_ROW || (found == TA_CSV_BLANK && r->columns == 1);
    if (is_row && r->scan.count == r->columns && !ta_csv_row_is_bad(r, r->scan.next)) {
        begin_csv_record(r);
        ta_status status = push_csv_record(r, next);
        ta_csv_pass_row(r);
        return status;
    }
    bool stray = found == TA_CSV_STRAY_AFTER || found == TA_CSV_STRAY_INSIDE;
    if (stray && r->in->options->recover)
        return recover_csv_row(r, found, next);
    return ta_csv_refuse_row(r, found);
}

/* Reads one row on. TA_STOP: there is none. */
static ta_status read_csv_row(ta_csv_reader *r) {
    ta_csv_found found;
    ta_status status = ta_csv_next_row(r, &found);
    return status == TA_OK ? take_csv_row(r, found, r->next) : status;
}

/* Behind a row: goes on where the leap leads, if it is due. */
static ta_status leap_csv_rows(ta_csv_reader *r) {
    ta_leap *leap = r->in->leap;
    if (r->source->window.offset + r->at < leap->due || !r->records || r->trims)
        return TA_OK;
    ta_reach reach = {.at = r->at,
                      .records = r->records,
                      .numbers = r->records,
                      .rows = r->row,
                      .spoilt = r->flawed};
    ta_status status = leap->leap(leap, r->in, &reach);
    r->at = reach.at;
    r->records = reach.records;
    r->row = reach.rows;
    r->flawed = reach.spoilt;
    if (status == TA_OK)
        ta_csv_scan_reset(&r->scan, r->at);
    return status;
}

static ta_status read_csv_rows(ta_csv_reader *r) {
    uint64_t limit = r->in->options->limit;
    ta_status status = TA_OK;
    while (status == TA_OK && (!limit || r->records < limit)) {
        status = read_csv_row(r);
        if (status == TA_OK && r->in->leap)
            status = leap_csv_rows(r);
    }
    if (status != TA_OK && status != TA_STOP)
        return status;
    if (r->comments && r->in->options->converts)
        ta_find(r->in->finder, &(ta_finding){.code = TA_F_LOSS_COMMENT,
                                             .place = r->comment,
                                             .count = r->comments});
    return ta_text_end(r->in, r->flawed);
}

static void drop_csv_reader(ta_csv_reader *r) {
    ta_head *head = r->in->head;
    head->reader = NULL;
    head->columns = NULL;
    head->column_count = 0;
    free(r->scan.cells);
    free(r->names);
    free(r->heads);
    free(r->steps);
    free(r->frames);
    free(r->recovered);
    ta_csv_tree_fini(&r->tree);
    ta_arena_fini(&r->arena);
    free(r);
}

/* Reads the head of the file and tells the next stage of it. */
static ta_status begin_csv(ta_csv_reader *r) {
    ta_status status = ta_csv_open(r);
    ta_head *head = r->in->head;
    head->form = TA_FORM_LIST;
    if (status == TA_STOP) /* the columns are the schema's, and there is no row */
        return ta_stage_begin(r->next, head);
    if (status != TA_OK)
        return status;
    head->locate = ta_csv_locate;
    head->reader = r;
    head->columns = r->names;
    head->column_count = r->columns;
    head->mute_quotes = !r->quotes_mean;
    return ta_stage_begin(r->next, head);
}

static ta_csv_reader *new_csv_reader(const ta_reading *reading, ta_stage *next) {
    ta_csv_reader *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->in = reading;
    r->next = next;
    r->source = reading->source;
    r->record = reading->record;
    return r;
}

ta_status ta_csv_read(const ta_reading *reading, ta_stage *next, uint64_t *records) {
    ta_csv_reader *r = new_csv_reader(reading, next);
    if (!r)
        return TA_ERR_NOMEM;
    ta_status status = begin_csv(r);
    if (status == TA_OK)
        status = read_csv_rows(r);
    else if (status == TA_STOP)
        status = TA_OK;
    *records = r->records;
    drop_csv_reader(r);
    return status;
}

static ta_status new_csv_cursor(const ta_reading *reading, ta_stage *next, void **out) {
    ta_csv_reader *r = new_csv_reader(reading, next);
    *out = r;
    return r ? begin_csv(r) : TA_ERR_NOMEM;
}

static ta_status step_csv_cursor(void *cursor) {
    ta_csv_reader *r = cursor;
    ta_status status = read_csv_row(r);
    if (status == TA_STOP && r->flawed)
        *r->in->left_out = true;
    return status;
}

static void drop_csv_cursor(void *cursor) {
    if (cursor)
        drop_csv_reader(cursor);
}

const ta_cursor_ops ta_csv_cursor = {new_csv_cursor, step_csv_cursor, drop_csv_cursor};
