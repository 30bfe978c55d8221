/* SPDX-License-Identifier: MIT */
/*
 * {count: PATH, where: SCHEMA, equals|min|max: ...}: how many values stand at the path. An
 * empty list counts 0; where the list itself is missing, the rule is skipped.
 */
#include "check/rule.h"

typedef struct count_state {
    ta_run *run;
    const ta_rule *rule;
    ta_measure measure;
    uint64_t count;
} count_state;

static bool count_node(void *to, const ta_node *node) {
    count_state *state = to;
    if (ta_value_is_missing(node) ||
        (state->rule->where && !ta_plan_matches(state->run, state->rule->where, node)))
        return true;
    state->count++;
    if (state->measure.node_count < TA_RULE_RELATED_MAX)
        state->measure.nodes[state->measure.node_count++] = node;
    return true;
}

static bool is_there(void *to, const ta_node *node) {
    *(bool *)to = !ta_value_is_missing(node);
    return false;
}

static ta_outcome run_count(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    count_state state = {.run = run, .rule = rule};
    state.measure.code = TA_F_RULE_COUNT;
    state.measure.label = "counted";
    const ta_node *start = ta_scene_start(scene, &rule->path);
    ta_path list = rule->path;
    list.count = 0;
    while (list.count < rule->path.count && list.steps[list.count].kind != TA_STEP_ALL)
        list.count++;
    if (list.count == rule->path.count)
        list.count = 0;
    bool there = false;
    ta_path_each(run->record, start, &list, is_there, &there);
    if (!there)
        return TA_SKIPPED;
    ta_path_each(run->record, start, &rule->path, count_node, &state);
    state.measure.value.digits = state.count;
    return ta_measure_hold(run, rule, scene, &state.measure);
}

const ta_operator ta_operator_count = {"count", TA_TAKES_BOUNDS, true, run_count};
