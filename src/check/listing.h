/* SPDX-License-Identifier: MIT */
/*
 * What a schema says of a list whose items stream by, one record each: for src/check alone. The
 * tests of the root are sorted into those on items, on their number, on all of them, and the
 * rest, which would need the list as a whole.
 */
#ifndef TA_CHECK_LISTING_H
#define TA_CHECK_LISTING_H

#include "check/contains.h"

typedef struct ta_list_test {
    ta_test_fn *run;
    const void *data;
} ta_list_test;

typedef struct ta_list_words {
    ta_list_test *items, *sums; /* on each item; on the list (size, contains) */
    uint32_t item_count, sum_count;
    const char **unchecked; /* keywords that need the list as a whole */
    uint32_t unchecked_count;
    uint32_t met; /* tests in all */
    bool unique;
    bool scoped; /* the list's own resource, where $dynamicRef looks at it */
    uint32_t resource;
} ta_list_words;

/* Sorts the tests of the program's root. False: no memory. */
bool ta_list_words_build(ta_program *program);
/* Whether a list's items are the program's root's, and not records that it describes itself. */
bool ta_listing_applies(const ta_program *program, const ta_head *head);
/* Whether the list is a value of its own, as opposed to rows, lines or --records. */
bool ta_head_is_list_value(const ta_head *head);
/* Checks one item of such a list. */
bool ta_listing_fits(ta_run *run, const ta_list_words *words, const ta_node *item);

#endif
