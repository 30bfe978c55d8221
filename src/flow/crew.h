/* SPDX-License-Identifier: MIT */
/*
 * One large input on several workers. In turn, each of them reads on in the file, cuts off a
 * chunk of whole records, and has what comes of it taken over by the lead's lane, in the order
 * of the chunks: bytes, findings, counts. Meanwhile the lead's own thread rests. The workers
 * each have a lane of their own, which begins as the lead's did, with the file's first record.
 *
 * Where a chunk ends is a guess (ta_format.split), and a chunk is taken over only if its worker
 * came to its end with nothing left, had no failure and lacked no memory. From the first that
 * is not, the lead's own reader goes on, as it does from the last chunk to the end of the file.
 * So what comes out is what it alone would have given.
 */
#ifndef TA_FLOW_CREW_H
#define TA_FLOW_CREW_H

#include "flow/lane.h"

typedef struct ta_crew ta_crew;

/* For one input, read in the lane `lead`, which is copied; the file's name is borrowed. NULL:
 * the job is none that can be shared, or there is no memory. */
ta_crew *ta_crew_open(const ta_lane *lead, const char *file);
/* For the reading: where workers take over. NULL: there is no crew. */
ta_leap *ta_crew_leap(ta_crew *crew);
/* Frees it, if there is one; what the lead has taken over may lean on it till then. */
void ta_crew_close(ta_crew *crew);

#endif
