/* SPDX-License-Identifier: MIT */
/* What rules on numbers share: operands, bounds with a tolerance, and their findings. Exact
 * decimals throughout. */
#include "check/rule.h"
#include "check/words.h"

bool ta_value_is_missing(const ta_node *node) {
    return node->kind == TA_NULL || (node->kind == TA_TEXT && !node->text_len);
}

ta_operand_state ta_operand_read(const ta_record *record, const ta_node *node,
                                 ta_decimal *out) {
    if (node->kind != TA_NUMBER && node->kind != TA_TEXT)
        return TA_OPERAND_MISSING;
    ta_text text = ta_node_text(record, node);
    if (node->kind == TA_TEXT && !ta_number_is(text.data, text.len))
        return TA_OPERAND_MISSING;
    return ta_decimal_parse(text.data, text.len, out) ? TA_OPERAND_READ : TA_OPERAND_LONG;
}

ta_outcome ta_rule_fail(ta_run *run, const ta_rule *rule, const ta_node *node,
                        const ta_finding *finding) {
    if (!run->report)
        return TA_FAILED;
    ta_finding f = *finding;
    f.rule_id = rule->id;
    f.level_wish = rule->level_wish;
    if (rule->message) {
        ta_buf_puts(&run->detail, run->detail.len ? "; " : "");
        ta_buf_puts(&run->detail, rule->message);
    }
    f.detail = run->detail.len ? ta_buf_text(&run->detail) : NULL;
    ta_run_fail(run, node, &f);
    return TA_FAILED;
}

ta_outcome ta_rule_too_long(ta_run *run, const ta_rule *rule, const ta_node *node,
                            const char *what) {
    ta_run_reset_words(run);
    return ta_rule_fail(run, rule, node, &(ta_finding){.code = TA_F_RULE_RANGE, .name = what});
}

/* A bound while a measure is held against it. */
typedef struct bound_state {
    ta_decimal value;
    const ta_node *node; /* NULL: a literal */
    ta_operand_state state;
    const char *words; /* before the number in the message */
    int wrong;         /* the sign of measure - bound that is wrong; 0: both are */
} bound_state;

static bool take_node(void *to, const ta_node *node) {
    *(const ta_node **)to = node;
    return false;
}

static void read_bound_value(ta_run *run, const ta_operand *operand, const ta_scene *scene,
                             bound_state *bound) {
    bound->state = TA_OPERAND_READ;
    bound->value = operand->value;
    if (operand->literal)
        return;
    bound->state = TA_OPERAND_MISSING;
    ta_path_each(run->record, ta_scene_start(scene, &operand->path), &operand->path, take_node,
                 &bound->node);
    if (bound->node)
        bound->state = ta_operand_read(run->record, bound->node, &bound->value);
}

/* Whether a difference is within the rule's tolerance. */
static bool is_tolerated(const ta_rule *rule, ta_decimal difference, ta_decimal total) {
    ta_decimal allowed;
    difference.negative = total.negative = false;
    if (rule->has_abs && ta_decimal_compare(&difference, &rule->abs) <= 0)
        return true;
    return rule->has_rel && ta_decimal_multiply(&total, &rule->rel, &allowed) &&
           ta_decimal_compare(&difference, &allowed) <= 0;
}

/* The nodes that were measured, as related places. */
static size_t put_related(ta_run *run, const ta_measure *measure, ta_related related[]) {
    size_t starts[TA_RULE_RELATED_MAX];
    for (size_t i = 0; i < measure->node_count; i++) {
        starts[i] = run->labels.len;
        if (measure->label)
            ta_buf_puts(&run->labels, measure->label);
        else
            ta_say_value(run->record, measure->nodes[i], &run->labels);
        ta_buf_put(&run->labels, "", 1);
    }
    const char *labels = ta_buf_text(&run->labels);
    if (run->labels.failed)
        return 0;
    for (size_t i = 0; i < measure->node_count; i++)
        related[i] = (ta_related){ta_place_of(run->record, measure->nodes[i], TA_PART_VALUE),
                                  labels + starts[i]};
    return measure->node_count;
}

static ta_outcome report_measure(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                                 const ta_measure *measure, const bound_state *bound,
                                 const ta_decimal *difference) {
    char text[TA_DECIMAL_TEXT];
    ta_related related[TA_RULE_RELATED_MAX];
    ta_run_reset_words(run);
    ta_buf_puts(&run->found, ta_decimal_print(&measure->value, text));
    ta_buf_puts(&run->expected, bound->words);
    ta_buf_puts(&run->expected, ta_decimal_print(&bound->value, text));
    ta_decimal size = *difference;
    size.negative = false;
    if (measure->code == TA_F_RULE_SUM)
        ta_buf_printf(&run->detail, "difference %s", ta_decimal_print(&size, text));
    size_t count = put_related(run, measure, related);
    return ta_rule_fail(run, rule, bound->node ? bound->node : scene->item,
                        &(ta_finding){.code = measure->code,
                                      .name = rule->subject,
                                      .expected = ta_buf_text(&run->expected),
                                      .found = ta_buf_text(&run->found),
                                      .related = related,
                                      .related_count = count});
}

static ta_outcome hold_bound(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                             const ta_measure *measure, const bound_state *bound) {
    int sign = ta_decimal_compare(&measure->value, &bound->value);
    ta_decimal difference, minus = ta_decimal_negate(bound->value);
    if (!sign || (bound->wrong && sign != bound->wrong))
        return TA_HELD;
    if (!ta_decimal_add(&measure->value, &minus, &difference))
        return ta_rule_too_long(run, rule, bound->node ? bound->node : scene->item,
                                "difference");
    if (is_tolerated(rule, difference, bound->value))
        return TA_HELD;
    return run->report ? report_measure(run, rule, scene, measure, bound, &difference)
                       : TA_FAILED;
}

ta_outcome ta_measure_hold(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                           ta_measure *measure) {
    const ta_operand *operands[] = {&rule->equals, &rule->min, &rule->max};
    bound_state bounds[] = {{.words = "", .wrong = 0},
                            {.words = "at least ", .wrong = -1},
                            {.words = "at most ", .wrong = 1}};
    ta_outcome outcome = TA_HELD;
    for (int i = 0; i < 3; i++) {
        if (!operands[i]->given)
            continue;
        read_bound_value(run, operands[i], scene, &bounds[i]);
        if (bounds[i].state == TA_OPERAND_MISSING)
            return TA_SKIPPED;
        if (bounds[i].state == TA_OPERAND_LONG)
            return ta_rule_too_long(run, rule, bounds[i].node, "number");
    }
    for (int i = 0; i < 3; i++)
        if (operands[i]->given &&
            hold_bound(run, rule, scene, measure, &bounds[i]) == TA_FAILED)
            outcome = TA_FAILED;
    return outcome;
}
