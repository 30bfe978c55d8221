/* SPDX-License-Identifier: MIT */
#include "tables/index.h"

#include <stdlib.h>

#include "base/hash.h"

enum { FIRST_ENTRIES = 1024 };

uint64_t ta_key_index_hash(uint64_t before, const ta_record *record, const ta_node *part) {
    if (part->kind != TA_TEXT && part->kind != TA_NUMBER)
        return ta_hash_more(before, &part->kind, sizeof part->kind);
    ta_text text = ta_node_text(record, part);
    uint64_t hash = ta_hash(text.data, text.len);
    return ta_hash_more(before, &hash, sizeof hash);
}

static ta_key_entry *find_key_slot(const ta_key_index *index, uint64_t hash) {
    size_t mask = index->slot_count - 1, at = (size_t)hash & mask;
    while (index->slots[at].serial && index->slots[at].hash != hash)
        at = (at + 1) & mask;
    return &index->slots[at];
}

uint64_t ta_key_index_find(const ta_key_index *index, uint64_t hash) {
    return index->slot_count ? find_key_slot(index, hash)->serial : 0;
}

static bool grow_key_index(ta_key_index *index) {
    size_t slot_count = index->slot_count ? index->slot_count * 2 : FIRST_ENTRIES;
    ta_key_index grown = {calloc(slot_count, sizeof *grown.slots), slot_count, index->count};
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < index->slot_count; i++)
        if (index->slots[i].serial)
            *find_key_slot(&grown, index->slots[i].hash) = index->slots[i];
    free(index->slots);
    *index = grown;
    return true;
}

bool ta_key_index_add(ta_key_index *index, uint64_t hash, uint64_t serial, uint64_t *first) {
    if (index->count * 2 >= index->slot_count && !grow_key_index(index))
        return false;
    ta_key_entry *entry = find_key_slot(index, hash);
    *first = entry->serial;
    if (*first)
        return true;
    *entry = (ta_key_entry){hash, serial};
    index->count++;
    return true;
}

void ta_key_index_fini(ta_key_index *index) {
    free(index->slots);
    *index = (ta_key_index){0};
}
