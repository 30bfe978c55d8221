/* SPDX-License-Identifier: MIT */
/* Numbers held against equals, min and max with a tolerance. Exact decimals throughout; of
 * vague ones only what is certain is a fault. */
#include "check/measure.h"

/* A bound while a measure is held against it. */
typedef struct bound_state {
    ta_range value;
    ta_value at;
    int wrong; /* the sign of measure - bound that is wrong; 0: both are */
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
                                 ta_decimal difference) {
    char text[TA_DECIMAL_TEXT];
    ta_pointed pointed = measure->pointed;
    pointed.cell = bound->at.cell ? bound->at.cell : pointed.cell;
    ta_run_reset_words(run);
    ta_range_say(&measure->value, &run->found);
    if (bound->wrong)
        ta_range_say_end(&bound->value, bound->wrong > 0, false, &run->expected);
    else
        ta_range_say(&bound->value, &run->expected);
    run->rules->difference.len = 0;
    difference.negative = false;
    if (difference.digits)
        ta_buf_puts(&run->rules->difference, ta_decimal_print(&difference, text));
    return ta_rule_point(
        run, rule, bound->at.node ? bound->at.node : scene->item,
        &(ta_finding){.code = measure->code,
                      .name = measure->subject ? measure->subject : rule->subject,
                      .expected = ta_buf_text(&run->expected),
                      .found = ta_buf_text(&run->found)},
        &pointed);
}

/* How far two ends are apart that should be in order. */
static ta_outcome hold_ends(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                            const ta_measure *measure, const bound_state *bound, bool above) {
    ta_decimal limit = above ? bound->value.high : bound->value.low;
    ta_decimal minus = ta_decimal_negate(limit), difference;
    if (!ta_decimal_add(above ? &measure->value.low : &measure->value.high, &minus,
                        &difference))
        return ta_rule_too_long(run, rule, bound->at.node ? bound->at.node : scene->item,
                                "difference");
    if (ta_rule_tolerates(rule, difference, limit))
        return TA_HELD;
    return run->report ? report_measure(run, rule, scene, measure, bound, difference)
                       : TA_FAILED;
}

static ta_outcome hold_bound(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                             const ta_measure *measure, const bound_state *bound) {
    bool above = ta_range_is_above(&measure->value, &bound->value, false);
    bool below = ta_range_is_above(&bound->value, &measure->value, false);
    if ((!above || bound->wrong < 0) && (!below || bound->wrong > 0))
        return TA_HELD;
    return hold_ends(run, rule, scene, measure, bound, above);
}

ta_outcome ta_measure_hold(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                           ta_measure *measure) {
    const ta_operand *operands[] = {&rule->equals, &rule->min, &rule->max};
    bound_state bounds[] = {{.wrong = 0}, {.wrong = -1}, {.wrong = 1}};
    ta_outcome outcome = TA_HELD;
    for (int i = 0; i < 3; i++) {
        if (!operands[i]->given)
            continue;
        ta_operand_state state =
            ta_operand_range(run, scene, operands[i], &bounds[i].value, &bounds[i].at);
        if (state == TA_OPERAND_MISSING)
            return ta_rule_skip(run, operands[i]->text);
        if (state == TA_OPERAND_LONG)
            return ta_rule_too_long(
                run, rule, bounds[i].at.node ? bounds[i].at.node : scene->item, "number");
    }
    for (int i = 0; i < 3; i++)
        if (operands[i]->given &&
            hold_bound(run, rule, scene, measure, &bounds[i]) == TA_FAILED)
            outcome = TA_FAILED;
    return outcome;
}
