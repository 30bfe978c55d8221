/* SPDX-License-Identifier: MIT */
/* transalp diff: do two files hold the same data, and where not? */
#ifndef TA_FLOW_DIFF_H
#define TA_FLOW_DIFF_H

#include "flow/job.h"

/* Compares the job's two inputs, the old edition first. Returns the exit status: 0 the same
 * data, 1 not, 2 it could not be found out. */
int ta_diff_run(const ta_job *job);

#endif
