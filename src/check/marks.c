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
    return ta_marks_at(marks, i);
}

/* Most slots are passed over by their tags, without a look at entries far away. */
static uint8_t tag_of(ta_mark mark) {
    return (uint8_t)(mark.hash >> 57 | 0x80);
}

/* The slot that has the mark, or the free one where it belongs. */
static size_t find_slot(const ta_marks *marks, ta_mark mark) {
    size_t mask = marks->slot_count - 1, at = (size_t)mark.hash & mask;
    uint8_t tag = tag_of(mark);
    while (marks->tags[at] &&
           (marks->tags[at] != tag || !ta_mark_same(*entry_at(marks, marks->slots[at]), mark)))
        at = (at + 1) & mask;
    return at;
}

static void take_slot(ta_marks *marks, size_t at, ta_mark mark, size_t index) {
    marks->tags[at] = tag_of(mark);
    marks->slots[at] = (uint32_t)index;
}

void *ta_marks_find(const ta_marks *marks, ta_mark mark) {
    if (marks->slot_count) {
        size_t at = find_slot(marks, mark);
        return marks->tags[at] ? entry_at(marks, marks->slots[at]) : NULL;
    }
    for (size_t i = 0; i < marks->count; i++)
        if (ta_mark_same(*entry_at(marks, i), mark))
            return entry_at(marks, i);
    return NULL;
}

/* All slots free, so many of them. False: no memory. */
static bool clear_slots(ta_marks *marks, size_t count) {
    if (count > marks->slot_cap) {
        uint32_t *slots = malloc(count * (sizeof *slots + sizeof *marks->tags));
        if (!slots)
            return false;
        free(marks->slots);
        marks->slots = slots;
        marks->slot_cap = count;
    }
    marks->tags = (uint8_t *)(marks->slots + count);
    memset(marks->tags, 0, count);
    marks->slot_count = count;
    return true;
}

/* Slots for one entry more, at most three quarters of them taken. False: no memory. */
static bool grow_slots(ta_marks *marks) {
    if (marks->count < FEW || (marks->slot_count && marks->count < marks->slot_count / 4 * 3))
        return true;
    if (!clear_slots(marks, marks->slot_count ? marks->slot_count * 2 : 64))
        return false;
    for (size_t i = 0; i < marks->count; i++) {
        ta_mark mark = *entry_at(marks, i);
        size_t at = (size_t)mark.hash & (marks->slot_count - 1);
        while (marks->tags[at]) /* all marks differ */
            at = (at + 1) & (marks->slot_count - 1);
        take_slot(marks, at, mark, i);
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
        take_slot(marks, find_slot(marks, mark), mark, marks->count - 1);
    return fresh;
}

void ta_marks_fini(ta_marks *marks) {
    free(marks->entries);
    free(marks->slots);
    *marks = (ta_marks){.entry_bytes = marks->entry_bytes};
}
