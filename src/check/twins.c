/* SPDX-License-Identifier: MIT */
/*
 * {unique: PATH, by: FIELDS}: no two items at the path have the same values.
 * {depends: PATH, from: FIELDS, to: FIELDS}: items that agree in `from` agree in `to`: one
 * identifier has one name.
 * Items that lack a value are passed over. Over the list: see list.c.
 */
#include "check/operate.h"

typedef struct twin_state {
    ta_run *run;
    const ta_rule *rule;
    uint64_t items;
    const char *lacks;
    bool failed;
} twin_state;

ta_outcome ta_twin_fail(ta_run *run, const ta_rule *rule, const ta_node *item,
                        const ta_related *first) {
    const ta_node *at;
    const char *lacks;
    bool depends = rule->to.count != 0;
    const ta_key_fields *fields = depends ? &rule->to : &rule->by;
    ta_item_mark(run, fields, item, &at, &lacks);
    run->found.len = run->name.len = 0;
    ta_item_say(run, fields, item, &run->found);
    if (depends)
        ta_item_say(run, &rule->from, item, &run->name);
    const char *where = rule->over_list ? "the list" : rule->subject;
    return ta_rule_fail(run, rule, at,
                        &(ta_finding){.code = depends ? TA_F_RULE_DEPENDS : TA_F_RULE_UNIQUE,
                                      .name = depends ? ta_buf_text(&run->name) : where,
                                      .found = ta_buf_text(&run->found),
                                      .expected = ta_buf_text(&run->expected),
                                      .related = first,
                                      .related_count = 1});
}

static void report_twin(ta_run *run, const ta_rule *rule, const ta_node *first,
                        const ta_node *second) {
    const ta_node *at;
    const char *lacks;
    const ta_key_fields *fields = rule->to.count ? &rule->to : &rule->by;
    ta_run_reset_words(run);
    ta_item_mark(run, fields, first, &at, &lacks);
    ta_item_say(run, fields, first, &run->expected);
    ta_related related = {ta_place_of(run->record, at, TA_PART_VALUE), "the first one"};
    ta_twin_fail(run, rule, second, &related);
}

bool ta_twin_marks(ta_run *run, const ta_rule *rule, const ta_node *item, ta_mark *mark,
                   ta_mark *value, const char **lacks) {
    const ta_node *at;
    bool depends = rule->to.count != 0;
    *lacks = NULL;
    *value = depends ? ta_item_mark(run, &rule->to, item, &at, lacks) : (ta_mark){0, 0};
    if (*lacks)
        return false;
    *mark = ta_item_mark(run, depends ? &rule->from : &rule->by, item, &at, lacks);
    run->nomem = run->nomem || run->key.failed;
    return !*lacks && !run->nomem;
}

static bool enter_item(void *to, const ta_node *item) {
    twin_state *state = to;
    ta_run *run = state->run;
    const char *lacks;
    ta_mark mark, value;
    bool is_new;
    state->items++;
    if (!ta_twin_marks(run, state->rule, item, &mark, &value, &lacks)) {
        state->lacks = lacks;
        return !run->nomem;
    }
    ta_item_entry *entry = ta_marks_enter(&run->rules->items, mark, &is_new);
    run->nomem = run->nomem || !entry;
    if (!entry)
        return false;
    if (is_new) {
        entry->node = item;
        entry->value = value;
    } else if (!state->rule->to.count || !ta_mark_same(entry->value, value)) {
        state->failed = true;
        if (run->report)
            report_twin(run, state->rule, entry->node, item);
    }
    return run->report || !state->failed;
}

static ta_outcome run_twins(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    twin_state state = {.run = run, .rule = rule};
    ta_marks_clear(&run->rules->items);
    uint64_t missing =
        ta_operand_each(run, rule, scene, &rule->operands[0], enter_item, &state);
    if (!run->rules->items.count && (state.items || missing))
        return ta_rule_skip(run, state.lacks ? state.lacks : rule->subject);
    return state.failed ? TA_FAILED : TA_HELD;
}

const ta_operator ta_operator_unique = {
    "unique", TA_WRITTEN_PATH, TA_TAKES_BY | TA_TAKES_LIST | TA_TAKES_WHERE, NULL, run_twins};
const ta_operator ta_operator_depends = {"depends", TA_WRITTEN_PATH,
                                         TA_TAKES_FROM | TA_TAKES_LIST | TA_TAKES_WHERE,
                                         "needs from and to", run_twins};
