/* SPDX-License-Identifier: MIT */
/*
 * The rules over the list (over: list): an ORDERED stage, since it must see all records. For
 * each rule a hash table of the keys met: 128 bits of hash, seeded per run, and where the first
 * was; 56 bytes a key, whatever its length.
 */
#include <stdlib.h>

#include "base/hash.h"
#include "check/rule.h"

typedef struct list_entry {
    uint64_t hash, check;
    uint64_t record_no; /* + 1; 0: free */
    ta_span span;
    ta_where from;
} list_entry;

typedef struct list_table {
    list_entry *slots;
    size_t count, slot_count;
} list_table;

typedef struct list_stage {
    ta_stage stage;
    const ta_program *program;
    ta_run run;
    ta_rule_count *counts;
    list_table *tables; /* by the rule's index */
    const char *file;
} list_stage;

static list_entry *find_list_slot(const list_table *table, uint64_t hash, uint64_t check) {
    size_t at = (size_t)hash & (table->slot_count - 1);
    while (table->slots[at].record_no &&
           (table->slots[at].hash != hash || table->slots[at].check != check))
        at = (at + 1) & (table->slot_count - 1);
    return &table->slots[at];
}

static bool grow_list_table(list_table *table) {
    list_table grown = {NULL, table->count, table->slot_count ? table->slot_count * 2 : 256};
    if (table->slot_count && (table->count + 1) * 3 <= table->slot_count * 2)
        return true;
    grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < table->slot_count; i++)
        if (table->slots[i].record_no)
            *find_list_slot(&grown, table->slots[i].hash, table->slots[i].check) =
                table->slots[i];
    free(table->slots);
    *table = grown;
    return true;
}

/* Keys are unique within one file: the tables start afresh. */
static ta_status list_begin(ta_stage *stage, const ta_head *head) {
    list_stage *list = (list_stage *)stage;
    for (size_t i = 0; i < list->program->list_rule_count; i++) {
        free(list->tables[i].slots);
        list->tables[i] = (list_table){NULL, 0, 0};
    }
    list->file = head->file;
    return ta_stage_begin(stage->next, head);
}

static void report_list_twin(list_stage *list, const ta_rule *rule, const ta_node *at,
                             const list_entry *first) {
    ta_run *run = &list->run;
    ta_run_reset_words(run);
    ta_rule_say_key(run, rule, run->record->nodes);
    ta_related related = {
        {.file = list->file, .span = first->span, .from = first->from, .to = first->from},
        "the first one"};
    ta_rule_fail(run, rule, at,
                 &(ta_finding){.code = TA_F_RULE_UNIQUE,
                               .name = "the list",
                               .found = ta_buf_text(&run->found),
                               .related = &related,
                               .related_count = 1});
}

static ta_outcome run_list_rule(list_stage *list, const ta_rule *rule) {
    ta_run *run = &list->run;
    const ta_node *at;
    if (!ta_rule_key(run, rule, run->record->nodes, &at))
        return TA_SKIPPED;
    list_table *table = &list->tables[rule->index];
    if (run->key.failed || !grow_list_table(table)) {
        run->nomem = true;
        return TA_SKIPPED;
    }
    uint64_t hash = ta_hash(run->key.data, run->key.len);
    uint64_t check = ta_hash_more(hash | 1, run->key.data, run->key.len);
    list_entry *slot = find_list_slot(table, hash, check);
    if (slot->record_no) {
        report_list_twin(list, rule, at, slot);
        return TA_FAILED;
    }
    ta_place place = ta_place_of(run->record, at, TA_PART_VALUE);
    *slot = (list_entry){hash, check, run->record->number + 1, place.span, place.from};
    table->count++;
    return TA_HELD;
}

static ta_status list_put(ta_stage *stage, ta_record *record) {
    list_stage *list = (list_stage *)stage;
    const ta_program *program = list->program;
    list->run.record = record;
    list->run.report = true;
    for (size_t i = 0; i < program->list_rule_count; i++) {
        const ta_rule *rule = program->list_rules[i];
        if ((rule->guard && !ta_plan_matches(&list->run, rule->guard, record->nodes)) ||
            (rule->where && !ta_plan_matches(&list->run, rule->where, record->nodes)))
            continue;
        ta_outcome outcome = run_list_rule(list, rule);
        list->counts[i].run += outcome != TA_SKIPPED;
        list->counts[i].failed += outcome == TA_FAILED;
        list->counts[i].skipped += outcome == TA_SKIPPED;
    }
    if (ta_run_is_short(&list->run))
        return TA_ERR_NOMEM;
    return ta_stage_put(stage->next, record);
}

static ta_status list_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void list_drop(ta_stage *stage) {
    list_stage *list = (list_stage *)stage;
    for (size_t i = 0; list->tables && i < list->program->list_rule_count; i++)
        free(list->tables[i].slots);
    ta_run_fini(&list->run);
    free(list->tables);
    free(list->counts);
    free(list);
}

static const ta_stage_ops list_ops = {"list",   TA_SCOPE_ORDERED, list_begin,
                                      list_put, list_end,         list_drop};

bool ta_list_check_is_needed(const ta_program *program) {
    return program->list_rule_count > 0;
}

ta_stage *ta_list_check_new(const ta_program *program, ta_finder *finder) {
    list_stage *list = calloc(1, sizeof *list);
    if (!list)
        return NULL;
    list->stage.ops = &list_ops;
    list->program = program;
    list->run.finder = finder;
    list->tables = calloc(program->list_rule_count + 1, sizeof *list->tables);
    list->counts = calloc(program->list_rule_count + 1, sizeof *list->counts);
    /* Guards may hold rules of their own; those do not count, but have their places. */
    list->run.tallies = calloc(program->rule_count + 1, sizeof *list->run.tallies);
    if (!list->tables || !list->counts || !list->run.tallies) {
        list_drop(&list->stage);
        return NULL;
    }
    for (size_t i = 0; i < program->list_rule_count; i++)
        list->counts[i].id = program->list_rules[i]->id;
    return &list->stage;
}

const ta_rule_count *ta_list_check_counts(const ta_stage *list, size_t *count) {
    *count = ((const list_stage *)list)->program->list_rule_count;
    return ((const list_stage *)list)->counts;
}
