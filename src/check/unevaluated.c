/* SPDX-License-Identifier: MIT */
/* unevaluatedProperties and unevaluatedItems (2020-12 core, section 11): of what no other
 * keyword has evaluated. They run last, in the frame of their subschema (seen.h). */
#include "check/compile.h"
#include "check/seen.h"
#include "codes/nearest.h"
#include "schema/words.h"

enum { GUESSES_MAX = 1 << 20 }; /* names compared for one object's guesses */

/* unevaluatedProperties. */
typedef struct rest_test {
    const ta_plan *plan;
    const ta_shape *shape; /* the names that any part of the subschema speaks of */
} rest_test;

/* A value whose rest is looked at. */
typedef struct rest_run {
    ta_run *run;
    const ta_plan *plan;
    const ta_shape *shape; /* NULL: of an array */
    const ta_node *node;
    uint32_t guesses;
} rest_run;

static const void *compile_rest_items(ta_compile *c, const ta_node *value) {
    return ta_compile_plan(c, value);
}

static const void *compile_rest_members(ta_compile *c, const ta_node *value) {
    rest_test *test = ta_compile_alloc(c, sizeof *test);
    if (test)
        *test = (rest_test){ta_compile_plan(c, value), &c->sub->shape};
    return test && test->plan ? test : NULL;
}

/* The nearest of the names, unless the object has that too. */
static void guess_name(rest_run *rest, ta_buf *name) {
    ta_nearest nearest = {.word = ta_buf_text(name), .len = name->len};
    const ta_shape_member *best = NULL;
    if (rest->guesses > GUESSES_MAX)
        return;
    rest->guesses += rest->shape->member_count;
    for (uint32_t i = 0; i < rest->shape->member_count; i++) {
        const ta_shape_member *member = &rest->shape->members[i];
        ta_nearest_try(&nearest, member->name, member->name_len);
        best = nearest.best == member->name ? member : best;
    }
    if (best && !ta_node_member(rest->node, best->key))
        ta_say_guess(best->name, best->name_len, "\"", &rest->run->replacement);
}

static bool refuse_rest(rest_run *rest, const ta_node *child) {
    ta_run *run = rest->run;
    if (!run->report)
        return false;
    if (!rest->shape)
        return ta_run_fail(run, child, &(ta_finding){.code = TA_F_ITEM});
    if (!ta_run_tells(run, child, TA_F_UNEXPECTED))
        return false;
    ta_run_reset_words(run);
    const ta_key *key = &run->record->keys->items[child->key];
    ta_buf_put(&run->name, key->text, key->len);
    guess_name(rest, &run->name);
    return ta_run_fail_key(run, child,
                           &(ta_finding){.code = TA_F_UNEXPECTED,
                                         .name = ta_buf_text(&run->name),
                                         .replacement = ta_buf_text(&run->replacement)});
}

static bool run_rest(rest_run *rest) {
    ta_run *run = rest->run;
    const ta_node *node = rest->node;
    bool ok = true;
    uint32_t index = 0;
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node);
         c = ta_node_next(c), index++) {
        if (ta_seen_has(run, index))
            continue;
        if (rest->plan->never && ta_seen_is_own_schema(run, node, c))
            continue;
        ok =
            (rest->plan->never ? refuse_rest(rest, c) : ta_plan_fits(run, rest->plan, c)) && ok;
        if (!ok && !run->report)
            return false;
    }
    ta_seen_mark_all(run);
    return ok;
}

static bool run_rest_items(ta_run *run, const void *data, const ta_node *node) {
    return run_rest(&(rest_run){.run = run, .plan = data, .node = node});
}

static bool run_rest_members(ta_run *run, const void *data, const ta_node *node) {
    const rest_test *test = data;
    return run_rest(
        &(rest_run){.run = run, .plan = test->plan, .shape = test->shape, .node = node});
}

const ta_keyword ta_keyword_unevaluated_properties = {"unevaluatedProperties",
                                                      compile_rest_members, run_rest_members,
                                                      1 << TA_OBJECT, .late = true};
const ta_keyword ta_keyword_unevaluated_items = {"unevaluatedItems", compile_rest_items,
                                                 run_rest_items, 1 << TA_ARRAY, .late = true};
