/* SPDX-License-Identifier: MIT */
/*
 * anyOf and oneOf (2020-12 core, section 10.2.1). Where no branch fits, the one that came
 * nearest is told, with what it lacks at the places where it lacks it; where several are
 * equally near, what each lacks is said at the value itself.
 */
#include <stdio.h>

#include "check/combine.h"
#include "check/gauge.h"
#include "check/seen.h"
#include "schema/vocabulary.h"

static const void *compile_branches(ta_compile *c, const ta_node *value, ta_code code) {
    ta_branch_test *test = ta_compile_alloc(c, sizeof *test);
    if (!test)
        return NULL;
    test->list = ta_compile_plans(c, value);
    test->code = code;
    test->words = ta_compile_words(c, c->sub->node);
    return test->list ? test : NULL;
}

static const void *compile_any_of(ta_compile *c, const ta_node *value) {
    return compile_branches(c, value, TA_F_ANY_OF);
}

static const void *compile_one_of(ta_compile *c, const ta_node *value) {
    return compile_branches(c, value, TA_F_ONE_OF);
}

/* Whether all branches want another type: one finding says which. */
static bool refuse_types(ta_run *run, const ta_branch_test *test, const ta_node *node) {
    uint8_t types = 0;
    for (uint32_t i = 0; i < test->list->count; i++) {
        const ta_plan *plan = test->list->items[i];
        if (plan->kinds >> node->kind & 1)
            return false;
        for (int kind = TA_NULL; kind <= TA_OBJECT; kind++)
            if (plan->kinds >> kind & 1)
                types |= ta_type_of_kind((ta_kind)kind);
    }
    if (!types)
        return false;
    ta_run_reset_words(run);
    ta_say_types(types, false, &run->expected);
    ta_say_found(run->record, node, &run->found);
    ta_run_fail(run, node,
                &(ta_finding){.code = TA_F_TYPE,
                              .expected = ta_buf_text(&run->expected),
                              .found = ta_buf_text(&run->found)});
    return true;
}

/* What one branch lacks, in the words of its first finding; its cost. */
static uint64_t gauge_branch(ta_run *run, const ta_plan *plan, const ta_node *node,
                             ta_buf *words) {
    ta_gauge gauge = {.words = words};
    ta_gauge_plan(run, &gauge, plan, node);
    return gauge.cost;
}

/* The finding at the value itself: what each of the nearest branches lacks. */
static void tell_choice(ta_run *run, const ta_branch_test *test, const ta_node *node,
                        const char *lacks) {
    char count[16];
    snprintf(count, sizeof count, "%u", test->list->count);
    ta_run_fail(run, node,
                &(ta_finding){.code = test->code,
                              .found = "fits none",
                              .expected = count,
                              .name = lacks,
                              .detail = test->words});
}

/* The findings of one branch, each where it belongs. */
static void tell_branch(ta_run *run, const ta_branch_test *test, uint32_t index,
                        const ta_node *node, const char *what) {
    char words[80];
    const char *outer = run->branch_words;
    snprintf(words, sizeof words, "as choice %u of %u%s", index + 1, test->list->count, what);
    run->branch_words = words;
    run->branch++;
    ta_plan_fits(run, test->list->items[index], node);
    run->branch--;
    run->branch_words = outer;
}

typedef struct nearest_branch {
    uint64_t cost;
    uint32_t index, count; /* of those that are as near */
} nearest_branch;

/* The nearest branch; lacks gets what the first ones of them lack. */
static nearest_branch find_nearest(ta_run *run, const ta_branch_test *test, const ta_node *node,
                                   ta_buf *lacks) {
    nearest_branch nearest = {UINT64_MAX, 0, 0};
    ta_buf words = {0};
    for (uint32_t i = 0; i < test->list->count; i++) {
        words.len = 0;
        uint64_t cost = gauge_branch(run, test->list->items[i], node, &words);
        if (cost > nearest.cost)
            continue;
        if (cost < nearest.cost) {
            nearest = (nearest_branch){cost, i, 0};
            lacks->len = 0;
        }
        if (nearest.count++ < TA_BRANCHES_TOLD) {
            ta_buf_puts(lacks, nearest.count > 1 ? "; or " : ": ");
            ta_buf_put(lacks, words.data, words.len);
        }
    }
    run->nomem = run->nomem || words.failed;
    ta_buf_fini(&words);
    return nearest;
}

static bool refuse_all(ta_run *run, const ta_branch_test *test, const ta_node *node) {
    ta_buf lacks = {0};
    if (refuse_types(run, test, node))
        return false;
    if (run->gauge) { /* a choice within a choice: it is not looked into */
        tell_choice(run, test, node, "");
        return false;
    }
    nearest_branch nearest = find_nearest(run, test, node, &lacks);
    if (run->all_branches) {
        tell_choice(run, test, node, "");
        for (uint32_t i = 0; i < test->list->count; i++)
            tell_branch(run, test, i, node, "");
    } else if (nearest.count == 1) {
        tell_branch(run, test, nearest.index, node, ", the nearest");
    } else {
        tell_choice(run, test, node, ta_buf_text(&lacks));
    }
    run->nomem = run->nomem || lacks.failed;
    ta_buf_fini(&lacks);
    return false;
}

static bool run_any_of(ta_run *run, const void *data, const ta_node *node) {
    const ta_branch_test *test = data;
    bool ok = false, asked = ta_seen_is_asked(run, node);
    for (uint32_t i = 0; i < test->list->count && (!ok || asked); i++)
        ok = ta_seen_try(run, test->list->items[i], node) || ok;
    if (!ok && run->report)
        refuse_all(run, test, node);
    return ok;
}

/* More than one fits. */
static void refuse_several(ta_run *run, const ta_branch_test *test, const ta_node *node,
                           uint32_t first, uint32_t second) {
    char found[64], expected[16];
    snprintf(found, sizeof found, "fits both choice %u and choice %u", first + 1, second + 1);
    snprintf(expected, sizeof expected, "%u", test->list->count);
    ta_run_fail(run, node,
                &(ta_finding){.code = TA_F_ONE_OF,
                              .found = found,
                              .expected = expected,
                              .name = ", but only one may fit",
                              .detail = test->words});
}

static bool run_one_of(ta_run *run, const void *data, const ta_node *node) {
    const ta_branch_test *test = data;
    uint32_t fitting = 0, first = 0, second = 0;
    for (uint32_t i = 0; i < test->list->count && fitting < 2; i++) {
        if (!ta_seen_try(run, test->list->items[i], node))
            continue;
        *(fitting++ ? &second : &first) = i;
    }
    if (fitting == 1 || !run->report)
        return fitting == 1;
    if (fitting)
        refuse_several(run, test, node, first, second);
    else
        refuse_all(run, test, node);
    return false;
}

const ta_keyword ta_keyword_any_of = {"anyOf", compile_any_of, run_any_of, TA_KINDS_ALL, false};
const ta_keyword ta_keyword_one_of = {"oneOf", compile_one_of, run_one_of, TA_KINDS_ALL, false};
