/* SPDX-License-Identifier: MIT */
/* Running a program: types first, then the tests for the value's kind. */
#include <stdlib.h>

#include "check/tally.h"
#include "check/words.h"

enum { WORD_COUNT = 7 };

static void list_words(ta_run *run, ta_buf *all[WORD_COUNT]) {
    all[0] = &run->name;
    all[1] = &run->expected;
    all[2] = &run->found;
    all[3] = &run->replacement;
    all[4] = &run->detail;
    all[5] = &run->labels;
    all[6] = &run->key;
}

void ta_run_fini(ta_run *run) {
    ta_buf *all[WORD_COUNT];
    list_words(run, all);
    for (int i = 0; i < WORD_COUNT; i++)
        ta_buf_fini(all[i]);
    ta_rule_run_drop(run->rules);
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
           run->key.failed;
}

bool ta_run_fail(ta_run *run, const ta_node *node, const ta_finding *finding) {
    if (run->report)
        ta_find_at(run->finder, run->record, node, TA_PART_VALUE, finding);
    return false;
}

bool ta_plan_refuse(ta_run *run, const ta_plan *plan, const ta_node *node) {
    if (!run->report)
        return false;
    if (plan->never)
        return ta_run_fail(run, node, &(ta_finding){.code = TA_F_FORBIDDEN});
    ta_run_reset_words(run);
    ta_say_found(run->record, node, &run->found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = TA_F_TYPE,
                                     .expected = plan->expected,
                                     .found = ta_buf_text(&run->found)});
}

bool ta_plan_test(ta_run *run, const ta_test *tests, const ta_node *node) {
    bool ok = true;
    if (run->depth == TA_RUN_DEPTH_MAX)
        return ta_run_fail(run, node,
                           &(ta_finding){.code = TA_F_RECORD_DEPTH, .expected = "5000"});
    run->depth++;
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
    run->report = false;
    run->branch++;
    bool fits = ta_plan_fits(run, plan, node);
    run->branch--;
    run->report = report;
    return fits;
}
