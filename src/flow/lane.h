/* SPDX-License-Identifier: MIT */
/* One reading through a chain of stages, and how the workers of a crew get others like it. */
#ifndef TA_FLOW_LANE_H
#define TA_FLOW_LANE_H

#include "flow/reader.h"

typedef struct ta_lane ta_lane;

struct ta_lane {
    ta_reader *reader;
    ta_stage *chain; /* whole, as long as the lane is open */
    ta_sink *sink; /* that the chain writes to, a worker's in memory; NULL: it writes nothing */
    uint64_t *left; /* counts records that could not be read; NULL: nobody does */
    void *own;      /* what it belongs to */
    /*
     * Opens a lane like the lead, for a worker: what it finds goes to the outlet. All is
     * borrowed. It may run in any thread, beside the lead's. The lead's `close` frees it: call
     * that if its own is set, also after a failure.
     */
    ta_status (*follow)(const ta_lane *lead, const ta_job *job, const ta_outlet *outlet,
                        ta_lane *lane);
    void (*close)(ta_lane *lane);
};

#endif
