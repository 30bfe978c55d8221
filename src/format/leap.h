/* SPDX-License-Identifier: MIT */
/*
 * How a large input is read by several readers at once. Between two records a reader may be
 * taken elsewhere: the one that opened the file behind all that others have read meanwhile, one
 * of the others to the next chunk that it is to read.
 */
#ifndef TA_FORMAT_LEAP_H
#define TA_FORMAT_LEAP_H

#include "transalp.h"

struct ta_reading;

/* How far a reader has come. */
typedef struct ta_reach {
    size_t at;        /* where the next record begins, in the window */
    uint64_t records; /* handed on */
    uint64_t numbers; /* given to records, those that were left out included */
    uint64_t rows;    /* CSV */
    bool spoilt;      /* a record was left out */
} ta_reach;

typedef struct ta_leap {
    uint64_t due;  /* the offset in the file from which on it is called, behind a record */
    bool in_chunk; /* the window ends where it is due, and what ends a record there need not be
                      waited for */
    /* Takes the window on, and the counts with it. TA_STOP: nothing is to be read any more, and
     * the window may be gone; else as ta_stage_put. */
    ta_status (*leap)(struct ta_leap *leap, const struct ta_reading *reading, ta_reach *reach);
    void *to;
} ta_leap;

#endif
