/* SPDX-License-Identifier: MIT */
/*
 * {compare: [A, "<=", B], as: date|number|text}: two values in order. Without `as` two numbers
 * are compared by value (a decimal in text is one), anything else as text, character by
 * character. Dates are compared as far as they are written: a comparison fails only if no two
 * days or moments that they may mean would hold.
 */
#include "base/date.h"
#include "check/operate.h"
#include "schema/words.h"

/* One side of the comparison. */
typedef struct side {
    const ta_node *node; /* NULL: a literal */
    ta_text text;
    ta_decimal number;
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

static int compare_text(ta_text a, ta_text b) {
    int sign = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
    return sign ? sign : (a.len > b.len) - (a.len < b.len);
}

/* Whether some pair of what the dates may mean keeps the order. */
static bool is_date_kept(ta_relation relation, const ta_date *a, const ta_date *b) {
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

/* False: it is missing, or no scalar. */
static bool read_side(const ta_run *run, const ta_scene *scene, const ta_operand *operand,
                      side *out) {
    out->node = operand->literal ? NULL : ta_operand_node(run, scene, operand);
    if (operand->literal)
        out->text = (ta_text){operand->text, strlen(operand->text)};
    else if (!out->node || out->node->kind >= TA_ARRAY)
        return false;
    else if (out->node->kind == TA_NUMBER || out->node->kind == TA_TEXT)
        out->text = ta_node_text(run->record, out->node);
    else
        out->text = out->node->kind == TA_TRUE ? (ta_text){"true", 4} : (ta_text){"false", 5};
    return true;
}

static ta_operand_state read_side_number(const ta_run *run, const ta_operand *operand,
                                         side *out) {
    out->number = operand->value;
    return operand->literal ? TA_OPERAND_READ
                            : ta_operand_read(run->record, out->node, &out->number);
}

static void say_side(const ta_run *run, const side *s, ta_buf *out) {
    if (s->node)
        ta_say_value(run->record, s->node, out);
    else
        ta_buf_put(out, s->text.data, s->text.len);
}

/* The numbers' difference, or that of two whole days. */
static void say_difference(ta_run *run, ta_as as, const side *a, const side *b) {
    char text[TA_DECIMAL_TEXT];
    ta_decimal minus = ta_decimal_negate(b->number), difference;
    ta_buf *out = &run->rules->difference;
    out->len = 0;
    if (as == TA_AS_NUMBER && ta_decimal_add(&a->number, &minus, &difference) &&
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
    const char *const *words = as == TA_AS_DATE ? date_words : order_words;
    ta_run_reset_words(run);
    say_side(run, a, &run->found);
    ta_buf_puts(&run->expected, words[rule->relation]);
    say_side(run, b, &run->expected);
    if (b->node)
        ta_buf_printf(&run->expected, " (%s)", rule->operands[1].text);
    say_difference(run, as, a, b);
    const ta_node *at = a->node ? a->node : b->node;
    ta_pointed pointed = {.count = 0};
    if (b->node != at)
        ta_pointed_add(&pointed, b->node);
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
    if (is_date_kept(rule->relation, &sides[0].date, &sides[1].date))
        return TA_HELD;
    return run->report ? report_order(run, rule, scene, sides, TA_AS_DATE) : TA_FAILED;
}

static ta_outcome hold_numbers(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                               const side sides[2]) {
    const side *a = &sides[0], *b = &sides[1];
    ta_decimal minus = ta_decimal_negate(b->number), difference;
    if (is_order_kept(rule->relation, ta_decimal_compare(&a->number, &b->number)) ||
        (ta_decimal_add(&a->number, &minus, &difference) &&
         ta_rule_tolerates(rule, difference, b->number)))
        return TA_HELD;
    return run->report ? report_order(run, rule, scene, sides, TA_AS_NUMBER) : TA_FAILED;
}

static ta_outcome run_compare(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    side sides[2] = {{0}};
    int numbers = 0;
    for (int i = 0; i < 2; i++)
        if (!read_side(run, scene, &rule->operands[i], &sides[i]))
            return ta_rule_skip(run, rule->operands[i].text);
    if (rule->as == TA_AS_DATE)
        return hold_dates(run, rule, scene, sides);
    for (int i = 0; i < 2 && rule->as != TA_AS_TEXT; i++) {
        ta_operand_state state = read_side_number(run, &rule->operands[i], &sides[i]);
        if (state == TA_OPERAND_LONG)
            return ta_rule_too_long(run, rule, sides[i].node, "number");
        if (state == TA_OPERAND_MISSING && rule->as == TA_AS_NUMBER)
            return ta_rule_skip(run, rule->operands[i].text);
        numbers += state == TA_OPERAND_READ;
    }
    if (numbers == 2)
        return hold_numbers(run, rule, scene, sides);
    if (is_order_kept(rule->relation, compare_text(sides[0].text, sides[1].text)))
        return TA_HELD;
    return run->report ? report_order(run, rule, scene, sides, TA_AS_TEXT) : TA_FAILED;
}

const ta_operator ta_operator_compare = {"compare", TA_WRITTEN_RELATION,
                                         TA_TAKES_AS | TA_TAKES_TOLERANCE, NULL, run_compare};
