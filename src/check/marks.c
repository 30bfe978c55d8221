/* SPDX-License-Identifier: MIT */
#include "check/marks.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

enum { FEW = 12 }; /* entries that are compared one by one rather than hashed */

ta_mark ta_mark_of(const void *key, size_t len) {
    uint64_t hash = ta_hash(key, len);
    return (ta_mark){hash, ta_hash_more(hash | 1, key, len)};
}

static ta_mark *entry_at(const ta_marks *marks, size_t i) {
    return (ta_mark *)(void *)(marks->entries + i * marks->entry_bytes);
}

/* The slot that has the mark, or the free one where it belongs. */
static uint32_t *find_slot(const ta_marks *marks, ta_mark mark) {
    size_t mask = marks->slot_count - 1, at = (size_t)mark.hash & mask;
    while (marks->slots[at] && !ta_mark_same(*entry_at(marks, marks->slots[at] - 1), mark))
        at = (at + 1) & mask;
    return &marks->slots[at];
}

void *ta_marks_find(const ta_marks *marks, ta_mark mark) {
    if (marks->slot_count) {
        uint32_t index = *find_slot(marks, mark);
        return index ? entry_at(marks, index - 1) : NULL;
    }
    for (size_t i = 0; i < marks->count; i++)
        if (ta_mark_same(*entry_at(marks, i), mark))
            return entry_at(marks, i);
    return NULL;
}

/* Slots for one entry more, at most half of them taken. False: no memory. */
static bool grow_slots(ta_marks *marks) {
    if (marks->count < FEW || (marks->slot_count && marks->count * 2 < marks->slot_count))
        return true;
    size_t count = marks->slot_count ? marks->slot_count * 2 : 64;
    if (count > marks->slot_cap) {
        uint32_t *slots = malloc(count * sizeof *slots);
        if (!slots)
            return false;
        free(marks->slots);
        marks->slots = slots;
        marks->slot_cap = count;
    }
    memset(marks->slots, 0, count * sizeof *marks->slots);
    marks->slot_count = count;
    for (size_t i = 0; i < marks->count; i++) {
        size_t at = (size_t)entry_at(marks, i)->hash & (count - 1);
        while (marks->slots[at])
            at = (at + 1) & (count - 1);
        marks->slots[at] = (uint32_t)i + 1;
    }
    return true;
}

void *ta_marks_enter(ta_marks *marks, ta_mark mark, bool *is_new) {
    void *entry = ta_marks_find(marks, mark);
    *is_new = !entry;
    if (entry)
        return entry;
    if (marks->count >= UINT32_MAX - 1 || !grow_slots(marks) ||
        !ta_array_grow(&marks->entries, &marks->cap, marks->count + 1, marks->entry_bytes))
        return NULL;
    ta_mark *fresh = entry_at(marks, marks->count++);
    memset(fresh, 0, marks->entry_bytes);
    *fresh = mark;
    if (marks->slot_count)
        *find_slot(marks, mark) = (uint32_t)marks->count;
    return fresh;
}

void ta_marks_fini(ta_marks *marks) {
    free(marks->entries);
    free(marks->slots);
    *marks = (ta_marks){.entry_bytes = marks->entry_bytes};
}
