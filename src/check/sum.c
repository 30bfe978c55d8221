/* SPDX-License-Identifier: MIT */
/*
 * {sum: PATH, equals|min|max: ...}: what the numbers at the path add up to. What is missing is
 * left out, with `complete: true` the rule is skipped then; without any number it is skipped in
 * any case.
 */
#include "check/rule.h"

typedef struct sum_state {
    ta_run *run;
    const ta_rule *rule;
    ta_measure measure;
    uint64_t added, missing;
    bool failed;
} sum_state;

static bool add_operand(void *to, const ta_node *node) {
    sum_state *sum = to;
    ta_decimal value;
    if (sum->rule->where && !ta_plan_matches(sum->run, sum->rule->where, node))
        return true;
    ta_operand_state state = ta_operand_read(sum->run->record, node, &value);
    if (state == TA_OPERAND_MISSING) {
        sum->missing++;
        return true;
    }
    bool ok = state == TA_OPERAND_READ &&
              ta_decimal_add(&sum->measure.value, &value, &sum->measure.value);
    if (!ok) {
        ta_rule_too_long(sum->run, sum->rule, node,
                         state == TA_OPERAND_LONG ? "number" : "sum");
        sum->failed = true;
        return false;
    }
    sum->added++;
    if (sum->measure.node_count < TA_RULE_RELATED_MAX)
        sum->measure.nodes[sum->measure.node_count++] = node;
    return true;
}

static ta_outcome run_sum(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    sum_state sum = {.run = run, .rule = rule};
    sum.measure.code = TA_F_RULE_SUM;
    sum.missing += ta_path_each(run->record, ta_scene_start(scene, &rule->path), &rule->path,
                                add_operand, &sum);
    if (sum.failed)
        return TA_FAILED;
    if (!sum.added || (rule->complete && sum.missing))
        return TA_SKIPPED;
    return ta_measure_hold(run, rule, scene, &sum.measure);
}

const ta_operator ta_operator_sum = {"sum", TA_TAKES_BOUNDS | TA_TAKES_COMPLETE, true, run_sum};
