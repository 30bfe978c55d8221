/* SPDX-License-Identifier: MIT */
#include "cli/columns.h"

#include <stdlib.h>

#include "base/utf8.h"

/* The bytes of the first `most` characters. */
static size_t cut_text(const char *text, size_t len, unsigned most) {
    size_t at = 0;
    for (unsigned i = 0; i < most && at < len; i++) {
        int size;
        ta_utf8_decode(text + at, len - at, &size);
        at += (size_t)size;
    }
    return at;
}

static char *copy_cell(ta_columns *table, const char *text, size_t len) {
    bool last = (table->count + 1) % table->columns == 0;
    size_t cut = last ? len : cut_text(text, len, TA_COLUMNS_WIDTH_MAX - 1);
    bool whole = last || ta_utf8_count(text, len) <= TA_COLUMNS_WIDTH_MAX;
    if (whole)
        return ta_arena_copy(&table->arena, text, len);
    char *cell = ta_arena_alloc(&table->arena, cut + 4);
    if (cell) {
        memcpy(cell, text, cut);
        memcpy(cell + cut, "…", 4);
    }
    return cell;
}

void ta_columns_put(ta_columns *table, const char *text, size_t len) {
    char *cell = copy_cell(table, text, len);
    if (!cell ||
        !ta_array_grow(&table->cells, &table->cap, table->count + 1, sizeof *table->cells)) {
        table->failed = true;
        return;
    }
    for (char *c = cell; *c; c++)
        if (*c == '\n' || *c == '\t' || *c == '\r')
            *c = ' ';
    table->cells[table->count++] = cell;
}

void ta_columns_puts(ta_columns *table, const char *text) {
    ta_columns_put(table, text, strlen(text));
}

static void measure_columns(const ta_columns *table, uint64_t widths[TA_COLUMNS_MAX]) {
    for (size_t i = 0; i < table->count; i++) {
        uint64_t width = ta_utf8_count(table->cells[i], strlen(table->cells[i]));
        if (width > widths[i % table->columns])
            widths[i % table->columns] = width;
    }
}

void ta_columns_print(ta_columns *table, ta_buf *out) {
    uint64_t widths[TA_COLUMNS_MAX] = {0};
    measure_columns(table, widths);
    for (size_t i = 0; i < table->count && !table->failed; i++) {
        const char *cell = table->cells[i];
        size_t len = strlen(cell);
        bool last = (i + 1) % table->columns == 0;
        ta_buf_put(out, cell, len);
        if (!last)
            ta_buf_printf(out, "%*s",
                          (int)(widths[i % table->columns] - ta_utf8_count(cell, len) + 2), "");
        if (last) {
            while (out->len && !out->failed && out->data[out->len - 1] == ' ')
                out->len--;
            ta_buf_puts(out, "\n");
        }
    }
    out->failed = out->failed || table->failed;
    ta_arena_fini(&table->arena);
    free(table->cells);
}
