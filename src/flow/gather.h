/* SPDX-License-Identifier: MIT */
/*
 * What the columns of an input show, found out beside the reading of it, when the first value
 * asks: most lists have none that does, and are read once. Workers that share a reading share
 * that, too.
 */
#ifndef TA_FLOW_GATHER_H
#define TA_FLOW_GATHER_H

#include <pthread.h>

#include "flow/normals.h"
#include "flow/reader.h"

typedef struct ta_gather {
    const ta_job *job;
    size_t input;
    int fd;               /* of its own for the input; -1: none */
    ta_normal_plan *plan; /* learns what the columns show */
    pthread_mutex_t lock; /* over the plan, and: */
    bool done;            /* it has learned it */
    ta_reader reader;     /* from the first question on, with: */
    ta_outlet outlet;
    ta_normals normals;
    bool open;
    ta_finder *finder; /* hears for now what the system refuses */
} ta_gather;

/* Who asks: a reading of the input, in its own thread. */
typedef struct ta_gather_asker {
    ta_gather *gather;
    ta_finder *finder; /* hears what the system refuses */
} ta_gather_asker;

/* For inputs of a job one after the other, which learn by the plan; both are borrowed. */
void ta_gather_init(ta_gather *gather, const ta_job *job, ta_normal_plan *plan);
/* Opens a descriptor of its own for an input, whose descriptor is fd. False: it cannot be. */
bool ta_gather_begin(ta_gather *gather, size_t input, int fd);
/* A ta_normal_gatherer's function; `to` is a ta_gather_asker. The plan is the gather's, or one
 * like it. */
ta_status ta_gather_ask(void *to, ta_normal_plan *plan);
/* Nobody asks for this input any more. */
void ta_gather_end(ta_gather *gather);
void ta_gather_fini(ta_gather *gather);

#endif
