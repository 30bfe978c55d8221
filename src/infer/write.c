/* SPDX-License-Identifier: MIT */
/* The schema of a place: type, then what its texts, numbers, members and items have in common.
 */
#include "infer/write.h"

#include "infer/names.h"

enum {
    REPEATED = 4,       /* how often the values of an enum are there on average, at least */
    ENUM_TEXT_MAX = 40, /* bytes: longer texts are no terms */
    SAME_LENGTH = 10    /* texts of one length, from which on it is a rule */
};

void ta_write_types(ta_sketch *sketch, uint8_t types, bool integer) {
    static const struct {
        uint8_t type;
        const char *name;
    } rows[] = {{TA_TYPE_OBJECT, "object"},   {TA_TYPE_ARRAY, "array"},
                {TA_TYPE_STRING, "string"},   {TA_TYPE_NUMBER, "number"},
                {TA_TYPE_BOOLEAN, "boolean"}, {TA_TYPE_NULL, "null"}};
    bool several = types & (types - 1);
    if (!types || types == TA_TYPE_ANY)
        return;
    if (several)
        ta_sketch_open(sketch, "type", TA_ARRAY);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (types & rows[i].type)
            ta_sketch_puts(sketch, several ? NULL : "type",
                           rows[i].type == TA_TYPE_NUMBER && integer ? "integer"
                                                                     : rows[i].name);
    if (several)
        ta_sketch_close(sketch);
}

/* The code list that has all texts; NULL: none. */
static const char *list_of(const ta_infer *infer, const ta_spot *spot) {
    const ta_spot_texts *t = &spot->texts;
    unsigned says = spot->says;
    bool named = says & (TA_NAME_COUNTRY | TA_NAME_CURRENCY);
    bool several = spot->value_count > 1;
    for (uint32_t i = 0; i < infer->options->list_count; i++)
        if (t->count >= TA_INFER_FEW && (named || several) && t->codes & 1U << i)
            return infer->options->lists[i].name;
    return NULL;
}

static bool is_enum(const ta_infer *infer, const ta_spot *spot, const ta_verdict *v) {
    const ta_infer_options *options = infer->options;
    bool terms = !(v->types & ~(TA_TYPE_STRING | TA_TYPE_NULL)) && !spot->texts.empty;
    bool few = !spot->many && spot->value_count > 1 && spot->value_count <= options->enum_max;
    if (options->no_enums || !terms || !few)
        return false;
    for (uint32_t i = 0; i < spot->value_count; i++)
        if (spot->values[i].len > ENUM_TEXT_MAX)
            return false;
    return spot->texts.count >= (uint64_t)spot->value_count * REPEATED;
}

static void write_enum(ta_sketch *sketch, const ta_spot *spot, const ta_verdict *v) {
    ta_sketch_open(sketch, "enum", TA_ARRAY);
    for (uint32_t i = 0; i < spot->value_count; i++)
        ta_sketch_text(sketch, NULL, spot->values[i].text, spot->values[i].len);
    if (v->types & TA_TYPE_NULL)
        ta_sketch_word(sketch, NULL, TA_NULL);
    ta_sketch_close(sketch);
}

static void write_lengths(ta_schema_sketch *to, const ta_spot *spot) {
    const ta_spot_texts *t = &spot->texts;
    bool ranges = to->infer->options->ranges;
    bool same = t->len_min == t->len_max && t->count >= SAME_LENGTH;
    if (t->len_min)
        ta_sketch_count(&to->sketch, "minLength", ranges || same ? t->len_min : 1);
    if (t->len_max && (ranges || same))
        ta_sketch_count(&to->sketch, "maxLength", t->len_max);
}

static void write_personal(ta_sketch *sketch, const ta_spot *spot, const char *format) {
    const ta_spot_texts *t = &spot->texts;
    bool mail = format && !strcmp(format, "email") && t->mailed;
    bool phone = spot->says & TA_NAME_PHONE && t->count && t->dialled == t->count;
    if (mail || phone)
        ta_sketch_word(sketch, "x-personal", TA_TRUE);
}

static void write_texts(ta_schema_sketch *to, const ta_spot *spot, const ta_verdict *v) {
    const char *format = ta_spot_format(to->infer, spot), *list = list_of(to->infer, spot);
    if (!spot->texts.count)
        return;
    if (format)
        ta_sketch_puts(&to->sketch, "format", format);
    else if (list)
        ta_sketch_puts(&to->sketch, "x-codes", list);
    else if (is_enum(to->infer, spot, v))
        write_enum(&to->sketch, spot, v);
    else
        write_lengths(to, spot);
    write_personal(&to->sketch, spot, format);
}

/* Amounts have cents. */
static void write_numbers(ta_schema_sketch *to, const ta_spot *spot, const ta_verdict *v) {
    bool amount = spot->says & TA_NAME_AMOUNT;
    if (to->infer->options->ranges && spot->min.text && !spot->vast) {
        ta_sketch_number(&to->sketch, "minimum", spot->min.text, spot->min.len);
        ta_sketch_number(&to->sketch, "maximum", spot->max.text, spot->max.len);
    }
    if (amount && !v->integer && spot->decimals <= 2 && !spot->exponents)
        ta_sketch_number(&to->sketch, "multipleOf", "0.01", 4);
}

bool ta_spot_is_required(const ta_infer *infer, const ta_spot *object, const ta_spot *member) {
    ta_verdict v = ta_spot_verdict(infer, member);
    return member->count && member->count == ta_spot_objects(infer, object) && !v.gaps;
}

static void write_required(ta_schema_sketch *to, const ta_spot *spot) {
    bool any = false;
    for (const ta_spot *m = spot->first; m; m = m->next) {
        if (!ta_spot_is_required(to->infer, spot, m))
            continue;
        if (!any)
            ta_sketch_open(&to->sketch, "required", TA_ARRAY);
        any = true;
        ta_sketch_text(&to->sketch, NULL, m->name, m->len);
    }
    if (any)
        ta_sketch_close(&to->sketch);
}

static void write_members(ta_schema_sketch *to, ta_spot *spot) {
    ta_spot_settle_map(to->infer, spot);
    write_required(to, spot);
    if (spot->first)
        ta_sketch_open(&to->sketch, "properties", TA_OBJECT);
    for (ta_spot *m = spot->first; m; m = m->next)
        ta_write_spot(to, (ta_text){m->name, m->len}, m);
    if (spot->first)
        ta_sketch_close(&to->sketch);
    if (spot->others)
        ta_write_spot(to, (ta_text){"additionalProperties", 20}, spot->others);
}

static void write_spelling(ta_sketch *sketch, const ta_spot *spot, const ta_verdict *v) {
    if (v->cells) {
        ta_sketch_open(sketch, "x-csv", TA_OBJECT);
        ta_sketch_puts(sketch, "separator", ";");
        ta_sketch_close(sketch);
    }
    if (!spot->xml_attribute && !spot->xml_wrapped && !spot->xml_name && !spot->xml_list)
        return;
    ta_sketch_open(sketch, "xml", TA_OBJECT);
    if (spot->xml_name)
        ta_sketch_puts(sketch, "name", spot->xml_name);
    if (spot->xml_list)
        ta_sketch_puts(sketch, "x-list", spot->xml_list);
    if (spot->xml_attribute)
        ta_sketch_word(sketch, "attribute", TA_TRUE);
    if (spot->xml_wrapped)
        ta_sketch_word(sketch, "wrapped", TA_TRUE);
    ta_sketch_close(sketch);
}

/* The first member that tells all records apart. */
static void write_key(ta_schema_sketch *to, const ta_spot *spot) {
    for (const ta_spot *m = spot->first; m && to->infer->records > 1; m = m->next) {
        uint64_t scalars = m->texts.count + m->numbers;
        if (!m->seen || m->repeats || scalars != spot->objects || m->texts.empty)
            continue;
        ta_sketch_open(&to->sketch, "x-key", TA_ARRAY);
        ta_sketch_text(&to->sketch, NULL, m->name, m->len);
        ta_sketch_close(&to->sketch);
        return;
    }
}

/* Recursive in the depth of the tree. */
void ta_write_words(ta_schema_sketch *to, ta_spot *spot) {
    ta_verdict v = ta_spot_verdict(to->infer, spot);
    bool blank =
        !spot->count && to->infer->csv && !spot->hollow; /* a column without values is text */
    ta_write_types(&to->sketch, blank ? TA_TYPE_STRING : v.types, v.integer);
    if (v.types & TA_TYPE_STRING)
        write_texts(to, spot, &v);
    if (v.types & TA_TYPE_NUMBER)
        write_numbers(to, spot, &v);
    if (v.types & TA_TYPE_OBJECT)
        write_members(to, spot);
    ta_spot *items = v.cells ? spot->cells : spot->items;
    if (v.types & TA_TYPE_ARRAY && items)
        ta_write_spot(to, (ta_text){"items", 5}, items);
    write_spelling(&to->sketch, spot, &v);
    write_key(to, spot);
}

void ta_write_spot(ta_schema_sketch *to, ta_text key, ta_spot *spot) {
    ta_sketch_open_named(&to->sketch, key, TA_OBJECT);
    ta_write_words(to, spot);
    ta_sketch_close(&to->sketch);
}
