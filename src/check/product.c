/* SPDX-License-Identifier: MIT */
/* {product: [PATH or NUMBER ...], equals|min|max: ...}: what the numbers come to, multiplied.
 * One that is missing skips the rule. */
#include "check/measure.h"

static ta_outcome run_product(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    ta_measure measure = {.code = TA_F_RULE_PRODUCT};
    ta_decimal product = {.digits = 1};
    for (uint32_t i = 0; i < rule->operand_count; i++) {
        const ta_operand *operand = &rule->operands[i];
        ta_value at;
        ta_decimal value;
        ta_operand_state state = ta_operand_number(run, scene, operand, &value, &at);
        const ta_node *node = at.node ? at.node : scene->item;
        if (state == TA_OPERAND_MISSING)
            return ta_rule_skip(run, operand->text);
        if (state == TA_OPERAND_LONG)
            return ta_rule_too_long(run, rule, node, "number");
        if (!ta_decimal_multiply(&product, &value, &product))
            return ta_rule_too_long(run, rule, node, "product");
        ta_pointed_add_value(&measure.pointed, &at);
    }
    measure.value = ta_range_of(product);
    return ta_measure_hold(run, rule, scene, &measure);
}

const ta_operator ta_operator_product = {"product", TA_WRITTEN_FACTORS,
                                         TA_TAKES_BOUNDS | TA_TAKES_JOIN,
                                         "needs equals, min or max", run_product};
