/* SPDX-License-Identifier: MIT */
/* Which resource of a Data Package is meant: the one that --resource names, the one whose path
 * is the input's, or the only one. */
#include "schema/schema.h"
#include "schema/tabular.h"

static const ta_node *list_resources(const ta_tabular *t) {
    return ta_node_named(&t->package->record, t->package->record.nodes, "resources");
}

const ta_node *ta_tabular_resource(const ta_tabular *t, ta_text name) {
    const ta_node *list = t->package ? list_resources(t) : NULL;
    for (const ta_node *c = list ? ta_node_first(list) : NULL; c && c < ta_node_end(list);
         c = ta_node_next(c)) {
        ta_text own = ta_tabular_text(t->package, c, "name");
        if (own.data && own.len == name.len && !memcmp(own.data, name.data, name.len))
            return c;
    }
    return NULL;
}

static ta_text last_step(ta_text path) {
    const char *slash = path.len ? memrchr(path.data, '/', path.len) : NULL;
    size_t skip = slash ? (size_t)(slash - path.data) + 1 : 0;
    return (ta_text){path.data + skip, path.len - skip};
}

static bool is_path_of(ta_text path, const char *input) {
    ta_text own = last_step(path), other = last_step((ta_text){input, strlen(input)});
    return own.len && own.len == other.len && !memcmp(own.data, other.data, own.len);
}

/* Whether one of a resource's files is called as an input is. */
static bool has_path(const ta_tabular *t, const ta_node *resource, const char *input) {
    const ta_record *record = &t->package->record;
    const ta_node *path =
        resource->kind == TA_OBJECT ? ta_node_named(record, resource, "path") : NULL;
    if (path && path->kind == TA_TEXT)
        return is_path_of(ta_node_text(record, path), input);
    bool found = false;
    if (path && path->kind == TA_ARRAY)
        for (const ta_node *c = ta_node_first(path); c < ta_node_end(path); c = ta_node_next(c))
            found |= c->kind == TA_TEXT && is_path_of(ta_node_text(record, c), input);
    return found;
}

static const ta_node *find_by_path(const ta_tabular *t, const char *input) {
    const ta_node *list = list_resources(t);
    for (const ta_node *c = ta_node_first(list); c < ta_node_end(list); c = ta_node_next(c))
        if (has_path(t, c, input))
            return c;
    return NULL;
}

static bool refuse_package(ta_tabular *t, const char *found) {
    const ta_node *list = list_resources(t);
    ta_buf names = {0};
    for (const ta_node *c = ta_node_first(list); c < ta_node_end(list); c = ta_node_next(c)) {
        ta_text name = ta_tabular_text(t->package, c, "name");
        ta_buf_puts(&names, names.len ? ", " : "");
        ta_buf_put(&names, name.data ? name.data : "?", name.data ? name.len : 1);
    }
    ta_find_at(t->loader->finder, &t->package->record, list, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_TABULAR_RESOURCE,
                             .found = found,
                             .expected = names.len ? ta_buf_text(&names) : "none"});
    t->nomem = t->nomem || names.failed;
    ta_buf_fini(&names);
    return false;
}

/* By the names of the inputs, which must all be of one resource. */
static bool choose_by_inputs(ta_tabular *t) {
    const ta_schema_options *options = &t->loader->schema;
    for (size_t i = 0; i < options->input_count; i++) {
        const ta_node *found = find_by_path(t, options->inputs[i]);
        if (!found || (i && found != t->resource))
            return refuse_package(t, found ? "the inputs are of several resources"
                                           : "no path is called as the input is");
        t->resource = found;
    }
    return t->resource || refuse_package(t, "there is more than one resource");
}

static bool choose_resource(ta_tabular *t) {
    const ta_node *list = list_resources(t);
    const char *name = t->loader->schema.resource;
    if (name)
        t->resource = ta_tabular_resource(t, (ta_text){name, strlen(name)});
    else if (list->count == 1)
        t->resource = ta_node_first(list);
    else
        return choose_by_inputs(t);
    return t->resource || refuse_package(t, "none has the name that --resource gives");
}

/* The file that a text names, beside the package. */
static const ta_document *load_beside(ta_tabular *t, ta_text name) {
    ta_buf file = {0};
    ta_text rest = ta_schema_put_folder(&file, t->package->name, name);
    ta_buf_put(&file, rest.data, rest.len);
    t->nomem = t->nomem || file.failed;
    const ta_document *document =
        file.failed ? NULL : t->loader->load(t->loader->to, ta_buf_text(&file));
    ta_buf_fini(&file);
    return document;
}

bool ta_tabular_choose(ta_tabular *t) {
    if (!choose_resource(t))
        return false;
    const ta_node *schema = t->resource->kind == TA_OBJECT
                                ? ta_node_named(&t->package->record, t->resource, "schema")
                                : NULL;
    if (!schema) {
        ta_tabular_fault(t, t->resource, "the resource", "must have a schema");
        return false;
    }
    t->table = schema;
    if (schema->kind != TA_TEXT)
        return true;
    t->from = load_beside(t, ta_node_text(&t->package->record, schema));
    if (!t->from)
        return false;
    t->table = t->from->record.nodes;
    return true;
}
