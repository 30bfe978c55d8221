/* SPDX-License-Identifier: MIT */
/* What a run would write, held against what it reads. Private to src/cli. */
#ifndef TA_CLI_TARGETS_H
#define TA_CLI_TARGETS_H

#include "flow/job.h"

/* TA_ERR_USAGE with a message where two outputs go to one file, or where one would overwrite a
 * file that is read (only -o may: it is put in place once all has been read), or where standard
 * input is named twice. */
TA_MUST_CHECK ta_status ta_targets_check(const ta_job *job);

#endif
