/* SPDX-License-Identifier: MIT */
/* How stages that workers have run on parts of a file become one stage that has seen it all. */
#ifndef TA_RECORD_ABSORB_H
#define TA_RECORD_ABSORB_H

#include "record/finding.h"

struct ta_stage;

/* From the counts of a worker, which began anew at an offset of the file, to the file's. */
typedef struct ta_shift {
    const char *file;
    uint64_t offset;
    ta_text text;           /* from there on, as far as the worker has read */
    ta_where at;            /* where that stands */
    uint64_t numbers, rows; /* to be added */
} ta_shift;

/* A place at or behind the offset, or without a span, gets its line and column. */
void ta_place_shift(ta_place *place, const ta_shift *by);

/*
 * Takes over, into a stage, what `other` of its kind has gathered of the records that come next
 * in the file, which are counted on as `by` says; the other begins anew. stage NULL: that is
 * all. by NULL: only tells whether the stage can get as if it had seen them itself: TA_OK, or
 * TA_STOP.
 */
typedef ta_status ta_absorb_fn(struct ta_stage *stage, struct ta_stage *other,
                               const ta_shift *by);

/* Who may run a stage: any worker, and there is nothing to take over; or it must see all
 * records in order. */
ta_absorb_fn ta_absorb_nothing;
#define TA_SCOPE_RECORD ta_absorb_nothing
#define TA_SCOPE_ORDERED NULL

#endif
