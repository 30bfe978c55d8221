/* SPDX-License-Identifier: MIT */
#include "check/group.h"

#include "check/measure.h"
#include "record/screen.h"

enum { SPOTS_MAX = 8 }; /* values of a group that a finding points at */

typedef struct group {
    ta_mark mark;
    ta_range sum;
    uint64_t count;   /* of values */
    uint64_t missing; /* of values */
    const char *key;  /* in words */
    ta_spot first;    /* the record that opened it */
    ta_spot spots[SPOTS_MAX];
    bool personal, too_long;
} group;

/* While a record is added to its group. */
typedef struct group_state {
    ta_grouping *groups;
    ta_run *run;
    const ta_rule *rule;
    group *group;
} group_state;

/* How an operator measures a group. */
typedef struct group_way {
    const ta_operator *op;
    ta_code code;
    const char *label; /* of the values that were measured */
    ta_path_fn *add;
} group_way;

static void count_value(group_state *state, const ta_node *node) {
    group *g = state->group;
    if (g->count < SPOTS_MAX)
        g->spots[g->count] = ta_spot_of(state->run->record, node);
    g->count++;
    g->personal = g->personal || ta_screen_covers(state->run->record, node);
}

static bool add_to_sum(void *to, const ta_node *node) {
    group_state *state = to;
    group *g = state->group;
    ta_range value;
    ta_operand_state read = ta_range_read(state->run->record, node, &value);
    if (read == TA_OPERAND_MISSING) {
        g->missing++;
        return true;
    }
    if (read == TA_OPERAND_LONG || !ta_range_add(&g->sum, &value, &g->sum)) {
        ta_rule_too_long(state->run, state->rule, node,
                         read == TA_OPERAND_LONG ? "number" : "sum");
        g->too_long = true;
        return false;
    }
    count_value(state, node);
    return true;
}

static bool add_to_count(void *to, const ta_node *node) {
    if (!ta_value_is_missing(node))
        count_value(to, node);
    return true;
}

static bool add_to_distinct(void *to, const ta_node *node) {
    group_state *state = to;
    ta_run *run = state->run;
    bool is_new;
    if (ta_value_is_missing(node)) {
        state->group->missing++;
        return true;
    }
    run->key.len = 0;
    ta_buf_put(&run->key, &state->group->mark, sizeof state->group->mark);
    ta_key_put(run->record, node, &run->key);
    ta_mark mark = ta_mark_of(ta_buf_text(&run->key), run->key.len);
    run->nomem = run->nomem || !ta_marks_enter(&state->groups->values, mark, &is_new);
    if (!run->nomem && is_new)
        count_value(state, node);
    return !run->nomem;
}

static const group_way ways[] = {
    {&ta_operator_sum, TA_F_RULE_SUM, "added", add_to_sum},
    {&ta_operator_count, TA_F_RULE_COUNT, "counted", add_to_count},
    {&ta_operator_distinct, TA_F_RULE_DISTINCT, "one of them", add_to_distinct}};

static const group_way *find_way(const ta_rule *rule) {
    const group_way *way = ways;
    while (way->op != rule->op)
        way++;
    return way;
}

void ta_grouping_begin(ta_grouping *groups) {
    ta_grouping_fini(groups);
    groups->groups.entry_bytes = sizeof(group);
    groups->values.entry_bytes = sizeof(ta_mark);
}

void ta_grouping_fini(ta_grouping *groups) {
    ta_marks_fini(&groups->groups);
    ta_marks_fini(&groups->values);
    ta_arena_fini(&groups->words);
    ta_buf_fini(&groups->subject);
}

/* The mark of the record's key: that of the other file's keys where there is one. */
static ta_mark mark_record(ta_run *run, const ta_rule *rule, const ta_node **at,
                           const char **lacks) {
    const ta_node *root = run->record->nodes;
    ta_mark mark = ta_item_mark(run, &rule->by, root, at, lacks);
    if (!rule->elsewhere || *lacks)
        return mark;
    run->key.len = 0;
    ta_key_put_loose(run->record, *at, &run->key);
    return ta_mark_of(ta_buf_text(&run->key), run->key.len);
}

static bool open_group(ta_grouping *groups, ta_run *run, const ta_rule *rule, const ta_node *at,
                       group *g) {
    run->name.len = 0;
    ta_item_say(run, &rule->by, run->record->nodes, &run->name);
    g->key = ta_arena_copy(&groups->words, ta_buf_text(&run->name), run->name.len);
    g->first = ta_spot_of(run->record, at);
    return g->key && !run->name.failed;
}

ta_outcome ta_grouping_put(ta_grouping *groups, ta_run *run, const ta_rule *rule) {
    const ta_node *root = run->record->nodes, *at;
    const char *lacks;
    bool is_new;
    ta_mark mark = mark_record(run, rule, &at, &lacks);
    if (lacks)
        return ta_rule_skip(run, lacks);
    group *g = run->key.failed ? NULL : ta_marks_enter(&groups->groups, mark, &is_new);
    if (!g || (is_new && !open_group(groups, run, rule, at, g))) {
        run->nomem = true;
        return TA_SKIPPED;
    }
    group_state state = {groups, run, rule, g};
    ta_scene scene = {root, root, NULL};
    for (uint32_t i = 0; i < rule->operand_count && !g->too_long; i++)
        g->missing +=
            ta_operand_each(run, rule, &scene, &rule->operands[i], find_way(rule)->add, &state);
    return TA_HELD;
}

/* "*.amount (projectID 42)" */
static const char *say_subject(ta_buf *out, const ta_rule *rule, const char *key) {
    out->len = 0;
    ta_buf_printf(out, "%s (", rule->subject);
    for (uint32_t i = 0; i < rule->by.count; i++)
        ta_buf_printf(out, "%s%s", i ? ", " : "", rule->by.items[i].text);
    ta_buf_printf(out, " %s)", key);
    return ta_buf_text(out);
}

static ta_outcome hold_group(ta_grouping *groups, ta_run *run, const ta_rule *rule,
                             const group *g, ta_place place, const ta_row *row) {
    const group_way *way = find_way(rule);
    bool counts = rule->op == &ta_operator_count;
    if (g->too_long)
        return TA_FAILED;
    if ((!g->count && !counts) || (rule->complete && g->missing))
        return ta_rule_skip(run, rule->subject);
    ta_scene scene = {NULL, NULL, row};
    ta_measure measure = {.value = g->sum, .code = way->code};
    if (rule->op != &ta_operator_sum)
        measure.value = ta_range_of((ta_decimal){.digits = g->count});
    measure.subject = say_subject(&groups->subject, rule, g->key);
    measure.pointed.label = way->label;
    measure.pointed.spots = g->spots;
    measure.pointed.count = g->count < SPOTS_MAX ? (size_t)g->count : SPOTS_MAX;
    measure.pointed.file = place.file;
    measure.pointed.personal = g->personal;
    run->rules->place = &place;
    ta_outcome outcome = ta_measure_hold(run, rule, &scene, &measure);
    run->nomem = run->nomem || groups->subject.failed;
    run->rules->place = NULL;
    return outcome;
}

/* count: the records of the other file that nothing here refers to. */
static void hold_others(ta_grouping *groups, ta_run *run, const ta_rule *rule,
                        ta_tally *tally) {
    const ta_elsewhere *table = rule->elsewhere;
    for (size_t i = 0; i < table->marks.count && !run->nomem; i++) {
        const ta_row *row = ta_marks_at(&table->marks, i);
        const group none = {.key = row->cells[0].text ? row->cells[0].text : ""};
        if (!ta_marks_find(&groups->groups, row->mark))
            ta_tally_add(run, tally,
                         hold_group(groups, run, rule, &none,
                                    ta_spot_place(row->cells[0].spot, table->file), row));
    }
}

void ta_grouping_end(ta_grouping *groups, ta_run *run, const ta_rule *rule, const char *file,
                     ta_tally *tally) {
    run->report = true;
    for (size_t i = 0; i < groups->groups.count && !run->nomem; i++) {
        const group *g = ta_marks_at(&groups->groups, i);
        const ta_row *row = rule->elsewhere ? ta_elsewhere_row(rule->elsewhere, g->mark) : NULL;
        ta_tally_add(run, tally,
                     hold_group(groups, run, rule, g, ta_spot_place(g->first, file), row));
    }
    if (rule->elsewhere && rule->op == &ta_operator_count)
        hold_others(groups, run, rule, tally);
}
