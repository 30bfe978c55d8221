/* SPDX-License-Identifier: MIT */
/*
 * The order of records by key (--sort-key): the paths of --key, else the schema's x-key, else
 * the first of id, identifier and name that the first record has. Numbers go before texts, by
 * value; texts go without case and accents, 9 before 10; records without a key come last. What
 * is equal keeps its order.
 */
#ifndef TA_FLOW_SORTER_H
#define TA_FLOW_SORTER_H

#include "flow/key.h"

typedef struct ta_sort_item {
    const char *key; /* its parts, in the sorter's arena */
    uint32_t len;
    size_t index; /* which record it is, from 0 */
} ta_sort_item;

typedef struct ta_sorter {
    ta_reader *reader;
    ta_finder *finder;
    const char *file; /* whose records they are; NULL until it is known */
    ta_record_key key;
    ta_arena arena;
    ta_buf scratch;
    ta_sort_item *items; /* in the order of the records; after ta_sorter_sort, sorted */
    size_t count, cap;
    size_t held_bytes;
} ta_sorter;

/* All is borrowed. Free with ta_sorter_fini in each case. TA_ERR_USAGE: a finding says what is
 * wrong with the key. */
TA_MUST_CHECK ta_status ta_sorter_open(ta_sorter *sorter, ta_reader *reader, ta_finder *finder);
/* Takes the key of the next record. TA_ERR_USAGE: a finding says that it has none. */
TA_MUST_CHECK ta_status ta_sorter_add(ta_sorter *sorter, const ta_record *record);
/* Counts memory that is held for the sake of sorting. TA_ERR_USAGE: it is too much, which a
 * finding says. */
TA_MUST_CHECK ta_status ta_sorter_hold(ta_sorter *sorter, size_t bytes);
/* Sorts. Returns how many records stand elsewhere now. */
size_t ta_sorter_sort(ta_sorter *sorter);
/* Tells that, if there are any. */
void ta_sorter_tell(ta_sorter *sorter, size_t moved);
void ta_sorter_fini(ta_sorter *sorter);

/* The stage that puts records in order: holds them all until the end. The sorter is opened and
 * borrowed. NULL: no memory. */
ta_stage *ta_sort_new(ta_sorter *sorter, ta_stage *next);

#endif
