/* SPDX-License-Identifier: MIT */
/* The fields of a rule beside its operator: a table, each with a function that reads its value.
 */
#include "check/fields.h"

#include "check/operate.h"

bool ta_node_says(const ta_record *record, const ta_node *node, const char *text) {
    ta_text got = ta_node_text(record, node);
    return node->kind == TA_TEXT && got.len == strlen(text) && !memcmp(got.data, text, got.len);
}

bool ta_rule_read_text(ta_compile *c, const ta_node *value, const char *name,
                       const char **out) {
    if (value->kind != TA_TEXT)
        return ta_rule_fault(c, value, TA_PART_VALUE, name, "must be a text");
    *out = ta_compile_copy(c, ta_node_text(c->record, value));
    return *out != NULL;
}

static bool read_id(ta_compile *c, ta_rule *rule, const ta_node *value,
                    const ta_rule_field *field) {
    return ta_rule_read_text(c, value, field->name, &rule->id);
}

static bool read_message(ta_compile *c, ta_rule *rule, const ta_node *value,
                         const ta_rule_field *field) {
    return ta_rule_read_text(c, value, field->name, &rule->message);
}

static bool read_link(ta_compile *c, ta_rule *rule, const ta_node *value,
                      const ta_rule_field *field) {
    return ta_rule_read_text(c, value, field->name, &rule->link);
}

static bool read_each(ta_compile *c, ta_rule *rule, const ta_node *value,
                      const ta_rule_field *field) {
    if (!ta_rule_read_operand(c, value, field->name, 0, &rule->each))
        return false;
    return !rule->each.path.relative ||
           ta_rule_fault(c, value, TA_PART_VALUE, field->name, "must not begin with a dot");
}

static bool read_schema(ta_compile *c, ta_rule *rule, const ta_node *value,
                        const ta_rule_field *field) {
    const ta_plan **plan = field->name[0] == 'i' ? &rule->guard : &rule->where;
    *plan = ta_compile_plan(c, value);
    return *plan || ta_rule_fault(c, value, TA_PART_VALUE, field->name,
                                  "must be a schema (an object, true or false)");
}

static bool read_over(ta_compile *c, ta_rule *rule, const ta_node *value,
                      const ta_rule_field *field) {
    rule->over_list = ta_node_says(c->record, value, "list");
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

static bool read_bound(ta_compile *c, ta_rule *rule, const ta_node *value,
                       const ta_rule_field *field) {
    ta_operand *operand = field->name[0] == 'e'   ? &rule->equals
                          : field->name[1] == 'i' ? &rule->min
                                                  : &rule->max;
    bool period = rule->op->form == TA_WRITTEN_PAIR;
    unsigned literals = period ? TA_LITERAL_DURATION : TA_LITERAL_NUMBER;
    return ta_rule_read_operand(c, value, field->name, literals | TA_SINGLE, operand);
}

static bool read_margin(ta_compile *c, ta_rule *rule, const ta_node *member, bool is_abs) {
    const char *name = is_abs ? "abs" : "rel";
    ta_decimal *out = is_abs ? &rule->abs : &rule->rel;
    ta_operand_state state = ta_operand_read(c->record, member, out);
    *(is_abs ? &rule->has_abs : &rule->has_rel) = true;
    if (state != TA_OPERAND_READ)
        return ta_rule_fault(c, member, TA_PART_VALUE, name,
                             state == TA_OPERAND_LONG ? "has more than 38 digits"
                                                      : "must be a number");
    return !out->negative ||
           ta_rule_fault(c, member, TA_PART_VALUE, "tolerance", "must not be negative");
}

static bool read_tolerance(ta_compile *c, ta_rule *rule, const ta_node *value,
                           const ta_rule_field *field) {
    static const char words[] = "must be an object with abs or rel";
    if (value->kind != TA_OBJECT || !value->count)
        return ta_rule_fault(c, value, TA_PART_VALUE, field->name, words);
    for (const ta_node *m = ta_node_first(value); m < ta_node_end(value); m = ta_node_next(m)) {
        const ta_key *key = &c->record->keys->items[m->key];
        bool is_abs = key->len == 3 && !memcmp(key->text, "abs", 3);
        bool is_rel = key->len == 3 && !memcmp(key->text, "rel", 3);
        if (!is_abs && !is_rel)
            return ta_rule_fault(c, m, TA_PART_KEY, field->name, words);
        if (!read_margin(c, rule, m, is_abs))
            return false;
    }
    return true;
}

static bool read_complete(ta_compile *c, ta_rule *rule, const ta_node *value,
                          const ta_rule_field *field) {
    rule->complete = value->kind == TA_TRUE;
    return value->kind == TA_TRUE || value->kind == TA_FALSE ||
           ta_rule_fault(c, value, TA_PART_VALUE, field->name, "must be true or false");
}

static bool read_severity(ta_compile *c, ta_rule *rule, const ta_node *value,
                          const ta_rule_field *field) {
    for (int level = TA_NOTE; level <= TA_ERROR; level++)
        if (ta_node_says(c->record, value, ta_level_text((ta_level)level))) {
            rule->level_wish = 1 + level;
            return true;
        }
    return ta_rule_fault(c, value, TA_PART_VALUE, field->name,
                         "must be error, warning or note");
}

static bool read_as(ta_compile *c, ta_rule *rule, const ta_node *value,
                    const ta_rule_field *field) {
    static const char *const words[] = {"number", "text", "date"};
    for (int i = 0; i < 3; i++)
        if (ta_node_says(c->record, value, words[i])) {
            rule->as = (ta_as)(TA_AS_NUMBER + i);
            return true;
        }
    return ta_rule_fault(c, value, TA_PART_VALUE, field->name, "must be date, number or text");
}

/* ".name", or "fold(.name)". */
static bool read_key_field(ta_compile *c, const ta_node *value, const char *name,
                           ta_key_field *out) {
    ta_text text = value->kind == TA_TEXT ? ta_node_text(c->record, value) : (ta_text){"", 0};
    size_t bad = 0;
    out->text = ta_compile_copy(c, text);
    out->fold =
        text.len > 6 && !memcmp(text.data, "fold(", 5) && text.data[text.len - 1] == ')';
    if (out->fold)
        text = (ta_text){text.data + 5, text.len - 6};
    if (text.len && ta_path_parse(c->arena, c->loader->keys, text, '.', &out->path, &bad))
        return out->text != NULL;
    c->nomem = c->nomem || (text.len && bad == SIZE_MAX);
    return ta_rule_fault(c, value, TA_PART_VALUE, name,
                         "must be paths to fields of the item, such as .name or fold(.name)");
}

static bool read_key_fields(ta_compile *c, ta_rule *rule, const ta_node *value,
                            const ta_rule_field *field) {
    ta_key_fields *out = field->name[0] == 'b'   ? &rule->by
                         : field->name[0] == 'f' ? &rule->from
                                                 : &rule->to;
    bool list = value->kind == TA_ARRAY && value->count;
    out->items = ta_compile_alloc(c, (list ? value->count : 1) * sizeof *out->items);
    if (!out->items)
        return false;
    if (!list)
        return read_key_field(c, value, field->name, &out->items[out->count++]);
    for (const ta_node *n = ta_node_first(value); n < ta_node_end(value); n = ta_node_next(n))
        if (!read_key_field(c, n, field->name, &out->items[out->count++]))
            return false;
    return true;
}

static bool read_codes(ta_compile *c, ta_rule *rule, const ta_node *value,
                       const ta_rule_field *field) {
    rule->codes = ta_compile_codes(c, value, field->name);
    return rule->codes != NULL;
}

static bool read_at(ta_compile *c, ta_rule *rule, const ta_node *value,
                    const ta_rule_field *field) {
    return ta_rule_read_operand(c, value, field->name, TA_SINGLE | TA_LITERAL_DATE, &rule->at);
}

const ta_rule_field ta_rule_fields[] = {
    {"id", 0, read_id},
    {"if", 0, read_schema},
    {"each", 0, read_each},
    {"over", TA_TAKES_LIST, read_over},
    {"where", TA_TAKES_WHERE, read_schema},
    {"by", TA_TAKES_BY | TA_TAKES_JOIN, read_key_fields},
    {"from", TA_TAKES_FROM, read_key_fields},
    {"to", TA_TAKES_FROM, read_key_fields},
    {"equals", TA_TAKES_EQUALS, read_bound},
    {"min", TA_TAKES_LIMITS, read_bound},
    {"max", TA_TAKES_LIMITS, read_bound},
    {"tolerance", TA_TAKES_TOLERANCE, read_tolerance},
    {"complete", TA_TAKES_COMPLETE, read_complete},
    {"as", TA_TAKES_AS, read_as},
    {"of", TA_TAKES_OF, ta_rule_read_of},
    {"codes", TA_TAKES_CODES, read_codes},
    {"at", TA_TAKES_CODES, read_at},
    {"in", TA_TAKES_IN | TA_TAKES_JOIN, ta_rule_read_in},
    {"severity", 0, read_severity},
    {"message", 0, read_message},
    {"link", 0, read_link},
    {NULL, 0, NULL},
};
