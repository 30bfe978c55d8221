/* SPDX-License-Identifier: MIT */
/*
 * {count: PATH, where: SCHEMA, equals|min|max: ...}: how many values stand at the path. An
 * empty list counts 0; where the list itself is missing, the rule is skipped.
 */
#include "check/measure.h"

static bool count_node(void *to, const ta_node *node) {
    ta_measure *measure = to;
    if (ta_value_is_missing(node))
        return true;
    measure->value.low.digits++;
    ta_pointed_add(&measure->pointed, node);
    return true;
}

static ta_outcome run_count(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    const ta_operand *operand = rule->operands;
    ta_measure measure = {.code = TA_F_RULE_COUNT, .pointed = {.label = "counted"}};
    if (!ta_operand_has_list(run, scene, operand))
        return ta_rule_skip(run, operand->text);
    ta_operand_each(run, rule, scene, operand, count_node, &measure);
    measure.value = ta_range_of(measure.value.low);
    return ta_measure_hold(run, rule, scene, &measure);
}

const ta_operator ta_operator_count = {
    "count", TA_WRITTEN_PATH, TA_TAKES_BOUNDS | TA_TAKES_WHERE | TA_TAKES_LIST | TA_TAKES_JOIN,
    "needs equals, min or max", run_count};
