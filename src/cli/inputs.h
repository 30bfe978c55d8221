/* SPDX-License-Identifier: MIT */
/* From the words of the command line to the files of the job. Private to src/cli. */
#ifndef TA_CLI_INPUTS_H
#define TA_CLI_INPUTS_H

#include "cli/settings.h"

/*
 * Sets the job's inputs: files as they are named, those of folders and patterns, those that
 * --files-from lists. What .transalpignore leaves out is none, nor is what stands below the
 * folders that the job writes to. Where a word stands for nothing, it says so, and the job is
 * to end with exit status 2. TA_ERR_USAGE: it said why not.
 */
TA_MUST_CHECK ta_status ta_inputs_gather(ta_settings *settings);
void ta_inputs_fini(ta_inputs *inputs);

#endif
