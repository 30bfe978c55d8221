/* SPDX-License-Identifier: MIT */
/*
 * The ORDERED stage for what a schema says of a list as a whole while its items stream by:
 * minItems, maxItems, contains and its bounds, uniqueItems by marks of 128 bits (68 bytes an
 * item).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "check/combine.h"
#include "check/listing.h"
#include "check/marks.h"
#include "check/operate.h"
#include "check/size.h"

/* An item that was met. */
typedef struct met_item {
    ta_mark mark;
    ta_span span;
    ta_where from;
} met_item;

typedef struct words_stage {
    ta_stage stage;
    const ta_program *program;
    const ta_list_words *words;
    ta_run run;
    ta_marks marks;
    uint64_t count;
    uint64_t *found; /* by the index in words->sums: what contains has found */
    const char *file;
    bool applies;
} words_stage;

static ta_status words_begin(ta_stage *stage, const ta_head *head) {
    words_stage *w = (words_stage *)stage;
    w->applies = ta_listing_applies(w->program, head);
    w->file = head->file;
    w->count = 0;
    memset(w->found, 0, (w->words->sum_count + 1) * sizeof *w->found);
    ta_marks_clear(&w->marks);
    return ta_stage_begin(stage->next, head);
}

static void check_met(words_stage *w, const ta_node *item) {
    ta_run *run = &w->run;
    bool is_new;
    run->key.len = 0;
    ta_key_put(run->record, item, &run->key);
    met_item *met = ta_marks_enter(&w->marks, ta_mark_of(run->key.data, run->key.len), &is_new);
    if (!met || run->key.failed) {
        run->nomem = true;
        return;
    }
    if (is_new) {
        ta_place place = ta_place_of(run->record, item, TA_PART_VALUE);
        met->span = place.span;
        met->from = place.from;
        return;
    }
    ta_run_reset_words(run);
    ta_say_value(run->record, item, &run->found);
    ta_related related = {
        {.file = w->file, .span = met->span, .from = met->from, .to = met->from},
        "the first one"};
    ta_run_fail(run, item,
                &(ta_finding){.code = TA_F_UNIQUE_ITEMS,
                              .found = ta_buf_text(&run->found),
                              .related = &related,
                              .related_count = 1});
}

/* Of a list that is too long the first item too many is told at once. */
static void check_sums(words_stage *w, const ta_node *item) {
    for (uint32_t i = 0; i < w->words->sum_count; i++) {
        const ta_list_test *test = &w->words->sums[i];
        const ta_contains_test *contains = test->data;
        const ta_size_test *size = test->data;
        if (test->run == ta_keyword_contains.run) {
            w->found[i] += contains->plan && ta_plan_matches(&w->run, contains->plan, item);
        } else if (size->most && w->count == size->bound + 1) {
            char expected[24], found[TA_SAY_COUNT];
            snprintf(expected, sizeof expected, "%" PRIu64, size->bound);
            ta_run_fail(&w->run, item,
                        &(ta_finding){.code = size->code,
                                      .expected = expected,
                                      .found = ta_say_count(w->count, "item or more",
                                                            "items or more", found)});
        }
    }
}

static ta_status words_put(ta_stage *stage, ta_record *record) {
    words_stage *w = (words_stage *)stage;
    if (w->applies) {
        ta_run_begin(&w->run, record);
        w->count++;
        w->run.report = true;
        check_sums(w, record->nodes);
        if (w->words->unique)
            check_met(w, record->nodes);
        if (ta_run_is_short(&w->run))
            return TA_ERR_NOMEM;
    }
    return ta_stage_put(stage->next, record);
}

/* What is known of a list at its end; it has no place but its file. */
static void check_end_sum(const words_stage *w, uint32_t index) {
    const ta_list_test *test = &w->words->sums[index];
    char words[2][64];
    if (test->run == ta_keyword_contains.run) {
        const ta_contains_test *contains = test->data;
        uint64_t found = w->found[index];
        if (!contains->plan || (found >= contains->least && found <= contains->most))
            return;
        ta_contains_say(contains, found, words);
        ta_find(w->run.finder, &(ta_finding){.code = TA_F_CONTAINS,
                                             .place = {.file = w->file},
                                             .found = words[0],
                                             .expected = words[1]});
        return;
    }
    const ta_size_test *size = test->data;
    if (size->most || w->count >= size->bound)
        return;
    ta_say_count(w->count, "item", "items", words[0]);
    snprintf(words[1], sizeof words[1], "%" PRIu64, size->bound);
    ta_find(w->run.finder, &(ta_finding){.code = size->code,
                                         .place = {.file = w->file},
                                         .found = words[0],
                                         .expected = words[1]});
}

static ta_status words_end(ta_stage *stage, const ta_tail *tail) {
    const words_stage *w = (const words_stage *)stage;
    for (uint32_t i = 0; w->applies && tail->status == TA_OK && i < w->words->sum_count; i++)
        check_end_sum(w, i);
    return ta_stage_end(stage->next, tail);
}

static void words_drop(ta_stage *stage) {
    words_stage *w = (words_stage *)stage;
    ta_run_fini(&w->run);
    ta_marks_fini(&w->marks);
    free(w->found);
    free(w);
}

static const ta_stage_ops words_ops = {"list-words", TA_SCOPE_ORDERED, words_begin,
                                       words_put,    words_end,        words_drop};

bool ta_list_words_are_needed(const ta_program *program) {
    return program->list_words->sum_count || program->list_words->unique;
}

ta_stage *ta_list_words_new(const ta_program *program, ta_finder *finder) {
    words_stage *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->stage.ops = &words_ops;
    w->program = program;
    w->words = program->list_words;
    w->run.finder = finder;
    w->marks.entry_bytes = sizeof(met_item);
    w->found = calloc(w->words->sum_count + (size_t)1, sizeof *w->found);
    w->run.rules = ta_rule_run_new(program->rule_count);
    if (!w->found || !w->run.rules) {
        words_drop(&w->stage);
        return NULL;
    }
    return &w->stage;
}
