/* SPDX-License-Identifier: MIT */
/* Which of the known words somebody may have meant. */
#ifndef TA_CODES_NEAREST_H
#define TA_CODES_NEAREST_H

#include "base/mem.h"

enum { TA_NEAREST_LEN = 64 }; /* longer words are compared for equality only */

/* Appends text without the difference of case (Latin, Greek and Cyrillic letters). */
void ta_fold(const char *text, size_t len, ta_buf *out);

/* Insertions, deletions, replacements and swaps of neighbours that make b of a, in bytes; max +
 * 1 if it takes more than max (at most 3). */
unsigned ta_edit_distance(const char *a, size_t a_len, const char *b, size_t b_len,
                          unsigned max);

/* The search for the nearest of several words. Zero-initialize but for word and len. */
typedef struct ta_nearest {
    const char *word;
    size_t len;
    unsigned distance; /* of the best, + 1; 0: none yet */
    const char *best;  /* NULL: none is near */
    size_t best_len;
} ta_nearest;

/* Looks at one candidate: near is what differs in case alone, or in few letters for its length.
 * The first of several at one distance stays. */
void ta_nearest_try(ta_nearest *nearest, const char *candidate, size_t len);

#endif
