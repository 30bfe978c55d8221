/* SPDX-License-Identifier: MIT */
/* Text in columns, as wide as their cells (counted in characters). Private to src/cli. */
#ifndef TA_CLI_COLUMNS_H
#define TA_CLI_COLUMNS_H

#include "base/mem.h"

enum { TA_COLUMNS_MAX = 8, TA_COLUMNS_WIDTH_MAX = 44 };

/* Begin with {.columns = how many}. */
typedef struct ta_columns {
    unsigned columns;
    ta_arena arena;
    char **cells; /* row by row */
    size_t count, cap;
    bool failed; /* no memory */
} ta_columns;

/* The next cell, copied; one that is wider than TA_COLUMNS_WIDTH_MAX is cut with an ellipsis,
 * unless it is the row's last. */
void ta_columns_put(ta_columns *table, const char *text, size_t len);
void ta_columns_puts(ta_columns *table, const char *text);
/* Appends the rows, and frees the table. */
void ta_columns_print(ta_columns *table, ta_buf *out);

#endif
