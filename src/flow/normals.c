/* SPDX-License-Identifier: MIT */
#include "flow/normals.h"

ta_status ta_normals_load(ta_normals *normals, const ta_job *job, const ta_shape *shape,
                          ta_library *library) {
    normals->shape = shape;
    normals->personal = job->normalizes || job->drop_personal;
    normals->duplicates = job->duplicates;
    if (!job->normalizes && !job->duplicates)
        return TA_OK;
    if (!shape) {
        ta_find(library->loader.finder, &(ta_finding){.code = TA_F_NORMALIZE_SCHEMA});
        return TA_ERR_USAGE;
    }
    if (!job->normalizes)
        return TA_OK;
    ta_status status =
        ta_normal_plan_new(shape, &job->normal, &library->loader, &normals->plan);
    ta_keys_pin(library->loader.keys);
    return status;
}

bool ta_normals_wants_watch(const ta_normals *normals) {
    return normals->plan && ta_normal_wants_watch(normals->plan);
}

ta_status ta_normals_watch(ta_normals *normals, ta_stage **chain) {
    if (!ta_normals_wants_watch(normals))
        return TA_OK;
    return ta_stage_prepend(ta_normal_watch_new(normals->plan), chain);
}

ta_status ta_normals_build(ta_normals *normals, ta_finder *finder, ta_stage **chain) {
    ta_status status = TA_OK;
    if (normals->duplicates)
        status = ta_stage_prepend(ta_normal_duplicates_new(normals->shape, finder), chain);
    if (normals->personal && status == TA_OK)
        status = ta_stage_prepend(ta_normal_personal_new(normals->shape, finder), chain);
    if (!normals->plan || status != TA_OK)
        return status;
    return ta_stage_prepend(
        ta_normal_stage_new(normals->plan, finder, normals->listener, &normals->counts), chain);
}

void ta_normals_sum_up(ta_normals *normals, ta_summary *summary) {
    summary->normalized = normals->plan != NULL;
    summary->seen = normals->counts.seen;
    summary->unchanged = normals->counts.unchanged;
    summary->changed = normals->counts.changed;
    summary->refused = normals->counts.refused;
    normals->counts = (ta_normal_counts){0};
}

void ta_normals_fini(ta_normals *normals) {
    ta_normal_plan_drop(normals->plan);
}
