/* SPDX-License-Identifier: MIT */
/* A field of a Table Schema: its type, format and constraints in the words of JSON Schema. */
#include "base/decimal.h"
#include "schema/tabular.h"
#include "schema/words.h"

#define YEAR "-?[0-9]{4}"
#define MONTH "(0[1-9]|1[0-2])"
#define DAY "(0[1-9]|[12][0-9]|3[01])"
#define HOUR "([01][0-9]|2[0-3])"
#define SIXTY "[0-5][0-9]"
#define CLOCK HOUR ":" SIXTY ":(" SIXTY "|60)(\\.[0-9]+)?(Z|[+-]" HOUR ":" SIXTY ")?"

/* A row per type: what it is in JSON Schema. */
typedef struct field_type {
    const char *name, *types[2]; /* NULL: any; a second one for what CSV cannot hold */
    const char *format, *pattern;
    bool is_dated; /* its format may be %d/%m/%Y */
} field_type;

static const field_type field_types[] = {
    {"string", {"string"}, NULL, NULL, false},
    {"integer", {"integer"}, NULL, NULL, false},
    {"number", {"number"}, NULL, NULL, false},
    {"boolean", {"boolean", "string"}, NULL, NULL, false},
    {"date", {"string"}, "date", NULL, true},
    {"time", {"string"}, NULL, "^" CLOCK "$", true},
    {"datetime", {"string"}, NULL, "^" YEAR "-" MONTH "-" DAY "T" CLOCK "$", true},
    {"year", {"integer"}, NULL, NULL, false},
    {"yearmonth", {"string"}, NULL, "^" YEAR "-" MONTH "$", false},
    {"duration", {"string"}, "duration", NULL, false},
    {"object", {"object", "string"}, NULL, NULL, false},
    {"array", {"array", "string"}, NULL, NULL, false},
    {"list", {"array"}, NULL, NULL, false},
    {"any", {NULL}, NULL, NULL, false},
    {"geopoint", {NULL}, NULL, NULL, false},
    {"geojson", {NULL}, NULL, NULL, false},
    {NULL, {NULL}, NULL, NULL, false}};

static const ta_node *field_member(const ta_tabular *t, const ta_node *object,
                                   const char *name) {
    return object->kind == TA_OBJECT ? ta_node_named(&t->from->record, object, name) : NULL;
}

static bool is_text(ta_text text, const char *word) {
    return text.len == strlen(word) && !memcmp(text.data, word, text.len);
}

static const field_type *find_field_type(ta_tabular *t, const ta_node *field) {
    const ta_node *type = field_member(t, field, "type");
    ta_text name = ta_tabular_text(t->from, field, "type");
    const field_type *row = field_types;
    if (!type)
        return row;
    while (row->name && !(name.data && is_text(name, row->name)))
        row++;
    if (row->name)
        return row;
    ta_tabular_fault(t, type, "type",
                     "must be string, integer, number, boolean, date, time, datetime, year, "
                     "yearmonth, duration, object, array, list, any, geopoint or geojson");
    return NULL;
}

static void make_type(ta_tabular *t, const field_type *type) {
    const char *const *types = type->types;
    if (types[0] && !types[1])
        ta_tabular_put_text(t, "type", types[0], strlen(types[0]));
    if (!types[1])
        return;
    ta_tabular_open(t, "type", TA_ARRAY);
    for (int i = 0; i < 2 && types[i]; i++)
        ta_tabular_put_text(t, NULL, types[i], strlen(types[i]));
    ta_tabular_close(t);
}

static void add_pattern(ta_tabular *t, const char *pattern, const char *words) {
    ta_tabular_open(t, NULL, TA_OBJECT);
    ta_tabular_put_text(t, "pattern", pattern, strlen(pattern));
    ta_tabular_put_text(t, "description", words, strlen(words));
    ta_tabular_close(t);
}

/* A pattern of the type, beside which the field may have one of its own. */
static void make_pattern(ta_tabular *t, const char *pattern, const char *words) {
    ta_tabular_open(t, "allOf", TA_ARRAY);
    add_pattern(t, pattern, words);
    ta_tabular_close(t);
}

/* %d/%m/%Y and the like, as strftime has them. False: a sign is none that is known. */
static bool put_date_pattern(ta_text format, const char *day, const char *month, ta_buf *out) {
    const struct {
        char sign;
        const char *pattern;
    } signs[] = {{'Y', "[0-9]{4}"},     {'y', "[0-9]{2}"}, {'m', month}, {'d', day},
                 {'H', HOUR},           {'M', SIXTY},      {'S', SIXTY}, {'f', "[0-9]{1,6}"},
                 {'z', "[+-][0-9]{4}"}, {'%', "%"}};
    enum { SIGNS = sizeof signs / sizeof *signs };
    for (size_t i = 0; i < format.len; i++) {
        size_t row = 0;
        if (format.data[i] != '%') {
            ta_buf_puts(out, strchr(".+*?()[]{}|^$\\/", format.data[i]) ? "\\" : "");
            ta_buf_put(out, format.data + i, 1);
            continue;
        }
        i++;
        while (row < SIGNS && (i == format.len || signs[row].sign != format.data[i]))
            row++;
        if (row == SIGNS)
            return false;
        ta_buf_puts(out, signs[row].pattern);
    }
    return true;
}

static bool has_date_sign(ta_text format, char sign) {
    for (size_t i = 0; i + 1 < format.len; i++)
        if (format.data[i] == '%' && format.data[++i] == sign)
            return true;
    return false;
}

/* The 30th of February and the like; the 29th needs its year. */
static void add_no_such_day(ta_tabular *t, ta_text format) {
    ta_buf days = {0};
    ta_buf_puts(&days, "^(?!");
    put_date_pattern(format, "3[01]", "02", &days);
    ta_buf_puts(&days, "$|");
    put_date_pattern(format, "31", "(0[469]|11)", &days);
    ta_buf_puts(&days, "$)");
    add_pattern(t, ta_buf_text(&days), "There is no such day");
    t->nomem = t->nomem || days.failed;
    ta_buf_fini(&days);
}

static void make_dated(ta_tabular *t, const ta_node *node, ta_text format) {
    ta_buf pattern = {0}, words = {0};
    ta_buf_puts(&pattern, "^");
    if (!memchr(format.data, 0, format.len) && put_date_pattern(format, DAY, MONTH, &pattern)) {
        ta_buf_puts(&pattern, "$");
        ta_buf_puts(&words, "Written as ");
        ta_buf_put(&words, format.data, format.len);
        ta_tabular_open(t, "allOf", TA_ARRAY);
        add_pattern(t, ta_buf_text(&pattern), ta_buf_text(&words));
        if (has_date_sign(format, 'd') && has_date_sign(format, 'm'))
            add_no_such_day(t, format);
        ta_tabular_close(t);
    } else {
        ta_tabular_pass(t, node, "this format", "of its signs one has no equal here");
    }
    t->nomem = t->nomem || pattern.failed || words.failed;
    ta_buf_fini(&pattern);
    ta_buf_fini(&words);
}

static void make_format(ta_tabular *t, const ta_node *field, const field_type *type) {
    static const char *const known[] = {"email", "uri", "uuid"};
    const ta_node *node = field_member(t, field, "format");
    ta_text format = ta_tabular_text(t->from, field, "format");
    bool usual = !format.len || is_text(format, "default");
    if (usual && type->format)
        ta_tabular_put_text(t, "format", type->format, strlen(type->format));
    if (usual && type->pattern)
        make_pattern(t, type->pattern, type->name);
    if (usual)
        return;
    if (type->is_dated && memchr(format.data, '%', format.len)) {
        make_dated(t, node, format);
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (type == field_types && is_text(format, known[i])) {
            ta_tabular_put_copy(t, "format", node);
            return;
        }
    ta_tabular_pass(t, node, "this format", "any value of the type will do");
}

static void put_words_of(ta_tabular *t, const ta_node *field, const char *name,
                         const char *const *usual) {
    const ta_node *list = field_member(t, field, name);
    for (; !list && *usual; usual++)
        ta_tabular_put_text(t, NULL, *usual, strlen(*usual));
    for (const ta_node *c = list ? ta_node_first(list) : NULL; list && c < ta_node_end(list);
         c = ta_node_next(c))
        if (c->kind == TA_TEXT)
            ta_tabular_put_copy(t, NULL, c);
}

/* true and false, and the words that stand for them. */
static void make_boolean(ta_tabular *t, const ta_node *field) {
    static const char *const yes[] = {"True", "TRUE", "1", NULL};
    static const char *const no[] = {"False", "FALSE", "0", NULL};
    const ta_node *constraints = field_member(t, field, "constraints");
    if (constraints && field_member(t, constraints, "enum"))
        return;
    ta_tabular_open(t, "enum", TA_ARRAY);
    ta_tabular_put(t, NULL, TA_TRUE);
    ta_tabular_put(t, NULL, TA_FALSE);
    put_words_of(t, field, "trueValues", yes);
    put_words_of(t, field, "falseValues", no);
    ta_tabular_close(t);
}

/* Decimal and group signs of numbers, and whether more stands around them; the separator of
 * lists. */
static void make_cell(ta_tabular *t, const ta_node *field, const field_type *type) {
    ta_text decimal = ta_tabular_text(t->from, field, "decimalChar");
    ta_text group = ta_tabular_text(t->from, field, "groupChar");
    ta_text between = ta_tabular_text(t->from, field, "delimiter");
    const ta_node *bare = field_member(t, field, "bareNumber");
    bool list = is_text((ta_text){type->name, strlen(type->name)}, "list");
    bool dressed = bare && bare->kind == TA_FALSE;
    if (!decimal.len && !group.len && !list && !dressed)
        return;
    ta_tabular_open(t, "x-csv", TA_OBJECT);
    if (decimal.len)
        ta_tabular_put_text(t, "decimal", decimal.data, decimal.len);
    if (group.len)
        ta_tabular_put_text(t, "group", group.data, group.len);
    if (list)
        ta_tabular_put_text(t, "separator", between.len ? between.data : ",",
                            between.len ? between.len : 1);
    if (dressed)
        ta_tabular_put(t, "bare", TA_FALSE);
    ta_tabular_close(t);
}

/* What a constraint is for which kinds of types. */
enum {
    FOR_TEXT = 1,
    FOR_NUMBER = 2,
    FOR_LIST = 4,
    FOR_OBJECT = 8,
    FOR_ALL = 15,
    FOR_DATE = 16
};

typedef struct constraint {
    const char *name, *of_list; /* its name for lists and dates, objects; NULL: the same */
    const char *of_object;
    int kinds;
    bool compares; /* its value is a number, which may stand in quotes */
} constraint;

static const constraint constraints[] = {
    {"minLength", "minItems", "minProperties", FOR_TEXT | FOR_LIST | FOR_OBJECT, false},
    {"maxLength", "maxItems", "maxProperties", FOR_TEXT | FOR_LIST | FOR_OBJECT, false},
    {"pattern", NULL, NULL, FOR_TEXT, false},
    {"minimum", "formatMinimum", NULL, FOR_NUMBER | FOR_DATE, true},
    {"maximum", "formatMaximum", NULL, FOR_NUMBER | FOR_DATE, true},
    {"exclusiveMinimum", "formatExclusiveMinimum", NULL, FOR_NUMBER | FOR_DATE, true},
    {"exclusiveMaximum", "formatExclusiveMaximum", NULL, FOR_NUMBER | FOR_DATE, true},
    {"enum", NULL, NULL, FOR_ALL, false},
    {NULL, NULL, NULL, 0, false}};

/* Dates as ta_date reads them: no %d/%m/%Y, and no times of day. */
static bool is_plain_date(ta_tabular *t, const ta_node *field, const field_type *type) {
    ta_text format = ta_tabular_text(t->from, field, "format");
    return (!strncmp(type->name, "date", 4) || !strcmp(type->name, "yearmonth")) &&
           (!format.len || is_text(format, "default"));
}

static int kinds_of(ta_tabular *t, const ta_node *field, const field_type *type) {
    const char *first = type->types[0];
    if (is_plain_date(t, field, type))
        return FOR_TEXT | FOR_DATE;
    if (!first)
        return FOR_TEXT | FOR_NUMBER;
    return !strcmp(first, "array")                                 ? FOR_LIST
           : !strcmp(first, "object")                              ? FOR_OBJECT
           : !strcmp(first, "integer") || !strcmp(first, "number") ? FOR_NUMBER
                                                                   : FOR_TEXT;
}

/* A value as it stands, or the number that it holds as a text. */
static void make_value(ta_tabular *t, const char *name, const ta_node *node, bool number) {
    ta_text text =
        node->kind == TA_TEXT ? ta_node_text(&t->from->record, node) : (ta_text){"", 0};
    if (number && text.len && ta_number_is(text.data, text.len))
        ta_tabular_put_number(t, name, text.data, text.len);
    else
        ta_tabular_put_copy(t, name, node);
}

static void make_enum(ta_tabular *t, const ta_node *list, bool number) {
    if (list->kind != TA_ARRAY || !list->count) {
        ta_tabular_fault(t, list, "enum", "must be a list of values");
        return;
    }
    ta_tabular_open(t, "enum", TA_ARRAY);
    for (const ta_node *c = ta_node_first(list); c < ta_node_end(list); c = ta_node_next(c)) {
        t->at = c;
        make_value(t, NULL, c, number);
    }
    ta_tabular_close(t);
}

/* The pattern of a Table Schema is one of XML Schema: it describes the value as a whole. */
static void make_whole_pattern(ta_tabular *t, const ta_node *node) {
    ta_text text = ta_node_text(&t->from->record, node);
    ta_buf whole = {0};
    bool anchored = text.len > 1 && text.data[0] == '^' && text.data[text.len - 1] == '$';
    ta_buf_puts(&whole, anchored ? "" : "^(?:");
    ta_buf_put(&whole, text.data, text.len);
    ta_buf_puts(&whole, anchored ? "" : ")$");
    ta_tabular_put_text(t, "pattern", ta_buf_text(&whole), whole.len);
    t->nomem = t->nomem || whole.failed;
    ta_buf_fini(&whole);
}

/* required and unique are the field's own: here they only must be written right. */
static bool is_flag_constraint(ta_tabular *t, const ta_node *node, ta_text name) {
    bool required = is_text(name, "required");
    if (!required && !is_text(name, "unique"))
        return false;
    if (node->kind != TA_TRUE && node->kind != TA_FALSE)
        ta_tabular_fault(t, node, required ? "required" : "unique", "must be true or false");
    return true;
}

/* Its name in JSON Schema. */
static const char *constraint_name(const constraint *row, int kinds) {
    bool other = kinds == FOR_LIST || (kinds & FOR_DATE && row->kinds & FOR_DATE);
    return other && row->of_list                   ? row->of_list
           : kinds == FOR_OBJECT && row->of_object ? row->of_object
                                                   : row->name;
}

static void make_constraint(ta_tabular *t, const ta_node *node, int kinds) {
    const ta_key *key = &t->from->record.keys->items[node->key];
    const ta_text name = {key->text, key->len};
    const constraint *row = constraints;
    if (is_flag_constraint(t, node, name))
        return;
    while (row->name && !is_text(name, row->name))
        row++;
    if (!row->name || !(row->kinds & kinds)) {
        ta_tabular_pass(t, node, ta_tabular_copy(t, name),
                        row->name ? "it has no equal for this type here"
                                  : "no such constraint is known here");
        return;
    }
    t->at = node;
    bool number = kinds & FOR_NUMBER;
    if (!strcmp(row->name, "enum"))
        make_enum(t, node, number);
    else if (!strcmp(row->name, "pattern") && node->kind == TA_TEXT)
        make_whole_pattern(t, node);
    else
        make_value(t, constraint_name(row, kinds), node, number && row->compares);
}

void ta_tabular_make_field(ta_tabular *t, const ta_node *field) {
    const field_type *type = find_field_type(t, field);
    const ta_node *all = field_member(t, field, "constraints");
    const ta_node *missing = field_member(t, field, "missingValues");
    if (!type)
        return;
    make_type(t, type);
    make_format(t, field, type);
    if (!strcmp(type->name, "boolean"))
        make_boolean(t, field);
    make_cell(t, field, type);
    if (missing)
        ta_tabular_pass(t, missing, "missingValues of one field", "those of the table hold");
    if (all && all->kind != TA_OBJECT)
        ta_tabular_fault(t, all, "constraints", "must be an object");
    else
        for (const ta_node *c = all ? ta_node_first(all) : NULL; all && c < ta_node_end(all);
             c = ta_node_next(c))
            make_constraint(t, c, kinds_of(t, field, type));
}
