/* SPDX-License-Identifier: MIT */
/* dependentRequired, dependentSchemas, and dependencies, which was both (2020-12 validation,
 * section 6.5.4; core, section 10.2.2.4; draft 7 validation, section 6.5.7). */
#include "check/compile.h"
#include "schema/words.h"

/* What a member asks of the object that has it. */
typedef struct dependency {
    uint32_t key;
    const char *name;
    const ta_plan *plan;    /* NULL: none */
    const uint32_t *wanted; /* keys */
    const char **names;
    uint32_t wanted_count;
} dependency;

typedef struct dependency_list {
    dependency *items;
    uint32_t count;
} dependency_list;

/* Names that must be there as well. False: they are no names. */
static bool read_wanted(ta_compile *c, const ta_node *value, dependency *out) {
    uint32_t *keys = ta_compile_alloc(c, (value->count + (size_t)1) * sizeof *keys);
    out->names = ta_compile_alloc(c, (value->count + (size_t)1) * sizeof *out->names);
    out->wanted = keys;
    for (const ta_node *n = ta_node_first(value); n < ta_node_end(value); n = ta_node_next(n)) {
        if (n->kind != TA_TEXT)
            return false;
        if (c->nomem)
            return true;
        ta_text name = ta_node_text(c->record, n);
        keys[out->wanted_count] = ta_keys_get(c->loader->keys, name.data, name.len);
        out->names[out->wanted_count] = ta_compile_copy(c, name);
        c->nomem = c->nomem || !keys[out->wanted_count++];
    }
    return true;
}

static bool read_dependency(ta_compile *c, const ta_node *member, dependency *out) {
    const ta_key *key = &c->record->keys->items[member->key];
    out->key = member->key;
    out->name = ta_compile_copy(c, (ta_text){key->text, key->len});
    if (member->kind == TA_ARRAY)
        return read_wanted(c, member, out);
    out->plan = ta_compile_plan(c, member);
    return out->plan;
}

static const void *compile_dependent(ta_compile *c, const ta_node *value, const char *name,
                                     const char *expected, bool lists_only) {
    dependency_list *list = ta_compile_alloc(c, sizeof *list);
    if (value->kind != TA_OBJECT)
        return ta_compile_fault(c, value, name, expected);
    if (!list)
        return NULL;
    list->items = ta_compile_alloc(c, (value->count + (size_t)1) * sizeof *list->items);
    if (!list->items)
        return NULL;
    for (const ta_node *m = ta_node_first(value); m < ta_node_end(value); m = ta_node_next(m))
        if ((lists_only && m->kind != TA_ARRAY) ||
            !read_dependency(c, m, &list->items[list->count++]))
            return ta_compile_fault(c, m, name, expected);
    return list;
}

static const void *compile_dependent_required(ta_compile *c, const ta_node *value) {
    return compile_dependent(c, value, "dependentRequired",
                             "must be an object of lists of names", true);
}

static const void *compile_dependent_schemas(ta_compile *c, const ta_node *value) {
    return compile_dependent(c, value, "dependentSchemas", "must be an object of schemas",
                             false);
}

static const void *compile_dependencies(ta_compile *c, const ta_node *value) {
    return compile_dependent(c, value, "dependencies",
                             "must be an object of schemas and of lists of names", false);
}

static bool refuse_dependency(ta_run *run, const dependency *d, uint32_t index,
                              const ta_node *object) {
    return ta_run_fail(run, object,
                       &(ta_finding){.code = TA_F_DEPENDENT_REQUIRED,
                                     .name = d->names[index],
                                     .found = d->name});
}

static bool holds_dependency(ta_run *run, const dependency *d, const ta_node *object) {
    bool ok = true;
    for (uint32_t i = 0; i < d->wanted_count && (ok || run->report); i++)
        if (!ta_node_member(object, d->wanted[i]))
            ok = refuse_dependency(run, d, i, object);
    if (d->plan && (ok || run->report))
        ok = ta_plan_fits(run, d->plan, object) && ok;
    return ok;
}

static bool run_dependencies(ta_run *run, const void *data, const ta_node *node) {
    const dependency_list *list = data;
    bool ok = true;
    for (uint32_t i = 0; i < list->count && (ok || run->report); i++)
        if (ta_node_member(node, list->items[i].key))
            ok = holds_dependency(run, &list->items[i], node) && ok;
    return ok;
}

const ta_keyword ta_keyword_dependent_required = {
    "dependentRequired", compile_dependent_required, run_dependencies, 1 << TA_OBJECT, false};
const ta_keyword ta_keyword_dependent_schemas = {"dependentSchemas", compile_dependent_schemas,
                                                 run_dependencies, 1 << TA_OBJECT, false};
const ta_keyword ta_keyword_dependencies = {"dependencies", compile_dependencies,
                                            run_dependencies, 1 << TA_OBJECT, false};
