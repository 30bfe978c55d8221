/* SPDX-License-Identifier: MIT */
/* The head of a CSV file: the names of its columns, each there and each once. */
#include <stdio.h>
#include <stdlib.h>

#include "format/csv/read.h"

enum { FIRST_CELLS = 64 };

/* Scans the first row with room for all its cells. */
static ta_status scan_csv_head(ta_csv_reader *r, ta_csv_found *found) {
    r->scan.cap = FIRST_CELLS;
    for (;;) {
        if (!ta_array_grow(&r->scan.cells, &r->cell_cap, r->scan.cap, sizeof *r->scan.cells))
            return TA_ERR_NOMEM;
        ta_status status = ta_csv_next_row(r, found);
        if (status != TA_OK || *found != TA_CSV_ROW || r->scan.count <= r->scan.cap)
            return status;
        if (r->scan.count > TA_RECORD_MEMORY_MAX / sizeof(ta_node)) {
            *found = TA_CSV_TOO_LARGE;
            return TA_OK;
        }
        r->scan.cap = r->scan.count;
        r->row--;
        ta_csv_scan_reset(&r->scan, r->at);
    }
}

/* An empty line is a row where the schema has one column and the file no head. */
static bool is_empty_row(const ta_csv_reader *r, ta_csv_found found) {
    bool placed = r->in->options->dialect.by_position && r->in->shape;
    return found == TA_CSV_BLANK && placed && r->in->shape->member_count == 1;
}

static ta_status find_csv_head(ta_csv_reader *r) {
    for (;;) {
        ta_csv_found found;
        ta_status status = scan_csv_head(r, &found);
        if (status == TA_STOP && r->in->options->dialect.by_position)
            return TA_STOP;
        if (status == TA_STOP) {
            ta_csv_report(r, r->at, 0, &(ta_finding){.code = TA_F_CSV_NO_HEAD});
            return TA_ERR_INPUT;
        }
        if (status != TA_OK || is_empty_row(r, found) ||
            (found == TA_CSV_ROW && !ta_csv_row_is_bad(r, r->scan.next)))
            return status;
        status = ta_csv_refuse_row(r, found);
        if (status != TA_OK || found != TA_CSV_BLANK)
            return status == TA_OK ? TA_ERR_INPUT : status;
    }
}

/* Without a head: the schema's member in this place, or the column's number, in `number`. */
static ta_text number_csv_column(const ta_csv_reader *r, uint32_t i, char number[24]) {
    const ta_shape *shape = r->in->options->dialect.by_position ? r->in->shape : NULL;
    if (shape && i < shape->member_count)
        return (ta_text){shape->members[i].name, shape->members[i].name_len};
    return (ta_text){number, (size_t)snprintf(number, 24, "column%u", i + 1)};
}

static bool name_csv_columns(ta_csv_reader *r) {
    const char *row = r->source->window.data + r->at;
    bool numbered = r->in->options->dialect.no_header;
    r->columns = r->scan.count;
    r->names = calloc(r->columns, sizeof *r->names);
    r->heads = calloc(r->columns, sizeof *r->heads);
    if (!r->names || !r->heads)
        return false;
    for (uint32_t i = 0; i < r->columns; i++) {
        char number[24];
        const ta_csv_cell *cell = &r->scan.cells[i];
        char *room = numbered ? number : ta_arena_alloc(&r->arena, cell->len + 1);
        if (!room)
            return false;
        ta_text name = numbered ? number_csv_column(r, i, number)
                                : ta_csv_content(&r->scan, row, cell, room);
        r->names[i] = ta_arena_copy(&r->arena, name.data, name.len);
        r->heads[i] = (ta_text){r->names[i], name.len};
        if (!r->names[i])
            return false;
    }
    return true;
}

/* The name of a column under several rows of heads: their cells with " / " between, those that
 * are empty or stand above already left out. */
static bool join_head(ta_csv_reader *r, uint32_t column, ta_text text) {
    const char *old = r->names[column];
    size_t old_len = r->heads[column].len;
    bool same = old_len == text.len && !memcmp(old, text.data, text.len);
    if (!text.len || same)
        return true;
    ta_buf name = {0};
    if (old_len) {
        ta_buf_put(&name, old, old_len);
        ta_buf_puts(&name, " / ");
    }
    ta_buf_put(&name, text.data, text.len);
    ta_buf_text(&name);
    char *joined = name.failed ? NULL : ta_arena_copy(&r->arena, name.data, name.len);
    r->names[column] = joined ? joined : old;
    r->heads[column] = (ta_text){r->names[column], name.len};
    ta_buf_fini(&name);
    return joined;
}

/* The next of the heads' rows, behind empty lines. */
static ta_status find_lower_head(ta_csv_reader *r) {
    ta_csv_found found;
    ta_csv_pass_row(r);
    ta_status status = ta_csv_next_row(r, &found);
    while (status == TA_OK && found == TA_CSV_BLANK) {
        status = ta_csv_refuse_row(r, found);
        if (status == TA_OK)
            status = ta_csv_next_row(r, &found);
    }
    if (status == TA_STOP) {
        ta_csv_report(r, r->at, 0, &(ta_finding){.code = TA_F_CSV_NO_HEAD});
        return TA_ERR_INPUT;
    }
    if (status != TA_OK || (found == TA_CSV_ROW && r->scan.count == r->columns &&
                            !ta_csv_row_is_bad(r, r->scan.next)))
        return status;
    status = ta_csv_refuse_row(r, found);
    return status == TA_OK ? TA_ERR_INPUT : status;
}

/* --header-rows: the rows below the first. The last stays the row under way. */
static ta_status read_lower_heads(ta_csv_reader *r) {
    for (uint32_t i = 1; i < r->in->options->dialect.header_rows; i++) {
        ta_status status = find_lower_head(r);
        if (status != TA_OK)
            return status;
        for (uint32_t c = 0; c < r->columns; c++) {
            const ta_csv_cell *cell = &r->scan.cells[c];
            char *room = ta_arena_alloc(&r->arena, cell->len + 1);
            const char *row = r->source->window.data + r->at;
            if (!room || !join_head(r, c, ta_csv_content(&r->scan, row, cell, room)))
                return TA_ERR_NOMEM;
        }
    }
    return TA_OK;
}

static void report_twice(const ta_csv_reader *r, uint32_t first, uint32_t second) {
    const ta_csv_cell *cell = &r->scan.cells[second];
    ta_related related = {.place = ta_csv_place(r, first), .label = "the first one"};
    ta_csv_report(r, r->at + cell->start, cell->len,
                  &(ta_finding){.code = TA_F_CSV_HEAD_TWICE,
                                .name = r->names[second],
                                .related = &related,
                                .related_count = 1});
}

static void report_nameless(const ta_csv_reader *r, uint32_t column) {
    const ta_csv_cell *cell = &r->scan.cells[column];
    char number[16];
    snprintf(number, sizeof number, "%u", column + 1);
    ta_csv_report(r, r->at + cell->start, cell->len,
                  &(ta_finding){.code = TA_F_CSV_HEAD_EMPTY, .expected = number});
}

/* Each name is there, and there once; the key table tells equal names. */
static ta_status check_csv_head(ta_csv_reader *r) {
    ta_keys *keys = r->record->keys;
    size_t cap = 0;
    uint32_t *first = NULL; /* by key: 1 + the column that had it */
    bool flawed = false, ok = true;
    for (uint32_t i = 0; i < r->columns && ok; i++) {
        uint32_t key = ta_keys_get(keys, r->names[i], r->heads[i].len);
        size_t before = cap;
        ok = key && ta_array_grow(&first, &cap, key + 1, sizeof *first);
        if (!ok)
            break;
        if (cap > before)
            memset(first + before, 0, (cap - before) * sizeof *first);
        if (!r->heads[i].len)
            report_nameless(r, i);
        else if (first[key])
            report_twice(r, first[key] - 1, i);
        flawed |= !r->heads[i].len || first[key];
        if (!first[key])
            first[key] = i + 1;
    }
    free(first);
    return !ok ? TA_ERR_NOMEM : flawed ? TA_ERR_INPUT : TA_OK;
}

ta_status ta_csv_read_head(ta_csv_reader *r) {
    ta_status status = find_csv_head(r);
    if (status == TA_OK && !name_csv_columns(r))
        status = TA_ERR_NOMEM;
    if (status == TA_OK && !r->in->options->dialect.no_header)
        status = read_lower_heads(r);
    if (status == TA_OK && !r->in->options->dialect.no_header)
        status = check_csv_head(r);
    const ta_heads *heads = &r->in->options->heads;
    if (status == TA_OK && heads->rename)
        heads->rename(heads->to, r->heads, r->columns);
    return status;
}
