/* SPDX-License-Identifier: MIT */
/* The words about single values, widened: types, values, lengths, numbers. */
#include "base/decimal.h"
#include "infer/widen.h"
#include "schema/shape.h"
#include "schema/vocabulary.h"

static ta_text word_text(const ta_widening *w, const ta_node *node) {
    return ta_node_text(w->to->old, node);
}

static bool text_is(ta_text text, const char *word) {
    return strlen(word) == text.len && !memcmp(text.data, word, text.len);
}

/* Which types the data needs beside those that the schema has. */
static uint8_t types_needed(const ta_widening *w, uint8_t has) {
    const ta_spot_texts *t = &w->spot->texts;
    uint64_t filled = t->soft - t->soft_empty;
    ta_verdict v = ta_spot_verdict(w->to->infer, w->spot);
    if (t->count > t->soft || !t->count || v.types & has & TA_TYPE_ARRAY)
        return v.types;
    uint8_t hard = (uint8_t)((w->spot->nulls ? TA_TYPE_NULL : 0) |
                             (w->spot->objects ? TA_TYPE_OBJECT : 0) |
                             (w->spot->arrays ? TA_TYPE_ARRAY : 0) |
                             (w->spot->numbers ? TA_TYPE_NUMBER : 0) |
                             (w->spot->booleans ? TA_TYPE_BOOLEAN : 0));
    if (has & TA_TYPE_STRING || (w->spot->objects && !filled))
        return hard;
    bool number = has & TA_TYPE_NUMBER && t->numeric == filled;
    bool word = has & TA_TYPE_BOOLEAN && t->words == filled;
    if (filled && !number && !word)
        return hard | TA_TYPE_STRING;
    return hard | (t->soft_empty ? TA_TYPE_NULL : 0);
}

void ta_widen_type(ta_widening *w, ta_text key, const ta_node *value) {
    bool list = value->kind == TA_ARRAY, integer = false, number = false;
    uint8_t has = 0;
    for (const ta_node *c = list ? value + 1 : value; c < ta_node_end(value);
         c = ta_node_next(c)) {
        bool whole = false;
        ta_text name = word_text(w, c);
        uint8_t type = ta_type_named(name.data, name.len, &whole);
        has |= type;
        integer |= whole;
        number |= type == TA_TYPE_NUMBER && !whole;
    }
    const ta_spot *spot = w->spot;
    bool fraction = spot->integers < spot->numbers || spot->texts.whole < spot->texts.numeric;
    uint8_t needs = types_needed(w, has);
    if (!(needs & ~has) && !(integer && !number && fraction)) {
        ta_widen_keep(w, key, value);
        return;
    }
    bool whole = integer || !(has & TA_TYPE_NUMBER);
    ta_write_types(&w->to->sketch, has | needs, whole && !number && !fraction);
}

/* Whether a value that was seen is one of the enum's; a cell of CSV may be its number. */
static bool is_listed(const ta_widening *w, const ta_node *list, const ta_spot_value *value) {
    for (const ta_node *c = ta_node_first(list); c < ta_node_end(list); c = ta_node_next(c)) {
        ta_text text = word_text(w, c);
        bool numbers = c->kind == TA_NUMBER && ta_number_is(value->text, value->len);
        if (numbers && (value->number || w->spot->texts.soft) &&
            !ta_number_compare(text.data, text.len, value->text, value->len))
            return true;
        if (c->kind == TA_TEXT && !value->number && text.len == value->len &&
            !memcmp(text.data, value->text, text.len))
            return true;
    }
    return false;
}

static void add_enum_word(ta_widening *w, const ta_node *list, ta_kind kind, uint64_t seen) {
    bool listed = !seen;
    for (const ta_node *c = ta_node_first(list); c < ta_node_end(list); c = ta_node_next(c))
        listed |= (ta_kind)c->kind == kind;
    if (!listed)
        ta_sketch_word(&w->to->sketch, NULL, kind);
}

/* The new values come behind the old ones; where they are too many, or lists and objects, the
 * enum goes. */
void ta_widen_enum(ta_widening *w, ta_text key, const ta_node *value) {
    const ta_spot *spot = w->spot;
    ta_sketch *sketch = &w->to->sketch;
    if (spot->many || spot->objects || spot->arrays)
        return;
    ta_sketch_open_named(sketch, key, TA_ARRAY);
    for (const ta_node *c = ta_node_first(value); c < ta_node_end(value); c = ta_node_next(c))
        ta_sketch_copy(sketch, (ta_text){NULL, 0}, w->to->old, c);
    for (uint32_t i = 0; i < spot->value_count; i++) {
        const ta_spot_value *v = &spot->values[i];
        if (is_listed(w, value, v))
            continue;
        if (v->number)
            ta_sketch_number(sketch, NULL, v->text, v->len);
        else
            ta_sketch_text(sketch, NULL, v->text, v->len);
    }
    add_enum_word(w, value, TA_NULL, spot->nulls);
    add_enum_word(w, value, TA_TRUE, spot->booleans);
    add_enum_word(w, value, TA_FALSE, spot->booleans);
    ta_sketch_close(sketch);
}

/* Whether `bound` must give way to the least (or greatest) that was seen. */
static bool is_beyond(ta_text bound, const char *seen, size_t len, bool least) {
    int order = ta_number_compare(seen, len, bound.data, bound.len);
    return least ? order < 0 : order > 0;
}

void ta_widen_count(ta_widening *w, ta_text key, const ta_node *value) {
    const ta_spot *spot = w->spot;
    bool least = key.data[1] == 'i', items = key.data[3] == 'I';
    uint64_t seen = items ? (least ? spot->items_min : spot->items_max)
                          : (least ? spot->texts.len_min : spot->texts.len_max);
    ta_buf text = {0};
    ta_buf_printf(&text, "%llu", (unsigned long long)seen);
    bool any = items ? spot->arrays : spot->texts.count;
    if (any && is_beyond(word_text(w, value), ta_buf_text(&text), text.len, least))
        ta_sketch_count(&w->to->sketch,
                        least ? (items ? "minItems" : "minLength")
                              : (items ? "maxItems" : "maxLength"),
                        seen);
    else
        ta_widen_keep(w, key, value);
    w->to->sketch.failed |= text.failed;
    ta_buf_fini(&text);
}

void ta_widen_number(ta_widening *w, ta_text key, const ta_node *value) {
    bool least = text_is(key, "minimum");
    if (w->spot->vast) /* what was seen is not known */
        return;
    const ta_spot_bound *seen = least ? &w->spot->min : &w->spot->max;
    if (seen->text && is_beyond(word_text(w, value), seen->text, seen->len, least))
        ta_sketch_number(&w->to->sketch, least ? "minimum" : "maximum", seen->text, seen->len);
    else
        ta_widen_keep(w, key, value);
}

/* Where numbers have more decimal places, or none of them can be told, it goes. */
void ta_widen_multiple(ta_widening *w, ta_text key, const ta_node *value) {
    ta_text step = word_text(w, value);
    const char *point = memchr(step.data, '.', step.len);
    size_t places = point ? step.len - (size_t)(point + 1 - step.data) : 0;
    if (w->spot->decimals <= places && !w->spot->exponents)
        ta_widen_keep(w, key, value);
}
