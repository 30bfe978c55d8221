/* SPDX-License-Identifier: MIT */
/* What the steps make of one item. What is open is told at once; in branches the first fault is
 * kept. uniqueItems goes by marks of 128 bits. */
#include <inttypes.h>
#include <stdio.h>

#include "check/contains.h"
#include "check/items.h"
#include "check/list_state.h"
#include "check/operate.h"
#include "check/size.h"
#include "check/value.h"
#include "schema/words.h"

/* From here on findings are a branch's, and kept. */
static void hush_run(ta_list_stage *list, ta_list_state *state) {
    list->silent.to = &state->fault;
    list->run.finder = &list->silent;
    list->run.branch++;
}

static void unhush_run(ta_list_stage *list) {
    const ta_kept *kept = list->silent.to;
    list->run.nomem = list->run.nomem || kept->failed || list->silent.no_memory;
    list->run.branch--;
    list->run.finder = list->finder;
}

static void take_items(ta_list_stage *list, uint32_t index, const ta_node *item) {
    const ta_list_step *step = &list->words->steps[index];
    ta_list_state *state = &list->states[index];
    state->hit = ta_items_sees(step->data, list->count - 1);
    if (step->open || state->failed) /* what is open, the check itself runs */
        return;
    hush_run(list, state);
    state->failed = !ta_list_item_fits(&list->run, step, item);
    unhush_run(list);
}

static void take_contains(ta_list_stage *list, uint32_t index, const ta_node *item) {
    const ta_list_step *step = &list->words->steps[index];
    const ta_contains_test *test = step->data;
    ta_list_state *state = &list->states[index];
    list->run.trail = step->trail;
    state->hit = test->plan && ta_plan_matches(&list->run, test->plan, item);
    list->run.trail = NULL;
    state->found += state->hit;
}

/* Of a list that is too long the first item too many is told at once. */
static void take_size(ta_list_stage *list, uint32_t index, const ta_node *item) {
    const ta_list_step *step = &list->words->steps[index];
    const ta_size_test *size = step->data;
    if (!step->open || !size->most || list->count != size->bound + 1)
        return;
    char expected[24], found[TA_SAY_COUNT];
    snprintf(expected, sizeof expected, "%" PRIu64, size->bound);
    ta_run_fail(&list->run, item,
                &(ta_finding){.code = size->code,
                              .expected = expected,
                              .found = ta_say_count(list->count, "item or more",
                                                    "items or more", found)});
}

static void note_met_place(const ta_list_stage *list, ta_met_item *met, const ta_node *item) {
    ta_place place = ta_place_of(list->run.record, item, TA_PART_VALUE);
    met->span = place.span;
    met->from = place.from;
}

ta_place ta_list_place_met(const ta_list_stage *list, const ta_met_item *met) {
    return (ta_place){
        .file = list->place.file, .span = met->span, .from = met->from, .to = met->from};
}

static void report_twin_item(ta_list_stage *list, const ta_node *item) {
    ta_run *run = &list->run;
    ta_related related = {ta_list_place_met(list, list->twin), "the first one"};
    ta_run_reset_words(run);
    ta_say_whole(run->record, item, &run->found);
    ta_run_fail(run, item,
                &(ta_finding){.code = TA_F_UNIQUE_ITEMS,
                              .found = ta_buf_text(&run->found),
                              .related = &related,
                              .related_count = 1});
}

static void take_unique(ta_list_stage *list, uint32_t index, const ta_node *item) {
    ta_list_state *state = &list->states[index];
    bool open = list->words->steps[index].open;
    if (!list->twin || (open ? list->twin_told : state->failed))
        return;
    if (open) {
        list->twin_told = true;
        report_twin_item(list, item);
        return;
    }
    state->failed = true;
    hush_run(list, state);
    report_twin_item(list, item);
    unhush_run(list);
}

/* A list that is allowed stays one as long as its next item is the one that came. */
static void take_values(ta_list_stage *list, uint32_t index, const ta_node *item) {
    const void *data = list->words->steps[index].data;
    const ta_node **cursors = list->cursors + list->states[index].cursors;
    for (uint32_t i = 0; i < ta_values_count(data); i++) {
        const ta_record *record;
        const ta_node *value = ta_values_item(data, i, &record);
        if (!cursors[i])
            continue;
        bool same = cursors[i] < ta_node_end(value) &&
                    ta_node_equal(list->run.record, item, record, cursors[i]);
        cursors[i] = same ? ta_node_next(cursors[i]) : NULL;
    }
}

static bool rest_fits(ta_list_stage *list, const ta_list_step *step, const ta_node *item) {
    ta_run *run = &list->run;
    run->trail = step->trail;
    bool fits = step->plan->never ? ta_run_fail(run, item, &(ta_finding){.code = TA_F_ITEM})
                                  : ta_plan_fits(run, step->plan, item);
    run->trail = NULL;
    return fits;
}

/* Whether those count that have seen an item which would not do otherwise shows at the end:
 * which they are is noted, once for each set of them. */
static void note_seers(ta_list_stage *list, ta_list_state *state, uint64_t seers,
                       const ta_node *item) {
    bool is_new;
    ta_seen_item *seen =
        ta_marks_enter(&state->rest, ta_mark_of(&seers, sizeof seers), &is_new);
    if (!seen) {
        list->run.nomem = true;
    } else if (is_new) {
        seen->seers = seers;
        note_met_place(list, &seen->met, item);
    }
}

static void take_rest(ta_list_stage *list, uint32_t index, const ta_node *item) {
    const ta_list_step *step = &list->words->steps[index];
    ta_list_state *state = &list->states[index];
    uint64_t seers = 0;
    for (uint32_t i = 0; i < step->leaf_count; i++)
        seers |= (uint64_t)list->states[step->leaves[i]].hit << i;
    state->hit = true;
    if (!seers && step->open) {
        rest_fits(list, step, item);
        return;
    }
    if (state->failed)
        return;
    if (seers) {
        list->run.report = false;
        if (!rest_fits(list, step, item))
            note_seers(list, state, seers, item);
        list->run.report = true;
        return;
    }
    hush_run(list, state);
    state->failed = !rest_fits(list, step, item);
    unhush_run(list);
}

/* Whether the item came before; the places of all are kept. */
static bool meet_item(ta_list_stage *list, const ta_node *item) {
    ta_run *run = &list->run;
    bool is_new;
    run->key.len = 0;
    ta_key_put(run->record, item, &run->key);
    ta_met_item *met =
        ta_marks_enter(&list->marks, ta_mark_of(ta_buf_text(&run->key), run->key.len), &is_new);
    if (!met || run->key.failed)
        return false;
    if (is_new)
        note_met_place(list, met, item);
    list->twin = is_new ? NULL : met;
    list->twin_told = false;
    return true;
}

bool ta_list_take(ta_list_stage *list, const ta_node *item) {
    static void (*const takers[])(ta_list_stage *, uint32_t, const ta_node *) = {
        [TA_LIST_ITEMS] = take_items,   [TA_LIST_SIZE] = take_size,
        [TA_LIST_UNIQUE] = take_unique, [TA_LIST_CONTAINS] = take_contains,
        [TA_LIST_REST] = take_rest,     [TA_LIST_VALUES] = take_values,
        [TA_LIST_REFUSE] = NULL};
    list->count++;
    list->run.report = true;
    if (list->words->unique && !meet_item(list, item))
        return false;
    for (uint32_t i = 0; i < list->words->count; i++)
        if (takers[list->words->steps[i].kind])
            takers[list->words->steps[i].kind](list, i, item);
    return !ta_run_is_short(&list->run);
}
