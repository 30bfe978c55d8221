/* SPDX-License-Identifier: MIT */
/* --out-codes LIST=COLUMN: coded values written in another column of their list. */
#ifndef TA_FLOW_VIEW_H
#define TA_FLOW_VIEW_H

#include "flow/job.h"
#include "flow/load.h"
#include "schema/shape.h"

struct ta_code_list;

typedef struct ta_view {
    const ta_code_view *wish;
    struct ta_code_list *list; /* owned */
    char *file;                /* as ta_shape.codes names the list; owned */
    size_t column;
} ta_view;

typedef struct ta_views {
    ta_view *items;
    size_t count;
    const ta_shape *shape;
} ta_views;

/* Loads the lists that the job names. Begin with zeros, free with ta_views_fini in each case.
 */
TA_MUST_CHECK ta_status ta_views_load(ta_views *views, const ta_job *job, const ta_shape *shape,
                                      ta_library *library);
/* Puts the stage that rewrites in front of *chain, if there is anything to do. */
TA_MUST_CHECK ta_status ta_views_build(const ta_views *views, ta_finder *finder,
                                       ta_stage **chain);
void ta_views_fini(ta_views *views);

#endif
