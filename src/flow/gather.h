/* SPDX-License-Identifier: MIT */
/*
 * What the columns of an input show, found out beside the reading of it, when the first value
 * asks: most lists have none that does, and are read once.
 */
#ifndef TA_FLOW_GATHER_H
#define TA_FLOW_GATHER_H

#include "flow/reader.h"

typedef struct ta_gather {
    const ta_reader *reader; /* the one under way */
    ta_finder *finder;       /* hears what the system refuses */
    size_t input;
    int fd; /* of its own for the input; -1: none */
} ta_gather;

/* Opens a descriptor of its own for the input, whose descriptor is fd. False: it cannot be. */
bool ta_gather_open(ta_gather *gather, ta_reader *reader, size_t input, int fd);
/* A ta_normal_gatherer's function; `to` is the ta_gather. */
ta_status ta_gather_run(void *to, ta_normal_plan *plan);
void ta_gather_close(ta_gather *gather);

#endif
