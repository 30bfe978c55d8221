/* SPDX-License-Identifier: MIT */
/* The table of rules, and which of them a place of a schema stands for. */
#include "normalize/plain.h"
#include "normalize/rule.h"

const ta_rule_row ta_rule_rows[] = {
#define TA_NORMAL(name, takes, observe, plain, summary)                                        \
    {#name, ta_normal_##name, observe, plain, takes, summary},
#include "normalize/rules.def"
#undef TA_NORMAL
    {0}};

const char *const ta_normal_rule_names[] = {
#define TA_NORMAL(name, takes, observe, plain, summary) #name,
#include "normalize/rules.def"
#undef TA_NORMAL
    NULL};

const ta_rule_row *ta_rule_find(const char *name) {
    for (const ta_rule_row *row = ta_rule_rows; row->name; row++)
        if (!strcmp(row->name, name))
            return row;
    return NULL;
}

/* What a code list, a format or a type stands for where x-normalize is silent. */
typedef struct rule_default {
    const char *word, *rule;
} rule_default;

static const rule_default of_formats[] = {
    {"date", "date"},   {"duration", "duration"}, {"uri", "url"},     {"iri", "url"},
    {"email", "email"}, {"idn-email", "email"},   {"siren", "siren"}, {"siret", "siret"},
    {"vat", "vat"},     {"lei", "lei"},           {"ror", "ror"},     {"orcid", "orcid"},
    {"isni", "isni"},   {"iban", "iban"},         {"pic", "pic"},     {0}};

static const rule_default of_codes[] = {
    {"country", "country"}, {"nuts", "region"}, {"subdivision", "region"}, {0}};

/* Where a schema names the rule and no list. */
static const rule_default lists[] = {
    {"nuts", "region"}, {"country", "country"}, {"legal-form", "legalform"}, {0}};

/* The last two where a value has been left as text. */
typedef struct type_default {
    uint8_t types;
    const char *rule;
} type_default;

static const type_default of_types[] = {
    {TA_TYPE_STRING, "blanks"}, {TA_TYPE_NUMBER, "number"}, {TA_TYPE_BOOLEAN, "yesno"}, {0}};

static const ta_rule_row *default_of(const rule_default *rows, const char *word) {
    for (const rule_default *row = rows; word && row->word; row++)
        if (!strcmp(row->word, word))
            return ta_rule_find(row->rule);
    return NULL;
}

const char *ta_rule_codes(const ta_rule_row *rule) {
    for (const rule_default *row = lists; row->word; row++)
        if (!strcmp(row->rule, rule->name))
            return row->word;
    return NULL;
}

/* A list is named by its file: "builtin:codes/country.csv" is country; all other lists have
 * the rule `code`. */
static const ta_rule_row *rule_of_codes(const char *file) {
    char name[32] = "";
    const char *from = file ? strrchr(file, '/') : NULL;
    size_t len = from ? strcspn(++from, ".") : 0;
    if (!file)
        return NULL;
    if (len < sizeof name)
        memcpy(name, from ? from : file, len);
    const ta_rule_row *rule = default_of(of_codes, name);
    return rule ? rule : ta_rule_find("code");
}

const ta_rule_row *ta_rule_of_shape(const ta_shape *shape) {
    const ta_rule_row *row;
    if (shape->normalize)
        return ta_rule_find(shape->normalize);
    if ((row = rule_of_codes(shape->codes)) || (row = default_of(of_formats, shape->format)))
        return row;
    for (const type_default *type = of_types; type->rule; type++)
        if ((shape->types & ~TA_TYPE_NULL) == type->types)
            return ta_rule_find(type->rule);
    return NULL;
}

void ta_normal_result_clear(ta_normal_result *result) {
    result->kind = TA_TEXT;
    result->text.len = result->detail.len = 0;
    result->part_count = 0;
    result->reach = TA_REACH_ALL;
    result->suggestion = NULL;
}

ta_verdict ta_normal_to(const ta_normal_value *value, ta_normal_result *result, ta_kind kind,
                        ta_code code) {
    bool same = kind == value->kind && result->text.len == value->text.len &&
                !memcmp(result->text.data, value->text.data, value->text.len);
    result->kind = kind;
    result->code = code;
    return same ? TA_NORMAL_SAME : TA_NORMAL_CHANGED;
}

ta_verdict ta_normal_refuse(ta_normal_result *result, ta_code code, const char *detail) {
    result->code = code;
    result->detail.len = 0;
    ta_buf_puts(&result->detail, detail);
    return TA_NORMAL_REFUSED;
}

ta_verdict ta_normal_suggest(const ta_normal_value *value, ta_normal_result *result,
                             ta_code refused, ta_code suggested) {
    if (value->options->suggested)
        return ta_normal_to(value, result, TA_TEXT, suggested);
    result->suggestion = ta_buf_text(&result->text);
    return ta_normal_refuse(result, refused, "");
}

void ta_normal_part_put(ta_normal_result *result, const char *name, ta_kind kind,
                        size_t start) {
    if (result->part_count == TA_NORMAL_PARTS)
        return;
    result->parts[result->part_count++] =
        (ta_normal_part){name, kind, (uint32_t)start, (uint32_t)(result->text.len - start)};
}

static bool read_country(const ta_record *record, const ta_node *object, char country[3]) {
    const ta_node *node = object ? ta_node_named(record, object, "country") : NULL;
    if (!node || node->kind != TA_TEXT || node->text_len != 2)
        return false;
    memcpy(country, ta_node_text(record, node).data, 2);
    country[2] = 0;
    return true;
}

bool ta_normal_country_of(const ta_normal_value *value, char country[3]) {
    return read_country(value->record, value->object, country) ||
           read_country(value->record, value->record->nodes, country);
}
