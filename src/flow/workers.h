/* SPDX-License-Identifier: MIT */
/* How many threads a job gets. */
#ifndef TA_FLOW_WORKERS_H
#define TA_FLOW_WORKERS_H

#include "flow/job.h"

/* As many as --jobs says, else as there are processors for this process; 1 where all must be
 * seen in order. */
size_t ta_workers_of(const ta_job *job);

#endif
