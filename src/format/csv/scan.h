/* SPDX-License-Identifier: MIT */
/*
 * The scanner of CSV rows: cuts a row into cells as RFC 4180 has it, and says where a row does
 * not follow it. It works on a window that ends in NULs and copies nothing.
 */
#ifndef TA_FORMAT_CSV_SCAN_H
#define TA_FORMAT_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format/format.h"

enum {
    TA_CSV_QUOTED = 1,   /* written in quotes: the content is between them */
    TA_CSV_ESCAPED = 2,  /* with doubled or escaped quotes: to be decoded */
    TA_CSV_DIRTY = 4,    /* may hold a byte that JSON escapes */
    TA_CSV_RECOVERED = 8 /* read by libcsv: the text lies in the record's arena */
};

/* A cell as written, quotes included; start counts from the row's first byte. */
typedef struct ta_csv_cell {
    uint32_t start, len, flags;
} ta_csv_cell;

typedef enum ta_csv_found {
    TA_CSV_ROW,
    TA_CSV_BLANK,        /* an empty line */
    TA_CSV_MORE,         /* the window ends inside the row */
    TA_CSV_STRAY_INSIDE, /* a quote inside an unquoted cell, at `fault` */
    TA_CSV_STRAY_AFTER,  /* text behind the closing quote, which is at `fault` */
    TA_CSV_BARE_CR,      /* at `fault` */
    TA_CSV_UNCLOSED,     /* the input ends inside the quoted cell that begins at `opened` */
    TA_CSV_TOO_LARGE     /* found by the reader: the window cannot hold the row */
} ta_csv_found;

enum { TA_CSV_BLOCK = 64, TA_CSV_BLOCKS = 16 };

/* All offsets count from the window's first byte. */
typedef struct ta_csv_scanner {
    char delimiter, quote, escape; /* escape 0: quotes are doubled */
    uint32_t flags;                /* TA_CSV_DIRTY where the scanner cannot tell */
    ta_csv_cell *cells;
    uint32_t cap; /* cells beyond it are counted, not kept; faster with TA_CSV_BLOCK to spare */
    uint32_t count;       /* cells of the row */
    size_t end, next;     /* where the row's text ends, where the next row begins */
    size_t fault, opened; /* opened: the opening quote of the last quoted cell */
    size_t base;          /* of the block of 64 bytes under way */
    uint64_t bits;        /* the special bytes of it that are still to come */
    uint32_t block;       /* it stands there in what follows */
    uint32_t blocks;      /* how many are known */
    uint64_t special[TA_CSV_BLOCKS], ending[TA_CSV_BLOCKS]; /* ending: delimiters */
} ta_csv_scanner;

void ta_csv_scan_init(ta_csv_scanner *scanner, const ta_dialect *dialect, char delimiter);

/* Call where the window has moved or grown, or the next row does not begin at `next`. */
void ta_csv_scan_reset(ta_csv_scanner *scanner, size_t row);

/*
 * Scans the row at data + row. data[end] and the 63 bytes behind it can be read and a NUL comes
 * at data[end] or later. `ended`: nothing comes after end. The caller knows that row < end, or
 * that more may come.
 */
ta_csv_found ta_csv_scan(ta_csv_scanner *scanner, const char *data, size_t row, size_t end,
                         bool ended);

/* The content of a quoted cell with doubled or escaped quotes, into out (room for cell->len).
 * Returns its length. */
size_t ta_csv_decode(const ta_csv_scanner *scanner, const char *row, const ta_csv_cell *cell,
                     char *out);

/* The content of any cell that libcsv did not read: a slice of the row, or decoded to out. */
ta_text ta_csv_content(const ta_csv_scanner *scanner, const char *row, const ta_csv_cell *cell,
                       char *out);

#define TA_CSV_DELIMITERS ",;\t|" /* that are looked for */

/* How a sample of a file was understood. */
typedef struct ta_csv_sniffed {
    char delimiter;
    uint32_t rows,
        agreed;     /* complete rows looked at, and how many have as many cells as the first */
    uint32_t cells; /* of the first row; of most, if the first has only one */
    bool titled;    /* the first row has only one: it would be a title */
    char rival;     /* another delimiter that would do as well; 0: none */
    uint32_t rival_cells;
    size_t head;     /* bytes before the head: rows that are none; 0 where it cannot be told */
    bool all_quoted; /* no cell with content stands without quotes: quotes carry no meaning */
} ta_csv_sniffed;

/*
 * Looks at the first rows of data[0..len), which is readable as ta_csv_scan has it. A delimiter
 * of the dialect is not questioned.
 */
void ta_csv_sniff(const char *data, size_t len, bool whole, const ta_dialect *dialect,
                  ta_csv_sniffed *out);

enum { TA_CSV_SNIFFED_ROWS = 100, TA_CSV_SNIFFED_CELLS = 256 /* of each, for the quotes */ };
typedef struct ta_csv_rows {
    uint32_t count;
    uint32_t cells[TA_CSV_SNIFFED_ROWS]; /* 1 of a row that is none */
    size_t starts[TA_CSV_SNIFFED_ROWS];
} ta_csv_rows;
/* Counts the cells of the first rows under the scanner's delimiter. */
void ta_csv_sniff_rows(const char *data, size_t len, bool whole, const ta_dialect *dialect,
                       ta_csv_scanner *scan, ta_csv_rows *out);
/* Finds where the head begins if lines of text stand before it. */
void ta_csv_sniff_preamble(const char *data, size_t len, bool whole, const ta_dialect *dialect,
                           ta_csv_sniffed *out);
/* Whether a cell may be quoted for the sake of its content, not since all cells are. */
bool ta_csv_asks_for_quotes(const char *text, size_t len, char delimiter, char quote);
/* Behind the line in which `at` lies. */
size_t ta_csv_line_end(const char *data, size_t at, size_t len);
/* Whether the text begins with the line "sep=;", of any delimiter: spreadsheets' hint. */
bool ta_csv_is_hint(const char *data, size_t at, size_t len);

#endif
