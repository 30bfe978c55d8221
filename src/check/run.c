/* SPDX-License-Identifier: MIT */
/* Running a program: types first, then the tests for the value's kind. */
#include <stdlib.h>

#include "check/gauge.h"
#include "check/pattern.h"
#include "check/tally.h"
#include "check/told.h"
#include "schema/words.h"

enum { WORD_COUNT = 8 };

static void list_words(ta_run *run, ta_buf *all[WORD_COUNT]) {
    all[0] = &run->name;
    all[1] = &run->expected;
    all[2] = &run->found;
    all[3] = &run->replacement;
    all[4] = &run->detail;
    all[5] = &run->labels;
    all[6] = &run->key;
    all[7] = &run->fix;
}

void ta_run_fini(ta_run *run) {
    ta_buf *all[WORD_COUNT];
    list_words(run, all);
    for (int i = 0; i < WORD_COUNT; i++)
        ta_buf_fini(all[i]);
    ta_matcher_drop(run->matcher);
    free(run->bits);
    free(run->items);
    free(run->item_slots);
    ta_rule_run_drop(run->rules);
    ta_told_drop(run->told);
}

void ta_run_reset_words(ta_run *run) {
    ta_buf *all[WORD_COUNT];
    list_words(run, all);
    for (int i = 0; i < WORD_COUNT; i++)
        all[i]->len = 0;
}

bool ta_run_is_short(const ta_run *run) {
    return run->nomem || run->name.failed || run->expected.failed || run->found.failed ||
           run->replacement.failed || run->detail.failed || run->labels.failed ||
           run->key.failed || run->fix.failed;
}

void ta_run_begin(ta_run *run, const ta_record *record) {
    run->record = record;
    run->steps = 0;
    if (run->told)
        ta_marks_clear(&run->told->marks);
}

/* Findings that say no more than that a value is not as it should be. */
static bool is_of_value(ta_code code) {
    return code == TA_F_TYPE || (code >= TA_F_ENUM && code <= TA_F_FORMAT) ||
           (code >= TA_F_NOT && code <= TA_F_CODE_UNKNOWN);
}

/* Nothing is told twice of a value that was refused when it was to be normalized. */
static bool is_told(const ta_node *node, ta_part part, ta_code code) {
    return node->flags & TA_NODE_TOLD && part == TA_PART_VALUE && is_of_value(code);
}

static bool tell_finding(ta_run *run, const ta_node *node, ta_part part,
                         const ta_finding *finding) {
    if (!run->report)
        return false;
    run->steps += TA_RUN_STEPS_TOLD;
    if (run->gauge) {
        ta_gauge_add(run, node, finding);
        return false;
    }
    if (is_told(node, part, finding->code))
        return false;
    if (run->told && ta_told_before(run, node, part, finding))
        return false;
    ta_finding told = *finding;
    if (!told.detail)
        told.detail = run->branch_words;
    ta_find_at(run->finder, run->record, node, part, &told);
    return false;
}

bool ta_run_tells(ta_run *run, const ta_node *node, ta_code code) {
    if (!run->report || run->gauge || run->told || node->flags & TA_NODE_TOLD)
        return run->report;
    if (!ta_find_is_echo(run->finder, run->record, node, &(ta_finding){.code = code}))
        return true;
    run->steps += TA_RUN_STEPS_TOLD;
    return false;
}

bool ta_run_fail(ta_run *run, const ta_node *node, const ta_finding *finding) {
    return tell_finding(run, node, TA_PART_VALUE, finding);
}

bool ta_run_fail_key(ta_run *run, const ta_node *node, const ta_finding *finding) {
    return tell_finding(run, node, TA_PART_KEY, finding);
}

bool ta_plan_refuse(ta_run *run, const ta_plan *plan, const ta_node *node) {
    if (!run->report)
        return false;
    if (plan->never)
        return ta_run_fail(run, node, &(ta_finding){.code = TA_F_FORBIDDEN});
    if (!ta_run_tells(run, node, TA_F_TYPE))
        return false;
    ta_run_reset_words(run);
    ta_say_found(run->record, node, &run->found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = TA_F_TYPE,
                                     .expected = plan->expected,
                                     .found = ta_buf_text(&run->found)});
}

static bool is_exhausted(const ta_run *run) {
    return run->steps >= TA_RUN_STEPS_BASE &&
           run->steps - TA_RUN_STEPS_BASE >=
               (uint64_t)run->record->count * TA_RUN_STEPS_PER_NODE;
}

/* Too deep, or too many steps. */
static bool give_up(ta_run *run, const ta_node *node) {
    bool deep = run->depth == TA_RUN_DEPTH_MAX;
    if (!run->gauge && run->report && (deep || !run->exhausted))
        ta_find_at(run->finder, run->record, node, TA_PART_VALUE,
                   &(ta_finding){.code = deep ? TA_F_SCHEMA_DEPTH : TA_F_SCHEMA_STEPS,
                                 .expected = "5000"});
    run->exhausted = run->exhausted || (run->report && !deep);
    return false;
}

bool ta_run_spend(ta_run *run, const ta_node *node, uint64_t steps) {
    run->steps += steps;
    return !is_exhausted(run) || give_up(run, node);
}

bool ta_plan_test(ta_run *run, const ta_test *tests, const ta_node *node) {
    bool ok = true;
    if (run->depth == TA_RUN_DEPTH_MAX || is_exhausted(run))
        return give_up(run, node);
    run->depth++;
    run->steps++;
    for (const ta_test *test = tests; test->run; test++) {
        if (test->run(run, test->data, node))
            continue;
        ok = false;
        if (!run->report)
            break;
    }
    run->depth--;
    return ok;
}

bool ta_plan_matches(ta_run *run, const ta_plan *plan, const ta_node *node) {
    bool report = run->report;
    if (!run->depth)
        run->steps = 0;
    run->report = false;
    run->branch++;
    bool fits = ta_plan_fits(run, plan, node);
    run->branch--;
    run->report = report;
    return fits;
}
