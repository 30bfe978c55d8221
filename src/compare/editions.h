/* SPDX-License-Identifier: MIT */
/*
 * The second passes over two files whose records have been matched: first the old one, of which
 * the records that changed are kept (as many as memory is meant for), then the new one, which
 * is compared with those. As many turns as it takes.
 */
#ifndef TA_COMPARE_EDITIONS_H
#define TA_COMPARE_EDITIONS_H

#include "compare/edition.h"
#include "compare/values.h"

enum { TA_EDITIONS_KEPT_BYTES = 64 * 1024 * 1024 }; /* of records kept in one turn, about */

/* Zero-initialize it, set the first members; free with ta_editions_fini. */
typedef struct ta_editions {
    ta_edition *old, *new;
    const ta_key_paths *key; /* count 0: records are matched by order */
    ta_finder *finder;
    ta_values values;
    struct ta_kept **kept; /* by their index */
    size_t kept_count, kept_cap, kept_bytes;
    size_t met;      /* how many of them have been compared */
    size_t from, to; /* the records of the old file that this turn is about; to: so far */
    uint64_t joined, left, changed;
} ta_editions;

/* Stages for one turn: the one for the old file, then the one for the new. NULL: no memory. */
ta_stage *ta_editions_old_new(ta_editions *editions);
ta_stage *ta_editions_new_new(ta_editions *editions);

/* After both: forgets what was kept. True: another turn is needed. */
bool ta_editions_turn(ta_editions *editions);

/* Whether there is nothing to tell: no difference, no key that stands twice or is missing. */
bool ta_editions_are_same(const ta_editions *editions);

void ta_editions_fini(ta_editions *editions);

#endif
