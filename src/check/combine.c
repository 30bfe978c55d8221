/* SPDX-License-Identifier: MIT */
/* allOf, not, if with then and else (2020-12 core, sections 10.2.1 and 10.2.2). anyOf and oneOf
 * stand in branch.c. */
#include "check/combine.h"

#include "check/seen.h"

const ta_plan_list *ta_compile_plans(ta_compile *c, const ta_node *value) {
    ta_plan_list *list = ta_compile_alloc(c, sizeof *list);
    if (!list)
        return NULL;
    list->items = ta_compile_alloc(c, (value->count + (size_t)1) * sizeof *list->items);
    if (!list->items)
        return NULL;
    for (const ta_node *n = ta_node_first(value); n < ta_node_end(value); n = ta_node_next(n)) {
        const ta_plan *plan = ta_compile_plan(c, n);
        if (plan)
            list->items[list->count++] = plan;
    }
    return list;
}

static const void *compile_all_of(ta_compile *c, const ta_node *value) {
    return ta_compile_plans(c, value);
}

static bool run_all_of(ta_run *run, const void *data, const ta_node *node) {
    const ta_plan_list *list = data;
    bool ok = true;
    for (uint32_t i = 0; i < list->count && (ok || run->report); i++)
        ok = ta_plan_fits(run, list->items[i], node) && ok;
    return ok;
}

static const void *compile_not(ta_compile *c, const ta_node *value) {
    ta_not_test *test = ta_compile_alloc(c, sizeof *test);
    if (!test)
        return NULL;
    test->plan = ta_compile_plan(c, value);
    test->words = ta_compile_words(c, value);
    if (!test->words)
        test->words = ta_compile_words(c, c->sub->node);
    return test->plan ? test : NULL;
}

static bool run_not(ta_run *run, const void *data, const ta_node *node) {
    const ta_not_test *test = data;
    struct ta_seen *seen = run->seen;
    run->seen = NULL;
    bool fits = ta_plan_matches(run, test->plan, node);
    run->seen = seen;
    if (!fits || !run->report)
        return !fits;
    ta_run_reset_words(run);
    ta_say_whole(run->record, node, &run->found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = TA_F_NOT,
                                     .found = ta_buf_text(&run->found),
                                     .detail = test->words});
}

static const void *enter_condition(ta_compile *c, ta_condition **test) {
    return ta_compile_share(c, TA_SHARED_CONDITION, sizeof **test, test);
}

static const void *compile_if(ta_compile *c, const ta_node *value) {
    ta_condition *test;
    const void *data = enter_condition(c, &test);
    if (test)
        test->asked = ta_compile_plan(c, value);
    return data;
}

static const void *compile_then(ta_compile *c, const ta_node *value) {
    ta_condition *test;
    const void *data = enter_condition(c, &test);
    if (test)
        test->then = ta_compile_plan(c, value);
    return data;
}

static const void *compile_else(ta_compile *c, const ta_node *value) {
    ta_condition *test;
    const void *data = enter_condition(c, &test);
    if (test)
        test->otherwise = ta_compile_plan(c, value);
    return data;
}

/* Without then and else, if matters only to those who ask what it has seen. */
static bool run_condition(ta_run *run, const void *data, const ta_node *node) {
    const ta_condition *test = data;
    if (!test->asked || (!test->then && !test->otherwise && !run->seen))
        return true;
    const ta_plan *next = ta_seen_try(run, test->asked, node) ? test->then : test->otherwise;
    return !next || ta_plan_fits(run, next, node);
}

const ta_keyword ta_keyword_all_of = {"allOf", compile_all_of, run_all_of, TA_KINDS_ALL, false};
const ta_keyword ta_keyword_not = {"not", compile_not, run_not, TA_KINDS_ALL, false};
const ta_keyword ta_keyword_if = {"if", compile_if, run_condition, TA_KINDS_ALL, false};
const ta_keyword ta_keyword_then = {"then", compile_then, run_condition, TA_KINDS_ALL, false};
const ta_keyword ta_keyword_else = {"else", compile_else, run_condition, TA_KINDS_ALL, false};
