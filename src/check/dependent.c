/* SPDX-License-Identifier: MIT */
/* dependentRequired, dependentSchemas, and dependencies, which was both (2020-12 validation,
 * section 6.5.4; core, section 10.2.2.4; draft 7 validation, section 6.5.7). */
#include <stdlib.h>

#include "check/compile.h"
#include "check/seen.h"
#include "schema/words.h"

/* What a member asks of the object that has it. While it is read, keys; then their indices in
 * the list's. */
typedef struct dependency {
    uint32_t key;
    const char *name;
    const ta_plan *plan; /* NULL: none */
    uint32_t *wanted;
    const char **names;
    uint32_t wanted_count;
} dependency;

typedef struct dependency_list {
    dependency *items;
    uint32_t count;
    uint32_t *keys; /* all that it speaks of, sorted */
    uint32_t key_count;
} dependency_list;

/* Names that must be there as well. False: they are no names. */
static bool read_wanted(ta_compile *c, const ta_node *value, dependency *out) {
    out->wanted = ta_compile_alloc(c, (value->count + (size_t)1) * sizeof *out->wanted);
    out->names = ta_compile_alloc(c, (value->count + (size_t)1) * sizeof *out->names);
    for (const ta_node *n = ta_node_first(value); n < ta_node_end(value); n = ta_node_next(n)) {
        if (n->kind != TA_TEXT)
            return false;
        if (c->nomem)
            return true;
        ta_text name = ta_node_text(c->record, n);
        uint32_t key = ta_keys_get(c->loader->keys, name.data, name.len);
        out->wanted[out->wanted_count] = key;
        out->names[out->wanted_count++] = ta_compile_copy(c, name);
        c->nomem = c->nomem || !key;
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

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The index of a key; key_count: the list does not speak of it. */
static uint32_t find_key(const dependency_list *list, uint32_t key) {
    uint32_t from = 0, to = list->key_count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (list->keys[middle] < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from < list->key_count && list->keys[from] == key ? from : list->key_count;
}

/* Sorts the keys and puts their indices in their place. */
static void index_keys(ta_compile *c, dependency_list *list) {
    size_t most = list->count, filled = 0;
    for (uint32_t i = 0; i < list->count; i++)
        most += list->items[i].wanted_count;
    list->keys = ta_compile_alloc(c, (most + 1) * sizeof *list->keys);
    if (!list->keys)
        return;
    for (uint32_t i = 0; i < list->count; i++) {
        const dependency *d = &list->items[i];
        list->keys[filled++] = d->key;
        for (uint32_t w = 0; w < d->wanted_count; w++)
            list->keys[filled++] = d->wanted[w];
    }
    qsort(list->keys, most, sizeof *list->keys, by_number);
    for (size_t i = 0; i < most; i++)
        if (!i || list->keys[i] != list->keys[i - 1])
            list->keys[list->key_count++] = list->keys[i];
    for (uint32_t i = 0; i < list->count; i++) {
        dependency *d = &list->items[i];
        d->key = find_key(list, d->key);
        for (uint32_t w = 0; w < d->wanted_count; w++)
            d->wanted[w] = find_key(list, d->wanted[w]);
    }
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
    if (!c->nomem)
        index_keys(c, list);
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

static bool has_key(const ta_run *run, size_t at, uint32_t index) {
    return run->bits[at + index / 64] >> index % 64 & 1;
}

static bool holds_dependency(ta_run *run, const dependency *d, size_t at,
                             const ta_node *object) {
    bool ok = true;
    for (uint32_t i = 0; i < d->wanted_count && (ok || run->report); i++)
        if (!has_key(run, at, d->wanted[i]))
            ok = refuse_dependency(run, d, i, object);
    if (d->plan && (ok || run->report))
        ok = ta_plan_fits(run, d->plan, object) && ok;
    return ok;
}

/* First which of its keys the object has, then what those ask for. */
static bool run_dependencies(ta_run *run, const void *data, const ta_node *node) {
    const dependency_list *list = data;
    bool ok = true;
    size_t at;
    if (!ta_seen_push(run, list->key_count / 64 + (size_t)1, &at))
        return true;
    for (const ta_node *m = ta_node_first(node); m < ta_node_end(node); m = ta_node_next(m)) {
        uint32_t index = find_key(list, m->key);
        run->bits[at + index / 64] |= (uint64_t)1 << index % 64;
    }
    for (uint32_t i = 0; i < list->count && (ok || run->report); i++)
        if (has_key(run, at, list->items[i].key))
            ok = holds_dependency(run, &list->items[i], at, node) && ok;
    run->bit_count = at;
    return ok;
}

const ta_keyword ta_keyword_dependent_required = {
    "dependentRequired", compile_dependent_required, run_dependencies, 1 << TA_OBJECT, false};
const ta_keyword ta_keyword_dependent_schemas = {"dependentSchemas", compile_dependent_schemas,
                                                 run_dependencies, 1 << TA_OBJECT, false};
const ta_keyword ta_keyword_dependencies = {"dependencies", compile_dependencies,
                                            run_dependencies, 1 << TA_OBJECT, false};
