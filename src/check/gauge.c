/* SPDX-License-Identifier: MIT */
#include "check/gauge.h"

#include "record/path.h"

enum { COST_KIND = 10000, COST_VALUE = 1000, COST_HERE = 20, COST_BELOW = 10 };

/* A value of another type is farthest; then an object that says of itself that it is another
 * one (a member with one value allowed); a fault deep inside is near. */
void ta_gauge_add(ta_run *run, const ta_node *node, const ta_finding *finding) {
    ta_gauge *gauge = run->gauge;
    bool itself = node == gauge->at;
    bool kind = finding->code == TA_F_TYPE || finding->code == TA_F_FORBIDDEN;
    bool value = finding->code == TA_F_CONST || finding->code == TA_F_ENUM;
    if (!gauge->words->len) {
        ta_finding_message(finding, gauge->words);
        if (!itself && node >= run->record->nodes &&
            node < run->record->nodes + run->record->count) {
            ta_buf_puts(gauge->words, " at ");
            ta_path_print(run->record, node, gauge->words);
        }
    }
    gauge->of_type = gauge->of_type || (itself && kind);
    if (itself)
        gauge->cost += kind ? COST_KIND : value ? COST_VALUE : COST_HERE;
    else if (node->depth == gauge->at->depth + 1)
        gauge->cost += value ? COST_VALUE : COST_BELOW;
    else
        gauge->cost += COST_BELOW;
}

void ta_gauge_plan(ta_run *run, ta_gauge *gauge, const ta_plan *plan, const ta_node *node) {
    struct ta_gauge *outer = run->gauge;
    struct ta_seen *seen = run->seen;
    bool report = run->report;
    run->gauge = gauge;
    run->seen = NULL;
    run->report = true;
    run->branch++;
    gauge->at = node;
    ta_plan_fits(run, plan, node);
    run->branch--;
    run->report = report;
    run->seen = seen;
    run->gauge = outer;
}
