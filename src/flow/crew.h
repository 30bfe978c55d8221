/* SPDX-License-Identifier: MIT */
/*
 * One large input on several workers. The run's own thread reads the file, cuts it into chunks
 * of whole records, and takes over what comes of them, in their order: bytes, findings, counts.
 * The workers each have a reader and a chain of their own, which begin as the run's did, with
 * the file's first record.
 *
 * Where a chunk ends is a guess (ta_format.split), and a chunk is taken over only if its worker
 * came to its end with nothing left, had no failure and lacked no memory. From the first that
 * is not, the run's own reader goes on, as it does from the last chunk to the end of the file.
 * So what comes out is what it alone would have given.
 */
#ifndef TA_FLOW_CREW_H
#define TA_FLOW_CREW_H

#include "flow/run.h"

/* A leap for the reading of an input through run->chain, which is whole; NULL: it is not to be
 * shared. The file's name is borrowed. */
ta_leap *ta_crew_open(ta_run *run, const char *file);

/* Frees it, if there is one; what the run has taken over may lean on it till then. */
void ta_crew_close(ta_run *run);

#endif
