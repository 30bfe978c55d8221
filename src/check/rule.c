/* SPDX-License-Identifier: MIT */
/* From a rule as it is written to a ta_rule: a table of fields, each with a function that reads
 * its value. */
#include "check/rule.h"

#include <stdlib.h>

#include "check/words.h"
#include "codes/nearest.h"

static const ta_operator *const operators[] = {
#define TA_OPERATOR(name) &ta_operator_##name,
#include "check/operators.def"
#undef TA_OPERATOR
};

/* What docs and other versions have, and this one has not: refused, never skipped in silence.
 */
static const char *const unknown_yet[] = {
    "product", "distinct", "ref",    "in", "depends",    "from",      "to",       "compare",
    "as",      "duration", "prefix", "of", "atLeastOne", "allOrNone", "onlyOneOf"};

bool ta_rule_fault(ta_compile *c, const ta_node *node, ta_part part, const char *name,
                   const char *expected) {
    ta_find_at(c->loader->finder, c->record, node, part,
               &(ta_finding){.code = TA_F_RULE_SYNTAX, .name = name, .expected = expected});
    c->failed = true;
    return false;
}

/* One field of a rule while it is read. */
typedef struct rule_field {
    const char *name;
    unsigned takes; /* the operator must take one of these; 0: all do */
    bool (*read)(ta_compile *c, ta_rule *rule, const ta_node *value,
                 const struct rule_field *field);
} rule_field;

static bool read_rule_path(ta_compile *c, const ta_node *value, const char *name,
                           ta_path *out) {
    size_t bad = 0;
    ta_text text = value->kind == TA_TEXT ? ta_node_text(c->record, value) : (ta_text){"", 0};
    if (text.len &&
        ta_path_parse(c->arena, c->loader->keys, text.data, text.len, '.', out, &bad))
        return true;
    c->nomem = c->nomem || (text.len && bad == SIZE_MAX);
    return ta_rule_fault(c, value, TA_PART_VALUE, name,
                         "must be a path, such as partners.*.country");
}

static bool read_rule_text(ta_compile *c, const ta_node *value, const char *name,
                           const char **out) {
    if (value->kind != TA_TEXT)
        return ta_rule_fault(c, value, TA_PART_VALUE, name, "must be a text");
    *out = ta_compile_copy(c, ta_node_text(c->record, value));
    return *out != NULL;
}

static bool read_id(ta_compile *c, ta_rule *rule, const ta_node *value,
                    const rule_field *field) {
    return read_rule_text(c, value, field->name, &rule->id);
}

static bool read_message(ta_compile *c, ta_rule *rule, const ta_node *value,
                         const rule_field *field) {
    return read_rule_text(c, value, field->name, &rule->message);
}

static bool read_link(ta_compile *c, ta_rule *rule, const ta_node *value,
                      const rule_field *field) {
    const char *link;
    (void)rule;
    return read_rule_text(c, value, field->name, &link);
}

static bool read_each(ta_compile *c, ta_rule *rule, const ta_node *value,
                      const rule_field *field) {
    rule->has_each = true;
    if (!read_rule_path(c, value, field->name, &rule->each))
        return false;
    return !rule->each.relative ||
           ta_rule_fault(c, value, TA_PART_VALUE, field->name, "must not begin with a dot");
}

static bool read_schema(ta_compile *c, ta_rule *rule, const ta_node *value,
                        const rule_field *field) {
    const ta_plan **plan = field->name[0] == 'i' ? &rule->guard : &rule->where;
    *plan = ta_compile_plan(c, value);
    return *plan || ta_rule_fault(c, value, TA_PART_VALUE, field->name,
                                  "must be a schema (an object, true or false)");
}

static bool node_is_text(const ta_compile *c, const ta_node *node, const char *text) {
    ta_text got = ta_node_text(c->record, node);
    return node->kind == TA_TEXT && got.len == strlen(text) && !memcmp(got.data, text, got.len);
}

static bool read_over(ta_compile *c, ta_rule *rule, const ta_node *value,
                      const rule_field *field) {
    rule->over_list = node_is_text(c, value, "list");
    if (!rule->over_list)
        return ta_rule_fault(c, value, TA_PART_VALUE, field->name, "must be list");
    for (const ta_subschema *sub = c->program->schema->root; sub; sub = sub->ref) {
        const ta_node *items = ta_node_named(&sub->document->record, sub->node, "items");
        const ta_subschema *item =
            items ? ta_schema_at(c->program->schema, sub->document, items) : NULL;
        for (; item; item = item->ref)
            if (item == c->sub)
                return true;
        if (sub == c->sub)
            return true;
    }
    return ta_rule_fault(c, value, TA_PART_VALUE, field->name,
                         "belongs to the schema of a record, not to a place in it");
}

/* A number that is written as one, or as a text. */
static bool read_number(ta_compile *c, const ta_node *value, const char *name,
                        ta_decimal *out) {
    ta_operand_state state = ta_operand_read(c->record, value, out);
    if (state == TA_OPERAND_READ)
        return true;
    return ta_rule_fault(c, value, TA_PART_VALUE, name,
                         state == TA_OPERAND_LONG ? "has more than 38 digits"
                                                  : "must be a number");
}

static bool read_bound(ta_compile *c, ta_rule *rule, const ta_node *value,
                       const rule_field *field) {
    ta_operand *operand = field->name[0] == 'e'   ? &rule->equals
                          : field->name[1] == 'i' ? &rule->min
                                                  : &rule->max;
    ta_text text = value->kind == TA_TEXT ? ta_node_text(c->record, value) : (ta_text){"", 0};
    operand->given = true;
    operand->literal = value->kind != TA_TEXT || ta_number_is(text.data, text.len);
    return operand->literal ? read_number(c, value, field->name, &operand->value)
                            : read_rule_path(c, value, field->name, &operand->path);
}

static bool read_tolerance(ta_compile *c, ta_rule *rule, const ta_node *value,
                           const rule_field *field) {
    static const char words[] = "must be an object with abs or rel";
    if (value->kind != TA_OBJECT || !value->count)
        return ta_rule_fault(c, value, TA_PART_VALUE, field->name, words);
    for (const ta_node *m = ta_node_first(value); m < ta_node_end(value); m = ta_node_next(m)) {
        const ta_key *key = &c->record->keys->items[m->key];
        bool is_abs = key->len == 3 && !memcmp(key->text, "abs", 3);
        bool is_rel = key->len == 3 && !memcmp(key->text, "rel", 3);
        if (!is_abs && !is_rel)
            return ta_rule_fault(c, m, TA_PART_KEY, field->name, words);
        ta_decimal *out = is_abs ? &rule->abs : &rule->rel;
        if (!read_number(c, m, is_abs ? "abs" : "rel", out))
            return false;
        if (out->negative)
            return ta_rule_fault(c, m, TA_PART_VALUE, field->name, "must not be negative");
        *(is_abs ? &rule->has_abs : &rule->has_rel) = true;
    }
    return true;
}

static bool read_complete(ta_compile *c, ta_rule *rule, const ta_node *value,
                          const rule_field *field) {
    rule->complete = value->kind == TA_TRUE;
    return value->kind == TA_TRUE || value->kind == TA_FALSE ||
           ta_rule_fault(c, value, TA_PART_VALUE, field->name, "must be true or false");
}

static bool read_severity(ta_compile *c, ta_rule *rule, const ta_node *value,
                          const rule_field *field) {
    for (int level = TA_NOTE; level <= TA_ERROR; level++)
        if (node_is_text(c, value, ta_level_text((ta_level)level))) {
            rule->level_wish = 1 + level;
            return true;
        }
    return ta_rule_fault(c, value, TA_PART_VALUE, field->name,
                         "must be error, warning or note");
}

static bool read_by(ta_compile *c, ta_rule *rule, const ta_node *value,
                    const rule_field *field) {
    if (value->kind != TA_ARRAY || !value->count)
        return ta_rule_fault(c, value, TA_PART_VALUE, field->name, "must be a list of paths");
    rule->by = ta_compile_alloc(c, value->count * sizeof *rule->by);
    if (!rule->by)
        return false;
    for (const ta_node *n = ta_node_first(value); n < ta_node_end(value); n = ta_node_next(n))
        if (!read_rule_path(c, n, field->name, &rule->by[rule->by_count++]))
            return false;
    return true;
}

static const rule_field fields[] = {
    {"id", 0, read_id},
    {"if", 0, read_schema},
    {"each", 0, read_each},
    {"over", TA_TAKES_LIST, read_over},
    {"where", 0, read_schema},
    {"by", TA_TAKES_BY, read_by},
    {"equals", TA_TAKES_BOUNDS, read_bound},
    {"min", TA_TAKES_BOUNDS, read_bound},
    {"max", TA_TAKES_BOUNDS, read_bound},
    {"tolerance", TA_TAKES_BOUNDS, read_tolerance},
    {"complete", TA_TAKES_COMPLETE, read_complete},
    {"severity", 0, read_severity},
    {"message", 0, read_message},
    {"link", 0, read_link},
};

enum {
    FIELD_COUNT = sizeof fields / sizeof *fields,
    OPERATOR_COUNT = sizeof operators / sizeof *operators
};

static const ta_operator *find_operator(ta_text name) {
    for (size_t i = 0; i < OPERATOR_COUNT; i++)
        if (strlen(operators[i]->name) == name.len &&
            !memcmp(operators[i]->name, name.data, name.len))
            return operators[i];
    return NULL;
}

static const rule_field *find_field(ta_text name) {
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (strlen(fields[i].name) == name.len && !memcmp(fields[i].name, name.data, name.len))
            return &fields[i];
    return NULL;
}

static void refuse_field(ta_compile *c, const ta_node *member, ta_text name) {
    ta_nearest nearest = {.word = name.data, .len = name.len};
    bool yet = false;
    for (size_t i = 0; i < sizeof unknown_yet / sizeof *unknown_yet; i++)
        yet = yet || (strlen(unknown_yet[i]) == name.len &&
                      !memcmp(unknown_yet[i], name.data, name.len));
    for (size_t i = 0; i < FIELD_COUNT && !yet; i++)
        ta_nearest_try(&nearest, fields[i].name, strlen(fields[i].name));
    for (size_t i = 0; i < OPERATOR_COUNT && !yet; i++)
        ta_nearest_try(&nearest, operators[i]->name, strlen(operators[i]->name));
    ta_buf words = {0};
    ta_buf_puts(&words, yet ? "is not known to this version" : "is unknown");
    if (nearest.best)
        ta_say_guess(nearest.best, nearest.best_len, "", &words);
    const char *copy = ta_compile_copy(c, name);
    ta_rule_fault(c, member, TA_PART_KEY, copy ? copy : "", ta_buf_text(&words));
    ta_buf_fini(&words);
}

static ta_text member_name(const ta_compile *c, const ta_node *member) {
    const ta_key *key = &c->record->keys->items[member->key];
    return (ta_text){key->text, key->len};
}

/* Which operator the rule has, and whether all its names are known. */
static bool read_names(ta_compile *c, ta_rule *rule, const ta_node *node) {
    bool ok = true;
    for (const ta_node *m = ta_node_first(node); m < ta_node_end(node); m = ta_node_next(m)) {
        ta_text name = member_name(c, m);
        const ta_operator *op = find_operator(name);
        if (op && rule->op)
            ok = ta_rule_fault(c, m, TA_PART_KEY, op->name,
                               "is a second operator: write two rules");
        else if (op && read_rule_path(c, m, op->name, &rule->path))
            rule->subject = ta_compile_copy(c, ta_node_text(c->record, m));
        if (op)
            rule->op = op;
        else if (!find_field(name)) {
            refuse_field(c, m, name);
            ok = false;
        }
    }
    if (ok && !rule->op)
        ok = ta_rule_fault(c, node, TA_PART_VALUE, "the operator",
                           "is missing (sum, count or unique)");
    return ok && rule->subject;
}

static bool read_fields(ta_compile *c, ta_rule *rule, const ta_node *node) {
    bool ok = true;
    for (const ta_node *m = ta_node_first(node); m < ta_node_end(node); m = ta_node_next(m)) {
        const rule_field *field = find_field(member_name(c, m));
        if (!field)
            continue;
        if (field->takes && !(field->takes & rule->op->takes))
            ok =
                ta_rule_fault(c, m, TA_PART_KEY, field->name, "does not go with this operator");
        else
            ok = field->read(c, rule, m, field) && ok;
    }
    return ok;
}

/* What the fields must be together. */
static bool check_rule(ta_compile *c, const ta_rule *rule, const ta_node *node) {
    if (rule->op->needs_bound && !rule->equals.given && !rule->min.given && !rule->max.given)
        return ta_rule_fault(c, node, TA_PART_VALUE, rule->op->name,
                             "needs equals, min or max");
    if (rule->over_list)
        return (!rule->has_each && !strcmp(rule->subject, "*") && rule->by_count) ||
               ta_rule_fault(c, node, TA_PART_VALUE, "over: list",
                             "needs unique: \"*\" and by, and no each");
    for (uint32_t i = 0; i < rule->by_count; i++)
        if (!rule->by[i].relative)
            return ta_rule_fault(c, node, TA_PART_VALUE, "by",
                                 "names fields of the item: begin each path with a dot");
    bool relative = rule->path.relative || rule->equals.path.relative ||
                    rule->min.path.relative || rule->max.path.relative;
    return !relative || rule->has_each ||
           ta_rule_fault(c, node, TA_PART_VALUE, rule->op->name,
                         "has a path that begins with a dot, and there is no each");
}

ta_rule *ta_rule_compile(ta_compile *c, const ta_node *node) {
    if (node->kind != TA_OBJECT) {
        ta_rule_fault(c, node, TA_PART_VALUE, "a rule", "must be an object");
        return NULL;
    }
    ta_rule *rule = ta_compile_alloc(c, sizeof *rule);
    if (!rule || !read_names(c, rule, node) || !read_fields(c, rule, node) ||
        !check_rule(c, rule, node))
        return NULL;
    return rule;
}
