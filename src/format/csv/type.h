/* SPDX-License-Identifier: MIT */
/* The types of cells, and the signs in their numbers. */
#ifndef TA_FORMAT_CSV_TYPE_H
#define TA_FORMAT_CSV_TYPE_H

#include "format/format.h"

/* The signs in the numbers of a column. */
typedef struct ta_csv_signs {
    char decimal, group; /* group 0: none; ' ': any blank */
    bool open;           /* no value of the column has shown the decimal sign so far */
    bool dressed;        /* what stands before and behind the digits is passed over: 12 € */
} ta_csv_signs;

/* What the text of a cell shows of the signs. */
typedef enum ta_csv_shown {
    TA_CSV_SHOWS_NOTHING, /* digits alone, or no number of people's */
    TA_CSV_SHOWS_SIGNS,
    TA_CSV_SHOWS_EITHER /* 1.500: one and a half, or fifteen hundred */
} ta_csv_shown;

/* `signs` is set where the text shows them: its decimal sign, and its group sign or 0. */
ta_csv_shown ta_csv_read_signs(const char *text, size_t len, ta_csv_signs *signs);

/*
 * Rewrites a number as people write it to JSON's form; out has room for len + 1 bytes. Returns
 * its length; 0: it is none.
 */
size_t ta_csv_rewrite_number(const char *text, size_t len, ta_csv_signs signs, char *out);

/*
 * Gives a node the type that its text has the form of, if the types allow it: number, boolean.
 * *unclear: it stays text, since it may be one of two numbers. Open signs are settled by the
 * first value that shows them. False: no memory.
 */
TA_MUST_CHECK bool ta_csv_type(ta_record *record, ta_node *node, uint8_t types,
                               ta_csv_signs *signs, bool *unclear);
/* Whether a spreadsheet may run the text: apostrophes, then = + - @ TAB or CR. */
bool ta_csv_is_formula(ta_text text);
/* Whether a reader would take the text for one of these types, under either decimal sign. */
bool ta_csv_looks_typed(const char *text, size_t len, uint8_t types);
/* Whether a text is digits with a zero in front: a column that has one holds codes. */
bool ta_csv_looks_coded(const char *text, size_t len);

#endif
