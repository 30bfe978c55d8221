/* SPDX-License-Identifier: MIT */
/*
 * {distinct: PATH or [PATH ...], equals|min|max: ...}: how many different values stand there.
 * What is missing is left out, with `complete: true` the rule is skipped then; without any
 * value it is skipped in any case.
 */
#include "check/measure.h"

typedef struct distinct_state {
    ta_run *run;
    ta_measure measure;
    uint64_t missing;
    const char *lacks;
} distinct_state;

static bool gather_value(void *to, const ta_node *node) {
    distinct_state *state = to;
    ta_run *run = state->run;
    bool is_new;
    if (ta_value_is_missing(node)) {
        state->missing++;
        return true;
    }
    run->key.len = 0;
    ta_key_put(run->record, node, &run->key);
    ta_mark mark = ta_mark_of(run->key.data, run->key.len);
    if (run->key.failed || !ta_marks_enter(&run->rules->items, mark, &is_new)) {
        run->nomem = true;
        return false;
    }
    if (is_new)
        ta_pointed_add(&state->measure.pointed, node);
    return true;
}

static ta_outcome run_distinct(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    distinct_state state = {.run = run, .measure = {.code = TA_F_RULE_DISTINCT}};
    ta_marks_clear(&run->rules->items);
    for (uint32_t i = 0; i < rule->operand_count; i++) {
        const ta_operand *operand = &rule->operands[i];
        state.missing += ta_operand_each(run, rule, scene, operand, gather_value, &state);
        if (state.missing && !state.lacks)
            state.lacks = operand->text;
    }
    size_t count = run->rules->items.count;
    if (!count || (rule->complete && state.missing))
        return ta_rule_skip(run, state.lacks ? state.lacks : rule->subject);
    state.measure.value = ta_range_of((ta_decimal){.digits = count});
    return ta_measure_hold(run, rule, scene, &state.measure);
}

const ta_operator ta_operator_distinct = {"distinct", TA_WRITTEN_PATHS,
                                          TA_TAKES_BOUNDS | TA_TAKES_COMPLETE | TA_TAKES_WHERE |
                                              TA_TAKES_LIST | TA_TAKES_JOIN,
                                          "needs equals, min or max", run_distinct};
