/* SPDX-License-Identifier: MIT */
/*
 * {valid: PATH, codes: LIST, at: DATE}: each code at the path was valid on some day that the
 * date may mean. That it is a code at all is x-codes' to say: what the list does not have is
 * passed over, and so is a code whose days are not known.
 */
#include "check/operate.h"
#include "codes/codes.h"

typedef struct valid_state {
    ta_run *run;
    const ta_rule *rule;
    const ta_node *at; /* NULL: a literal */
    ta_text day;       /* as written */
    ta_date date;
    uint64_t seen;
    bool failed;
} valid_state;

/* "valid from 2015-01-01", "valid until 2023-01-14, now EUR" */
static void say_days(const ta_code_item *item, ta_code_time time, ta_buf *out) {
    if (time == TA_CODE_EARLY)
        ta_buf_printf(out, "valid from %s", item->valid_from);
    else
        ta_buf_printf(out, "valid until %s", item->valid_to);
    if (time == TA_CODE_LATE && *item->successor)
        ta_buf_printf(out, ", now %s", item->successor);
}

static bool hold_valid(void *to, const ta_node *node) {
    valid_state *state = to;
    ta_run *run = state->run;
    const ta_code_item *item;
    if (node->kind != TA_TEXT || ta_value_is_missing(node))
        return true;
    state->seen++;
    ta_code_time time = ta_code_valid_at(state->rule->codes, ta_node_text(run->record, node),
                                         &state->date, &item);
    if (time == TA_CODE_VALID || time == TA_CODE_UNKNOWN)
        return true;
    state->failed = true;
    if (!ta_rule_says(run, node))
        return false;
    say_days(item, time, &run->expected);
    ta_buf_put(&run->replacement, state->day.data, state->day.len);
    ta_pointed pointed = {.nodes = {state->at}, .count = state->at != NULL};
    ta_rule_point(run, state->rule, node,
                  &(ta_finding){.code = TA_F_RULE_VALID,
                                .name = state->rule->subject,
                                .expected = ta_buf_text(&run->expected),
                                .found = ta_buf_text(&run->found),
                                .replacement = ta_buf_text(&run->replacement)},
                  &pointed);
    return true;
}

static bool read_day(const ta_run *run, const ta_scene *scene, valid_state *state) {
    const ta_operand *at = &state->rule->at;
    state->at = at->literal ? NULL : ta_operand_node(run, scene, at);
    if (at->literal)
        state->day = (ta_text){at->text, strlen(at->text)};
    else if (state->at && (state->at->kind == TA_TEXT || state->at->kind == TA_NUMBER))
        state->day = ta_node_text(run->record, state->at);
    return ta_date_parse(state->day.data, state->day.len, &state->date);
}

static ta_outcome run_valid(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    valid_state state = {.run = run, .rule = rule, .day = {"", 0}};
    if (!read_day(run, scene, &state))
        return ta_rule_skip(run, rule->at.text);
    ta_operand_each(run, rule, scene, &rule->operands[0], hold_valid, &state);
    if (!state.seen)
        return ta_rule_skip(run, rule->subject);
    return state.failed ? TA_FAILED : TA_HELD;
}

const ta_operator ta_operator_valid = {
    "valid", TA_WRITTEN_PATH, TA_TAKES_CODES | TA_TAKES_WHERE, "needs codes and at", run_valid};
