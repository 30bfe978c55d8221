/* SPDX-License-Identifier: MIT */
/* Several inputs, one output: the stage before the writer. */
#ifndef TA_FLOW_JOIN_H
#define TA_FLOW_JOIN_H

#include "base/sink.h"
#include "record/stage.h"

/* Begins `next` with the first input only, as a list if there are `inputs` > 1, and numbers
 * nothing anew; ends it only at ta_join_finish. Stops the reading once the sink has failed or
 * its pipe was closed. NULL: no memory (next is dropped). */
ta_stage *ta_join_new(ta_stage *next, size_t inputs, const ta_sink *sink);
/* Begins what was never begun (no input could be read), ends all. */
ta_status ta_join_finish(ta_stage *join, ta_status status);

#endif
