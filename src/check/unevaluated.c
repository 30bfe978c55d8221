/* SPDX-License-Identifier: MIT */
/* unevaluatedProperties and unevaluatedItems (2020-12 core, section 11): of what no other
 * keyword has evaluated. They run last, in the frame of their subschema (seen.h). */
#include "check/compile.h"
#include "check/seen.h"

static const void *compile_unevaluated(ta_compile *c, const ta_node *value) {
    return ta_compile_plan(c, value);
}

static bool refuse_unevaluated(ta_run *run, const ta_node *child, bool is_member) {
    if (!run->report)
        return false;
    if (!is_member)
        return ta_run_fail(run, child, &(ta_finding){.code = TA_F_ITEM});
    ta_run_reset_words(run);
    const ta_key *key = &run->record->keys->items[child->key];
    ta_buf_put(&run->name, key->text, key->len);
    return ta_run_fail_key(
        run, child, &(ta_finding){.code = TA_F_UNEXPECTED, .name = ta_buf_text(&run->name)});
}

static bool run_unevaluated(ta_run *run, const void *data, const ta_node *node) {
    const ta_plan *plan = data;
    bool ok = true;
    uint32_t index = 0;
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node);
         c = ta_node_next(c), index++) {
        if (ta_seen_has(run, index))
            continue;
        if (plan->never && ta_seen_is_own_schema(run, node, c))
            continue;
        ok = (plan->never ? refuse_unevaluated(run, c, node->kind == TA_OBJECT)
                          : ta_plan_fits(run, plan, c)) &&
             ok;
        if (!ok && !run->report)
            return false;
    }
    ta_seen_mark_all(run);
    return ok;
}

const ta_keyword ta_keyword_unevaluated_properties = {"unevaluatedProperties",
                                                      compile_unevaluated, run_unevaluated,
                                                      1 << TA_OBJECT, .late = true};
const ta_keyword ta_keyword_unevaluated_items = {"unevaluatedItems", compile_unevaluated,
                                                 run_unevaluated, 1 << TA_ARRAY, .late = true};
