/* SPDX-License-Identifier: MIT */
/*
 * Lines before the head: a title, a date, a source, as people and portals put them there. They
 * are taken for that only where nothing else is likely: the first is one cell, with or without
 * empty ones behind it, or begins with # or sep=, the others have fewer cells than the head,
 * the row behind them is a head (all cells hold words) and the rows behind it agree with it. A
 * line that another delimiter cuts into as many cells is a head that was damaged, not a title.
 */
#include <string.h>

#include "format/csv/scan.h"

enum { PREAMBLE_MAX = 20, HEAD_CELLS = 256 };

/* The rows of the sample, under the delimiter that was found. */
typedef struct csv_sample {
    const char *data;
    size_t len;
    const ta_dialect *dialect;
    const ta_csv_sniffed *sniffed;
    ta_csv_rows rows;
} csv_sample;

static ta_csv_found scan_sampled(const csv_sample *s, uint32_t row, char delimiter,
                                 ta_csv_scanner *scan, ta_csv_cell *cells) {
    ta_csv_scan_init(scan, s->dialect, delimiter);
    scan->cells = cells;
    scan->cap = HEAD_CELLS;
    ta_csv_scan_reset(scan, s->rows.starts[row]);
    return ta_csv_scan(scan, s->data, s->rows.starts[row], s->len, true);
}

static bool is_word_cell(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i] | 0x20u;
        if ((c >= 'a' && c <= 'z') || (unsigned char)text[i] >= 0x80)
            return true;
    }
    return false;
}

/* How many cells of a row hold words, and how many anything. */
static uint32_t count_words(const csv_sample *s, uint32_t row, uint32_t *filled) {
    ta_csv_cell cells[HEAD_CELLS];
    ta_csv_scanner scan;
    uint32_t words = 0;
    *filled = 0;
    if (scan_sampled(s, row, s->sniffed->delimiter, &scan, cells) != TA_CSV_ROW)
        return 0;
    for (uint32_t i = 0; i < scan.count && i < HEAD_CELLS; i++) {
        const char *text = s->data + s->rows.starts[row] + cells[i].start;
        bool quoted = cells[i].flags & TA_CSV_QUOTED;
        *filled += cells[i].len > (quoted ? 2u : 0u);
        words += is_word_cell(text, cells[i].len);
    }
    return words;
}

/* A head whose delimiters are others than those of the rows. */
static bool is_damaged_head(const csv_sample *s, uint32_t row) {
    static const char rivals[] = ",;\t| :";
    for (const char *c = rivals; *c; c++) {
        ta_csv_scanner scan;
        ta_csv_cell cells[HEAD_CELLS];
        if (*c != s->sniffed->delimiter &&
            scan_sampled(s, row, *c, &scan, cells) == TA_CSV_ROW &&
            scan.count == s->sniffed->cells)
            return true;
    }
    return false;
}

/* A title that a spreadsheet filled up with empty cells, or a row of such cells alone. */
static bool is_padded(const csv_sample *s, uint32_t row) {
    uint32_t filled, words = count_words(s, row, &filled);
    return s->sniffed->cells > 2 && filled <= 1 && (row || words == filled);
}

static bool is_title(const csv_sample *s, uint32_t row) {
    if (ta_csv_is_hint(s->data, s->rows.starts[row], s->len))
        return true;
    if (s->rows.cells[row] > 1 && s->rows.cells[row] == s->sniffed->cells)
        return is_padded(s, row);
    if (s->data[s->rows.starts[row]] == '#')
        return true;
    bool is_line = s->rows.cells[row] <= 1 || (row && s->rows.cells[row] < s->sniffed->cells);
    return is_line && !is_damaged_head(s, row);
}

static bool is_head(const csv_sample *s, uint32_t row) {
    uint32_t filled, width = s->sniffed->cells;
    return width > 1 && width <= HEAD_CELLS && row + 1 < s->rows.count &&
           s->rows.cells[row] == width && s->rows.cells[row + 1] == width &&
           count_words(s, row, &filled) == width;
}

void ta_csv_sniff_preamble(const char *data, size_t len, bool whole, const ta_dialect *dialect,
                           ta_csv_sniffed *out) {
    csv_sample s = {.data = data, .len = len, .dialect = dialect, .sniffed = out};
    ta_csv_scanner scan;
    ta_csv_scan_init(&scan, dialect, out->delimiter);
    ta_csv_sniff_rows(data, len, whole, dialect, &scan, &s.rows);
    uint32_t head = 0;
    while (head < s.rows.count && head <= PREAMBLE_MAX && is_title(&s, head))
        head++;
    if (head && head <= PREAMBLE_MAX && head < s.rows.count && is_head(&s, head))
        out->head = s.rows.starts[head];
}
