/* SPDX-License-Identifier: MIT */
/* What the workers of a batch do: each has things of its own, and takes lot after lot. */
#ifndef TA_FLOW_CRAFT_H
#define TA_FLOW_CRAFT_H

#include "flow/reader.h"

/* Some inputs in a row that make one output, or none. */
typedef struct ta_lot {
    size_t first, count; /* of the job's inputs */
    const char *output;  /* as ta_job.output */
} ta_lot;

typedef struct ta_craft {
    size_t size; /* bytes of what a worker has, zeros at first; it begins with a ta_reader */
    /* Loads what the job names. What is said goes to the outlet, borrowed. */
    ta_status (*open)(void *own, const ta_job *job, const ta_outlet *outlet);
    /* Processes a lot. The worker's hub counts what belongs to it alone. */
    void (*take)(void *own, const ta_lot *lot);
    /* After open, whatever came of it. */
    void (*close)(void *own);
} ta_craft;

#endif
