/* SPDX-License-Identifier: MIT */
/* items, prefixItems, additionalItems (2020-12 core, section 10.3.1; up to 2019-09 items may be
 * a list, and additionalItems speaks of the rest): one test. */
#include "check/combine.h"
#include "check/items.h"
#include "check/seen.h"

typedef struct items_test {
    const ta_plan_list *prefix; /* NULL: none */
    const ta_plan *items, *additional;
    bool listed; /* items was a list: additionalItems speaks of the rest */
} items_test;

static const void *enter_items(ta_compile *c, items_test **test) {
    return ta_compile_share(c, TA_SHARED_ITEMS, sizeof **test, test);
}

static const void *compile_items(ta_compile *c, const ta_node *value) {
    items_test *test;
    const void *data = enter_items(c, &test);
    if (!test)
        return NULL;
    test->listed = value->kind == TA_ARRAY;
    if (test->listed)
        test->prefix = ta_compile_plans(c, value);
    else
        test->items = ta_compile_plan(c, value);
    return data;
}

static const void *compile_prefix_items(ta_compile *c, const ta_node *value) {
    items_test *test;
    const void *data = enter_items(c, &test);
    if (test)
        test->prefix = ta_compile_plans(c, value);
    return data;
}

static const void *compile_additional_items(ta_compile *c, const ta_node *value) {
    items_test *test;
    const void *data = enter_items(c, &test);
    if (test)
        test->additional = ta_compile_plan(c, value);
    return data;
}

static void mark_items(ta_run *run, const ta_node *node, uint32_t prefix, bool all) {
    if (all)
        ta_seen_mark_all(run);
    for (uint32_t i = 0; i < prefix && i < node->count && !all; i++)
        ta_seen_mark(run, i);
}

/* The first item that is one too many stands for all. */
static bool refuse_item(ta_run *run, const ta_node *item) {
    return ta_run_fail(run, item, &(ta_finding){.code = TA_F_ITEM});
}

static bool run_rest(ta_run *run, const ta_plan *plan, const ta_node *item,
                     const ta_node *end) {
    bool ok = true;
    for (; item < end; item = ta_node_next(item)) {
        if (ta_plan_fits(run, plan, item))
            continue;
        ok = false;
        if (!run->report)
            break;
    }
    return ok;
}

static bool run_items(ta_run *run, const void *data, const ta_node *node) {
    const items_test *test = data;
    const ta_plan *rest = test->listed ? test->additional : test->items;
    const ta_node *item = ta_node_first(node), *end = ta_node_end(node);
    uint32_t prefix = test->prefix ? test->prefix->count : 0;
    bool ok = true;
    if (ta_seen_is_asked(run, node))
        mark_items(run, node, prefix, rest != NULL);
    for (uint32_t i = 0; i < prefix && item < end; i++, item = ta_node_next(item)) {
        ok = ta_plan_fits(run, test->prefix->items[i], item) && ok;
        if (!ok && !run->report)
            return false;
    }
    if (!rest || item >= end)
        return ok;
    return (rest->never && prefix ? refuse_item(run, item) : run_rest(run, rest, item, end)) &&
           ok;
}

/* The plans of the items of a list, by their place in it; for lists that stream by. */
const ta_plan *ta_items_plan(const void *data, uint64_t index, bool *closed) {
    const items_test *test = data;
    const ta_plan *rest = test->listed ? test->additional : test->items;
    uint32_t prefix = test->prefix ? test->prefix->count : 0;
    *closed = index >= prefix && prefix && rest && rest->never;
    return index < prefix ? test->prefix->items[index] : rest;
}

bool ta_items_sees(const void *data, uint64_t index) {
    const items_test *test = data;
    return (test->listed ? test->additional : test->items) ||
           (test->prefix && index < test->prefix->count);
}

const ta_keyword ta_keyword_items = {"items", compile_items, run_items, 1 << TA_ARRAY, false};
const ta_keyword ta_keyword_prefix_items = {"prefixItems", compile_prefix_items, run_items,
                                            1 << TA_ARRAY, false};
const ta_keyword ta_keyword_additional_items = {"additionalItems", compile_additional_items,
                                                run_items, 1 << TA_ARRAY, false};
