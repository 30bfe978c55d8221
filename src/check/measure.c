/* SPDX-License-Identifier: MIT */
/* Numbers held against equals, min and max with a tolerance. Exact decimals throughout. */
#include "check/operate.h"

/* A bound while a measure is held against it. */
typedef struct bound_state {
    ta_decimal value;
    const ta_node *node; /* NULL: a literal */
    const char *words;   /* before the number in the message */
    int wrong;           /* the sign of measure - bound that is wrong; 0: both are */
} bound_state;

bool ta_rule_tolerates(const ta_rule *rule, ta_decimal difference, ta_decimal total) {
    ta_decimal allowed;
    difference.negative = total.negative = false;
    if (rule->has_abs && ta_decimal_compare(&difference, &rule->abs) <= 0)
        return true;
    return rule->has_rel && ta_decimal_multiply(&total, &rule->rel, &allowed) &&
           ta_decimal_compare(&difference, &allowed) <= 0;
}

static ta_outcome report_measure(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                                 const ta_measure *measure, const bound_state *bound,
                                 const ta_decimal *difference) {
    char text[TA_DECIMAL_TEXT];
    ta_run_reset_words(run);
    ta_buf_puts(&run->found, ta_decimal_print(&measure->value, text));
    ta_buf_puts(&run->expected, bound->words);
    ta_buf_puts(&run->expected, ta_decimal_print(&bound->value, text));
    ta_decimal size = *difference;
    size.negative = false;
    run->rules->difference.len = 0;
    ta_buf_puts(&run->rules->difference, ta_decimal_print(&size, text));
    return ta_rule_point(run, rule, bound->node ? bound->node : scene->item,
                         &(ta_finding){.code = measure->code,
                                       .name = rule->subject,
                                       .expected = ta_buf_text(&run->expected),
                                       .found = ta_buf_text(&run->found)},
                         &measure->pointed);
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
    if (ta_rule_tolerates(rule, difference, bound->value))
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
        ta_operand_state state =
            ta_operand_number(run, scene, operands[i], &bounds[i].value, &bounds[i].node);
        if (state == TA_OPERAND_MISSING)
            return ta_rule_skip(run, operands[i]->text);
        if (state == TA_OPERAND_LONG)
            return ta_rule_too_long(run, rule, bounds[i].node, "number");
    }
    for (int i = 0; i < 3; i++)
        if (operands[i]->given &&
            hold_bound(run, rule, scene, measure, &bounds[i]) == TA_FAILED)
            outcome = TA_FAILED;
    return outcome;
}
