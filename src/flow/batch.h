/* SPDX-License-Identifier: MIT */
/* The lots of a job on as many workers as are wanted; what they say comes out in the order of
 * the lots. */
#ifndef TA_FLOW_BATCH_H
#define TA_FLOW_BATCH_H

#include "flow/hub.h"
#include "flow/run.h"

/* Processes all lots; the hub is told all that is said. */
TA_MUST_CHECK ta_status ta_batch_run(const ta_job *job, const ta_lot *lots, size_t count,
                                     ta_hub *hub);

#endif
