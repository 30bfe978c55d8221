/* SPDX-License-Identifier: MIT */
/*
 * Finding out how a file is written: the delimiter that gives the first rows as many cells as
 * the head (quotes observed), and whether quotes carry a meaning.
 */
#include <string.h>
#include <strings.h>

#include "format/csv/scan.h"

enum {
    MANY = 60,      /* per cent of rows behind a title that agree */
    CLOSE_CALL = 90 /* per cent of rows that agree: then a rival is worth a word */
};

size_t ta_csv_line_end(const char *data, size_t at, size_t len) {
    const char *end = at < len ? memchr(data + at, '\n', len - at) : NULL;
    return end ? (size_t)(end - data) + 1 : len;
}

bool ta_csv_is_hint(const char *data, size_t at, size_t len) {
    static const char hint[] = "sep=";
    size_t end = sizeof hint; /* behind the delimiter */
    const char *line = data + at;
    return !at && len > end && !strncasecmp(line, hint, sizeof hint - 1) &&
           (line[end] == '\n' || line[end] == '\r');
}

void ta_csv_sniff_rows(const char *data, size_t len, bool whole, const ta_dialect *dialect,
                       ta_csv_scanner *scan, ta_csv_rows *out) {
    out->count = 0;
    ta_csv_scan_reset(scan, 0);
    for (size_t at = 0; at < len && out->count < TA_CSV_SNIFFED_ROWS; at = scan->next) {
        bool comment = dialect->comment && data[at] == dialect->comment;
        ta_csv_found found = comment ? TA_CSV_BLANK : ta_csv_scan(scan, data, at, len, whole);
        if (found == TA_CSV_MORE || (found == TA_CSV_ROW && scan->next > len))
            break;
        if (comment || (found != TA_CSV_ROW && found != TA_CSV_BLANK)) {
            scan->next = ta_csv_line_end(data, at, len);
            ta_csv_scan_reset(scan, scan->next);
        }
        if (found == TA_CSV_BLANK)
            continue;
        /* A row that is not RFC 4180 under this delimiter speaks against it. */
        bool one = found != TA_CSV_ROW || ta_csv_is_hint(data, at, len);
        out->cells[out->count] = one ? 1 : scan->count;
        out->starts[out->count++] = at;
    }
}

static void agree(ta_csv_sniffed *out, const uint32_t *counts, uint32_t rows) {
    out->rows = rows;
    out->agreed = 0;
    out->cells = rows ? counts[0] : 0;
    for (uint32_t i = 0; i < rows; i++)
        out->agreed += counts[i] == out->cells;
}

/* The number of cells, over 1, that most rows have; 0: no two have it. */
static uint32_t most_common_count(const uint32_t *counts, uint32_t rows) {
    uint32_t best = 0, most = 1;
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t same = 0;
        for (uint32_t k = 0; k < rows; k++)
            same += counts[k] == counts[i];
        if (counts[i] > 1 && same > most) {
            most = same;
            best = counts[i];
        }
    }
    return best;
}

/* Counts rows and cells under one delimiter. A first row of one cell may be a title: then the
 * rows from the first of the common length on are asked, if they agree. */
static void count_csv_cells(const char *data, size_t len, bool whole, const ta_dialect *dialect,
                            ta_csv_scanner *scan, ta_csv_sniffed *out) {
    ta_csv_rows rows = {.count = 0};
    ta_csv_sniff_rows(data, len, whole, dialect, scan, &rows);
    agree(out, rows.cells, rows.count);
    uint32_t width = out->cells == 1 ? most_common_count(rows.cells, rows.count) : 0, from = 0;
    if (!width)
        return;
    while (rows.cells[from] != width)
        from++;
    ta_csv_sniffed later = *out;
    agree(&later, rows.cells + from, rows.count - from);
    if (later.agreed * 100 >= later.rows * MANY) {
        *out = later;
        out->titled = true;
    }
}

bool ta_csv_asks_for_quotes(const char *text, size_t len, char delimiter, char quote) {
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        bool asks = c == delimiter || c == quote || c == ',' || c == ';' || c == '|';
        if (asks || (unsigned char)c < 0x20)
            return true;
    }
    bool mark = len >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3);
    return !len || text[0] == ' ' || text[len - 1] == ' ' || mark;
}

/* A cell that is quoted though nothing in it asks for quotes: its writer quotes all cells. */
static bool is_needless(const char *row, const ta_csv_cell *cell, const ta_csv_scanner *scan,
                        const ta_dialect *dialect) {
    if (!(cell->flags & TA_CSV_QUOTED) || cell->flags & TA_CSV_ESCAPED)
        return false;
    const char *text = row + cell->start + 1;
    size_t len = cell->len - 2;
    return !ta_csv_asks_for_quotes(text, len, scan->delimiter, scan->quote) &&
           !ta_dialect_is_null(dialect, text, len) &&
           !(dialect->comment && *text == dialect->comment);
}

/* Whether every cell with content is quoted, and one of the first row without need. */
static bool is_all_quoted(const char *data, size_t len, bool whole, size_t head,
                          const ta_dialect *dialect, ta_csv_scanner *scan) {
    ta_csv_cell cells[TA_CSV_SNIFFED_CELLS];
    scan->cells = cells;
    scan->cap = TA_CSV_SNIFFED_CELLS;
    ta_csv_scan_reset(scan, head);
    bool needless = false, all = true;
    size_t first = SIZE_MAX;
    for (size_t at = head; at < len && all; at = scan->next) {
        if (dialect->comment && data[at] == dialect->comment) {
            scan->next = ta_csv_line_end(data, at, len);
            ta_csv_scan_reset(scan, scan->next);
            continue;
        }
        ta_csv_found found = ta_csv_scan(scan, data, at, len, whole);
        if ((found != TA_CSV_ROW && found != TA_CSV_BLANK) || scan->next > len)
            break;
        if (found == TA_CSV_ROW && first == SIZE_MAX)
            first = at;
        uint32_t count = scan->count < scan->cap ? scan->count : scan->cap;
        for (uint32_t i = 0; i < count; i++) {
            all &= cells[i].flags & TA_CSV_QUOTED || !cells[i].len;
            needless |= at == first && is_needless(data + at, &cells[i], scan, dialect);
        }
    }
    scan->cells = NULL;
    scan->cap = 0;
    return needless && all;
}

/* More rows that agree come first, then those that need no title before them, then more cells;
 * the comma is asked first. */
static bool is_better_split(const ta_csv_sniffed *a, const ta_csv_sniffed *b) {
    if (b->cells < 2 || a->cells < 2)
        return a->cells > 1 && b->cells < 2;
    uint64_t x = (uint64_t)a->agreed * b->rows, y = (uint64_t)b->agreed * a->rows;
    if (x != y || a->titled != b->titled)
        return x != y ? x > y : b->titled;
    return a->cells > b->cells;
}

static void choose_csv_delimiter(const char *data, size_t len, bool whole,
                                 const ta_dialect *dialect, ta_csv_sniffed *out) {
    static const char candidates[] = TA_CSV_DELIMITERS;
    ta_csv_sniffed tried[sizeof candidates - 1] = {{0}};
    size_t best = 0;
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        ta_csv_scanner scan;
        ta_csv_scan_init(&scan, dialect, candidates[i]);
        tried[i] = (ta_csv_sniffed){.delimiter = candidates[i]};
        count_csv_cells(data, len, whole, dialect, &scan, &tried[i]);
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
    if (dialect->delimiter)
        count_csv_cells(data, len, whole, dialect, &scan, out);
    if (!dialect->skip_said && !dialect->no_header)
        ta_csv_sniff_preamble(data, len, whole, dialect, out);
    out->all_quoted = is_all_quoted(data, len, whole, out->head, dialect, &scan);
}
