/* SPDX-License-Identifier: MIT */
/*
 * {duration: [START, END], equals|min|max: ...}: how long it is from one date to another, the
 * last day included. Dates of reduced precision hold wherever some days that they may mean do:
 * 2008 to 2011 can be P3Y, 2020-01 to 2022-12 is P3Y too, and not P5Y.
 */
#include "base/date.h"
#include "check/operate.h"

/* The days on which the time may begin, and those before which it may end. */
typedef struct stretch {
    ta_date start, end;
    const ta_node *nodes[2]; /* NULL: literals */
} stretch;

static bool read_stretch(ta_run *run, const ta_rule *rule, const ta_scene *scene, stretch *out,
                         const char **lacks) {
    for (int i = 0; i < 2; i++) {
        const ta_operand *operand = &rule->operands[i];
        ta_date *date = i ? &out->end : &out->start;
        const ta_node *node = operand->literal ? NULL : ta_operand_node(run, scene, operand);
        bool text = node && (node->kind == TA_TEXT || node->kind == TA_NUMBER);
        ta_text words = operand->literal ? (ta_text){operand->text, strlen(operand->text)}
                        : text           ? ta_node_text(run->record, node)
                                         : (ta_text){"", 0};
        out->nodes[i] = node;
        *lacks = operand->text;
        if (!ta_date_parse(words.data, words.len, date))
            return false;
    }
    *lacks = rule->subject;
    return out->start.first_day <= out->end.last_day; /* compare says the rest */
}

static bool read_duration(const ta_run *run, const ta_scene *scene, const ta_operand *operand,
                          ta_duration *out, const ta_node **node) {
    *node = operand->literal ? NULL : ta_operand_node(run, scene, operand);
    if (operand->literal)
        return ta_duration_parse(operand->text, strlen(operand->text), out);
    if (!*node || (*node)->kind != TA_TEXT)
        return false;
    ta_text text = ta_node_text(run->record, *node);
    return ta_duration_parse(text.data, text.len, out);
}

/* How far off the stretch is: days too short (negative) or too long; 0: it may be right. */
static int64_t measure_gap(const stretch *s, ta_duration wanted) {
    int64_t soonest = ta_day_add(s->start.first_day, wanted) - 1;
    int64_t latest = ta_day_add(s->start.last_day, wanted) - 1;
    if (soonest > s->end.last_day)
        return s->end.last_day - soonest;
    return latest < s->end.first_day ? s->end.first_day - latest : 0;
}

static void say_stretch(ta_run *run, const stretch *s, int64_t gap) {
    char text[TA_DURATION_TEXT];
    bool exact = s->start.first_day == s->start.last_day && s->end.first_day == s->end.last_day;
    int64_t from = gap < 0 ? s->start.first_day : s->start.last_day;
    int64_t to = (gap < 0 ? s->end.last_day : s->end.first_day) + 1;
    if (to < from)
        to = from;
    ta_buf_puts(&run->found, exact ? "" : gap < 0 ? "at most " : "at least ");
    ta_buf_puts(&run->found, ta_duration_print(ta_day_between(from, to), text));
}

/* What the stretch is held against. */
typedef struct period_bound {
    const char *words;
    int wrong; /* the sign of the gap that is wrong; 0: both are */
    ta_duration wanted;
    const ta_node *node; /* NULL: a literal */
} period_bound;

static ta_outcome report_duration(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                                  const stretch *s, const period_bound *bound, int64_t gap) {
    char text[TA_DURATION_TEXT];
    int64_t days = gap < 0 ? -gap : gap;
    ta_run_reset_words(run);
    say_stretch(run, s, gap);
    ta_buf_puts(&run->expected, bound->words);
    ta_buf_puts(&run->expected, ta_duration_print(bound->wanted, text));
    run->rules->difference.len = 0;
    ta_buf_printf(&run->rules->difference, "%lld day%s", (long long)days, days == 1 ? "" : "s");
    ta_pointed pointed = {.count = 0};
    ta_pointed_add(&pointed, s->nodes[0]);
    ta_pointed_add(&pointed, s->nodes[1]);
    return ta_rule_point(run, rule, bound->node ? bound->node : scene->item,
                         &(ta_finding){.code = TA_F_RULE_DURATION,
                                       .name = rule->subject,
                                       .expected = ta_buf_text(&run->expected),
                                       .found = ta_buf_text(&run->found)},
                         &pointed);
}

static ta_outcome run_duration(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    const ta_operand *operands[] = {&rule->equals, &rule->min, &rule->max};
    period_bound bounds[] = {
        {.words = ""}, {.words = "at least ", .wrong = -1}, {.words = "at most ", .wrong = 1}};
    const char *lacks;
    stretch s;
    ta_outcome outcome = TA_HELD;
    if (!read_stretch(run, rule, scene, &s, &lacks))
        return ta_rule_skip(run, lacks);
    for (int i = 0; i < 3; i++)
        if (operands[i]->given &&
            !read_duration(run, scene, operands[i], &bounds[i].wanted, &bounds[i].node))
            return ta_rule_skip(run, operands[i]->text);
    for (int i = 0; i < 3; i++) {
        int64_t gap = operands[i]->given ? measure_gap(&s, bounds[i].wanted) : 0;
        if (!gap || (bounds[i].wrong && (gap > 0) != (bounds[i].wrong > 0)))
            continue;
        outcome = TA_FAILED;
        if (run->report)
            report_duration(run, rule, scene, &s, &bounds[i], gap);
    }
    return outcome;
}

const ta_operator ta_operator_duration = {"duration", TA_WRITTEN_PAIR,
                                          TA_TAKES_EQUALS | TA_TAKES_LIMITS,
                                          "needs equals, min or max", run_duration};
