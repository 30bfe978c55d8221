/* SPDX-License-Identifier: MIT */
/* What the values of a column show of how they are meant. Private to src/normalize. */
#ifndef TA_NORMALIZE_EVIDENCE_H
#define TA_NORMALIZE_EVIDENCE_H

#include <stdbool.h>

#include "base/source.h"

/*
 * A value of a column that bears on a question for all others: the first that proves something,
 * else the first. It proves something if it will be changed: what stays as it is may be what an
 * earlier run made of a value that showed the contrary (12,50 became 12.50), and only speaks
 * against.
 */
typedef struct ta_witness {
    uint64_t count;  /* how many there are; 0: none */
    uint64_t proofs; /* how many of them prove something; not counted beyond the first */
    uint64_t record_no;
    ta_where where;
    char text[40]; /* as written, cut */
} ta_witness;

/* What the first pass saw at one place of the schema. */
typedef struct ta_evidence {
    ta_witness day_first, month_first;       /* 27/05/2014, 05/27/2014 */
    ta_witness comma_decimal, point_decimal; /* 1,5 and 1.500,00; 1.5 and 1,500.00 */
} ta_evidence;

/* Whether a column shows the one, and nothing in it the other. */
static inline bool ta_witness_decides(const ta_witness *one, const ta_witness *other) {
    return one->proofs && !other->count;
}

#endif
