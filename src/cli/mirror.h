/* SPDX-License-Identifier: MIT */
/* -o FOLDER/ and --rejects FOLDER: a file per input, in the same tree. Private to src/cli. */
#ifndef TA_CLI_MIRROR_H
#define TA_CLI_MIRROR_H

#include "cli/settings.h"

/* Whether -o names a folder: by a slash at its end, or because it is one. */
bool ta_mirror_is_folder(const char *output);

/*
 * Names the job's outputs and rejects. TA_ERR_USAGE: two of them have one name, or one would
 * take the place of another input, or an input that is edited stands twice; it said so.
 */
TA_MUST_CHECK ta_status ta_mirror_plan(ta_settings *settings);

#endif
