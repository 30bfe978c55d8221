/* SPDX-License-Identifier: MIT */
/*
 * The rules over the list (over: list). For each rule a table of the keys met: of each 128 bits
 * of hash, seeded per run, and where the first was: 24 bytes and its slot, whatever the key's
 * length. depends keeps the hash of the first one's values and their words beside it.
 *
 * A worker has tables of its part of the list, and tells what comes twice there. If nothing in
 * it came before, the tables become one; else the part is read once more, behind what was
 * before it. Groups must see all records in order.
 */
#include <stdlib.h>

#include "check/group.h"

typedef struct list_entry {
    ta_mark mark;
    ta_spot spot;
    /* From here on only in the tables of depends. */
    ta_mark value;
    const char *words; /* the values of `to`, in the stage's arena */
} list_entry;

enum { UNIQUE_ENTRY_BYTES = offsetof(list_entry, value) };

typedef struct list_stage {
    ta_stage stage;
    const ta_program *program;
    ta_run run;
    ta_rule_count *counts;
    ta_marks *tables;    /* by the rule's index */
    ta_grouping *groups; /* the same; of those that measure groups */
    ta_arena words;
    ta_skips *skips;
    const char *file;
} list_stage;

/* Keys are unique within one file: the tables start afresh. */
static ta_status list_begin(ta_stage *stage, const ta_head *head) {
    list_stage *list = (list_stage *)stage;
    for (size_t i = 0; i < list->program->list_rule_count; i++) {
        ta_marks_fini(&list->tables[i]);
        ta_grouping_begin(&list->groups[i]);
        list->counts[i] = (ta_rule_count){.id = list->program->list_rules[i]->id};
    }
    ta_arena_fini(&list->words);
    list->file = head->file;
    return ta_stage_begin(stage->next, head);
}

static bool keep_words(list_stage *list, const ta_rule *rule, list_entry *entry,
                       ta_mark value) {
    ta_run *run = &list->run;
    if (!rule->to.count)
        return true;
    entry->value = value;
    run->found.len = 0;
    ta_item_say(run, &rule->to, run->record->nodes, &run->found);
    entry->words = ta_arena_copy(&list->words, ta_buf_text(&run->found), run->found.len);
    return entry->words && !run->found.failed;
}

static bool keep_first(list_stage *list, const ta_rule *rule, list_entry *entry,
                       ta_mark value) {
    ta_run *run = &list->run;
    const ta_node *at;
    const char *lacks;
    ta_item_mark(run, rule->to.count ? &rule->to : &rule->by, run->record->nodes, &at, &lacks);
    entry->spot = ta_spot_of(run->record, at);
    return keep_words(list, rule, entry, value);
}

static ta_outcome report_list_twin(list_stage *list, const ta_rule *rule,
                                   const list_entry *first) {
    ta_run *run = &list->run;
    ta_run_reset_words(run);
    ta_buf_puts(&run->expected, rule->to.count ? first->words : "");
    ta_related related = {ta_spot_place(first->spot, list->file), "the first one"};
    return ta_twin_fail(run, rule, run->record->nodes, &related);
}

static ta_outcome run_list_rule(list_stage *list, const ta_rule *rule) {
    ta_run *run = &list->run;
    ta_mark mark, value;
    const char *lacks;
    bool is_new;
    if (!ta_twin_marks(run, rule, run->record->nodes, &mark, &value, &lacks))
        return ta_rule_skip(run, lacks);
    list_entry *entry = ta_marks_enter(&list->tables[rule->index], mark, &is_new);
    if (!entry || (is_new && !keep_first(list, rule, entry, value))) {
        run->nomem = true;
        return TA_SKIPPED;
    }
    if (is_new || (rule->to.count && ta_mark_same(entry->value, value)))
        return TA_HELD;
    return report_list_twin(list, rule, entry);
}

/* Whether the rule looks at the record. Groups ask `where` of what they measure. */
static bool is_asked(list_stage *list, const ta_rule *rule) {
    ta_run *run = &list->run;
    const ta_node *root = run->record->nodes;
    return (!rule->guard || ta_plan_matches(run, rule->guard, root)) &&
           (!rule->where || ta_rule_is_grouped(rule) ||
            ta_plan_matches(run, rule->where, root));
}

/* A group is told how it came out at the end: of its records only those that it lacks count. */
static void run_on_record(list_stage *list, const ta_rule *rule) {
    bool grouped = ta_rule_is_grouped(rule);
    ta_tally tally = {0};
    ta_outcome outcome = grouped ? ta_grouping_put(&list->groups[rule->index], &list->run, rule)
                                 : run_list_rule(list, rule);
    if (!grouped || outcome == TA_SKIPPED)
        ta_tally_add(&list->run, &tally, outcome);
    ta_rule_count_add(&list->counts[rule->index], &tally, list->run.record->number,
                      list->skips);
}

static ta_status list_put(ta_stage *stage, ta_record *record) {
    list_stage *list = (list_stage *)stage;
    const ta_program *program = list->program;
    list->run.record = record;
    list->run.report = true;
    for (size_t i = 0; i < program->list_rule_count; i++) {
        const ta_rule *rule = program->list_rules[i];
        if (is_asked(list, rule))
            run_on_record(list, rule);
    }
    if (ta_run_is_short(&list->run))
        return TA_ERR_NOMEM;
    return ta_stage_put(stage->next, record);
}

/* What was not read whole is not held against totals. */
static void end_groups(list_stage *list, const ta_tail *tail) {
    for (size_t i = 0; i < list->program->list_rule_count; i++) {
        const ta_rule *rule = list->program->list_rules[i];
        ta_tally tally = {0};
        if (!ta_rule_is_grouped(rule))
            continue;
        if (tail->status == TA_OK && !tail->cut)
            ta_grouping_end(&list->groups[i], &list->run, rule, list->file, &tally);
        else
            ta_tally_add(&list->run, &tally, ta_rule_skip(&list->run, "whole file"));
        ta_rule_count_add(&list->counts[i], &tally, 0, NULL);
    }
}

static ta_status list_end(ta_stage *stage, const ta_tail *tail) {
    list_stage *list = (list_stage *)stage;
    end_groups(list, tail);
    if (ta_run_is_short(&list->run))
        return TA_ERR_NOMEM;
    ta_rule_counts_tell(list->counts, list->program->list_rule_count, list->run.finder,
                        list->file);
    return ta_stage_end(stage->next, tail);
}

/* Whether what the other has told of its part is what is to be told of it here. */
static bool can_join_tables(const list_stage *list, const list_stage *other) {
    for (size_t i = 0; i < list->program->list_rule_count; i++) {
        bool depends = list->program->list_rules[i]->to.count && !other->counts[i].failed;
        for (size_t k = 0; k < other->tables[i].count; k++) {
            const list_entry *met = ta_marks_at(&other->tables[i], k);
            const list_entry *first = ta_marks_find(&list->tables[i], met->mark);
            if (first && !(depends && ta_mark_same(first->value, met->value)))
                return false;
        }
    }
    return true;
}

static bool join_entry(list_stage *list, size_t rule, const list_entry *met,
                       const ta_shift *by) {
    bool is_new;
    list_entry *entry = ta_marks_enter(&list->tables[rule], met->mark, &is_new);
    if (!entry || !is_new)
        return entry;
    entry->spot = ta_spot_shift(met->spot, by);
    if (!list->program->list_rules[rule]->to.count)
        return true;
    entry->value = met->value;
    entry->words = ta_arena_copy(&list->words, met->words, strlen(met->words));
    return entry->words;
}

static ta_status list_absorb(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    list_stage *list = (list_stage *)stage, *o = (list_stage *)other;
    bool ok = true;
    if (stage && !by)
        return can_join_tables(list, o) ? TA_OK : TA_STOP;
    for (size_t i = 0; i < o->program->list_rule_count; i++) {
        for (size_t k = 0; stage && k < o->tables[i].count && ok; k++)
            ok = join_entry(list, i, ta_marks_at(&o->tables[i], k), by);
        if (stage)
            ta_rule_count_add_count(&list->counts[i], &o->counts[i]);
        o->counts[i] = (ta_rule_count){.id = o->counts[i].id};
        ta_marks_clear(&o->tables[i]);
    }
    ta_arena_fini(&o->words);
    return ok ? TA_OK : TA_ERR_NOMEM;
}

static void list_drop(ta_stage *stage) {
    list_stage *list = (list_stage *)stage;
    for (size_t i = 0; list->tables && i < list->program->list_rule_count; i++)
        ta_marks_fini(&list->tables[i]);
    for (size_t i = 0; list->groups && i < list->program->list_rule_count; i++)
        ta_grouping_fini(&list->groups[i]);
    ta_run_fini(&list->run);
    ta_arena_fini(&list->words);
    free(list->tables);
    free(list->groups);
    free(list->counts);
    free(list);
}

static const ta_stage_ops list_ops = {"list",   list_absorb, list_begin,
                                      list_put, list_end,    list_drop};
static const ta_stage_ops groups_ops = {"groups", TA_SCOPE_ORDERED, list_begin,
                                        list_put, list_end,         list_drop};

static bool has_groups(const ta_program *program) {
    for (size_t i = 0; i < program->list_rule_count; i++)
        if (ta_rule_is_grouped(program->list_rules[i]))
            return true;
    return false;
}

bool ta_list_check_is_needed(const ta_program *program) {
    return program->list_rule_count > 0;
}

ta_stage *ta_list_check_new(const ta_program *program, ta_finder *finder, ta_skips *skips) {
    list_stage *list = calloc(1, sizeof *list);
    if (!list)
        return NULL;
    list->stage.ops = has_groups(program) ? &groups_ops : &list_ops;
    list->program = program;
    list->run.finder = finder;
    list->skips = skips;
    list->tables = calloc(program->list_rule_count + 1, sizeof *list->tables);
    list->groups = calloc(program->list_rule_count + 1, sizeof *list->groups);
    list->counts = calloc(program->list_rule_count + 1, sizeof *list->counts);
    /* Guards may hold rules of their own; those do not count, but have their places. */
    list->run.rules = ta_rule_run_new(program->rule_count);
    if (!list->tables || !list->groups || !list->counts || !list->run.rules) {
        list_drop(&list->stage);
        return NULL;
    }
    for (size_t i = 0; i < program->list_rule_count; i++) {
        list->counts[i].id = program->list_rules[i]->id;
        list->tables[i].entry_bytes =
            program->list_rules[i]->to.count ? sizeof(list_entry) : UNIQUE_ENTRY_BYTES;
    }
    return &list->stage;
}

const ta_rule_count *ta_list_check_counts(const ta_stage *list, size_t *count) {
    *count = ((const list_stage *)list)->program->list_rule_count;
    return ((const list_stage *)list)->counts;
}
