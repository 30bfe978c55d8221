/* SPDX-License-Identifier: MIT */
/* From a rule as it is written to a ta_rule: names first, then the fields, then the operator's
 * value, then what they must be together. */
#include "check/rule.h"

#include "check/fields.h"
#include "codes/nearest.h"
#include "schema/words.h"

static const ta_operator *const operators[] = {
#define TA_OPERATOR(name) &ta_operator_##name,
#include "check/operators.def"
#undef TA_OPERATOR
};

enum { OPERATOR_COUNT = sizeof operators / sizeof *operators };

bool ta_rule_fault(ta_compile *c, const ta_node *node, ta_part part, const char *name,
                   const char *expected) {
    ta_find_at(c->loader->finder, c->record, node, part,
               &(ta_finding){.code = TA_F_RULE_SYNTAX, .name = name, .expected = expected});
    c->failed = true;
    return false;
}

static const ta_operator *find_operator(ta_text name) {
    for (size_t i = 0; i < OPERATOR_COUNT; i++)
        if (strlen(operators[i]->name) == name.len &&
            !memcmp(operators[i]->name, name.data, name.len))
            return operators[i];
    return NULL;
}

static const ta_rule_field *find_field(ta_text name) {
    for (const ta_rule_field *field = ta_rule_fields; field->name; field++)
        if (strlen(field->name) == name.len && !memcmp(field->name, name.data, name.len))
            return field;
    return NULL;
}

static void refuse_field(ta_compile *c, const ta_node *member, ta_text name) {
    ta_nearest nearest = {.word = name.data, .len = name.len};
    for (const ta_rule_field *field = ta_rule_fields; field->name; field++)
        ta_nearest_try(&nearest, field->name, strlen(field->name));
    for (size_t i = 0; i < OPERATOR_COUNT; i++)
        ta_nearest_try(&nearest, operators[i]->name, strlen(operators[i]->name));
    ta_buf words = {0};
    ta_buf_puts(&words, "is unknown");
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

static bool refuse_nameless(ta_compile *c, const ta_node *node) {
    ta_buf words = {0};
    ta_buf_puts(&words, "is missing: one of");
    for (size_t i = 0; i < OPERATOR_COUNT; i++)
        ta_buf_printf(&words, " %s", operators[i]->name);
    ta_rule_fault(c, node, TA_PART_VALUE, "the operator", ta_buf_text(&words));
    ta_buf_fini(&words);
    return false;
}

/* Which operator the rule has (*value is the node behind it), and whether all its names are
 * known. */
static bool read_names(ta_compile *c, ta_rule *rule, const ta_node *node,
                       const ta_node **value) {
    bool ok = true;
    for (const ta_node *m = ta_node_first(node); m < ta_node_end(node); m = ta_node_next(m)) {
        ta_text name = member_name(c, m);
        const ta_operator *op = find_operator(name);
        if (op && rule->op)
            ok = ta_rule_fault(c, m, TA_PART_KEY, op->name,
                               "is a second operator: write two rules");
        if (op) {
            rule->op = op;
            *value = m;
        } else if (!find_field(name)) {
            refuse_field(c, m, name);
            ok = false;
        }
    }
    return rule->op || !ok ? ok : refuse_nameless(c, node);
}

static bool read_fields(ta_compile *c, ta_rule *rule, const ta_node *node) {
    bool ok = true;
    for (const ta_node *m = ta_node_first(node); m < ta_node_end(node); m = ta_node_next(m)) {
        const ta_rule_field *field = find_field(member_name(c, m));
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

static bool has_needs(const ta_rule *rule) {
    unsigned takes = rule->op->takes;
    bool bound = rule->equals.given || rule->min.given || rule->max.given;
    return (!(takes & (TA_TAKES_EQUALS | TA_TAKES_LIMITS)) || bound) &&
           (!(takes & TA_TAKES_OF) || rule->of.given) &&
           (!(takes & TA_TAKES_IN) || rule->in.given) &&
           (!(takes & TA_TAKES_CODES) || (rule->codes && rule->at.given)) &&
           (!(takes & TA_TAKES_FROM) || (rule->from.count && rule->to.count));
}

/* The operands that lead to one value each, beside the operator's own. */
enum { SINGLE_COUNT = 5 };

static void list_singles(ta_rule *rule, ta_operand *singles[SINGLE_COUNT]) {
    ta_operand *const all[] = {&rule->equals, &rule->min, &rule->max, &rule->of, &rule->in};
    memcpy(singles, all, sizeof all);
}

/* Whether a path begins with a dot, and not in a row of another file. */
static bool is_any_relative(ta_rule *rule) {
    ta_operand *singles[SINGLE_COUNT];
    bool relative = false;
    list_singles(rule, singles);
    for (uint32_t i = 0; i < rule->operand_count; i++)
        relative = relative || (rule->operands[i].path.relative && !rule->operands[i].cell);
    for (int i = 0; i < SINGLE_COUNT; i++)
        relative = relative || (singles[i]->path.relative && !singles[i]->cell);
    return relative;
}

static bool are_all_relative(const ta_key_fields *fields) {
    for (uint32_t i = 0; i < fields->count; i++)
        if (!fields->items[i].path.relative)
            return false;
    return true;
}

static bool join_operand(ta_compile *c, ta_rule *rule, ta_operand *operand) {
    if (!operand->given || operand->literal || !operand->path.relative)
        return true;
    operand->cell = ta_elsewhere_join(c, rule->elsewhere, &operand->path);
    return operand->cell != 0;
}

/* by and in: paths with a dot lead to fields of the other file's record. */
static bool join_rule(ta_compile *c, ta_rule *rule, const ta_node *node) {
    ta_operand *singles[SINGLE_COUNT];
    bool ok = true,
         many = rule->op->form == TA_WRITTEN_PATH || rule->op->form == TA_WRITTEN_PATHS;
    if (rule->by.count != 1 || rule->by.items->fold || rule->each.given || !rule->elsewhere)
        return ta_rule_fault(
            c, node, TA_PART_VALUE, "in",
            "must be FILE:PATH here, with by: the one field that stands there, "
            "and no each");
    rule->elsewhere->joined = true;
    list_singles(rule, singles);
    for (int i = 0; i < SINGLE_COUNT && ok; i++)
        ok = join_operand(c, rule, singles[i]);
    for (uint32_t i = 0; i < rule->operand_count && ok && !many; i++)
        ok = join_operand(c, rule, &rule->operands[i]);
    return ok;
}

/* Groups: the paths go on from the `*` that stands for the list's records. */
static bool check_groups(ta_compile *c, ta_rule *rule, const ta_node *node) {
    const ta_operand *bounds[] = {&rule->equals, &rule->min, &rule->max};
    bool ok = !rule->each.given && rule->by.count;
    for (uint32_t i = 0; i < rule->operand_count && ok; i++) {
        ta_path *path = &rule->operands[i].path;
        ok = path->count && path->steps->kind == TA_STEP_ALL && !path->relative;
        path->steps += ok;
        path->count -= ok;
    }
    if (!ok)
        return ta_rule_fault(c, node, TA_PART_VALUE, "over: list",
                             "needs paths that begin with *, with by, and no each");
    for (int i = 0; i < 3; i++)
        if (bounds[i]->given && !bounds[i]->literal && !bounds[i]->cell)
            return ta_rule_fault(c, node, TA_PART_VALUE, "over: list",
                                 "compares with a number, or with a field of the record that "
                                 "`in` leads to: .total");
    return true;
}

static bool check_list_rule(ta_compile *c, ta_rule *rule, const ta_node *node) {
    bool fields = rule->by.count || rule->from.count;
    if (ta_rule_is_grouped(rule))
        return check_groups(c, rule, node);
    return (!rule->each.given && !strcmp(rule->subject, "*") && fields) ||
           ta_rule_fault(c, node, TA_PART_VALUE, "over: list",
                         "needs the path \"*\" with by (or from and to), and no each");
}

/* Where paths may begin. */
static bool check_paths(ta_compile *c, ta_rule *rule, const ta_node *node) {
    bool joins = rule->op->takes & TA_TAKES_JOIN;
    if (joins && rule->by.count && !rule->elsewhere)
        return ta_rule_fault(c, node, TA_PART_VALUE, "by", "goes with in, or with over: list");
    if ((!joins && !are_all_relative(&rule->by)) || !are_all_relative(&rule->from) ||
        !are_all_relative(&rule->to))
        return ta_rule_fault(c, node, TA_PART_VALUE, rule->by.count ? "by" : "from, to",
                             "names fields of the item: begin each path with a dot");
    return !is_any_relative(rule) || rule->each.given ||
           ta_rule_fault(c, node, TA_PART_VALUE, rule->op->name,
                         "has a path that begins with a dot, and there is no each");
}

/* What the fields must be together. */
static bool check_rule(ta_compile *c, ta_rule *rule, const ta_node *node) {
    if (!has_needs(rule))
        return ta_rule_fault(c, node, TA_PART_VALUE, rule->op->name, rule->op->needs);
    if (rule->as > TA_AS_NUMBER && (rule->has_abs || rule->has_rel))
        return ta_rule_fault(c, node, TA_PART_VALUE, "tolerance", "goes with numbers only");
    if (rule->op->takes & TA_TAKES_JOIN && rule->in.given && !join_rule(c, rule, node))
        return false;
    return rule->over_list ? check_list_rule(c, rule, node) : check_paths(c, rule, node);
}

ta_rule *ta_rule_compile(ta_compile *c, const ta_node *node) {
    const ta_node *value = NULL;
    if (node->kind != TA_OBJECT) {
        ta_rule_fault(c, node, TA_PART_VALUE, "a rule", "must be an object");
        return NULL;
    }
    ta_rule *rule = ta_compile_alloc(c, sizeof *rule);
    if (!rule || !read_names(c, rule, node, &value) || !read_fields(c, rule, node) ||
        !ta_rule_read_value(c, rule, value) || !check_rule(c, rule, node))
        return NULL;
    return rule;
}
