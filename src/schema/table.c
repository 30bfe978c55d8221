/* SPDX-License-Identifier: MIT */
/* Open addressing; at most half of the slots are in use. */
#include "schema/table.h"

#include <stdlib.h>

struct ta_table_slot {
    uint64_t key; /* 0: free */
    uint32_t value;
};

static struct ta_table_slot *find_table_slot(const ta_table *table, uint64_t key) {
    size_t mask = table->slot_count - 1;
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & mask;
    while (table->slots[at].key && table->slots[at].key != key)
        at = (at + 1) & mask;
    return &table->slots[at];
}

uint32_t ta_table_get(const ta_table *table, uint64_t key) {
    if (!table->slot_count)
        return TA_TABLE_NONE;
    const struct ta_table_slot *slot = find_table_slot(table, key);
    return slot->key ? slot->value : TA_TABLE_NONE;
}

static bool grow_table(ta_table *table) {
    ta_table grown = {NULL, table->count, table->slot_count ? table->slot_count * 2 : 64};
    if (table->slot_count > table->count * 2 + 1)
        return true;
    grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < table->slot_count; i++)
        if (table->slots[i].key)
            *find_table_slot(&grown, table->slots[i].key) = table->slots[i];
    free(table->slots);
    *table = grown;
    return true;
}

bool ta_table_put(ta_table *table, uint64_t key, uint32_t value) {
    if (!grow_table(table))
        return false;
    struct ta_table_slot *slot = find_table_slot(table, key);
    if (!slot->key) {
        *slot = (struct ta_table_slot){key, value};
        table->count++;
    }
    return true;
}

void ta_table_fini(ta_table *table) {
    free(table->slots);
    *table = (ta_table){0};
}
