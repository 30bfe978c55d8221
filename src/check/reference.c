/* SPDX-License-Identifier: MIT */
/*
 * {ref: PATH, in: PATH}: each value at the path stands also among those of `in`. With `in:
 * "FILE:PATH"` these are read from another file, once (elsewhere.h). Numbers and texts of the
 * same digits are the same there, since CSV and XML have only texts.
 */
#include "check/fields.h"
#include "check/operate.h"

/* While keys are entered into a table. */
typedef struct key_gather {
    const ta_record *record;
    ta_marks *marks;
    ta_buf *key;
    bool nomem;
} key_gather;

static bool gather_key(void *to, const ta_node *node) {
    key_gather *gather = to;
    bool is_new;
    if (ta_value_is_missing(node))
        return true;
    gather->key->len = 0;
    ta_key_put_loose(gather->record, node, gather->key);
    ta_mark mark = ta_mark_of(gather->key->data, gather->key->len);
    gather->nomem = gather->key->failed || !ta_marks_enter(gather->marks, mark, &is_new);
    return !gather->nomem;
}

bool ta_rule_read_in(ta_compile *c, ta_rule *rule, const ta_node *value,
                     const ta_rule_field *field) {
    ta_text text = value->kind == TA_TEXT ? ta_node_text(c->record, value) : (ta_text){"", 0};
    size_t colon = text.len;
    while (colon &&
           (text.data[colon - 1] != ':' || (colon > 1 && text.data[colon - 2] == '\\')))
        colon--;
    if (!colon)
        return ta_rule_read_operand(c, value, field->name, 0, &rule->in);
    rule->in.given = true;
    rule->in.text = ta_compile_copy(c, text);
    rule->elsewhere = ta_elsewhere_get(c, value, colon - 1);
    return rule->in.text && rule->elsewhere;
}

/* The values of `in` in this record. They stay for the next item of `each`. NULL: no memory. */
static const ta_marks *find_targets(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    ta_rule_run *rules = run->rules;
    const ta_node *start = ta_scene_start(scene, &rule->in.path);
    if (rules->target_rule == rule && rules->target_start == start)
        return &rules->targets;
    key_gather gather = {run->record, &rules->targets, &run->key, false};
    ta_marks_clear(&rules->targets);
    ta_path_each(run->record, start, &rule->in.path, gather_key, &gather);
    rules->target_rule = gather.nomem ? NULL : rule;
    rules->target_start = start;
    run->nomem = run->nomem || gather.nomem;
    return gather.nomem ? NULL : &rules->targets;
}

typedef struct ref_state {
    ta_run *run;
    const ta_rule *rule;
    const ta_marks *targets;
    uint64_t seen;
    bool failed;
} ref_state;

static bool look_up(void *to, const ta_node *node) {
    ref_state *state = to;
    ta_run *run = state->run;
    if (ta_value_is_missing(node))
        return true;
    state->seen++;
    run->key.len = 0;
    ta_key_put_loose(run->record, node, &run->key);
    if (ta_marks_find(state->targets, ta_mark_of(ta_buf_text(&run->key), run->key.len)))
        return true;
    state->failed = true;
    if (!ta_rule_says(run, node))
        return false;
    ta_rule_fail(run, state->rule, node,
                 &(ta_finding){.code = TA_F_RULE_REF,
                               .name = state->rule->subject,
                               .expected = state->rule->in.text,
                               .found = ta_buf_text(&run->found)});
    return true;
}

static ta_outcome run_ref(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    ref_state state = {
        .run = run,
        .rule = rule,
    };
    if (!rule->elsewhere && !ta_operand_has_list(run, scene, &rule->in))
        return ta_rule_skip(run, rule->in.text);
    state.targets = rule->elsewhere ? &rule->elsewhere->marks : find_targets(run, rule, scene);
    if (!state.targets)
        return TA_SKIPPED;
    ta_operand_each(run, rule, scene, &rule->operands[0], look_up, &state);
    if (!state.seen)
        return ta_rule_skip(run, rule->subject);
    return state.failed ? TA_FAILED : TA_HELD;
}

const ta_operator ta_operator_ref = {"ref", TA_WRITTEN_PATH, TA_TAKES_IN | TA_TAKES_WHERE,
                                     "needs in: a path, or FILE:PATH", run_ref};
