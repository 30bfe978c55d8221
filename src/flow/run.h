/* SPDX-License-Identifier: MIT */
/*
 * What one worker of a job holds: schema, plans and options, loaded once. It takes lot after
 * lot.
 */
#ifndef TA_FLOW_RUN_H
#define TA_FLOW_RUN_H

#include "flow/craft.h"
#include "flow/deduce.h"
#include "flow/encode.h"
#include "flow/envelope.h"
#include "flow/normals.h"
#include "flow/output.h"
#include "flow/outtables.h"
#include "flow/pick.h"
#include "flow/reader.h"
#include "flow/rejects.h"
#include "flow/sorter.h"
#include "flow/view.h"

typedef struct ta_run {
    ta_reader reader;
    ta_normals normals;
    ta_views views;
    ta_picks picks;
    ta_sorter sorter;
    ta_deduce deduce;
    const ta_format *to; /* NULL: nothing is written */
    ta_map *out_map;     /* NULL */
    ta_mapping *out_mapping;
    /* of the lot at hand */
    const ta_lot *lot;
    ta_envelope envelope;
    ta_write_options write;
    ta_writing writing;
    ta_output output;
    ta_encode encode;
    bool output_open;
    ta_out_tables tables; /* where the lists go, if not into the output */
    ta_rejects rejects;   /* of the input at hand */
    bool whole;           /* it was read to its end */
    ta_outcome *outcomes; /* of the inputs that were processed */
    size_t outcome_count;
    ta_stage *chain, *join, *survey;
    struct ta_crew *crew; /* that shares the input at hand; NULL: none does */
} ta_run;

/* Loads what the job names. What is said goes to the outlet, borrowed. Close it in any case. */
TA_MUST_CHECK ta_status ta_run_open(ta_run *run, const ta_job *job, const ta_outlet *outlet);

/* Processes a lot. The run's hub counts what belongs to it alone. */
void ta_run_lot(ta_run *run, const ta_lot *lot);

/* Gets an open run a chain like that of another, which writes to memory; both are the caller's
 * to drop. Close it in any case. */
TA_MUST_CHECK ta_status ta_run_follow(ta_run *run, const ta_run *other);

void ta_run_close(ta_run *run);

#endif
