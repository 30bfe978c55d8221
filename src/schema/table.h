/* SPDX-License-Identifier: MIT */
/* A hash table from 64-bit keys (hashes, addresses; never 0) to small numbers. */
#ifndef TA_SCHEMA_TABLE_H
#define TA_SCHEMA_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "transalp.h"

/* Zero-initialize it; free with ta_table_fini. */
typedef struct ta_table {
    struct ta_table_slot *slots;
    size_t count, slot_count;
} ta_table;

#define TA_TABLE_NONE UINT32_MAX

/* TA_TABLE_NONE: the key is not there. */
uint32_t ta_table_get(const ta_table *table, uint64_t key);
/* Enters a key unless it is there already. False: no memory. */
TA_MUST_CHECK bool ta_table_put(ta_table *table, uint64_t key, uint32_t value);
void ta_table_fini(ta_table *table);

#endif
