/* SPDX-License-Identifier: MIT */
/* The stage: each record is run through quickly; one that fails once more, so that all findings
 * are told. */
#include <stdlib.h>

#include "check/listing.h"
#include "check/tally.h"
#include "check/told.h"
#include "schema/words.h"

typedef struct check_stage {
    ta_stage stage;
    const ta_program *program;
    ta_run run;
    ta_rule_count *counts;
    ta_skips *skips;
    const char *file;
    ta_check_how how;
    bool streams;  /* the records are the items of the list that the root describes */
    bool per_item; /* they are what it describes */
} check_stage;

/* What cannot be said of a list without its whole is not seen when its items stream by. */
static void say_list_words(const check_stage *check) {
    const ta_subschema *root = check->program->schema->root;
    const ta_list_words *words = check->program->list_words;
    for (uint32_t i = 0; i < words->unchecked_count; i++) {
        const ta_node *word = ta_subschema_value(root, words->unchecked[i]);
        ta_find_at(check->run.finder, &root->document->record, word ? word : root->node,
                   word ? TA_PART_KEY : TA_PART_VALUE,
                   &(ta_finding){.code = TA_F_SCHEMA_UNCHECKED,
                                 .name = words->unchecked[i],
                                 .detail = "the items of the list are read one by one; a rule "
                                           "with over: list sees all of them"});
    }
}

/* A schema that means each item, but does not say so, finds nothing. */
static void say_object_words(const check_stage *check) {
    static const char *const object_words[] = {"properties", "required", "additionalProperties",
                                               "patternProperties"};
    static const char *const other_words[] = {"type",
                                              "items",
                                              "prefixItems",
                                              "contains",
                                              "minItems",
                                              "maxItems",
                                              "$ref",
                                              "anyOf",
                                              "oneOf",
                                              "allOf",
                                              "if",
                                              "uniqueItems",
                                              "not",
                                              "enum",
                                              "const",
                                              "x-rules",
                                              "$recursiveRef",
                                              "$dynamicRef",
                                              "unevaluatedItems"};
    const ta_subschema *root = check->program->schema->root;
    for (size_t i = 0; i < sizeof other_words / sizeof *other_words; i++)
        if (ta_subschema_value(root, other_words[i]))
            return;
    for (size_t i = 0; i < sizeof object_words / sizeof *object_words; i++) {
        if (!ta_subschema_value(root, object_words[i]))
            continue;
        ta_find(check->run.finder, &(ta_finding){.code = TA_F_SCHEMA_OBJECT,
                                                 .place = {.file = check->file},
                                                 .name = object_words[i],
                                                 .expected = "\"type\": \"object\""});
        return;
    }
}

static ta_status check_begin(ta_stage *stage, const ta_head *head) {
    check_stage *check = (check_stage *)stage;
    check->streams = check->per_item = false;
    check->file = head->file;
    for (size_t i = 0; i < check->program->rule_count; i++)
        check->counts[i] = (ta_rule_count){.id = check->program->rules[i]->id};
    if (check->how == TA_CHECK_RECORDS)
        return ta_stage_begin(stage->next, head);
    check->streams = ta_listing_applies(check->program, head, check->how);
    check->per_item = !check->streams && ta_head_is_list_value(head);
    if (check->streams) {
        say_list_words(check);
        if (check->how != TA_CHECK_WHOLE)
            say_object_words(check);
    }
    return ta_stage_begin(stage->next, head);
}

static bool check_record(check_stage *check, const ta_node *root) {
    const ta_program *program = check->program;
    if (check->streams)
        return ta_listing_fits(&check->run, program->list_words, root);
    return ta_plan_fits(&check->run, program->root, root);
}

static void clear_tallies(check_stage *check) {
    ta_rule_run *rules = check->run.rules;
    rules->target_rule = NULL;
    if (check->program->rule_count)
        memset(rules->tallies, 0, check->program->rule_count * sizeof *rules->tallies);
}

static void add_tallies(check_stage *check) {
    for (size_t i = 0; i < check->program->rule_count; i++)
        ta_rule_count_add(&check->counts[i], &check->run.rules->tallies[i],
                          check->run.record->number, check->skips);
}

static ta_status check_put(ta_stage *stage, ta_record *record) {
    check_stage *check = (check_stage *)stage;
    ta_run_begin(&check->run, record);
    clear_tallies(check);
    if (!check_record(check, record->nodes)) {
        clear_tallies(check);
        check->run.report = true;
        check_record(check, record->nodes);
        check->run.report = false;
    }
    add_tallies(check);
    if (ta_run_is_short(&check->run))
        return TA_ERR_NOMEM;
    if (check->run.exhausted)
        return TA_ERR_INPUT;
    return ta_stage_put(stage->next, record);
}

static ta_status check_end(ta_stage *stage, const ta_tail *tail) {
    check_stage *check = (check_stage *)stage;
    ta_rule_counts_tell(check->counts, check->program->rule_count, check->run.finder,
                        check->file);
    return ta_stage_end(stage->next, tail);
}

static ta_status check_absorb(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    check_stage *check = (check_stage *)stage, *o = (check_stage *)other;
    if (stage && !by)
        return TA_OK;
    for (size_t i = 0; i < o->program->rule_count; i++) {
        if (stage)
            ta_rule_count_add_count(&check->counts[i], &o->counts[i]);
        o->counts[i] = (ta_rule_count){.id = o->counts[i].id};
    }
    if (stage)
        check->skips->records += o->skips->records;
    o->skips->records = 0;
    return TA_OK;
}

static void check_drop(ta_stage *stage) {
    check_stage *check = (check_stage *)stage;
    ta_run_fini(&check->run);
    free(check->counts);
    free(check);
}

static const ta_stage_ops check_ops = {"check",   check_absorb, check_begin,
                                       check_put, check_end,    check_drop};

ta_stage *ta_check_new(const ta_program *program, ta_finder *finder, ta_check_how how,
                       ta_skips *skips) {
    check_stage *check = calloc(1, sizeof *check);
    if (!check)
        return NULL;
    check->stage.ops = &check_ops;
    check->program = program;
    check->run.finder = finder;
    check->run.all_branches = program->all_branches;
    check->how = how;
    check->skips = skips;
    check->counts = calloc(program->rule_count + 1, sizeof *check->counts);
    check->run.rules = ta_rule_run_new(program->rule_count);
    check->run.told = program->repeats ? ta_told_new() : NULL;
    if (!check->counts || !check->run.rules || (program->repeats && !check->run.told)) {
        check_drop(&check->stage);
        return NULL;
    }
    for (size_t i = 0; i < program->rule_count; i++)
        check->counts[i].id = program->rules[i]->id;
    return &check->stage;
}

bool ta_check_is_per_item(const ta_stage *check) {
    return ((const check_stage *)check)->per_item;
}

const ta_rule_count *ta_check_counts(const ta_stage *check, size_t *count) {
    *count = ((const check_stage *)check)->program->rule_count;
    return ((const check_stage *)check)->counts;
}
