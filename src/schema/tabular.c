/* SPDX-License-Identifier: MIT */
/* A Table Schema as a whole: its fields are the properties of a record. */
#include "schema/tabular.h"

#include <stdlib.h>

static bool has_list(const ta_document *document, const char *name) {
    const ta_node *list = ta_node_named(&document->record, document->record.nodes, name);
    return list && list->kind == TA_ARRAY;
}

bool ta_tabular_is(const ta_document *document) {
    return document->record.nodes->kind == TA_OBJECT &&
           (has_list(document, "fields") || has_list(document, "resources"));
}

ta_text ta_tabular_text(const ta_document *document, const ta_node *object, const char *name) {
    const ta_node *node =
        object->kind == TA_OBJECT ? ta_node_named(&document->record, object, name) : NULL;
    return node && node->kind == TA_TEXT ? ta_node_text(&document->record, node)
                                         : (ta_text){NULL, 0};
}

static const ta_node *list_fields(const ta_tabular *t) {
    return ta_node_named(&t->from->record, t->table, "fields");
}

const ta_node *ta_tabular_field(const ta_tabular *t, ta_text name) {
    const ta_node *fields = list_fields(t);
    for (const ta_node *c = ta_node_first(fields); c < ta_node_end(fields);
         c = ta_node_next(c)) {
        ta_text own = ta_tabular_text(t->from, c, "name");
        if (own.data && own.len == name.len && !memcmp(own.data, name.data, name.len))
            return c;
    }
    return NULL;
}

void ta_tabular_each_name(const ta_node *value, ta_tabular_name_fn *fn, void *to) {
    const ta_node *first = value->kind == TA_ARRAY ? ta_node_first(value) : value;
    for (const ta_node *c = first; c < ta_node_end(value); c = ta_node_next(c))
        if (!fn(to, c))
            return;
}

static void make_words(ta_tabular *t, const ta_node *object) {
    static const char *const words[] = {"title", "description"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const ta_node *node = ta_node_named(&t->from->record, object, words[i]);
        if (node && node->kind == TA_TEXT)
            ta_tabular_put_copy(t, words[i], node);
    }
}

static void make_properties(ta_tabular *t) {
    const ta_node *fields = list_fields(t);
    t->at = fields;
    ta_tabular_open(t, "properties", TA_OBJECT);
    for (const ta_node *c = ta_node_first(fields); c < ta_node_end(fields) && !t->nomem;
         c = ta_node_next(c)) {
        ta_text name = ta_tabular_text(t->from, c, "name");
        if (!name.len) {
            ta_tabular_fault(t, c, "each field", "must be an object with a name");
        } else if (ta_tabular_field(t, name) != c) {
            ta_tabular_fault(t, c, ta_tabular_copy(t, name), "stands twice in the fields");
        } else {
            t->at = c;
            ta_tabular_open(t, ta_tabular_copy(t, name), TA_OBJECT);
            make_words(t, c);
            ta_tabular_make_field(t, c);
            ta_tabular_close(t);
        }
    }
    ta_tabular_close(t);
}

/* Whether more columns may stand in the data than the schema has (Table Schema 2). */
static bool is_open_table(ta_tabular *t) {
    const ta_node *match = ta_node_named(&t->from->record, t->table, "fieldsMatch");
    const ta_node *word =
        match && match->kind == TA_ARRAY && match->count ? ta_node_first(match) : match;
    ta_text text = word && word->kind == TA_TEXT ? ta_node_text(&t->from->record, word)
                                                 : (ta_text){"exact", 5};
    return (text.len == 6 && !memcmp(text.data, "subset", 6)) ||
           (text.len == 7 && !memcmp(text.data, "partial", 7));
}

static void make_table(ta_tabular *t) {
    t->at = t->table;
    ta_tabular_open(t, NULL, TA_OBJECT);
    make_words(t, t->table);
    ta_tabular_put_text(t, "type", "object", 6);
    make_properties(t);
    t->at = t->table;
    if (!is_open_table(t))
        ta_tabular_put(t, "additionalProperties", TA_FALSE);
    if (!t->failed)
        ta_tabular_make_keys(t);
    ta_tabular_close(t);
}

/* missingValues and what the resource says of its CSV. */
static ta_status read_ways(ta_tabular *t) {
    ta_status status = TA_OK;
    const ta_node *missing = ta_node_named(&t->from->record, t->table, "missingValues");
    t->way.flat = true;
    if (t->resource) {
        const ta_node *dialect = ta_node_named(&t->package->record, t->resource, "dialect");
        if (dialect && dialect->kind == TA_OBJECT)
            status = ta_way_read(t->loader, t->package, dialect, &t->arena, &t->way);
    }
    if (status == TA_OK && missing)
        status = ta_way_read_nulls(t->loader, t->from, missing, &t->arena, &t->way.nulls);
    return status;
}

/* The document that is made has the places of `from`, and the name that files are relative to.
 */
static void begin_document(ta_tabular *t, const ta_document *document) {
    t->head = (ta_head){.file = t->from->name, .format = "json", .form = TA_FORM_DOCUMENT};
    t->document.name = document->name;
    t->document.window = t->from->window;
    t->document.record = (ta_record){.raw = t->from->record.raw,
                                     .raw_len = t->from->record.raw_len,
                                     .keys = t->loader->keys,
                                     .head = &t->head,
                                     .window = &t->document.window};
}

ta_status ta_tabular_new(const ta_loader *loader, const ta_document *document,
                         ta_tabular **out) {
    ta_tabular *t = *out = calloc(1, sizeof *t);
    if (!t)
        return TA_ERR_NOMEM;
    t->loader = loader;
    t->from = document;
    t->table = document->record.nodes;
    if (!has_list(document, "fields")) {
        t->package = document;
        if (!ta_tabular_choose(t))
            return t->nomem ? TA_ERR_NOMEM : TA_ERR_USAGE;
    }
    const ta_node *fields = t->table->kind == TA_OBJECT ? list_fields(t) : NULL;
    if (!fields || fields->kind != TA_ARRAY) {
        ta_tabular_fault(t, t->table, "the schema of the resource",
                         "must have a list of fields");
        return TA_ERR_USAGE;
    }
    begin_document(t, document);
    ta_status status = read_ways(t);
    if (status == TA_OK)
        make_table(t);
    if (t->nomem)
        return TA_ERR_NOMEM;
    return t->failed && status == TA_OK ? TA_ERR_USAGE : status;
}
