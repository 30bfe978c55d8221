/* SPDX-License-Identifier: MIT */
#include "flow/session.h"

#include <inttypes.h>
#include <stdio.h>

void ta_session_open(ta_session *session, const ta_session_wish *wish) {
    memset(session, 0, sizeof *session);
    session->open = ta_hub_open(&session->hub, wish->job);
    if (!session->open)
        session->hub.could_not_run = true;
    if (!session->open || !wish->baseline)
        return;
    session->baseline = ta_baseline_new(wish->baseline, wish->update_baseline);
    ta_status status = session->baseline
                           ? ta_baseline_load(session->baseline, &session->hub.finder)
                           : TA_ERR_NOMEM;
    session->open = status == TA_OK;
    ta_hub_status(&session->hub, status == TA_ERR_INPUT ? TA_ERR_USAGE : status);
}

void ta_session_run(ta_session *session, const ta_job *job) {
    ta_job own = *job;
    own.above = &session->hub;
    own.baseline = session->baseline;
    if (session->open)
        (void)ta_job_run(&own); /* what came of it is added to the hub above */
}

/* A baseline is written only if all was read: else faults that nobody saw would be new ones. */
static void close_baseline(ta_session *session) {
    ta_hub *hub = &session->hub;
    const ta_baseline *baseline = session->baseline;
    uint64_t written;
    if (!session->open)
        return;
    bool update = ta_baseline_is_updated(baseline);
    bool whole = !hub->could_not_run && !hub->cut_short;
    if (update && !whole) {
        fprintf(stderr, "transalp: %s was not written: not all inputs could be read\n",
                ta_baseline_file(baseline));
        return;
    }
    ta_hub_status(hub, ta_baseline_close(session->baseline, &hub->finder, &written));
    if (update && !hub->could_not_run && !hub->job->quiet)
        fprintf(stderr, "transalp: %s: %" PRIu64 " entr%s written\n",
                ta_baseline_file(baseline), written, written == 1 ? "y" : "ies");
}

int ta_session_close(ta_session *session) {
    if (session->baseline)
        close_baseline(session);
    ta_baseline_drop(session->baseline);
    return ta_hub_close(&session->hub);
}
