/* SPDX-License-Identifier: MIT */
/*
 * What was known to be wrong when somebody last looked: findings by file, record, code and
 * path, each with how often it may come. A run lets those pass and fails on others.
 */
#ifndef TA_FLOW_BASELINE_H
#define TA_FLOW_BASELINE_H

#include "record/finding.h"

typedef struct ta_baseline ta_baseline;

/* A new baseline for a file. update: nothing is read from it, all findings are taken down to be
 * written. NULL: no memory. */
ta_baseline *ta_baseline_new(const char *file, bool update);

/* Reads the file; findings say what is wrong with it. Not after update. */
TA_MUST_CHECK ta_status ta_baseline_load(ta_baseline *baseline, ta_finder *finder);

/* For ta_finder.knows: whether the finding is one of the baseline's, which is counted off;
 * under update it is taken down and known. What kept data from being read is never known. */
bool ta_baseline_knows(void *baseline, const ta_finding *finding);

/* An input was checked: what of it no longer comes is stale. */
TA_MUST_CHECK ta_status ta_baseline_saw(ta_baseline *baseline, const char *input);

/* At the end: a note for each entry that no longer comes, of the inputs seen and of files that
 * are gone; under update the file is written instead, and *written gets how many entries. */
TA_MUST_CHECK ta_status ta_baseline_close(ta_baseline *baseline, ta_finder *finder,
                                          uint64_t *written);
/* Its file, and whether it is to be written. */
const char *ta_baseline_file(const ta_baseline *baseline);
bool ta_baseline_is_updated(const ta_baseline *baseline);
void ta_baseline_drop(ta_baseline *baseline);

#endif
