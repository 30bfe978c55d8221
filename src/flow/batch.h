/* SPDX-License-Identifier: MIT */
/* The lots of a job on as many workers as are wanted; what they say comes out in the order of
 * the lots. */
#ifndef TA_FLOW_BATCH_H
#define TA_FLOW_BATCH_H

#include "flow/craft.h"

/* Runs the job, its reports too. Returns the exit status. */
TA_MUST_CHECK int ta_batch_run(const ta_job *job, const ta_craft *craft);

#endif
