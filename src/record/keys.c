/* SPDX-License-Identifier: MIT */
#include "record/keys.h"

#include <stdlib.h>

#include "base/hash.h"

enum {
    FIRST_SLOTS = 256,
    KEPT_KEYS = 65536,            /* more names than any sane schema has */
    KEPT_BYTES = 4 * 1024 * 1024, /* of their text */
    KEY_SLACK = 16                /* readable behind each text */
};

static bool key_is_plain(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == '"' || text[i] == '\\')
            return false;
    return true;
}

static uint32_t *find_slot(const ta_keys *keys, const char *text, size_t len, uint64_t hash) {
    uint32_t mask = keys->slot_count - 1;
    for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
        uint32_t index = keys->slots[at];
        if (!index)
            return &keys->slots[at];
        const ta_key *key = &keys->items[index];
        if (key->hash == hash && key->len == len && !memcmp(key->text, text, len))
            return &keys->slots[at];
    }
}

static bool resize_slots(ta_keys *keys, uint32_t count) {
    uint32_t *slots = calloc(count, sizeof *slots);
    if (!slots)
        return false;
    free(keys->slots);
    keys->slots = slots;
    keys->slot_count = count;
    for (uint32_t i = 1; i < keys->count; i++) {
        const ta_key *key = &keys->items[i];
        *find_slot(keys, key->text, key->len, key->hash) = i;
    }
    return true;
}

bool ta_keys_init(ta_keys *keys) {
    memset(keys, 0, sizeof *keys);
    if (!ta_array_grow(&keys->items, &keys->cap, 64, sizeof *keys->items))
        return false;
    memset(keys->items, 0, sizeof *keys->items);
    static const char nameless[KEY_SLACK + 1] = "\"";
    keys->items[0].text = nameless;
    keys->count = keys->pinned = 1;
    return resize_slots(keys, FIRST_SLOTS);
}

uint32_t ta_keys_find(const ta_keys *keys, const char *text, size_t len) {
    return *find_slot(keys, text, len, ta_hash(text, len));
}

uint32_t ta_keys_get(ta_keys *keys, const char *text, size_t len) {
    uint64_t hash = ta_hash(text, len);
    uint32_t *slot = find_slot(keys, text, len, hash);
    if (*slot)
        return *slot;
    if ((keys->count + 1) * 2 > keys->slot_count) {
        if (!resize_slots(keys, keys->slot_count * 2))
            return TA_KEY_NONE;
        slot = find_slot(keys, text, len, hash);
    }
    if (!ta_array_grow(&keys->items, &keys->cap, keys->count + 1, sizeof *keys->items))
        return TA_KEY_NONE;
    char *copy = ta_arena_alloc(&keys->text, len + 1 + KEY_SLACK);
    if (!copy)
        return TA_KEY_NONE;
    if (len)
        memcpy(copy, text, len);
    copy[len] = '"';
    keys->items[keys->count] = (ta_key){
        .text = copy, .len = (uint32_t)len, .hash = hash, .plain = key_is_plain(text, len)};
    return *slot = keys->count++;
}

void ta_keys_pin(ta_keys *keys) {
    keys->pinned = keys->count;
    ta_arena_move(&keys->pinned_text, &keys->text);
}

bool ta_keys_would_keep(const ta_keys *keys, const ta_keys *other) {
    return keys->count - keys->pinned + other->count - other->pinned <= KEPT_KEYS &&
           keys->text.used_bytes + other->text.used_bytes <= KEPT_BYTES;
}

void ta_keys_trim(ta_keys *keys) {
    if (keys->keep ||
        (keys->count - keys->pinned <= KEPT_KEYS && keys->text.used_bytes <= KEPT_BYTES))
        return;
    ta_arena_fini(&keys->text);
    keys->count = keys->pinned;
    keys->generation++;
    memset(keys->slots, 0, keys->slot_count * sizeof *keys->slots);
    for (uint32_t i = 0; i < keys->count; i++) {
        ta_key *key = &keys->items[i];
        key->after = 0;
        if (i)
            *find_slot(keys, key->text, key->len, key->hash) = i;
    }
}

void ta_keys_fini(ta_keys *keys) {
    free(keys->items);
    free(keys->slots);
    ta_arena_fini(&keys->pinned_text);
    ta_arena_fini(&keys->text);
    memset(keys, 0, sizeof *keys);
}

bool ta_keys_copy(ta_keys *to, const ta_keys *from) {
    if (!ta_keys_init(to))
        return false;
    for (uint32_t i = 1; i < from->pinned; i++)
        if (ta_keys_get(to, from->items[i].text, from->items[i].len) != i)
            return false;
    ta_keys_pin(to);
    return true;
}
