/* SPDX-License-Identifier: MIT */
/*
 * The ORDERED stage for what a schema says of a list as a whole while its items stream by: its
 * size, which items it contains, that none comes twice (68 bytes an item), and which of several
 * subschemas it fits.
 */
#include <stdlib.h>

#include "check/list_state.h"
#include "check/tally.h"
#include "check/value.h"

/* Each value of enum and const that is a list may be the one. */
static void reset_cursors(ta_list_stage *list, const ta_list_step *step,
                          const ta_list_state *state) {
    for (uint32_t i = 0; i < ta_values_count(step->data); i++) {
        const ta_record *record;
        const ta_node *value = ta_values_item(step->data, i, &record);
        list->cursors[state->cursors + i] =
            value->kind == TA_ARRAY ? ta_node_first(value) : NULL;
    }
}

static void reset_steps(ta_list_stage *list) {
    size_t cursors = 0;
    for (uint32_t i = 0; i < list->words->count; i++) {
        const ta_list_step *step = &list->words->steps[i];
        ta_list_state *state = &list->states[i];
        state->found = 0;
        state->failed = false;
        ta_marks_clear(&state->rest);
        ta_kept_clear(&state->fault);
        if (step->kind != TA_LIST_VALUES)
            continue;
        state->cursors = cursors;
        cursors += ta_values_count(step->data);
        reset_cursors(list, step, state);
    }
}

static ta_status words_begin(ta_stage *stage, const ta_head *head) {
    ta_list_stage *list = (ta_list_stage *)stage;
    list->applies = ta_listing_applies(list->program, head, list->how);
    list->place = head->place;
    list->place.file = head->file;
    list->count = 0;
    list->cut.len = 0;
    reset_steps(list);
    ta_marks_clear(&list->marks);
    return ta_stage_begin(stage->next, head);
}

/* References that fan out without end: reading on would be in vain. */
static ta_status report_steps(ta_list_stage *list, const ta_node *item) {
    list->run.exhausted = false;
    ta_run_fail(&list->run, item, &(ta_finding){.code = TA_F_SCHEMA_STEPS});
    return TA_ERR_INPUT;
}

static ta_status words_put(ta_stage *stage, ta_record *record) {
    ta_list_stage *list = (ta_list_stage *)stage;
    if (list->applies) {
        ta_run_begin(&list->run, record);
        if (!ta_list_take(list, record->nodes))
            return TA_ERR_NOMEM;
        if (list->run.exhausted)
            return report_steps(list, record->nodes);
    }
    return ta_stage_put(stage->next, record);
}

static ta_status words_end(ta_stage *stage, const ta_tail *tail) {
    ta_list_stage *list = (ta_list_stage *)stage;
    if (list->applies && tail->status == TA_OK)
        ta_list_finish(list, tail->cut);
    ta_status status = ta_stage_end(stage->next, tail);
    return ta_run_is_short(&list->run) ? TA_ERR_NOMEM : status;
}

static void words_drop(ta_stage *stage) {
    ta_list_stage *list = (ta_list_stage *)stage;
    for (uint32_t i = 0; list->states && i < list->words->count; i++) {
        ta_marks_fini(&list->states[i].rest);
        ta_kept_fini(&list->states[i].fault);
    }
    ta_run_fini(&list->run);
    ta_marks_fini(&list->marks);
    ta_buf_fini(&list->cut);
    free(list->states);
    free(list->cursors);
    free(list);
}

static const ta_stage_ops words_ops = {"list-words", TA_SCOPE_ORDERED, words_begin,
                                       words_put,    words_end,        words_drop};

bool ta_list_words_are_needed(const ta_program *program, ta_check_how how) {
    bool lists = how == TA_CHECK_WHOLE || program->schema->root->shape.types & TA_TYPE_ARRAY;
    return how != TA_CHECK_RECORDS && lists && program->list_words->waits;
}

ta_stage *ta_list_words_new(const ta_program *program, ta_finder *finder, ta_check_how how) {
    ta_list_stage *list = calloc(1, sizeof *list);
    if (!list)
        return NULL;
    list->stage.ops = &words_ops;
    list->program = program;
    list->words = program->list_words;
    list->how = how;
    list->finder = list->run.finder = finder;
    ta_finder_init(&list->silent, ta_kept_put, NULL);
    list->marks.entry_bytes = sizeof(ta_met_item);
    list->states = calloc(list->words->count + (size_t)1, sizeof *list->states);
    list->cursors = calloc(list->words->value_count + (size_t)1, sizeof *list->cursors);
    list->run.rules = ta_rule_run_new(program->rule_count);
    if (!list->states || !list->cursors || !list->run.rules) {
        words_drop(&list->stage);
        return NULL;
    }
    for (uint32_t i = 0; i < list->words->count; i++)
        list->states[i].rest.entry_bytes = sizeof(ta_seen_item);
    return &list->stage;
}

const char *ta_list_words_cut(ta_stage *words) {
    ta_list_stage *list = (ta_list_stage *)words;
    return list->cut.len ? ta_buf_text(&list->cut) : NULL;
}
