/* SPDX-License-Identifier: MIT */
/* x-rules: the rules of one place, run on its values, and how each came out. */
#include "check/operate.h"

/* The value of x-rules in one subschema. */
typedef struct rule_set {
    const ta_rule **rules;
    uint32_t count;
} rule_set;

static const ta_rule *enter_rule(ta_compile *c, ta_rule *rule) {
    ta_program *p = c->program;
    const ta_rule ***list = rule->over_list ? &p->list_rules : &p->rules;
    size_t *count = rule->over_list ? &p->list_rule_count : &p->rule_count;
    size_t *cap = rule->over_list ? &p->list_rule_cap : &p->rule_cap;
    if (!ta_array_grow(list, cap, *count + 1, sizeof **list)) {
        c->nomem = true;
        return NULL;
    }
    rule->index = (uint32_t)*count;
    if (!rule->id) {
        ta_buf id = {0};
        ta_buf_printf(&id, "%s-%zu", rule->op->name, p->rule_count + p->list_rule_count + 1);
        rule->id = ta_compile_copy(c, (ta_text){ta_buf_text(&id), id.len});
        c->nomem = c->nomem || id.failed;
        ta_buf_fini(&id);
    }
    (*list)[(*count)++] = rule;
    return rule;
}

static const void *compile_rules(ta_compile *c, const ta_node *value) {
    if (value->kind != TA_ARRAY)
        return ta_compile_fault(c, value, "x-rules", "must be a list of rules");
    rule_set *set = ta_compile_alloc(c, sizeof *set);
    if (!set)
        return NULL;
    set->rules = ta_compile_alloc(c, (value->count + (size_t)1) * sizeof *set->rules);
    if (!set->rules)
        return NULL;
    for (const ta_node *n = ta_node_first(value); n < ta_node_end(value); n = ta_node_next(n)) {
        ta_rule *rule = ta_rule_compile(c, n);
        if (rule && enter_rule(c, rule) && !rule->over_list)
            set->rules[set->count++] = rule;
    }
    return set->count ? set : NULL;
}

typedef struct rule_round {
    ta_run *run;
    const ta_rule *rule;
    ta_scene scene;
    uint64_t items;
    bool ok;
} rule_round;

static bool run_on_item(void *to, const ta_node *item) {
    rule_round *round = to;
    ta_run *run = round->run;
    round->items++;
    round->scene.item = item;
    if (!ta_run_spend(run, item, 1)) {
        round->ok = false;
        return false;
    }
    ta_outcome outcome = round->rule->op->run(run, round->rule, &round->scene);
    ta_tally_add(run, &run->rules->tallies[round->rule->index], outcome);
    round->ok = outcome != TA_FAILED && round->ok;
    return round->ok || run->report;
}

static bool run_rule(ta_run *run, const ta_rule *rule, const ta_node *node) {
    rule_round round = {run, rule, {node, node, NULL}, 0, true};
    if (rule->guard && !ta_plan_matches(run, rule->guard, node))
        return true;
    if (rule->by.count && rule->elsewhere)
        round.scene.row = ta_rule_row(run, rule, node);
    if (!rule->each.given) {
        run_on_item(&round, node);
        return round.ok;
    }
    uint64_t missing = ta_path_each(run->record, node, &rule->each.path, run_on_item, &round);
    if (!round.items && missing)
        ta_tally_add(run, &run->rules->tallies[rule->index],
                     ta_rule_skip(run, rule->each.text));
    return round.ok;
}

static bool run_rules(ta_run *run, const void *data, const ta_node *node) {
    const rule_set *set = data;
    bool ok = true;
    if (run->branch)
        return true;
    for (uint32_t i = 0; i < set->count && (ok || run->report); i++)
        ok = run_rule(run, set->rules[i], node) && ok;
    return ok;
}

const ta_keyword ta_keyword_x_rules = {"x-rules", compile_rules, run_rules, TA_KINDS_CONTAINER,
                                       false};
