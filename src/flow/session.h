/* SPDX-License-Identifier: MIT */
/* Several jobs with the same reports and one baseline: each over inputs that are read in the
 * same way. */
#ifndef TA_FLOW_SESSION_H
#define TA_FLOW_SESSION_H

#include "flow/baseline.h"
#include "flow/hub.h"

typedef struct ta_session {
    ta_hub hub;
    ta_baseline *baseline; /* NULL: none */
    bool open;             /* false: it could not begin */
} ta_session;

/* What a session has of its own. */
typedef struct ta_session_wish {
    const ta_job *job;    /* its reports, and how they look */
    const char *baseline; /* a file; NULL: none */
    bool update_baseline;
} ta_session_wish;

/* Opens the reports and reads the baseline. Close it in any case. */
void ta_session_open(ta_session *session, const ta_session_wish *wish);
/* Runs a job within it. */
void ta_session_run(ta_session *session, const ta_job *job);
/* Returns the exit status of all. */
int ta_session_close(ta_session *session);

#endif
