/* SPDX-License-Identifier: MIT */
/* What a Table Schema says of several records: unique values, the primary key, and foreign keys
 * into other files; in the words of x-rules and x-key. */
#include "schema/tabular.h"

/* A field's name as a step of a path. */
static void put_step(ta_text name, ta_buf *out) {
    if (name.len == 1 && *name.data == '*')
        ta_buf_puts(out, "\\");
    for (size_t i = 0; i < name.len; i++) {
        ta_buf_puts(out, strchr(".:\\", name.data[i]) && name.data[i] ? "\\" : "");
        ta_buf_put(out, name.data + i, 1);
    }
}

static void make_step(ta_tabular *t, const char *name, ta_text field) {
    ta_buf step = {0};
    put_step(field, &step);
    ta_tabular_put_text(t, name, ta_buf_text(&step), step.len);
    t->nomem = t->nomem || step.failed;
    ta_buf_fini(&step);
}

static bool make_step_of(void *to, const ta_node *name) {
    ta_tabular *t = to;
    make_step(t, NULL, ta_node_text(&t->from->record, name));
    return true;
}

/* Whether a name is that of a field; else a fault. */
static bool check_name(void *to, const ta_node *name) {
    ta_tabular *t = to;
    if (name->kind == TA_TEXT && ta_tabular_field(t, ta_node_text(&t->from->record, name)))
        return true;
    ta_tabular_fault(t, name, "this name", "must be that of a field");
    return false;
}

static bool says_true(const ta_tabular *t, const ta_node *field, const char *name) {
    const ta_node *constraints = ta_node_named(&t->from->record, field, "constraints");
    const ta_node *node = constraints && constraints->kind == TA_OBJECT
                              ? ta_node_named(&t->from->record, constraints, name)
                              : NULL;
    return node && node->kind == TA_TRUE;
}

static const ta_node *primary_key(const ta_tabular *t) {
    return ta_node_named(&t->from->record, t->table, "primaryKey");
}

static bool make_required_of(void *to, const ta_node *name) {
    ta_tabular *t = to;
    ta_text text = ta_node_text(&t->from->record, name);
    const ta_node *field = ta_tabular_field(t, text);
    if (field && !says_true(t, field, "required"))
        ta_tabular_put_text(t, NULL, text.data, text.len);
    return true;
}

static void make_required(ta_tabular *t) {
    const ta_node *fields = ta_node_named(&t->from->record, t->table, "fields");
    const ta_node *key = primary_key(t);
    ta_tabular_open(t, "required", TA_ARRAY);
    for (const ta_node *c = ta_node_first(fields); c < ta_node_end(fields); c = ta_node_next(c))
        if (says_true(t, c, "required")) {
            ta_text name = ta_tabular_text(t->from, c, "name");
            ta_tabular_put_text(t, NULL, name.data, name.len);
        }
    if (key)
        ta_tabular_each_name(key, make_required_of, t);
    ta_tabular_close(t);
}

static void begin_rule(ta_tabular *t, const char *id, ta_text name) {
    ta_buf text = {0};
    ta_buf_puts(&text, id);
    ta_buf_put(&text, name.data, name.len);
    ta_tabular_open(t, NULL, TA_OBJECT);
    ta_tabular_put_text(t, "id", ta_buf_text(&text), text.len);
    t->nomem = t->nomem || text.failed;
    ta_buf_fini(&text);
}

/* Unique over the list, in one field or in those of the key. */
static void make_unique(ta_tabular *t, const ta_node *key, const char *id, ta_text name) {
    t->at = key;
    begin_rule(t, id, name);
    ta_tabular_put_text(t, "over", "list", 4);
    ta_tabular_put_text(t, "unique", "*", 1);
    ta_tabular_open(t, "by", TA_ARRAY);
    if (key->kind == TA_OBJECT)
        make_step(t, NULL, name);
    else
        ta_tabular_each_name(key, make_step_of, t);
    ta_tabular_close(t);
    ta_tabular_close(t);
}

/* The file of a resource; "" is this one. NULL: there is none, and it is said. */
static const char *find_file(ta_tabular *t, const ta_node *at, ta_text name) {
    const ta_node *resource = name.len ? ta_tabular_resource(t, name) : t->resource;
    if (!t->package) {
        ta_tabular_pass(t, at, "this foreign key",
                        "only a data package says which file the resource is");
        return NULL;
    }
    if (!resource) {
        ta_tabular_fault(t, at, "resource", "must be the name of a resource of the package");
        return NULL;
    }
    ta_text path = ta_tabular_text(t->package, resource, "path");
    if (path.len)
        return ta_tabular_copy(t, path);
    ta_tabular_pass(t, at, "this foreign key", "the resource it leads to is not one file");
    return NULL;
}

static void make_reference(ta_tabular *t, const char *file, const ta_node *from,
                           const ta_node *to) {
    ta_text name = ta_node_text(&t->from->record, from);
    ta_buf in = {0};
    t->at = from;
    begin_rule(t, "foreign-key-", name);
    make_step(t, "ref", name);
    ta_buf_puts(&in, file);
    ta_buf_puts(&in, ":");
    put_step(ta_node_text(&t->from->record, to), &in);
    ta_tabular_put_text(t, "in", ta_buf_text(&in), in.len);
    t->nomem = t->nomem || in.failed;
    ta_buf_fini(&in);
    ta_tabular_close(t);
}

static const ta_node *first_name(const ta_node *value, uint32_t *count) {
    *count = value->kind == TA_ARRAY ? value->count : 1;
    return value->kind == TA_ARRAY ? ta_node_first(value) : value;
}

/* Each field by itself: a value that stands nowhere is found, a pair that does not is not. */
static void make_foreign_key(ta_tabular *t, const ta_node *key) {
    const ta_record *record = &t->from->record;
    bool whole = key->kind == TA_OBJECT;
    const ta_node *reference = whole ? ta_node_named(record, key, "reference") : NULL;
    const ta_node *fields = whole ? ta_node_named(record, key, "fields") : NULL;
    const ta_node *others = reference && reference->kind == TA_OBJECT
                                ? ta_node_named(record, reference, "fields")
                                : NULL;
    uint32_t count = 0, other_count = 0;
    const ta_node *from = fields ? first_name(fields, &count) : NULL;
    const ta_node *to = others ? first_name(others, &other_count) : NULL;
    if (!from || !to || !count || count != other_count) {
        ta_tabular_fault(t, key, "a foreign key",
                         "must have fields, and as many in its reference");
        return;
    }
    ta_tabular_each_name(fields, check_name, t);
    for (uint32_t i = 0; i < count && !t->failed; i++)
        if (to[i].kind != TA_TEXT)
            ta_tabular_fault(t, to + i, "this name", "must be a text");
    const char *file =
        t->failed ? NULL
                  : find_file(t, reference, ta_tabular_text(t->from, reference, "resource"));
    if (file && count > 1)
        ta_tabular_pass(t, fields, "a foreign key of several fields as a whole",
                        "each field is checked by itself");
    for (uint32_t i = 0; file && i < count; i++)
        make_reference(t, file, from + i, to + i);
}

/* uniqueKeys (Table Schema 2): each is a list of fields. */
static void make_unique_keys(ta_tabular *t) {
    const ta_node *keys = ta_node_named(&t->from->record, t->table, "uniqueKeys");
    if (keys && keys->kind != TA_ARRAY)
        ta_tabular_fault(t, keys, "uniqueKeys", "must be a list");
    if (!keys || keys->kind != TA_ARRAY)
        return;
    for (const ta_node *c = ta_node_first(keys); c < ta_node_end(keys); c = ta_node_next(c)) {
        ta_tabular_each_name(c, check_name, t);
        if (!t->failed)
            make_unique(t, c, "unique-key", (ta_text){"", 0});
    }
}

static void make_rules(ta_tabular *t) {
    const ta_record *record = &t->from->record;
    const ta_node *fields = ta_node_named(record, t->table, "fields");
    const ta_node *keys = ta_node_named(record, t->table, "foreignKeys");
    ta_tabular_open(t, "x-rules", TA_ARRAY);
    if (primary_key(t))
        make_unique(t, primary_key(t), "primary-key", (ta_text){"", 0});
    for (const ta_node *c = ta_node_first(fields); c < ta_node_end(fields); c = ta_node_next(c))
        if (says_true(t, c, "unique"))
            make_unique(t, c, "unique-", ta_tabular_text(t->from, c, "name"));
    make_unique_keys(t);
    if (keys && keys->kind != TA_ARRAY)
        ta_tabular_fault(t, keys, "foreignKeys", "must be a list");
    for (const ta_node *c = keys && !t->failed ? ta_node_first(keys) : NULL;
         c && c < ta_node_end(keys); c = ta_node_next(c))
        make_foreign_key(t, c);
    ta_tabular_close(t);
}

void ta_tabular_make_keys(ta_tabular *t) {
    const ta_node *key = primary_key(t);
    if (key)
        ta_tabular_each_name(key, check_name, t);
    if (t->failed)
        return;
    make_required(t);
    t->at = key ? key : t->table;
    if (key) {
        ta_tabular_open(t, "x-key", TA_ARRAY);
        ta_tabular_each_name(key, make_step_of, t);
        ta_tabular_close(t);
    }
    t->at = t->table;
    make_rules(t);
}
