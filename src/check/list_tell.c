/* SPDX-License-Identifier: MIT */
/* The end of a list whose items have streamed by: which steps hold, and what is told of those
 * that do not. */
#include <inttypes.h>
#include <stdio.h>

#include "check/combine.h"
#include "check/contains.h"
#include "check/list_state.h"
#include "check/size.h"
#include "check/value.h"

static bool part_holds(const ta_list_stage *list, uint32_t part) {
    return part == (uint32_t)TA_LIST_NO_PART || list->states[part].holds;
}

static uint32_t count_holding(const ta_list_stage *list, const ta_list_step *step) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < step->part_count; i++)
        count += part_holds(list, step->parts[i]);
    return count;
}

/* Which of the three parts of a condition is left to hold. */
static uint32_t next_part(const ta_list_stage *list, const ta_list_step *step) {
    return part_holds(list, step->parts[0]) ? step->parts[1] : step->parts[2];
}

static bool contains_holds(const ta_contains_test *test, uint64_t found) {
    return !test->plan || (found >= test->least && found <= test->most);
}

static bool values_hold(const ta_list_stage *list, uint32_t index) {
    const void *data = list->words->steps[index].data;
    for (uint32_t i = 0; i < ta_values_count(data); i++) {
        const ta_record *record;
        const ta_node *value = ta_values_item(data, i, &record);
        if (list->cursors[list->states[index].cursors + i] == ta_node_end(value))
            return true;
    }
    return false;
}

static void activate_parts(ta_list_stage *list, const ta_list_step *step);

/* What a part has seen counts, and what its parts have. */
static void activate_part(ta_list_stage *list, uint32_t part) {
    if (part == (uint32_t)TA_LIST_NO_PART || !list->states[part].holds ||
        list->states[part].active)
        return;
    list->states[part].active = true;
    if (list->words->steps[part].kind != TA_LIST_REST)
        activate_parts(list, &list->words->steps[part]);
}

static void activate_parts(ta_list_stage *list, const ta_list_step *step) {
    if (step->kind == TA_LIST_NOT)
        return;
    if (step->kind == TA_LIST_IF) {
        activate_part(list, step->parts[0]);
        activate_part(list, next_part(list, step));
        return;
    }
    for (uint32_t i = 0; i < step->part_count; i++)
        activate_part(list, step->parts[i]);
}

/* Whether one of those who have seen an item counts. */
static bool is_seen(const ta_list_stage *list, const ta_list_step *step, uint64_t seers) {
    for (uint32_t i = 0; i < step->leaf_count; i++)
        if (seers >> i & 1 && list->states[step->leaves[i]].active)
            return true;
    return false;
}

static const ta_seen_item *seen_at(const ta_list_state *state, size_t i) {
    return (const ta_seen_item *)(const void *)(state->rest.entries + i * sizeof(ta_seen_item));
}

/* Marks who counts for a rest; then whether all that it may not hold has been seen. */
static bool rest_holds(ta_list_stage *list, const ta_list_step *step,
                       const ta_list_state *state) {
    for (uint32_t i = 0; i < list->words->count; i++)
        list->states[i].active = false;
    activate_parts(list, step);
    for (size_t i = 0; i < state->rest.count; i++)
        if (!is_seen(list, step, seen_at(state, i)->seers))
            return false;
    return !state->failed;
}

static bool step_holds(ta_list_stage *list, uint32_t index) {
    const ta_list_step *step = &list->words->steps[index];
    const ta_list_state *state = &list->states[index];
    const ta_size_test *size = step->data;
    switch (step->kind) {
    case TA_LIST_ALL:
        return count_holding(list, step) == step->part_count;
    case TA_LIST_ANY:
        return count_holding(list, step) > 0;
    case TA_LIST_ONE:
        return count_holding(list, step) == 1;
    case TA_LIST_NOT:
        return !part_holds(list, step->parts[0]);
    case TA_LIST_IF:
        return part_holds(list, next_part(list, step));
    case TA_LIST_SIZE:
        return size->most ? list->count <= size->bound : list->count >= size->bound;
    case TA_LIST_CONTAINS:
        return contains_holds(step->data, state->found);
    case TA_LIST_VALUES:
        return values_hold(list, index);
    case TA_LIST_REST:
        return rest_holds(list, step, state);
    case TA_LIST_ITEMS:
    case TA_LIST_UNIQUE:
        return !state->failed;
    case TA_LIST_REFUSE:
        break;
    }
    return false;
}

/* Emits at the place where the list begins. */
static void tell_of_list(const ta_list_stage *list, ta_finding finding) {
    finding.place = list->place;
    if (!finding.detail)
        finding.detail = list->branch_words;
    ta_find(list->run.finder, &finding);
}

static void tell_size(ta_list_stage *list, uint32_t index) {
    const ta_size_test *size = list->words->steps[index].data;
    char expected[24], found[TA_SAY_COUNT];
    snprintf(expected, sizeof expected, "%" PRIu64, size->bound);
    tell_of_list(list,
                 (ta_finding){.code = size->code,
                              .expected = expected,
                              .found = ta_say_count(list->count, "item", "items", found)});
}

static void tell_contains(ta_list_stage *list, uint32_t index) {
    char words[2][64];
    ta_contains_say(list->words->steps[index].data, list->states[index].found, words);
    tell_of_list(list,
                 (ta_finding){.code = TA_F_CONTAINS, .found = words[0], .expected = words[1]});
}

/* "a list of 3 items", in run->found. */
static const char *say_list(ta_list_stage *list) {
    char count[TA_SAY_COUNT];
    ta_run_reset_words(&list->run);
    ta_buf_printf(&list->run.found, "a list of %s",
                  ta_say_count(list->count, "item", "items", count));
    return ta_buf_text(&list->run.found);
}

static void tell_values(ta_list_stage *list, uint32_t index) {
    const char *found = say_list(list);
    ta_code code = ta_values_say(&list->run, list->words->steps[index].data);
    tell_of_list(list, (ta_finding){.code = code,
                                    .found = found,
                                    .expected = ta_buf_text(&list->run.expected)});
}

static void tell_refusal(ta_list_stage *list, uint32_t index) {
    const ta_plan *plan = list->words->steps[index].plan;
    tell_of_list(list, (ta_finding){.code = plan->never ? TA_F_FORBIDDEN : TA_F_TYPE,
                                    .expected = plan->expected,
                                    .found = ta_kind_text(TA_ARRAY)});
}

static void tell_not(ta_list_stage *list, uint32_t index) {
    const ta_not_test *test = list->words->steps[index].data;
    tell_of_list(
        list, (ta_finding){.code = TA_F_NOT, .found = say_list(list), .detail = test->words});
}

static void tell_fault(ta_list_stage *list, uint32_t index) {
    ta_kept_tell(&list->states[index].fault, list->run.finder, list->branch_words);
}

static void tell_rest(ta_list_stage *list, uint32_t index) {
    const ta_list_step *step = &list->words->steps[index];
    const ta_list_state *state = &list->states[index];
    rest_holds(list, step, state); /* marks who counts */
    tell_fault(list, index);
    for (size_t i = 0; i < state->rest.count; i++)
        if (!is_seen(list, step, seen_at(state, i)->seers))
            ta_find(list->run.finder,
                    &(ta_finding){.code = TA_F_ITEM,
                                  .place = ta_list_place_met(list, &seen_at(state, i)->met),
                                  .detail = list->branch_words});
}

static void tell_step(ta_list_stage *list, uint32_t index);

static void tell_parts(ta_list_stage *list, uint32_t index) {
    const ta_list_step *step = &list->words->steps[index];
    for (uint32_t i = 0; i < step->part_count; i++)
        if (!part_holds(list, step->parts[i]))
            tell_step(list, step->parts[i]);
}

static void tell_condition(ta_list_stage *list, uint32_t index) {
    tell_step(list, next_part(list, &list->words->steps[index]));
}

/* What a branch lacks, in the words of its first finding. */
static void put_lack(ta_list_stage *list, uint32_t part, ta_buf *out) {
    ta_kept kept = {0};
    ta_finder *outer = list->run.finder;
    uint32_t round = list->round;
    list->round = ++list->rounds;
    ta_finder silent;
    ta_finder_init(&silent, ta_kept_put, &kept);
    list->run.finder = &silent;
    tell_step(list, part);
    list->run.finder = outer;
    list->round = round;
    ta_kept_say(&kept, out);
    list->run.nomem = list->run.nomem || kept.failed || silent.no_memory;
    ta_kept_fini(&kept);
}

/* The findings of each branch, where they belong: --all-branches. */
static void tell_each_branch(ta_list_stage *list, const ta_list_step *step) {
    const char *outer = list->branch_words;
    char words[48];
    for (uint32_t i = 0; i < step->part_count; i++) {
        snprintf(words, sizeof words, "as choice %u of %u", i + 1, step->part_count);
        list->branch_words = words;
        tell_step(list, step->parts[i]);
    }
    list->branch_words = outer;
}

static void tell_none_fits(ta_list_stage *list, const ta_list_step *step) {
    const ta_branch_test *test = step->data;
    bool inner = list->run.finder != list->finder; /* a choice within a choice */
    bool all = list->program->all_branches && !inner;
    uint32_t told = all || inner ? 0 : TA_BRANCHES_TOLD;
    char count[16];
    ta_buf lacks = {0};
    for (uint32_t i = 0; i < step->part_count && i < told; i++) {
        ta_buf_puts(&lacks, i ? "; or " : ": ");
        put_lack(list, step->parts[i], &lacks);
    }
    snprintf(count, sizeof count, "%u", step->part_count);
    tell_of_list(list, (ta_finding){.code = test->code,
                                    .found = "fits none",
                                    .expected = count,
                                    .name = ta_buf_text(&lacks),
                                    .detail = test->words});
    ta_buf_fini(&lacks);
    if (all)
        tell_each_branch(list, step);
}

static void tell_several_fit(ta_list_stage *list, const ta_list_step *step) {
    const ta_branch_test *test = step->data;
    uint32_t first = 0;
    while (!part_holds(list, step->parts[first]))
        first++;
    uint32_t second = first + 1;
    while (!part_holds(list, step->parts[second]))
        second++;
    char found[64], count[16];
    snprintf(found, sizeof found, "fits both choice %u and choice %u", first + 1, second + 1);
    snprintf(count, sizeof count, "%u", step->part_count);
    tell_of_list(list, (ta_finding){.code = test->code,
                                    .found = found,
                                    .expected = count,
                                    .name = ", but only one may fit",
                                    .detail = test->words});
}

static void tell_choice_of_list(ta_list_stage *list, uint32_t index) {
    const ta_list_step *step = &list->words->steps[index];
    if (count_holding(list, step))
        tell_several_fit(list, step);
    else
        tell_none_fits(list, step);
}

static void tell_step(ta_list_stage *list, uint32_t index) {
    static void (*const tellers[])(ta_list_stage *, uint32_t) = {
        [TA_LIST_ALL] = tell_parts,          [TA_LIST_ANY] = tell_choice_of_list,
        [TA_LIST_ONE] = tell_choice_of_list, [TA_LIST_NOT] = tell_not,
        [TA_LIST_IF] = tell_condition,       [TA_LIST_ITEMS] = tell_fault,
        [TA_LIST_SIZE] = tell_size,          [TA_LIST_CONTAINS] = tell_contains,
        [TA_LIST_UNIQUE] = tell_fault,       [TA_LIST_VALUES] = tell_values,
        [TA_LIST_REST] = tell_rest,          [TA_LIST_REFUSE] = tell_refusal};
    /* Many ways may lead to a step. */
    if (list->states[index].told == list->round)
        return;
    list->states[index].told = list->round;
    tellers[list->words->steps[index].kind](list, index);
}

/* Whether nothing that --limit left out could have mended it. */
static bool is_final(const ta_list_stage *list, uint32_t index) {
    const ta_list_step *step = &list->words->steps[index];
    const ta_contains_test *contains = step->data;
    return step->kind == TA_LIST_REFUSE ||
           (step->kind == TA_LIST_CONTAINS && list->states[index].found > contains->most);
}

static void note_cut(ta_list_stage *list, uint32_t index) {
    const char *name = ta_list_step_name(&list->words->steps[index]);
    ta_buf_puts(&list->cut, list->cut.len ? ", " : "");
    ta_buf_puts(&list->cut, name);
    ta_find(list->run.finder,
            &(ta_finding){.code = TA_F_SKIPPED_LIST, .name = name, .place = list->place});
}

/* What is open, and what was not told when its item came. */
static bool is_untold(const ta_list_step *step) {
    const ta_size_test *size = step->data;
    return step->open && step->kind != TA_LIST_ALL && step->kind != TA_LIST_ITEMS &&
           step->kind != TA_LIST_UNIQUE && (step->kind != TA_LIST_SIZE || !size->most);
}

void ta_list_finish(ta_list_stage *list, bool cut) {
    for (uint32_t i = 0; i < list->words->count; i++)
        list->states[i].holds = step_holds(list, i);
    for (uint32_t i = 0; i < list->words->count; i++) {
        if (list->states[i].holds || !is_untold(&list->words->steps[i]))
            continue;
        list->round = ++list->rounds;
        if (cut && !is_final(list, i))
            note_cut(list, i);
        else
            tell_step(list, i);
    }
}
