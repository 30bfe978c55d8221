/* SPDX-License-Identifier: MIT */
/* Which record has a key: 16 bytes for each, by its hash. */
#ifndef TA_TABLES_INDEX_H
#define TA_TABLES_INDEX_H

#include "record/record.h"

typedef struct ta_key_entry {
    uint64_t hash, serial; /* serial 0: free */
} ta_key_entry;

/* Begin with zeros. */
typedef struct ta_key_index {
    ta_key_entry *slots;
    size_t slot_count, count;
} ta_key_index;

/* The hash of one more part of a key, as it is written: 12 is the same as text and as a number,
 * since CSV cannot tell them apart. */
uint64_t ta_key_index_hash(uint64_t before, const ta_record *record, const ta_node *part);

/* The record (from 1) that has the key; 0: none. */
uint64_t ta_key_index_find(const ta_key_index *index, uint64_t hash);
/* Enters a key of a record; *first is the one that had it before, else 0. False: no memory. */
TA_MUST_CHECK bool ta_key_index_add(ta_key_index *index, uint64_t hash, uint64_t serial,
                                    uint64_t *first);
void ta_key_index_fini(ta_key_index *index);

#endif
