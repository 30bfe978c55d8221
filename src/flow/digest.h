/* SPDX-License-Identifier: MIT */
/* transalp digest: SHA-256 over the canonical form of each input. */
#ifndef TA_FLOW_DIGEST_H
#define TA_FLOW_DIGEST_H

#include "flow/job.h"

/*
 * Prints a line for each input: its digest, two blanks, its name. With `check`, the name of a
 * file of such lines ("-": standard input), its inputs are read instead, and a line says for
 * each whether it has that digest. Returns the exit status: 1 if one has not, or has errors.
 */
int ta_digest_run(const ta_job *job, const char *check);

#endif
