/* SPDX-License-Identifier: MIT */
/* What a job normalizes with: the plan that its schema's shape makes. */
#ifndef TA_FLOW_NORMALS_H
#define TA_FLOW_NORMALS_H

#include "flow/job.h"
#include "flow/load.h"

typedef struct ta_normals {
    ta_normal_plan *plan;               /* NULL: the job does not normalize */
    const ta_normal_listener *listener; /* set it before ta_normals_build; NULL: none */
    ta_normal_counts counts;
    const ta_shape *shape;
    bool personal;   /* what looks personal is told */
    bool duplicates; /* members that stand twice are told */
} ta_normals;

/* Compiles the plan if the job normalizes. Begin with zeros, free with ta_normals_fini in each
 * case. */
TA_MUST_CHECK ta_status ta_normals_load(ta_normals *normals, const ta_job *job,
                                        const ta_shape *shape, ta_library *library);
/* Puts the stage that watches in front of *chain, if a first pass is wanted. */
TA_MUST_CHECK ta_status ta_normals_watch(ta_normals *normals, ta_stage **chain);
bool ta_normals_wants_watch(const ta_normals *normals);
/* Puts the stage that normalizes in front of *chain. */
TA_MUST_CHECK ta_status ta_normals_build(ta_normals *normals, ta_finder *finder,
                                         ta_stage **chain);
/* After an input: what became of its values. */
void ta_normals_sum_up(ta_normals *normals, ta_summary *summary);
void ta_normals_fini(ta_normals *normals);

#endif
