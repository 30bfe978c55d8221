/* SPDX-License-Identifier: MIT */
/*
 * Finding out how a file is written: the delimiter that gives the first rows as many cells as
 * the head (quotes observed), and whether quotes carry a meaning.
 */
#include <string.h>

#include "format/csv/scan.h"

enum {
    SNIFFED_ROWS = 100,
    SNIFFED_CELLS = 256, /* of each row, for the quotes */
    CLOSE_CALL = 90      /* per cent of rows that agree: then a rival is worth a word */
};

/* Counts rows and cells under one delimiter. */
static void count_csv_cells(const char *data, size_t len, bool whole, ta_csv_scanner *scan,
                            ta_csv_sniffed *out) {
    out->rows = out->agreed = out->cells = 0;
    ta_csv_scan_reset(scan, data, 0);
    for (size_t at = 0; at < len && out->rows < SNIFFED_ROWS; at = scan->next) {
        ta_csv_found found = ta_csv_scan(scan, data, at, len, whole);
        if (found == TA_CSV_MORE || (found == TA_CSV_ROW && scan->next > len))
            return;
        if (found == TA_CSV_ROW) {
            if (!out->rows)
                out->cells = scan->count;
            out->agreed += scan->count == out->cells;
        } else if (found != TA_CSV_BLANK) {
            /* A row that is not RFC 4180 under this delimiter speaks against it. */
            const char *next = memchr(data + at, '\n', len - at);
            scan->next = next ? (size_t)(next - data) + 1 : len;
            ta_csv_scan_reset(scan, data, scan->next);
            if (!out->rows)
                out->cells = 1;
        }
        out->rows += found != TA_CSV_BLANK;
    }
}

/* A cell that is quoted though nothing in it asks for quotes: its writer quotes all cells. */
static bool is_needless(const char *row, const ta_csv_cell *cell) {
    static const char asking[] = ",;|";
    const char *text = row + cell->start + 1;
    if (!(cell->flags & TA_CSV_QUOTED) || cell->flags & TA_CSV_ESCAPED || cell->len < 3)
        return false;
    size_t len = cell->len - 2;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x20 || strchr(asking, text[i]))
            return false;
    bool mark = len >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3);
    return text[0] != ' ' && text[len - 1] != ' ' && !mark;
}

/* Whether every cell with content is quoted, and one of the first row without need. */
static bool is_all_quoted(const char *data, size_t len, bool whole, ta_csv_scanner *scan) {
    ta_csv_cell cells[SNIFFED_CELLS];
    scan->cells = cells;
    scan->cap = SNIFFED_CELLS;
    ta_csv_scan_reset(scan, data, 0);
    bool needless = false, all = true;
    size_t first = SIZE_MAX;
    for (size_t at = 0; at < len && all; at = scan->next) {
        ta_csv_found found = ta_csv_scan(scan, data, at, len, whole);
        if ((found != TA_CSV_ROW && found != TA_CSV_BLANK) || scan->next > len)
            break;
        if (found == TA_CSV_ROW && first == SIZE_MAX)
            first = at;
        uint32_t count = scan->count < scan->cap ? scan->count : scan->cap;
        for (uint32_t i = 0; i < count; i++) {
            all &= cells[i].flags & TA_CSV_QUOTED || !cells[i].len;
            needless |= at == first && is_needless(data + at, &cells[i]);
        }
    }
    scan->cells = NULL;
    scan->cap = 0;
    return needless && all;
}

/* More rows that agree come first, then more cells; the comma is asked first. */
static bool is_better_split(const ta_csv_sniffed *a, const ta_csv_sniffed *b) {
    if (b->cells < 2 || a->cells < 2)
        return a->cells > 1 && b->cells < 2;
    uint64_t x = (uint64_t)a->agreed * b->rows, y = (uint64_t)b->agreed * a->rows;
    return x != y ? x > y : a->cells > b->cells;
}

static void choose_csv_delimiter(const char *data, size_t len, bool whole,
                                 const ta_dialect *dialect, ta_csv_sniffed *out) {
    static const char candidates[] = ",;\t|";
    ta_csv_sniffed tried[sizeof candidates - 1] = {{0}};
    size_t best = 0;
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        ta_csv_scanner scan;
        ta_csv_scan_init(&scan, dialect, candidates[i]);
        tried[i] = (ta_csv_sniffed){.delimiter = candidates[i]};
        count_csv_cells(data, len, whole, &scan, &tried[i]);
        if (is_better_split(&tried[i], &tried[best]))
            best = i;
    }
    *out = tried[best];
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        const ta_csv_sniffed *t = &tried[i];
        bool close =
            t->cells > 1 && (uint64_t)t->agreed * 100 >= (uint64_t)t->rows * CLOSE_CALL;
        if (i != best && close && t->rows > 1 && t->cells > out->rival_cells) {
            out->rival = t->delimiter;
            out->rival_cells = t->cells;
        }
    }
}

void ta_csv_sniff(const char *data, size_t len, bool whole, const ta_dialect *dialect,
                  ta_csv_sniffed *out) {
    memset(out, 0, sizeof *out);
    out->delimiter = dialect->delimiter;
    if (!out->delimiter)
        choose_csv_delimiter(data, len, whole, dialect, out);
    ta_csv_scanner scan;
    ta_csv_scan_init(&scan, dialect, out->delimiter);
    out->all_quoted = is_all_quoted(data, len, whole, &scan);
}
