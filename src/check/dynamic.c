/* SPDX-License-Identifier: MIT */
/*
 * $dynamicRef (2020-12 core, section 8.2.3.2) and $recursiveRef (2019-09 core,
 * section 8.2.4.2): of the anchors of one name, the one in the outermost resource that led
 * here.
 */
#include "check/compile.h"
#include "check/trail.h"

typedef struct dynamic_anchor {
    uint32_t resource;
    const ta_plan *plan;
} dynamic_anchor;

typedef struct dynamic_test {
    const ta_plan *first; /* where it leads if nothing else does */
    dynamic_anchor *anchors;
    uint32_t count;
} dynamic_test;

static bool same_name(ta_text a, ta_text b) {
    return a.len == b.len && !memcmp(a.data, b.data, a.len);
}

static const void *compile_dynamic(ta_compile *c, const ta_node *value) {
    const ta_schema *schema = c->program->schema;
    if (value->kind != TA_TEXT)
        return ta_compile_fault(c, value, "$dynamicRef", "must be a text");
    dynamic_test *test = c->sub->dynamic ? ta_compile_alloc(c, sizeof *test) : NULL;
    if (!test)
        return NULL;
    test->first = ta_compile_plan(c, c->sub->dynamic->node);
    test->anchors = ta_compile_alloc(c, (schema->anchor_count + 1) * sizeof *test->anchors);
    if (!c->sub->anchor || !test->anchors)
        return test;
    for (size_t i = 0; i < schema->anchor_count; i++) {
        const ta_anchor *anchor = schema->anchors[i];
        if (anchor->dynamic && same_name(anchor->name, c->sub->anchor->name))
            test->anchors[test->count++] =
                (dynamic_anchor){anchor->resource->index, ta_compile_plan(c, anchor->node)};
    }
    return test;
}

const ta_plan *ta_dynamic_plan(const void *data, const ta_trail *trail) {
    const dynamic_test *test = data;
    const ta_plan *plan = test->first;
    for (const ta_trail *at = trail; at && test->count; at = at->outer)
        for (uint32_t i = 0; i < test->count; i++)
            if (test->anchors[i].resource == at->resource && test->anchors[i].plan)
                plan = test->anchors[i].plan;
    return plan;
}

static bool run_dynamic(ta_run *run, const void *data, const ta_node *node) {
    const ta_plan *plan = ta_dynamic_plan(data, run->trail);
    return !plan || ta_plan_fits(run, plan, node);
}

bool ta_trail_run(ta_run *run, const void *data, const ta_node *node) {
    const ta_trail_test *test = data;
    ta_trail trail = {run->trail, test->resource};
    if (run->trail && run->trail->resource == test->resource)
        return ta_plan_test(run, test->tests, node);
    run->trail = &trail;
    bool ok = ta_plan_test(run, test->tests, node);
    run->trail = trail.outer;
    return ok;
}

const ta_keyword ta_keyword_dynamic_ref = {"$dynamicRef", compile_dynamic, run_dynamic,
                                           TA_KINDS_ALL, .late = false};
const ta_keyword ta_keyword_recursive_ref = {"$recursiveRef", compile_dynamic, run_dynamic,
                                             TA_KINDS_ALL, .late = false};
