/* SPDX-License-Identifier: MIT */
#include "flow/edit_lane.h"

#include <stdlib.h>

#include "flow/checks.h"
#include "flow/normals.h"
#include "flow/patch.h"

/* What a worker has. */
typedef struct edit_hand {
    ta_reader reader;
    ta_normals normals;
    ta_original original; /* no more than its encoding */
    ta_patch patch;
    ta_gather_asker asker;
    ta_stage *chain;
} edit_hand;

static void close_edit_lane(ta_lane *lane) {
    edit_hand *hand = lane->own;
    ta_stage_drop(hand->chain);
    ta_normals_fini(&hand->normals);
    (void)ta_reader_close(&hand->reader);
    free(hand);
}

static ta_status build_hand(edit_hand *hand) {
    ta_finder *finder = &hand->reader.hub.finder;
    const ta_normal_gatherer gatherer = {&hand->asker, ta_gather_ask};
    hand->asker.finder = finder;
    ta_normal_gather_with(hand->normals.plan, &gatherer);
    ta_patch_init(&hand->patch, finder, &hand->original, NULL);
    hand->patch.holds = true;
    hand->normals.listener = &hand->patch.listener;
    hand->chain = &hand->patch.stage;
    ta_status status = ta_checks_put_lints(finder, &hand->chain);
    return status != TA_OK ? status : ta_normals_build(&hand->normals, finder, &hand->chain);
}

static ta_status follow_edit(const ta_lane *lead, const ta_job *job, const ta_outlet *outlet,
                             ta_lane *lane) {
    edit_hand *hand = lane->own = calloc(1, sizeof *hand);
    if (!hand)
        return TA_ERR_NOMEM;
    hand->asker.gather = lead->own;
    hand->original.encoding = job->encoding; /* XML, which may declare one, is not shared */
    ta_status status = ta_reader_open_outlet(&hand->reader, job, outlet);
    if (status == TA_OK)
        status = ta_normals_load(&hand->normals, job, ta_checks_shape(&hand->reader.checks),
                                 &hand->reader.library);
    if (status == TA_OK)
        status = build_hand(hand);
    lane->reader = &hand->reader;
    lane->chain = hand->chain;
    return status;
}

ta_lane ta_edit_lane(ta_reader *reader, ta_stage *chain, ta_gather *gather) {
    return (ta_lane){.reader = reader,
                     .chain = chain,
                     .own = gather,
                     .follow = follow_edit,
                     .close = close_edit_lane};
}
