/* SPDX-License-Identifier: MIT */
#include "check/listing.h"

#include "check/combine.h"
#include "check/items.h"
#include "check/trail.h"

enum { TESTS_MAX = 500 }; /* of a list: more than any schema has that is meant well */

static const ta_keyword *const keywords[] = {
#define TA_KEYWORD(name) &ta_keyword_##name,
#include "check/keywords.def"
#undef TA_KEYWORD
};

/* The keyword whose test this is. */
static const char *name_of_test(const ta_test *test) {
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (keywords[i]->run == test->run)
            return keywords[i]->name;
    return "unevaluatedItems";
}

static bool is_keyword(const ta_test *test, const ta_keyword *keyword) {
    return test->run == keyword->run;
}

static void sort_tests(ta_list_words *words, const ta_test *tests);

static void sort_plan(ta_list_words *words, const ta_plan *plan) {
    sort_tests(words, plan ? plan->tests[TA_ARRAY] : NULL);
}

static void sort_test(ta_list_words *words, const ta_test *test) {
    ta_list_test row = {test->run, test->data};
    if (is_keyword(test, &ta_keyword_ref)) {
        sort_plan(words, test->data);
    } else if (test->run == ta_trail_run) {
        const ta_trail_test *scoped = test->data;
        if (!words->scoped)
            words->resource = scoped->resource;
        words->scoped = true;
        sort_tests(words, scoped->tests);
    } else if (is_keyword(test, &ta_keyword_all_of)) {
        const ta_plan_list *list = test->data;
        for (uint32_t i = 0; i < list->count; i++)
            sort_plan(words, list->items[i]);
    } else if (is_keyword(test, &ta_keyword_items)) {
        words->items[words->item_count++] = row;
    } else if (is_keyword(test, &ta_keyword_min_items) ||
               is_keyword(test, &ta_keyword_contains)) {
        words->sums[words->sum_count++] = row;
    } else if (is_keyword(test, &ta_keyword_unique_items)) {
        words->unique = true;
    } else {
        words->unchecked[words->unchecked_count++] = name_of_test(test);
    }
}

/* References and lists can lead to so many that the rest is left unchecked, and said to be. */
static void sort_tests(ta_list_words *words, const ta_test *tests) {
    for (const ta_test *test = tests; test && test->run; test++) {
        if (words->met == TESTS_MAX)
            return;
        if (++words->met == TESTS_MAX)
            words->unchecked[words->unchecked_count++] = "allOf";
        else
            sort_test(words, test);
    }
}

bool ta_list_words_build(ta_program *program) {
    ta_list_words *words = ta_arena_alloc(&program->arena, sizeof *words);
    if (!words)
        return false;
    words->items = ta_arena_alloc(&program->arena, TESTS_MAX * sizeof *words->items);
    words->sums = ta_arena_alloc(&program->arena, TESTS_MAX * sizeof *words->sums);
    words->unchecked = ta_arena_alloc(&program->arena, TESTS_MAX * sizeof *words->unchecked);
    program->list_words = words;
    if (!words->items || !words->sums || !words->unchecked)
        return false;
    sort_plan(words, program->root);
    return true;
}

bool ta_head_is_list_value(const ta_head *head) {
    return head->form == TA_FORM_LIST && !head->inside && head->format &&
           (!strcmp(head->format, "json") || !strcmp(head->format, "yaml"));
}

bool ta_listing_applies(const ta_program *program, const ta_head *head) {
    uint8_t types = program->schema->root->shape.types;
    return head->form == TA_FORM_LIST &&
           (types == TA_TYPE_ARRAY || (ta_head_is_list_value(head) && types & TA_TYPE_ARRAY));
}

bool ta_listing_fits(ta_run *run, const ta_list_words *words, const ta_node *item) {
    bool ok = true;
    uint64_t index = run->record->number ? run->record->number - 1 : 0;
    ta_trail trail = {NULL, words->resource};
    run->trail = words->scoped ? &trail : NULL;
    for (uint32_t i = 0; i < words->item_count && (ok || run->report); i++) {
        bool closed;
        const ta_plan *plan = ta_items_plan(words->items[i].data, index, &closed);
        if (closed)
            ok = ta_run_fail(run, item, &(ta_finding){.code = TA_F_ITEM});
        else if (plan)
            ok = ta_plan_fits(run, plan, item) && ok;
    }
    run->trail = NULL;
    return ok;
}
