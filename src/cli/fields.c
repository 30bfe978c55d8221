/* SPDX-License-Identifier: MIT */
/* The fields of a schema: its properties, those of objects in it and of the items of its lists,
 * by their paths. References are followed; a schema within itself is not entered again. */
#include "cli/fields.h"

#include "cli/columns.h"
#include "cli/say.h"
#include "cli/shelf.h"
#include "record/path.h"
#include "schema/schema.h"

enum { FIELD_DEPTH_MAX = 12 };

typedef struct field_walk {
    const ta_schema *schema;
    ta_columns *table; /* NULL: a head is wanted */
    ta_buf *head, path;
    const ta_subschema *inside[FIELD_DEPTH_MAX];
    unsigned depth;
} field_walk;

/* A word of a subschema, or of what it refers to; *owner is where it stands. */
static const ta_node *find_word(const ta_subschema *sub, const char *word,
                                const ta_subschema **owner) {
    for (; sub; sub = sub->ref) {
        const ta_node *node = sub->node->kind == TA_OBJECT
                                  ? ta_node_named(&sub->document->record, sub->node, word)
                                  : NULL;
        *owner = sub;
        if (node)
            return node;
    }
    return NULL;
}

static const ta_subschema *find_sub(const ta_schema *schema, const ta_subschema *sub,
                                    const char *word) {
    const ta_subschema *owner;
    const ta_node *node = find_word(sub, word, &owner);
    return node ? ta_schema_at(schema, owner->document, node) : NULL;
}

static void put_form(ta_buf *out, const ta_shape *shape) {
    static const struct {
        uint8_t type;
        const char *name;
    } rows[] = {{TA_TYPE_STRING, "text"},
                {TA_TYPE_NUMBER, "number"},
                {TA_TYPE_BOOLEAN, "true or false"},
                {TA_TYPE_OBJECT, "object"},
                {TA_TYPE_ARRAY, "list"}};
    size_t start = out->len;
    if (!shape || shape->types == TA_TYPE_ANY) {
        ta_buf_puts(out, "anything");
        return;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!(shape->types & rows[i].type))
            continue;
        ta_buf_puts(out, out->len > start ? " or " : "");
        ta_buf_puts(out, rows[i].type == TA_TYPE_NUMBER && shape->integer ? "whole number"
                                                                          : rows[i].name);
    }
    if (shape->types == TA_TYPE_ARRAY && shape->items) {
        ta_buf_puts(out, " of ");
        put_form(out, shape->items);
    }
}

/* A scalar as people write it; a list's items between semicolons; objects not at all. */
static void put_plain(const ta_record *record, const ta_node *node, ta_buf *out) {
    if (node->kind == TA_TEXT || node->kind == TA_NUMBER) {
        ta_text text = ta_node_text(record, node);
        ta_buf_put(out, text.data, text.len);
    } else if (node->kind == TA_TRUE || node->kind == TA_FALSE) {
        ta_buf_puts(out, node->kind == TA_TRUE ? "true" : "false");
    } else if (node->kind == TA_ARRAY) {
        for (const ta_node *n = ta_node_first(node); n < ta_node_end(node);
             n = ta_node_next(n)) {
            ta_buf_puts(out, n > node + 1 && n->kind < TA_ARRAY ? ";" : "");
            put_plain(record, n, out);
        }
    }
}

static void put_example(const ta_subschema *sub, ta_buf *out) {
    const ta_subschema *owner;
    const ta_node *node = find_word(sub, "examples", &owner);
    if (node && node->kind == TA_ARRAY && node->count)
        put_plain(&owner->document->record, ta_node_first(node), out);
}

/* The name of the code list, or the words of enum. */
static void put_codes(const ta_schema *schema, const ta_subschema *sub, ta_buf *out) {
    const ta_subschema *owner;
    const ta_subschema *items = find_sub(schema, sub, "items");
    const ta_node *node = find_word(sub, "x-codes", &owner);
    if (!node)
        node = find_word(sub, "enum", &owner);
    if (!node && items)
        put_codes(schema, items, out);
    if (node && node->kind == TA_TEXT)
        put_plain(&owner->document->record, node, out);
    if (!node || node->kind != TA_ARRAY)
        return;
    for (const ta_node *n = ta_node_first(node); n < ta_node_end(node); n = ta_node_next(n)) {
        ta_buf_puts(out, n > node + 1 ? " | " : "");
        put_plain(&owner->document->record, n, out);
    }
}

static void put_field(field_walk *walk, const ta_subschema *sub, bool required) {
    ta_buf words = {0};
    if (!walk->table) {
        ta_buf_puts(walk->head, walk->head->len ? "," : "");
        ta_buf_put(walk->head, walk->path.data, walk->path.len);
        return;
    }
    ta_columns_puts(walk->table, ta_buf_text(&walk->path));
    ta_columns_puts(walk->table, required ? "yes" : "");
    put_form(&words, &sub->shape);
    ta_columns_puts(walk->table, ta_buf_text(&words));
    words.len = 0;
    put_example(sub, &words);
    ta_columns_puts(walk->table, ta_buf_text(&words));
    words.len = 0;
    put_codes(walk->schema, sub, &words);
    ta_columns_puts(walk->table, ta_buf_text(&words));
    walk->table->failed = walk->table->failed || words.failed;
    ta_buf_fini(&words);
}

static bool is_required(const ta_subschema *sub, const ta_node *property) {
    const ta_subschema *owner;
    const ta_node *names = find_word(sub, "required", &owner);
    const ta_key *key = &owner->document->record.keys->items[property->key];
    for (const ta_node *n = names ? names + 1 : NULL; n && n < ta_node_end(names);
         n = ta_node_next(n)) {
        ta_text text = ta_node_text(&owner->document->record, n);
        if (n->kind == TA_TEXT && text.len == key->len &&
            !memcmp(text.data, key->text, text.len))
            return true;
    }
    return false;
}

static const ta_subschema *end_of_references(const ta_subschema *sub) {
    while (sub->ref)
        sub = sub->ref;
    return sub;
}

static bool is_inside(const field_walk *walk, const ta_subschema *sub) {
    for (unsigned i = 0; i < walk->depth; i++)
        if (walk->inside[i] == sub)
            return true;
    return walk->depth == FIELD_DEPTH_MAX;
}

static void walk_properties(field_walk *walk, const ta_subschema *sub);

/* A property: itself, or in a head what it consists of; then what is in it. */
static void walk_property(field_walk *walk, const ta_subschema *sub, bool required) {
    const ta_subschema *inner = sub, *owner;
    const ta_subschema *items = find_sub(walk->schema, sub, "items");
    bool list = items && find_word(items, "properties", &owner);
    if (list)
        inner = items;
    bool nested = find_word(inner, "properties", &owner) && !is_inside(walk, owner);
    if (walk->table || !nested)
        put_field(walk, sub, required);
    if (!nested)
        return;
    if (list)
        ta_buf_puts(&walk->path, walk->table ? ".*" : ".0");
    walk->inside[walk->depth++] = end_of_references(inner);
    walk_properties(walk, inner);
    walk->depth--;
}

static void walk_properties(field_walk *walk, const ta_subschema *sub) {
    const ta_subschema *owner;
    const ta_node *properties = find_word(sub, "properties", &owner);
    size_t len = walk->path.len;
    if (!properties || properties->kind != TA_OBJECT)
        return;
    for (const ta_node *p = ta_node_first(properties); p < ta_node_end(properties);
         p = ta_node_next(p)) {
        const ta_subschema *child = ta_schema_at(walk->schema, owner->document, p);
        const ta_key *key = &owner->document->record.keys->items[p->key];
        ta_buf_puts(&walk->path, len ? "." : "");
        ta_path_put_step(&walk->path, key->text, key->len, '.');
        if (child)
            walk_property(walk, child, is_required(owner, p));
        walk->path.len = len;
    }
}

/* The root, or the items of a root that describes a list. */
static void walk_schema(field_walk *walk) {
    const ta_subschema *root = walk->schema->root;
    const ta_subschema *items = find_sub(walk->schema, root, "items");
    bool list = root->shape.types == TA_TYPE_ARRAY && items;
    walk->inside[walk->depth++] = end_of_references(list ? items : root);
    walk_properties(walk, list ? items : root);
}

/* Fills in a table (of 5 columns) or a head. Returns the exit status so far. */
static int read_fields(const char *name, ta_columns *table, ta_buf *head) {
    ta_shelf shelf;
    ta_schema *schema = NULL;
    ta_status status = ta_shelf_open(&shelf) ? TA_OK : TA_ERR_NOMEM;
    if (status == TA_OK)
        status = ta_schema_load(&shelf.library.loader, name, &schema);
    field_walk walk = {.schema = schema, .table = table, .head = head};
    if (status == TA_OK)
        walk_schema(&walk);
    if (walk.path.failed)
        status = TA_ERR_NOMEM;
    ta_buf_fini(&walk.path);
    ta_schema_drop(schema);
    ta_shelf_close(&shelf);
    if (status == TA_ERR_NOMEM)
        return ta_say_nomem();
    return status == TA_OK ? 0 : 2;
}

int ta_fields_print(const char *name) {
    static const char *const head[] = {"NAME", "REQUIRED", "FORM", "EXAMPLE", "CODES"};
    ta_columns table = {.columns = 5};
    ta_buf out = {0};
    for (int i = 0; i < 5; i++)
        ta_columns_puts(&table, head[i]);
    int exit_status = read_fields(name, &table, NULL);
    ta_columns_print(&table, &out);
    if (!exit_status)
        return ta_say_text(&out);
    ta_buf_fini(&out);
    return exit_status;
}

int ta_fields_template(const char *name) {
    ta_buf out = {0};
    int exit_status = read_fields(name, NULL, &out);
    ta_buf_puts(&out, "\n");
    if (!exit_status)
        return ta_say_text(&out);
    ta_buf_fini(&out);
    return exit_status;
}
