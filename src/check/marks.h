/* SPDX-License-Identifier: MIT */
/*
 * A table of keys met: of each only its mark, 128 bits of hash seeded per run, and what the
 * caller keeps beside it. A key costs its entry and 7 to 13 bytes of slot, whatever its length.
 */
#ifndef TA_CHECK_MARKS_H
#define TA_CHECK_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ta_mark {
    uint64_t hash, check;
} ta_mark;

/* Where a value stands, kept small: the line, and a column of at most 24 bits. */
typedef struct ta_spot {
    uint64_t packed;
} ta_spot;

ta_mark ta_mark_of(const void *key, size_t len);

static inline bool ta_mark_same(ta_mark a, ta_mark b) {
    return a.hash == b.hash && a.check == b.check;
}

/* Begin with {.entry_bytes = sizeof the entry}; an entry begins with its ta_mark. */
typedef struct ta_marks {
    size_t entry_bytes;
    char *entries; /* in the order of their coming */
    size_t count, cap;
    uint32_t *slots; /* by hash: the entry's index; not used for a few entries */
    uint8_t *tags;   /* of the slots: some bits of the hash; 0 = free; in one block with them */
    size_t slot_count; /* in use; 0: few entries, compared one by one */
    size_t slot_cap;
} ta_marks;

/* NULL: it is not there. Entries move when one is entered. */
void *ta_marks_find(const ta_marks *marks, ta_mark mark);
/* The entry that came as the index-th. */
static inline void *ta_marks_at(const ta_marks *marks, size_t index) {
    return marks->entries + index * marks->entry_bytes;
}
/* The entry; *is_new: it was entered just now, zeroed behind its mark. NULL: no memory. */
void *ta_marks_enter(ta_marks *marks, ta_mark mark, bool *is_new);

/* Forgets all keys, keeps the memory. */
static inline void ta_marks_clear(ta_marks *marks) {
    marks->count = marks->slot_count = 0;
}
/* Frees the memory; the table is empty then. */
void ta_marks_fini(ta_marks *marks);

#endif
