/* SPDX-License-Identifier: MIT */
/* How a CSV file is written down. Zero means: not said, so found out or the default. */
#ifndef TA_FORMAT_DIALECT_H
#define TA_FORMAT_DIALECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct ta_dialect {
    char delimiter;
    char quote;           /* '"' by default */
    char escape;          /* none by default: quotes are doubled */
    char decimal;         /* ',' : numbers in typed cells are written 3499076,25 */
    char group;           /* between groups of three digits; ' ' stands for any blank */
    char comment;         /* lines that begin with it are no rows */
    bool no_header;       /* the first row is data; columns are named column1, column2 ... */
    bool by_position;     /* without a head: columns are named as the schema's members */
    bool skip_said;       /* skip_rows is meant, also 0: nothing is found out */
    bool unguard;         /* an apostrophe before = + - @ TAB CR is taken off (reading) */
    bool omits_empty;     /* an empty cell is no value, also where null is allowed (reading) */
    bool as_written;      /* numbers as people write them are normalized later (reading) */
    uint32_t skip_rows;   /* lines before the head */
    uint32_t skip_footer; /* lines at the end of the file */
    uint32_t header_rows; /* rows whose cells make the names together; 1 by default */
    const char *const *nulls; /* cells that mean no value, besides the empty one; borrowed.
                                 Texts that are among them are quoted (writing) */
    size_t null_count;
    bool quote_all; /* every cell is quoted (writing) */
    bool crlf;      /* rows end in CR LF (writing) */
    bool mark;      /* the file begins with the byte order mark (writing, any format) */
    bool safe;      /* an apostrophe before = + - @ TAB CR, for spreadsheets (writing) */
} ta_dialect;

/* Whether a cell's text is one of the tokens that mean no value. */
static inline bool ta_dialect_is_null(const ta_dialect *dialect, const char *text, size_t len) {
    for (size_t i = 0; i < dialect->null_count; i++)
        if (strlen(dialect->nulls[i]) == len && !memcmp(dialect->nulls[i], text, len))
            return true;
    return false;
}

#endif
