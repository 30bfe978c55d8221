/* SPDX-License-Identifier: MIT */
/* What a job checks with: its schema, and a file of rules beside it; both are programs with
 * stages of their own. */
#ifndef TA_FLOW_CHECKS_H
#define TA_FLOW_CHECKS_H

#include "check/check.h"
#include "flow/job.h"
#include "flow/load.h"
#include "format/xml/xsd.h"
#include "schema/personal.h"

enum { TA_CHECKS_MAX = 2 }; /* the schema, then the rules */

typedef struct ta_checks {
    ta_xsd *xsd; /* an XML Schema, which the reader checks; NULL: the schema is none */
    ta_schema *schemas[TA_CHECKS_MAX];
    ta_program *programs[TA_CHECKS_MAX]; /* NULL: the job has none */
    ta_stage *checks[TA_CHECKS_MAX], *lists[TA_CHECKS_MAX];
    ta_stage *words; /* of the schema's list; NULL: none */
    ta_skips skips;
    ta_buf lacks;     /* the words of the last summary */
    ta_screen screen; /* hides what the schema calls personal */
    bool screens;     /* it does */
} ta_checks;

/* Compiles what the job names. Begin with zeros, free with ta_checks_fini in each case. */
TA_MUST_CHECK ta_status ta_checks_load(ta_checks *checks, const ta_job *job,
                                       ta_library *library);
/* What the schema says of each record; NULL: there is none. */
const ta_shape *ta_checks_shape(const ta_checks *checks);
/* What of the data reports must not show; NULL: nothing. */
const ta_screen *ta_checks_screen(const ta_checks *checks);
/* Puts the stages of the lints in front of *chain, if any is to be told: behind the checks, so
 * that what is wrong comes before what is odd, and behind what normalizes. */
TA_MUST_CHECK ta_status ta_checks_put_lints(ta_finder *finder, ta_stage **chain);
/* Puts the stages in front of *chain, which owns them. */
TA_MUST_CHECK ta_status ta_checks_build(ta_checks *checks, const ta_job *job, ta_finder *finder,
                                        ta_stage **chain);
/* After an input: how the rules came out. The words live until the next call. */
void ta_checks_sum_up(ta_checks *checks, ta_summary *summary);
void ta_checks_fini(ta_checks *checks);

#endif
