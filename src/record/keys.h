/* SPDX-License-Identifier: MIT */
/*
 * Interned keys: each name once, known by a small index. One table per worker. The keys of
 * schemas are pinned and keep their index for the run; the rest is forgotten between records
 * when there are too many, so that a file with endless new keys stays in constant memory
 * (`generation` tells caches).
 */
#ifndef TA_RECORD_KEYS_H
#define TA_RECORD_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

enum { TA_KEY_NONE = 0 }; /* index 0 is the empty name of items and roots, never a member's */

typedef struct ta_key {
    const char *text; /* ends in a quote mark and NULs (16 bytes readable behind it) */
    uint32_t len;
    uint32_t after; /* the key that followed this one last time: readers predict with it */
    uint64_t hash;
    uint64_t stamp; /* for ta_record_twin */
    uint32_t stamp_node;
    bool plain; /* nothing in it needs a JSON escape */
} ta_key;

typedef struct ta_keys {
    ta_key *items;
    uint32_t count, pinned;
    size_t cap;
    uint32_t *slots; /* open addressing; 0 = free */
    uint32_t slot_count;
    uint32_t generation;
    uint64_t serial; /* last stamp given */
    bool keep;       /* while a document is loaded that stays: ta_keys_trim does nothing */
    ta_arena pinned_text, text;
} ta_keys;

TA_MUST_CHECK bool ta_keys_init(ta_keys *keys);
/* The index of a name, entered if new; TA_KEY_NONE: no memory. */
uint32_t ta_keys_get(ta_keys *keys, const char *text, size_t len);
/* The index, or TA_KEY_NONE if it is not there. */
uint32_t ta_keys_find(const ta_keys *keys, const char *text, size_t len);
/* Pins all keys entered so far. Call before the first record. */
void ta_keys_pin(ta_keys *keys);
/* A table of its own with the pinned keys of another, under the same indices. False: no memory;
 * ta_keys_fini in each case. */
TA_MUST_CHECK bool ta_keys_copy(ta_keys *to, const ta_keys *from);
/* Whether one table would keep the keys of both. */
bool ta_keys_would_keep(const ta_keys *keys, const ta_keys *other);
/* Forgets the keys that are not pinned if they are too many. Call between records. */
void ta_keys_trim(ta_keys *keys);
void ta_keys_fini(ta_keys *keys);

#endif
