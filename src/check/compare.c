/* SPDX-License-Identifier: MIT */
/*
 * {compare: [A, "<=", B], as: date|number|text}: two values in order. Without `as` two numbers
 * are compared by value (a decimal in text is one), anything else as text, character by
 * character. Dates are compared as far as they are written: a comparison fails only if no two
 * days or moments that they may mean would hold.
 */
#include "base/date.h"
#include "check/measure.h"
#include "record/screen.h"
#include "schema/words.h"

/* One side of the comparison. */
typedef struct side {
    ta_value at;
    ta_text text;
    ta_range number;
    ta_date date;
} side;

/* How B is told after "expected", by the relation. */
static const char *const order_words[] = {"less than ", "at most ", "", "at least ",
                                          "more than "};
static const char *const date_words[] = {"before ", "not after ", "", "not before ", "after "};

static bool is_order_kept(ta_relation relation, int sign) {
    switch (relation) {
    case TA_LESS:
        return sign < 0;
    case TA_LESS_EQUAL:
        return sign <= 0;
    case TA_EQUAL:
        return !sign;
    case TA_GREATER_EQUAL:
        return sign >= 0;
    case TA_GREATER:
        return sign > 0;
    }
    return false;
}

/* Whether numbers are certainly in the wrong order, and how far off they are (if they are not
 * too long for that). */
static bool is_number_wrong(ta_relation relation, const ta_range *a, const ta_range *b,
                            ta_decimal *off, bool *known) {
    bool above = relation <= TA_EQUAL && ta_range_is_above(a, b, relation == TA_LESS);
    bool below = relation >= TA_EQUAL && ta_range_is_above(b, a, relation == TA_GREATER);
    ta_decimal minus = ta_decimal_negate(above ? b->high : b->low);
    *known = (above || below) && ta_decimal_add(above ? &a->low : &a->high, &minus, off);
    return above || below;
}

static int compare_text(ta_text a, ta_text b) {
    int sign = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
    return sign ? sign : (a.len > b.len) - (a.len < b.len);
}

const char *ta_date_words(ta_relation relation) {
    return date_words[relation];
}

bool ta_date_is_kept(ta_relation relation, const ta_date *a, const ta_date *b) {
    bool days = a->whole_days || b->whole_days;
    int64_t a_first = days ? a->first_day : a->first_moment;
    int64_t a_last = days ? a->last_day : a->last_moment;
    int64_t b_first = days ? b->first_day : b->first_moment;
    int64_t b_last = days ? b->last_day : b->last_moment;
    switch (relation) {
    case TA_LESS:
        return a_first < b_last;
    case TA_LESS_EQUAL:
        return a_first <= b_last;
    case TA_EQUAL:
        return a_first <= b_last && b_first <= a_last;
    case TA_GREATER_EQUAL:
        return a_last >= b_first;
    case TA_GREATER:
        return a_last > b_first;
    }
    return false;
}

static ta_text text_of_node(const ta_run *run, const ta_node *node) {
    if (node->kind == TA_NUMBER || node->kind == TA_TEXT)
        return ta_node_text(run->record, node);
    return node->kind == TA_TRUE ? (ta_text){"true", 4} : (ta_text){"false", 5};
}

/* False: it is missing, a list, or an object that is no quantity. */
static bool read_side(const ta_run *run, const ta_scene *scene, const ta_operand *operand,
                      side *out) {
    if (!ta_operand_find(run, scene, operand, &out->at))
        return false;
    const ta_node *node = out->at.node;
    if (out->at.cell)
        out->text = (ta_text){out->at.cell->text, out->at.cell->len};
    else if (!node)
        out->text = (ta_text){operand->text, strlen(operand->text)};
    else if (node->kind < TA_ARRAY)
        out->text = text_of_node(run, node);
    else
        return node->kind == TA_OBJECT;
    return true;
}

static bool is_quantity(const side *s) {
    return s->at.node && s->at.node->kind == TA_OBJECT;
}

static void say_side(const ta_run *run, const side *s, ta_buf *out) {
    if (is_quantity(s) && !ta_screen_covers(run->record, s->at.node))
        ta_range_say(&s->number, out);
    else if (s->at.node)
        ta_say_value(run->record, s->at.node, out);
    else if (s->at.cell)
        ta_cell_say(s->at.cell, out);
    else
        ta_buf_put(out, s->text.data, s->text.len);
}

/* B, as A should be to it; of a vague number the end that was passed. */
static void say_expected(const ta_run *run, ta_relation relation, ta_as as, const side *b,
                         ta_buf *out) {
    bool vague = is_quantity(b) && relation != TA_EQUAL;
    if (vague && !ta_screen_covers(run->record, b->at.node)) {
        ta_range_say_end(&b->number, relation < TA_EQUAL,
                         relation == TA_LESS || relation == TA_GREATER, out);
    } else {
        ta_buf_puts(out, as == TA_AS_DATE ? date_words[relation] : order_words[relation]);
        say_side(run, b, out);
    }
}

/* The numbers' difference, or that of two whole days. */
static void say_difference(ta_run *run, const ta_rule *rule, ta_as as, const side *a,
                           const side *b) {
    char text[TA_DECIMAL_TEXT];
    ta_decimal difference;
    bool known;
    ta_buf *out = &run->rules->difference;
    out->len = 0;
    if (as == TA_AS_NUMBER &&
        is_number_wrong(rule->relation, &a->number, &b->number, &difference, &known) && known &&
        difference.digits) {
        difference.negative = false;
        ta_buf_puts(out, ta_decimal_print(&difference, text));
    } else if (as == TA_AS_DATE && a->date.first_day == a->date.last_day &&
               b->date.first_day == b->date.last_day &&
               a->date.first_day != b->date.first_day) {
        int64_t days = a->date.first_day - b->date.first_day;
        ta_buf_printf(out, "%lld day%s", (long long)(days < 0 ? -days : days),
                      days == 1 || days == -1 ? "" : "s");
    }
}

static ta_outcome report_order(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                               const side sides[2], ta_as as) {
    const side *a = &sides[0], *b = &sides[1];
    ta_run_reset_words(run);
    say_side(run, a, &run->found);
    say_expected(run, rule->relation, as, b, &run->expected);
    if (b->at.node || b->at.cell)
        ta_buf_printf(&run->expected, " (%s)", rule->operands[1].text);
    say_difference(run, rule, as, a, b);
    const ta_node *at = a->at.node ? a->at.node : b->at.node;
    ta_pointed pointed = {.cell = a->at.cell ? a->at.cell : b->at.cell};
    if (b->at.node != at)
        ta_pointed_add(&pointed, b->at.node);
    return ta_rule_point(run, rule, at ? at : scene->item,
                         &(ta_finding){.code = TA_F_RULE_COMPARE,
                                       .name = rule->operands[0].text,
                                       .expected = ta_buf_text(&run->expected),
                                       .found = ta_buf_text(&run->found)},
                         &pointed);
}

static ta_outcome hold_dates(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                             side sides[2]) {
    for (int i = 0; i < 2; i++)
        if (!ta_date_parse(sides[i].text.data, sides[i].text.len, &sides[i].date))
            return ta_rule_skip(run, rule->operands[i].text);
    if (ta_date_is_kept(rule->relation, &sides[0].date, &sides[1].date))
        return TA_HELD;
    return run->report ? report_order(run, rule, scene, sides, TA_AS_DATE) : TA_FAILED;
}

static ta_outcome hold_numbers(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                               const side sides[2]) {
    const side *a = &sides[0], *b = &sides[1];
    ta_decimal off;
    bool known;
    if (!is_number_wrong(rule->relation, &a->number, &b->number, &off, &known) ||
        (known &&
         ta_rule_tolerates(rule, off, b->number.no_high ? b->number.low : b->number.high)))
        return TA_HELD;
    return run->report ? report_order(run, rule, scene, sides, TA_AS_NUMBER) : TA_FAILED;
}

static ta_outcome hold_texts(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                             const side sides[2]) {
    if (is_order_kept(rule->relation, compare_text(sides[0].text, sides[1].text)))
        return TA_HELD;
    return run->report ? report_order(run, rule, scene, sides, TA_AS_TEXT) : TA_FAILED;
}

static ta_outcome run_compare(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    side sides[2];
    int numbers = 0;
    for (int i = 0; i < 2; i++)
        if (!read_side(run, scene, &rule->operands[i], &sides[i]))
            return ta_rule_skip(run, rule->operands[i].text);
    for (int i = 0; i < 2 && rule->as < TA_AS_TEXT; i++) {
        const ta_node *node = sides[i].at.node;
        ta_operand_state state =
            ta_operand_range(run, scene, &rule->operands[i], &sides[i].number, &sides[i].at);
        if (state == TA_OPERAND_LONG)
            return ta_rule_too_long(run, rule, node ? node : scene->item, "number");
        if (state == TA_OPERAND_MISSING && rule->as == TA_AS_NUMBER)
            return ta_rule_skip(run, rule->operands[i].text);
        numbers += state == TA_OPERAND_READ;
    }
    if (numbers == 2)
        return hold_numbers(run, rule, scene, sides);
    for (int i = 0; i < 2; i++)
        if (is_quantity(&sides[i]))
            return ta_rule_skip(run, rule->operands[i].text);
    return rule->as == TA_AS_DATE ? hold_dates(run, rule, scene, sides)
                                  : hold_texts(run, rule, scene, sides);
}

const ta_operator ta_operator_compare = {"compare", TA_WRITTEN_RELATION,
                                         TA_TAKES_AS | TA_TAKES_TOLERANCE | TA_TAKES_JOIN, NULL,
                                         run_compare};
