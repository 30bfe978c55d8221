/* SPDX-License-Identifier: MIT */
/* The lane of an edit (lane.h): workers that share its input find the changes of their parts,
 * and the edit's own patch takes them over. */
#ifndef TA_FLOW_EDIT_LANE_H
#define TA_FLOW_EDIT_LANE_H

#include "flow/gather.h"
#include "flow/lane.h"

/* Of a reading through normalize and patch; the gather, which is open, is what they all ask. */
ta_lane ta_edit_lane(ta_reader *reader, ta_stage *chain, ta_gather *gather);

#endif
