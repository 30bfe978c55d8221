/* SPDX-License-Identifier: MIT */
#include "flow/run_lane.h"

#include <stdlib.h>

static void fill_run_lane(ta_run *run, ta_lane *lane) {
    lane->reader = &run->reader;
    lane->chain = run->chain;
    lane->sink = run->to ? &run->output.sink : NULL;
    lane->left = &run->rejects.left;
    lane->own = run;
}

static void close_run_lane(ta_lane *lane) {
    ta_run *run = lane->own;
    ta_stage_drop(run->chain);
    ta_sink_fini(&run->output.sink);
    ta_run_close(run);
    free(run);
}

static ta_status follow_run(const ta_lane *lead, const ta_job *job, const ta_outlet *outlet,
                            ta_lane *lane) {
    ta_run *run = lane->own = malloc(sizeof *run);
    if (!run)
        return TA_ERR_NOMEM;
    ta_status status = ta_run_open(run, job, outlet);
    if (status == TA_OK)
        status = ta_run_follow(run, lead->own);
    fill_run_lane(run, lane);
    return status;
}

bool ta_run_lane(ta_run *run, ta_lane *lane) {
    *lane = (ta_lane){.follow = follow_run, .close = close_run_lane};
    fill_run_lane(run, lane);
    return !run->out_mapping && !run->survey && !run->reader.spooled && !run->encode.name;
}
