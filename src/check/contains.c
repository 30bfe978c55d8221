/* SPDX-License-Identifier: MIT */
/* contains, minContains, maxContains (2020-12 core, section 10.3.1.3; validation, section 6.4).
 */
#include "check/contains.h"

#include <inttypes.h>
#include <stdio.h>

#include "check/seen.h"

static const void *enter_contains(ta_compile *c, ta_contains_test **test) {
    const void *data = ta_compile_share(c, TA_SHARED_CONTAINS, sizeof **test, test);
    if (data) {
        (*test)->least = 1;
        (*test)->most = UINT64_MAX;
        (*test)->marks = ta_compile_draft(c) >= TA_DRAFT_D2020;
    }
    return data;
}

static const void *compile_contains(ta_compile *c, const ta_node *value) {
    ta_contains_test *test;
    const void *data = enter_contains(c, &test);
    if (test)
        test->plan = ta_compile_plan(c, value);
    return data;
}

static const void *compile_min_contains(ta_compile *c, const ta_node *value) {
    ta_contains_test *test;
    const void *data = enter_contains(c, &test);
    if (test)
        ta_compile_count(c, value, "minContains", &test->least);
    return data;
}

static const void *compile_max_contains(ta_compile *c, const ta_node *value) {
    ta_contains_test *test;
    const void *data = enter_contains(c, &test);
    if (test)
        ta_compile_count(c, value, "maxContains", &test->most);
    return data;
}

void ta_contains_say(const ta_contains_test *test, uint64_t found, char words[2][64]) {
    bool few = found < test->least;
    snprintf(words[0], 64, "%" PRIu64, found);
    snprintf(words[1], 64, "%s %" PRIu64, few ? "at least" : "at most",
             few ? test->least : test->most);
}

static uint64_t count_matches(ta_run *run, const ta_contains_test *test, const ta_node *node) {
    uint64_t found = 0;
    uint32_t index = 0;
    bool asked = test->marks && ta_seen_is_asked(run, node);
    bool enough = !asked && test->most == UINT64_MAX;
    for (const ta_node *item = ta_node_first(node); item < ta_node_end(node);
         item = ta_node_next(item), index++) {
        if (!ta_plan_matches(run, test->plan, item))
            continue;
        found++;
        if (asked)
            ta_seen_mark(run, index);
        if (enough && found >= test->least)
            break;
    }
    return found;
}

static bool run_contains(ta_run *run, const void *data, const ta_node *node) {
    const ta_contains_test *test = data;
    if (!test->plan) /* without contains the bounds say nothing */
        return true;
    uint64_t found = count_matches(run, test, node);
    if (found >= test->least && found <= test->most)
        return true;
    char words[2][64];
    ta_contains_say(test, found, words);
    return ta_run_fail(
        run, node,
        &(ta_finding){.code = TA_F_CONTAINS, .found = words[0], .expected = words[1]});
}

const ta_keyword ta_keyword_contains = {"contains", compile_contains, run_contains,
                                        1 << TA_ARRAY, false};
const ta_keyword ta_keyword_min_contains = {"minContains", compile_min_contains, run_contains,
                                            1 << TA_ARRAY, false};
const ta_keyword ta_keyword_max_contains = {"maxContains", compile_max_contains, run_contains,
                                            1 << TA_ARRAY, false};
