/* SPDX-License-Identifier: MIT */
/* The lane of a run (lane.h): workers that share its input have a run of their own. */
#ifndef TA_FLOW_RUN_LANE_H
#define TA_FLOW_RUN_LANE_H

#include "flow/lane.h"
#include "flow/run.h"

/* Of the input at hand, whose chain is built. False: not all that comes of it could be taken
 * over from a worker. */
bool ta_run_lane(ta_run *run, ta_lane *lane);

#endif
