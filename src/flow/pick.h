/* SPDX-License-Identifier: MIT */
/* --only-fields and --drop-personal: which members of the records are written. */
#ifndef TA_FLOW_PICK_H
#define TA_FLOW_PICK_H

#include "flow/job.h"
#include "flow/load.h"

typedef struct pick_field pick_field;

typedef struct ta_picks {
    pick_field *root;      /* NULL: all fields are wanted */
    const ta_shape *shape; /* of a record; NULL: no schema */
    bool drop_personal;
    ta_shape open; /* the shape for a writer that would else write all of its columns */
    ta_arena arena;
} ta_picks;

/* Reads what the job wants. TA_ERR_USAGE: a finding says what is wrong with it. Begin with
 * zeros, free with ta_picks_fini in each case. */
TA_MUST_CHECK ta_status ta_picks_load(ta_picks *picks, const ta_job *job, const ta_shape *shape,
                                      ta_library *library);
/* The shape of what is written. */
const ta_shape *ta_picks_shape(ta_picks *picks);
/* Puts the stage that leaves out in front of *chain, if there is anything to leave out; without
 * a finder it says nothing. */
TA_MUST_CHECK ta_status ta_picks_build(ta_picks *picks, ta_finder *finder, ta_stage **chain);
/* After the last input of an output: says which fields no record had. */
void ta_picks_finish(ta_picks *picks, ta_finder *finder);
void ta_picks_fini(ta_picks *picks);

#endif
