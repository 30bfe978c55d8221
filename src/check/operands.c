/* SPDX-License-Identifier: MIT */
/* What stands behind an operator's name: a path, several, or operands with a relation. */
#include "base/date.h"
#include "check/fields.h"
#include "check/operate.h"

static const char *const relation_texts[] = {"<", "<=", "=", ">=", ">"};

enum { RELATION_COUNT = sizeof relation_texts / sizeof *relation_texts };

static bool refuse_operand(ta_compile *c, const ta_node *value, const char *name,
                           unsigned how) {
    const char *words = how & TA_LITERAL_NUMBER     ? "must be a path or a number"
                        : how & TA_LITERAL_DURATION ? "must be a path or a duration such as P3Y"
                        : how & TA_LITERAL_DATE     ? "must be a path or a date"
                                                    : "must be a path, such as "
                                                      "partners.*.country";
    return ta_rule_fault(c, value, TA_PART_VALUE, name, words);
}

/* Whether a text is a literal of one of these kinds; *too_long: a number beyond 38 digits. */
static bool read_literal(ta_text text, unsigned how, ta_operand *out, bool *too_long) {
    ta_date date;
    ta_duration duration;
    *too_long = false;
    if (how & TA_LITERAL_NUMBER && ta_number_is(text.data, text.len)) {
        *too_long = !ta_decimal_parse(text.data, text.len, &out->value);
        return true;
    }
    return (how & TA_LITERAL_DATE && ta_date_parse(text.data, text.len, &date)) ||
           (how & TA_LITERAL_DURATION && ta_duration_parse(text.data, text.len, &duration));
}

static bool has_star(const ta_path *path) {
    for (uint32_t i = 0; i < path->count; i++)
        if (path->steps[i].kind == TA_STEP_ALL)
            return true;
    return false;
}

bool ta_rule_read_operand(ta_compile *c, const ta_node *value, const char *name, unsigned how,
                          ta_operand *out) {
    bool is_text = value->kind == TA_TEXT, too_long;
    size_t bad = 0;
    if (!is_text && value->kind != TA_NUMBER)
        return refuse_operand(c, value, name, how);
    ta_text text = ta_node_text(c->record, value);
    out->given = true;
    out->text = ta_compile_copy(c, text);
    out->literal = read_literal(text, how, out, &too_long);
    if (out->literal)
        return !too_long ||
               ta_rule_fault(c, value, TA_PART_VALUE, name, "has more than 38 digits");
    bool botched = how & TA_LITERAL_DURATION && text.len > 1 && text.data[0] == 'P' &&
                   text.data[1] >= '0' && text.data[1] <= '9';
    if (!is_text || !text.len || botched ||
        !ta_path_parse(c->arena, c->loader->keys, text, '.', &out->path, &bad)) {
        c->nomem = c->nomem || (is_text && text.len && !botched && bad == SIZE_MAX);
        return refuse_operand(c, value, name, how);
    }
    return !(how & TA_SINGLE) || !has_star(&out->path) ||
           ta_rule_fault(c, value, TA_PART_VALUE, name,
                         "leads to many values: `each` goes through them one by one");
}

static bool read_relation(ta_compile *c, ta_rule *rule, const ta_node *value) {
    for (int i = 0; i < RELATION_COUNT; i++)
        if (ta_node_says(c->record, value, relation_texts[i])) {
            rule->relation = (ta_relation)i;
            return true;
        }
    return ta_rule_fault(c, value, TA_PART_VALUE, rule->op->name,
                         "has one of < <= = >= > in the middle");
}

/* The operands of a list; in a relation the middle one is none. */
static bool read_list(ta_compile *c, ta_rule *rule, const ta_node *value, unsigned how) {
    bool relation = rule->op->form == TA_WRITTEN_RELATION;
    uint32_t place = 0;
    for (const ta_node *n = ta_node_first(value); n < ta_node_end(value);
         n = ta_node_next(n), place++) {
        bool ok = relation && place == 1
                      ? read_relation(c, rule, n)
                      : ta_rule_read_operand(c, n, rule->op->name, how,
                                             &rule->operands[rule->operand_count++]);
        if (!ok)
            return false;
    }
    return true;
}

/* What is between the operands when they are told. */
static const char *separator_of(const ta_rule *rule) {
    static const char *const words[] = {" < ", " <= ", " = ", " >= ", " > "};
    return rule->op->form == TA_WRITTEN_FACTORS    ? " x "
           : rule->op->form == TA_WRITTEN_PAIR     ? " to "
           : rule->op->form == TA_WRITTEN_RELATION ? words[rule->relation]
                                                   : ", ";
}

static bool make_subject(ta_compile *c, ta_rule *rule) {
    ta_buf words = {0};
    for (uint32_t i = 0; i < rule->operand_count; i++) {
        ta_buf_puts(&words, i ? separator_of(rule) : "");
        ta_buf_puts(&words, rule->operands[i].text ? rule->operands[i].text : "");
    }
    rule->subject = ta_compile_copy(c, (ta_text){ta_buf_text(&words), words.len});
    c->nomem = c->nomem || words.failed;
    ta_buf_fini(&words);
    return rule->subject != NULL;
}

/* What an operator of this form wants, in words; NULL: the value is so. */
static const char *form_fault(const ta_rule *rule, const ta_node *value) {
    bool list = value->kind == TA_ARRAY;
    switch (rule->op->form) {
    case TA_WRITTEN_PATH:
        return list ? "must be a path, such as partners.*.country" : NULL;
    case TA_WRITTEN_PATHS:
        return list && !value->count ? "must be a path, or a list of paths" : NULL;
    case TA_WRITTEN_FACTORS:
        return list && value->count ? NULL : "must be a list of numbers and paths";
    case TA_WRITTEN_PAIR:
        return list && value->count == 2 ? NULL : "must be a list of two: from and to";
    case TA_WRITTEN_RELATION:
        return list && value->count == 3 ? NULL : "must be a list of three: [a, \"<=\", b]";
    }
    return NULL;
}

bool ta_rule_read_value(ta_compile *c, ta_rule *rule, const ta_node *value) {
    unsigned numbers = rule->as == TA_AS_DATE ? TA_LITERAL_DATE : TA_LITERAL_NUMBER;
    unsigned how = rule->op->form == TA_WRITTEN_FACTORS    ? TA_LITERAL_NUMBER | TA_SINGLE
                   : rule->op->form == TA_WRITTEN_RELATION ? numbers | TA_SINGLE
                   : rule->op->form == TA_WRITTEN_PAIR     ? TA_LITERAL_DATE | TA_SINGLE
                                                           : 0;
    const char *fault = form_fault(rule, value);
    if (fault)
        return ta_rule_fault(c, value, TA_PART_VALUE, rule->op->name, fault);
    bool list = value->kind == TA_ARRAY;
    rule->operands = ta_compile_alloc(c, (list ? value->count : 1) * sizeof *rule->operands);
    if (!rule->operands)
        return false;
    bool ok = list ? read_list(c, rule, value, how)
                   : ta_rule_read_operand(c, value, rule->op->name, how,
                                          &rule->operands[rule->operand_count++]);
    return ok && make_subject(c, rule);
}
