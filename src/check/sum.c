/* SPDX-License-Identifier: MIT */
/*
 * {sum: PATH or [PATH ...], equals|min|max: ...}: what the numbers there add up to. What is
 * missing is left out, with `complete: true` the rule is skipped then; without any number it is
 * skipped in any case.
 */
#include "check/measure.h"

typedef struct sum_state {
    ta_run *run;
    const ta_rule *rule;
    ta_measure measure;
    uint64_t added, missing;
    const char *lacks;
    bool failed;
} sum_state;

static bool add_operand(void *to, const ta_node *node) {
    sum_state *sum = to;
    ta_range value;
    ta_operand_state state = ta_range_read(sum->run->record, node, &value);
    if (state == TA_OPERAND_MISSING) {
        sum->missing++;
        return true;
    }
    bool ok = state == TA_OPERAND_READ &&
              ta_range_add(&sum->measure.value, &value, &sum->measure.value);
    if (!ok) {
        ta_rule_too_long(sum->run, sum->rule, node,
                         state == TA_OPERAND_LONG ? "number" : "sum");
        sum->failed = true;
        return false;
    }
    sum->added++;
    ta_pointed_add(&sum->measure.pointed, node);
    return true;
}

static ta_outcome run_sum(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    sum_state sum = {.run = run, .rule = rule};
    sum.measure.code = TA_F_RULE_SUM;
    for (uint32_t i = 0; i < rule->operand_count && !sum.failed; i++) {
        const ta_operand *operand = &rule->operands[i];
        sum.missing += ta_operand_each(run, rule, scene, operand, add_operand, &sum);
        if (sum.missing && !sum.lacks)
            sum.lacks = operand->text;
    }
    if (sum.failed)
        return TA_FAILED;
    if (!sum.added || (rule->complete && sum.missing))
        return ta_rule_skip(run, sum.lacks ? sum.lacks : rule->subject);
    return ta_measure_hold(run, rule, scene, &sum.measure);
}

const ta_operator ta_operator_sum = {"sum", TA_WRITTEN_PATHS,
                                     TA_TAKES_BOUNDS | TA_TAKES_COMPLETE | TA_TAKES_WHERE |
                                         TA_TAKES_LIST | TA_TAKES_JOIN,
                                     "needs equals, min or max", run_sum};
