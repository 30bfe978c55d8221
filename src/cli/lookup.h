/* SPDX-License-Identifier: MIT */
/* Words looked up in a code list, and its rows as a table. Private to src/cli. */
#ifndef TA_CLI_LOOKUP_H
#define TA_CLI_LOOKUP_H

#include "codes/codes.h"

/* Rows to be shown. Begin with {.list = the list}; free with ta_lookup_fini. */
typedef struct ta_lookup {
    const ta_code_list *list;
    const ta_code_item **items;
    size_t count, cap;
    bool failed; /* no memory */
} ta_lookup;

void ta_lookup_add(ta_lookup *lookup, const ta_code_item *item);
void ta_lookup_add_all(ta_lookup *lookup);

/* The rows that a word may mean, the best first: the code or another spelling of it, a name, a
 * part of a name, else the nearest. False: there is none, which was said. */
bool ta_lookup_word(ta_lookup *lookup, const char *word);

/* Appends the rows as a table: code, name, what is to be known, what else is written. */
void ta_lookup_print(ta_lookup *lookup, ta_buf *out);

/* Appends the cell of a column for the one row that a word means; false: it was said why not.
 */
bool ta_lookup_cell(ta_lookup *lookup, const char *word, size_t column, const char *head,
                    ta_buf *out);
void ta_lookup_fini(ta_lookup *lookup);

#endif
