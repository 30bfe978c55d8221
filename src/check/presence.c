/* SPDX-License-Identifier: MIT */
/* {atLeastOne|allOrNone|onlyOneOf: [PATH ...]}: which of several fields are there. Missing ones
 * are the point here: these rules are never skipped. */
#include "check/operate.h"

typedef struct presence {
    const ta_node *first[TA_RULE_RELATED_MAX]; /* of each operand that is there */
    uint32_t count;
    const ta_node *found; /* of the operand that is looked at */
} presence;

static bool find_value(void *to, const ta_node *node) {
    presence *p = to;
    if (ta_value_is_missing(node))
        return true;
    p->found = node;
    return false;
}

/* Looks at all fields; the words name those that are there. */
static void look_at_fields(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                           presence *p) {
    p->count = 0;
    if (run->report)
        ta_run_reset_words(run);
    for (uint32_t i = 0; i < rule->operand_count; i++) {
        const ta_operand *operand = &rule->operands[i];
        p->found = NULL;
        ta_operand_each(run, rule, scene, operand, find_value, p);
        if (!p->found)
            continue;
        if (p->count < TA_RULE_RELATED_MAX)
            p->first[p->count] = p->found;
        p->count++;
        if (run->report) {
            ta_buf_puts(&run->found, run->found.len ? ", " : "");
            ta_buf_puts(&run->found, operand->text);
        }
    }
}

static ta_outcome report_presence(ta_run *run, const ta_rule *rule, const ta_node *node,
                                  const presence *p, ta_code code) {
    ta_pointed pointed = {.count = 0};
    for (uint32_t i = 0; i < p->count && i < TA_RULE_RELATED_MAX; i++)
        if (p->first[i] != node)
            ta_pointed_add(&pointed, p->first[i]);
    return ta_rule_point(
        run, rule, node,
        &(ta_finding){.code = code, .name = rule->subject, .found = ta_buf_text(&run->found)},
        &pointed);
}

static ta_outcome run_at_least_one(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    presence p;
    look_at_fields(run, rule, scene, &p);
    if (p.count)
        return TA_HELD;
    return report_presence(run, rule, scene->item, &p, TA_F_RULE_AT_LEAST_ONE);
}

static ta_outcome run_all_or_none(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    presence p;
    look_at_fields(run, rule, scene, &p);
    if (!p.count || p.count == rule->operand_count)
        return TA_HELD;
    return report_presence(run, rule, scene->item, &p, TA_F_RULE_ALL_OR_NONE);
}

static ta_outcome run_only_one_of(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    presence p;
    look_at_fields(run, rule, scene, &p);
    if (p.count <= 1)
        return TA_HELD;
    return report_presence(run, rule, p.first[1], &p, TA_F_RULE_ONLY_ONE);
}

const ta_operator ta_operator_at_least_one = {"atLeastOne", TA_WRITTEN_PATHS, 0, NULL,
                                              run_at_least_one};
const ta_operator ta_operator_all_or_none = {"allOrNone", TA_WRITTEN_PATHS, 0, NULL,
                                             run_all_or_none};
const ta_operator ta_operator_only_one_of = {"onlyOneOf", TA_WRITTEN_PATHS, 0, NULL,
                                             run_only_one_of};
