/* SPDX-License-Identifier: MIT */
/* `transalp normalize`: the values of files made canonical where they stand. */
#ifndef TA_FLOW_EDIT_H
#define TA_FLOW_EDIT_H

#include "flow/job.h"

/*
 * Runs the job, whose `edit` says what becomes of the text. Findings go where ta_job_run sends
 * them. Returns the exit status: 0 done, 1 something was refused or is wrong (with
 * edit.check: or would change), 2 it could not run.
 */
TA_MUST_CHECK int ta_edit_run(const ta_job *job);

#endif
