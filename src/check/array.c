/* SPDX-License-Identifier: MIT */
/* items (JSON Schema 2020-12 core, section 10.3.1.2). */
#include "check/compile.h"

static const void *compile_items(ta_compile *c, const ta_node *value) {
    return ta_compile_plan(c, value);
}

static bool run_items(ta_run *run, const void *data, const ta_node *node) {
    const ta_plan *plan = data;
    bool ok = true;
    const ta_node *end = ta_node_end(node);
    for (const ta_node *item = ta_node_first(node); item < end; item = ta_node_next(item)) {
        if (ta_plan_fits(run, plan, item))
            continue;
        ok = false;
        if (!run->report)
            break;
    }
    return ok;
}

const ta_keyword ta_keyword_items = {"items", compile_items, run_items, 1 << TA_ARRAY};
