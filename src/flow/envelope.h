/* SPDX-License-Identifier: MIT */
/* --envelope: the file for what stands around the list of --records. */
#ifndef TA_FLOW_ENVELOPE_H
#define TA_FLOW_ENVELOPE_H

#include "flow/job.h"
#include "flow/output.h"

typedef struct ta_envelope {
    ta_stage *stage; /* hand it to the readings; NULL: none is wanted */
    ta_output output;
    bool open;
    ta_write_options write;
    ta_finder finder, *outer; /* the writer's own, and where its findings go */
} ta_envelope;

/* Opens the file if the job names one. Findings say what failed; close in any case. */
TA_MUST_CHECK ta_status ta_envelope_open(ta_envelope *envelope, const ta_job *job,
                                         ta_keys *keys, ta_finder *finder);
/* Writes the end; with `keep`, and if something was written, puts the file in its place. */
TA_MUST_CHECK ta_status ta_envelope_close(ta_envelope *envelope, bool keep);

#endif
