/* SPDX-License-Identifier: MIT */
/* contains with its bounds; for src/check alone. */
#ifndef TA_CHECK_CONTAINS_H
#define TA_CHECK_CONTAINS_H

#include "check/compile.h"

typedef struct ta_contains_test {
    const ta_plan *plan; /* NULL: only bounds were given, which say nothing then */
    uint64_t least, most;
    bool marks; /* what fits counts as evaluated: from 2020-12 on */
} ta_contains_test;

/* How many were found, and how many must be, in words. */
void ta_contains_say(const ta_contains_test *test, uint64_t found, char words[2][64]);

#endif
