/* SPDX-License-Identifier: MIT */
/*
 * A schema that is there is widened: each word that the data breaks gives way as little as it
 * must, and all others stay as they are, in their order. What only a check can tell (patterns,
 * references, conditions, rules) is kept.
 */
#include "infer/widen.h"
#include "base/decimal.h"

typedef void widen_fn(ta_widening *w, ta_text key, const ta_node *value);

static void widen_value(ta_schema_sketch *to, ta_text key, const ta_node *schema,
                        ta_spot *spot);

static ta_text text_of(const ta_widening *w, const ta_node *node) {
    return ta_node_text(w->to->old, node);
}

void ta_widen_keep(ta_widening *w, ta_text key, const ta_node *value) {
    ta_sketch_copy(&w->to->sketch, key, w->to->old, value);
}

static ta_text name_of(const ta_widening *w, const ta_node *member) {
    const ta_key *key = &w->to->old->keys->items[member->key];
    return (ta_text){key->text, key->len};
}

/* The members that the old schema does not name, as one place; NULL: there are none. */
static ta_spot *take_others(ta_widening *w) {
    ta_infer *infer = w->to->infer;
    if (w->spot->others)
        return w->spot->others;
    ta_spot *others = NULL;
    for (ta_spot *m = w->spot->first; m; m = m->next) {
        if (w->properties && ta_widen_member(w, w->properties, (ta_text){m->name, m->len}))
            continue;
        if (!others)
            others = ta_spot_new(infer, w->spot->depth + 1);
        if (others)
            ta_spot_merge(infer, others, m);
    }
    return others;
}

const ta_node *ta_widen_member(const ta_widening *w, const ta_node *object, ta_text name) {
    for (const ta_node *c = ta_node_first(object);
         object->kind == TA_OBJECT && c < ta_node_end(object); c = ta_node_next(c)) {
        ta_text key = name_of(w, c);
        if (key.len == name.len && !memcmp(key.data, name.data, name.len))
            return c;
    }
    return NULL;
}

/* Members that the schema does not have: added, unless it describes all others together. */
static void add_properties(ta_widening *w) {
    bool described = w->others && w->others->kind == TA_OBJECT;
    for (ta_spot *m = w->spot->first; m && !described; m = m->next)
        if (!w->properties || !ta_widen_member(w, w->properties, (ta_text){m->name, m->len}))
            ta_write_spot(w->to, (ta_text){m->name, m->len}, m);
}

static void widen_properties(ta_widening *w, ta_text key, const ta_node *value) {
    ta_sketch_open_named(&w->to->sketch, key, TA_OBJECT);
    for (const ta_node *c = ta_node_first(value); c < ta_node_end(value); c = ta_node_next(c)) {
        ta_text name = name_of(w, c);
        widen_value(w->to, name, c, ta_spot_named(w->spot, name.data, name.len));
    }
    add_properties(w);
    ta_sketch_close(&w->to->sketch);
}

static void widen_others(ta_widening *w, ta_text key, const ta_node *value) {
    ta_spot *others = value->kind == TA_OBJECT || w->spot->others ? take_others(w) : NULL;
    widen_value(w->to, key, value, others);
}

static void widen_items(ta_widening *w, ta_text key, const ta_node *value) {
    widen_value(w->to, key, value, w->spot->items);
}

static void widen_required(ta_widening *w, ta_text key, const ta_node *value) {
    ta_sketch_open_named(&w->to->sketch, key, TA_ARRAY);
    for (const ta_node *c = ta_node_first(value); c < ta_node_end(value); c = ta_node_next(c)) {
        ta_text name = text_of(w, c);
        const ta_spot *m = ta_spot_named(w->spot, name.data, name.len);
        if (!w->spot->objects || (m && m->count == w->spot->objects))
            ta_sketch_text(&w->to->sketch, NULL, name.data, name.len);
    }
    ta_sketch_close(&w->to->sketch);
}

/* Formats and code lists: dropped where some text has them not. */
static void widen_format(ta_widening *w, ta_text key, const ta_node *value) {
    const ta_infer_options *options = w->to->infer->options;
    ta_text name = text_of(w, value);
    for (uint32_t i = 0; i < options->format_count; i++)
        if (strlen(options->formats[i].name) == name.len &&
            !memcmp(options->formats[i].name, name.data, name.len) &&
            !(w->spot->texts.formats & 1U << i))
            return;
    ta_widen_keep(w, key, value);
}

static void widen_codes(ta_widening *w, ta_text key, const ta_node *value) {
    const ta_infer_options *options = w->to->infer->options;
    ta_text name = text_of(w, value);
    for (uint32_t i = 0; i < options->list_count; i++)
        if (strlen(options->lists[i].name) == name.len &&
            !memcmp(options->lists[i].name, name.data, name.len) &&
            !(w->spot->texts.codes & 1U << i))
            return;
    ta_widen_keep(w, key, value);
}

static const struct {
    const char *word;
    ta_kind kind; /* of the values that are understood */
    widen_fn *widen;
} widen_rows[] = {
    {"properties", TA_OBJECT, widen_properties},
    {"required", TA_ARRAY, widen_required},
    {"items", TA_OBJECT, widen_items},
    {"additionalProperties", TA_OBJECT, widen_others},
    {"additionalProperties", TA_FALSE, widen_others},
    {"format", TA_TEXT, widen_format},
    {"x-codes", TA_TEXT, widen_codes},
    {"type", TA_TEXT, ta_widen_type},
    {"type", TA_ARRAY, ta_widen_type},
    {"enum", TA_ARRAY, ta_widen_enum},
    {"minLength", TA_NUMBER, ta_widen_count},
    {"maxLength", TA_NUMBER, ta_widen_count},
    {"minItems", TA_NUMBER, ta_widen_count},
    {"maxItems", TA_NUMBER, ta_widen_count},
    {"minimum", TA_NUMBER, ta_widen_number},
    {"maximum", TA_NUMBER, ta_widen_number},
    {"multipleOf", TA_NUMBER, ta_widen_multiple},
};

static void widen_word(ta_widening *w, ta_text key, const ta_node *value) {
    for (size_t i = 0; i < sizeof widen_rows / sizeof *widen_rows; i++)
        if (strlen(widen_rows[i].word) == key.len &&
            !memcmp(widen_rows[i].word, key.data, key.len) &&
            widen_rows[i].kind == (ta_kind)value->kind) {
            widen_rows[i].widen(w, key, value);
            return;
        }
    ta_widen_keep(w, key, value);
}

/* Recursive in the depth of the schema. */
static void widen_value(ta_schema_sketch *to, ta_text key, const ta_node *schema,
                        ta_spot *spot) {
    bool seen = spot && spot->count;
    if (schema->kind == TA_FALSE && seen) {
        ta_write_spot(to, key, spot);
    } else if (schema->kind != TA_OBJECT || !seen || ta_node_named(to->old, schema, "$ref")) {
        ta_sketch_copy(&to->sketch, key, to->old, schema);
    } else {
        ta_sketch_open_named(&to->sketch, key, TA_OBJECT);
        ta_widen_words(to, schema, spot);
        ta_sketch_close(&to->sketch);
    }
}

void ta_widen_words(ta_schema_sketch *to, const ta_node *schema, ta_spot *spot) {
    ta_widening w = {.to = to, .spot = spot};
    w.properties = ta_node_named(to->old, schema, "properties");
    w.others = ta_node_named(to->old, schema, "additionalProperties");
    for (const ta_node *c = ta_node_first(schema); c < ta_node_end(schema);
         c = ta_node_next(c)) {
        bool closed = c == w.others && c->kind == TA_FALSE && !spot->others;
        if (closed) /* new members are properties then */
            ta_widen_keep(&w, name_of(&w, c), c);
        else
            widen_word(&w, name_of(&w, c), c);
    }
    if (w.properties || !w.others || w.others->kind != TA_FALSE || !spot->first)
        return;
    ta_sketch_open(&to->sketch, "properties", TA_OBJECT);
    add_properties(&w);
    ta_sketch_close(&to->sketch);
}

void ta_widen_schema(ta_schema_sketch *to, const ta_node *schema, ta_spot *record) {
    ta_infer *infer = to->infer;
    bool list = ta_node_named(to->old, schema, "items") && !record->arrays;
    ta_spot *root = list ? ta_spot_new(infer, 0) : record;
    if (list && root) {
        root->count = root->arrays = 1;
        root->items = record;
        root->items_min = root->items_max = record->count;
    }
    if (root)
        widen_value(to, (ta_text){NULL, 0}, schema, root);
}
