/* SPDX-License-Identifier: MIT */
/* The steps are made once, when the schema is compiled. A subschema that several lead to is one
 * step, so that references cannot fan out. */
#include "check/listing.h"

#include <stdlib.h>

#include "check/combine.h"
#include "check/contains.h"
#include "check/items.h"
#include "check/seen.h"
#include "check/size.h"
#include "check/trail.h"
#include "check/value.h"

enum {
    NESTING_MAX = 400, /* $dynamicRef may lead in circles */
    UNCHECKED_MAX = 8  /* keywords that note_unchecked is called with */
};

/* A subschema that was made a step, in the scope that led to it. */
typedef struct made_step {
    const ta_plan *plan;
    const ta_trail *trail;
    bool open;
    uint32_t index;
} made_step;

typedef struct list_maker {
    ta_program *program;
    ta_list_words *words;
    made_step *made;
    uint32_t made_count, nesting;
    bool failed;
} list_maker;

static void *alloc_for_steps(list_maker *m, size_t size_bytes) {
    void *memory = ta_arena_alloc(&m->program->arena, size_bytes);
    m->failed = m->failed || !memory;
    return memory;
}

static uint32_t make_plan(list_maker *m, const ta_plan *plan, const ta_trail *trail, bool open);

static void note_unchecked(ta_list_words *words, const char *name) {
    for (uint32_t i = 0; i < words->unchecked_count; i++)
        if (words->unchecked[i] == name)
            return;
    words->unchecked[words->unchecked_count++] = name;
}

/* Its index; the first, which always holds, if there are too many. */
static uint32_t add_step(list_maker *m, ta_list_step step) {
    ta_list_words *words = m->words;
    if (words->count == TA_LIST_STEPS_MAX) {
        note_unchecked(words, "allOf");
        return 0;
    }
    words->waits = words->waits || (step.kind != TA_LIST_ITEMS && step.kind != TA_LIST_ALL);
    words->unique = words->unique || step.kind == TA_LIST_UNIQUE;
    words->steps[words->count] = step;
    return words->count++;
}

/* The subschemas of a keyword. */
typedef struct branch_plans {
    const ta_plan *const *items;
    uint32_t count;
} branch_plans;

static uint32_t make_branches(list_maker *m, ta_list_kind kind, const void *data,
                              branch_plans plans, const ta_trail *trail, bool open) {
    uint32_t *parts = alloc_for_steps(m, (plans.count + (size_t)1) * sizeof *parts);
    for (uint32_t i = 0; parts && i < plans.count; i++)
        parts[i] = plans.items[i]
                       ? make_plan(m, plans.items[i], trail, open && kind == TA_LIST_ALL)
                       : (uint32_t)TA_LIST_NO_PART;
    if (!parts)
        return 0;
    return add_step(m, (ta_list_step){.kind = kind,
                                      .open = open,
                                      .data = data,
                                      .parts = parts,
                                      .part_count = plans.count});
}

/* The steps among some parts, and among theirs, that may have seen an item; each once. */
static void collect_leaves(list_maker *m, const uint32_t *parts, uint32_t count,
                           uint32_t *leaves, uint32_t *leaf_count, bool *met) {
    for (uint32_t i = 0; i < count; i++) {
        const ta_list_step *step = parts[i] == (uint32_t)TA_LIST_NO_PART || met[parts[i]]
                                       ? NULL
                                       : &m->words->steps[parts[i]];
        if (!step || step->kind == TA_LIST_NOT)
            continue;
        met[parts[i]] = true;
        const ta_contains_test *contains = step->data;
        bool leaf = step->kind == TA_LIST_ITEMS || step->kind == TA_LIST_REST ||
                    (step->kind == TA_LIST_CONTAINS && contains->marks);
        if (leaf && *leaf_count == TA_LIST_LEAVES_MAX)
            note_unchecked(m->words, "unevaluatedItems");
        else if (leaf)
            leaves[(*leaf_count)++] = parts[i];
        if (step->kind != TA_LIST_REST)
            collect_leaves(m, step->parts, step->part_count, leaves, leaf_count, met);
    }
}

/* What nobody else has seen: `others` are the parts that stand beside it. */
static uint32_t make_rest(list_maker *m, const ta_test *test, const uint32_t *others,
                          uint32_t count, const ta_trail *trail, bool open) {
    uint32_t *parts = alloc_for_steps(m, (count + (size_t)1) * sizeof *parts);
    uint32_t *leaves = alloc_for_steps(m, TA_LIST_LEAVES_MAX * sizeof *leaves);
    bool *met = alloc_for_steps(m, TA_LIST_STEPS_MAX * sizeof *met);
    ta_list_step step = {.kind = TA_LIST_REST,
                         .open = open,
                         .plan = test->data,
                         .trail = trail,
                         .parts = parts,
                         .part_count = count,
                         .leaves = leaves};
    if (!parts || !leaves || !met)
        return 0;
    memcpy(parts, others, count * sizeof *parts);
    collect_leaves(m, parts, count, leaves, &step.leaf_count, met);
    return add_step(m, step);
}

/* The keywords that take items; each row's test is one step. */
static const struct {
    const ta_keyword *keyword;
    ta_list_kind kind;
} leaf_rows[] = {
    {&ta_keyword_items, TA_LIST_ITEMS},         {&ta_keyword_min_items, TA_LIST_SIZE},
    {&ta_keyword_contains, TA_LIST_CONTAINS},   {&ta_keyword_enum, TA_LIST_VALUES},
    {&ta_keyword_unique_items, TA_LIST_UNIQUE}, {&ta_keyword_const, TA_LIST_VALUES},
};

/* Whether a step was made of a test; one of a keyword that is not among these needs the list as
 * a whole. */
static bool make_leaf(list_maker *m, const ta_test *test, const ta_trail *trail, bool open,
                      uint32_t *out) {
    for (size_t i = 0; i < sizeof leaf_rows / sizeof *leaf_rows; i++)
        if (leaf_rows[i].keyword->run == test->run) {
            if (leaf_rows[i].kind == TA_LIST_VALUES)
                m->words->value_count += ta_values_count(test->data);
            *out = add_step(m, (ta_list_step){.kind = leaf_rows[i].kind,
                                              .open = open,
                                              .data = test->data,
                                              .trail = trail});
            return true;
        }
    return false;
}

static uint32_t make_condition(list_maker *m, const ta_condition *test, const ta_trail *trail,
                               bool open) {
    const ta_plan *plans[] = {test->asked, test->then, test->otherwise};
    return test->asked
               ? make_branches(m, TA_LIST_IF, test, (branch_plans){plans, 3}, trail, open)
               : 0;
}

static uint32_t make_test(list_maker *m, const ta_test *test, const ta_trail *trail,
                          bool open) {
    uint32_t made = 0;
    if (test->run == ta_keyword_ref.run)
        return make_plan(m, test->data, trail, open);
    if (test->run == ta_keyword_dynamic_ref.run) {
        const ta_plan *plan = ta_dynamic_plan(test->data, trail);
        return plan ? make_plan(m, plan, trail, open) : 0;
    }
    if (test->run == ta_keyword_all_of.run) {
        const ta_plan_list *list = test->data;
        return make_branches(m, TA_LIST_ALL, list, (branch_plans){list->items, list->count},
                             trail, open);
    }
    if (test->run == ta_keyword_any_of.run || test->run == ta_keyword_one_of.run) {
        const ta_plan_list *list = ((const ta_branch_test *)test->data)->list;
        bool any = test->run == ta_keyword_any_of.run;
        return make_branches(m, any ? TA_LIST_ANY : TA_LIST_ONE, test->data,
                             (branch_plans){list->items, list->count}, trail, open);
    }
    if (test->run == ta_keyword_not.run)
        return make_branches(m, TA_LIST_NOT, test->data,
                             (branch_plans){&((const ta_not_test *)test->data)->plan, 1}, trail,
                             open);
    if (test->run == ta_keyword_if.run)
        return make_condition(m, test->data, trail, open);
    if (!make_leaf(m, test, trail, open, &made) && open)
        note_unchecked(m->words, "x-rules");
    return made;
}

/* The tests themselves, out of their frames and scopes. */
static const ta_test *unwrap_tests(list_maker *m, const ta_test *tests,
                                   const ta_trail **trail) {
    for (;;) {
        if (tests && tests->run == ta_seen_run) {
            tests = tests->data;
        } else if (tests && tests->run == ta_trail_run) {
            const ta_trail_test *scoped = tests->data;
            if (!*trail || (*trail)->resource != scoped->resource) {
                ta_trail *inner = alloc_for_steps(m, sizeof *inner);
                if (!inner)
                    return NULL;
                *inner = (ta_trail){*trail, scoped->resource};
                *trail = inner;
            }
            tests = scoped->tests;
        } else {
            return tests;
        }
    }
}

static uint32_t make_tests(list_maker *m, const ta_plan *plan, const ta_trail *trail,
                           bool open) {
    const ta_test *tests = unwrap_tests(m, plan->tests[TA_ARRAY], &trail);
    uint32_t count = 0;
    while (tests && tests[count].run)
        count++;
    uint32_t *parts = alloc_for_steps(m, (count + (size_t)1) * sizeof *parts);
    if (!parts)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        parts[i] = tests[i].run == ta_keyword_unevaluated_items.run
                       ? make_rest(m, &tests[i], parts, i, trail, open)
                       : make_test(m, &tests[i], trail, open);
    return add_step(
        m,
        (ta_list_step){.kind = TA_LIST_ALL, .open = open, .parts = parts, .part_count = count});
}

static bool is_same_trail(const ta_trail *a, const ta_trail *b) {
    while (a != b) {
        if (!a || !b || a->resource != b->resource)
            return false;
        a = a->outer;
        b = b->outer;
    }
    return true;
}

/* The step of a subschema. */
static uint32_t make_plan(list_maker *m, const ta_plan *plan, const ta_trail *trail,
                          bool open) {
    for (uint32_t i = 0; i < m->made_count; i++) {
        const made_step *made = &m->made[i];
        if (made->plan == plan && made->open == open && is_same_trail(made->trail, trail))
            return made->index;
    }
    if (m->nesting == NESTING_MAX || m->made_count == TA_LIST_STEPS_MAX || m->failed) {
        note_unchecked(m->words, "$dynamicRef");
        return 0;
    }
    m->nesting++;
    uint32_t index =
        plan->kinds >> TA_ARRAY & 1
            ? make_tests(m, plan, trail, open)
            : add_step(m, (ta_list_step){.kind = TA_LIST_REFUSE, .open = open, .plan = plan});
    m->nesting--;
    if (m->made_count < TA_LIST_STEPS_MAX)
        m->made[m->made_count++] = (made_step){plan, trail, open, index};
    return index;
}

/* Makes all steps; the last is the root's. */
static bool make_root(list_maker *m) {
    ta_list_words *words = m->words;
    ta_list_step *steps = words->steps;
    add_step(m, (ta_list_step){.kind = TA_LIST_ALL});
    make_plan(m, m->program->root, NULL, true);
    words->steps = alloc_for_steps(m, words->count * sizeof *steps);
    if (words->steps)
        memcpy(words->steps, steps, words->count * sizeof *steps);
    return !m->failed;
}

bool ta_list_words_build(ta_program *program) {
    list_maker m = {.program = program};
    m.words = alloc_for_steps(&m, sizeof *m.words);
    if (!m.words)
        return false;
    program->list_words = m.words;
    m.words->unchecked = alloc_for_steps(&m, UNCHECKED_MAX * sizeof *m.words->unchecked);
    ta_list_step *steps = calloc(TA_LIST_STEPS_MAX, sizeof *steps);
    m.words->steps = steps;
    m.made = calloc(TA_LIST_STEPS_MAX, sizeof *m.made);
    bool ok = m.words->unchecked && steps && m.made && (!program->root || make_root(&m));
    free(steps);
    free(m.made);
    return ok;
}

const char *ta_list_step_name(const ta_list_step *step) {
    static const char *const names[] = {[TA_LIST_ALL] = "allOf",
                                        [TA_LIST_ANY] = "anyOf",
                                        [TA_LIST_ONE] = "oneOf",
                                        [TA_LIST_NOT] = "not",
                                        [TA_LIST_IF] = "if",
                                        [TA_LIST_ITEMS] = "items",
                                        [TA_LIST_SIZE] = "minItems",
                                        [TA_LIST_CONTAINS] = "contains",
                                        [TA_LIST_UNIQUE] = "uniqueItems",
                                        [TA_LIST_VALUES] = "enum",
                                        [TA_LIST_REST] = "unevaluatedItems",
                                        [TA_LIST_REFUSE] = "type"};
    return names[step->kind];
}

bool ta_listing_applies(const ta_program *program, const ta_head *head, ta_check_how how) {
    uint8_t types = program->schema->root->shape.types;
    if (ta_head_is_list_value(head))
        return how == TA_CHECK_WHOLE || types & TA_TYPE_ARRAY;
    return head->form == TA_FORM_LIST && types == TA_TYPE_ARRAY;
}

bool ta_list_item_fits(ta_run *run, const ta_list_step *step, const ta_node *item) {
    uint64_t index = run->record->number ? run->record->number - 1 : 0;
    bool closed, ok = true;
    const ta_plan *plan = ta_items_plan(step->data, index, &closed);
    run->trail = step->trail;
    if (closed)
        ok = ta_run_fail(run, item, &(ta_finding){.code = TA_F_ITEM});
    else if (plan)
        ok = ta_plan_fits(run, plan, item);
    run->trail = NULL;
    return ok;
}

bool ta_listing_fits(ta_run *run, const ta_list_words *words, const ta_node *item) {
    bool ok = true;
    for (uint32_t i = 0; i < words->count && (ok || run->report); i++)
        if (words->steps[i].kind == TA_LIST_ITEMS && words->steps[i].open)
            ok = ta_list_item_fits(run, &words->steps[i], item) && ok;
    return ok;
}
