/* SPDX-License-Identifier: MIT */
/*
 * Whether all values of a column differ, so that it may be the key of the records: a table of
 * 64-bit hashes for the first members that are named as keys are. It is full after 262,144
 * values; that they all differed is enough then.
 */
#include "infer/names.h"
#include "infer/note.h"

enum { WATCHED_MAX = 4, SLOTS = 1 << 19, SEEN_MAX = SLOTS / 2, SLOTS_FIRST = 1 << 10 };

struct ta_seen {
    uint64_t *slots; /* 0: free */
    uint32_t size, count;
};

void ta_note_watch(ta_infer *infer, ta_spot *spot) {
    if (spot->depth != 1 || infer->watched >= WATCHED_MAX || !(spot->says & TA_NAME_ID))
        return;
    struct ta_seen *seen = ta_arena_alloc(&infer->arena, sizeof *seen);
    uint64_t *slots = ta_arena_alloc(&infer->arena, SLOTS_FIRST * sizeof *slots);
    infer->no_memory |= !seen || !slots;
    if (!seen || !slots)
        return;
    *seen = (struct ta_seen){slots, SLOTS_FIRST, 0};
    spot->seen = seen;
    infer->watched++;
}

/* Enters a hash that is not 0. False: it was there. */
static bool enter_hash(uint64_t *slots, uint32_t size, uint64_t hash) {
    uint32_t at = (uint32_t)hash & (size - 1);
    while (slots[at] && slots[at] != hash)
        at = (at + 1) & (size - 1);
    bool fresh = !slots[at];
    slots[at] = hash;
    return fresh;
}

/* The old table stays in the arena: all of them together are as large as the last one. */
static bool grow_seen(ta_infer *infer, struct ta_seen *seen) {
    uint64_t *slots = ta_arena_alloc(&infer->arena, (size_t)seen->size * 2 * sizeof *slots);
    infer->no_memory |= !slots;
    if (!slots)
        return false;
    for (uint32_t i = 0; i < seen->size; i++)
        if (seen->slots[i])
            enter_hash(slots, seen->size * 2, seen->slots[i]);
    seen->slots = slots;
    seen->size *= 2;
    return true;
}

void ta_note_seen(ta_infer *infer, ta_spot *spot, uint64_t hash) {
    struct ta_seen *seen = spot->seen;
    if (spot->repeats || seen->count >= SEEN_MAX)
        return;
    if (seen->count * 2 >= seen->size && !grow_seen(infer, seen))
        return;
    spot->repeats = !enter_hash(seen->slots, seen->size, hash ? hash : 1);
    seen->count++;
}
