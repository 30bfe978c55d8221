/* SPDX-License-Identifier: MIT */
/*
 * A schema is walked from its root: what stands where a subschema belongs is reached, and what
 * a reference leads to. Each is reached once; so the walk ends, whatever the references do.
 */
#include "schema/schema.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "schema/graph.h"
#include "schema/vocabulary.h"

void ta_schema_fault(ta_schema_impl *impl, const ta_document *document, const ta_node *node,
                     const ta_finding *finding) {
    ta_find_at(impl->loader->finder, &document->record, node, TA_PART_VALUE, finding);
    impl->failed = true;
}

static uint32_t *find_place(const ta_schema_impl *impl, const ta_node *node) {
    size_t mask = impl->slot_count - 1;
    size_t at = (size_t)(((uintptr_t)node >> 5) * 0x9E3779B97F4A7C15u) >> 20;
    for (at &= mask;; at = (at + 1) & mask) {
        uint32_t index = impl->slots[at];
        if (!index || impl->subs[index - 1]->node == node)
            return &impl->slots[at];
    }
}

static bool grow_places(ta_schema_impl *impl) {
    if (impl->slot_count > (size_t)(impl->schema.count + 1) * 2)
        return true;
    size_t count = impl->slot_count ? impl->slot_count * 2 : 64;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (!slots)
        return false;
    free(impl->slots);
    impl->slots = slots;
    impl->slot_count = count;
    for (uint32_t i = 0; i < impl->schema.count; i++)
        *find_place(impl, impl->subs[i]->node) = i + 1;
    return true;
}

/* The subschema at a node, entered if it is new; NULL: it cannot be one, or there is no memory.
 */
static ta_reached *reach_node(ta_schema_impl *impl, const ta_target *at) {
    const ta_node *node = at->node;
    if (node->kind != TA_OBJECT && node->kind != TA_TRUE && node->kind != TA_FALSE)
        return NULL;
    uint32_t count = impl->schema.count;
    ta_reached *reached = NULL;
    if (grow_places(impl) &&
        ta_array_grow(&impl->subs, &impl->sub_cap, count + 1, sizeof *impl->subs)) {
        uint32_t index = *find_place(impl, node);
        if (index)
            return (ta_reached *)impl->subs[index - 1];
        reached = ta_arena_alloc(&impl->schema.arena, sizeof *reached);
    }
    if (!reached) {
        impl->nomem = true;
        return NULL;
    }
    const ta_node *id = ta_node_named(&at->document->record, node, "$id");
    bool is_base =
        id && id->kind == TA_TEXT && ta_node_text(&at->document->record, id).data[0] != '#';
    reached->sub.document = at->document;
    reached->sub.node = node;
    reached->sub.index = count;
    reached->base = is_base ? node : at->base;
    impl->subs[count] = &reached->sub;
    *find_place(impl, node) = ++impl->schema.count;
    return reached;
}

typedef struct walk {
    ta_schema_impl *impl;
    const ta_reached *from;
} schema_walk;

static void walk_child(void *to, const ta_node *child) {
    const schema_walk *walk = to;
    ta_target at = {walk->from->sub.document, child, walk->from->base};
    reach_node(walk->impl, &at);
}

static void walk_ref(ta_schema_impl *impl, ta_reached *from, const ta_node *ref) {
    ta_target target;
    if (ref->kind != TA_TEXT || !ta_schema_resolve(impl, from, ref, &target))
        return;
    const ta_reached *reached = reach_node(impl, &target);
    if (reached)
        from->sub.ref = &reached->sub;
    else if (!impl->nomem)
        ta_schema_fault(
            impl, from->sub.document, ref,
            &(ta_finding){.code = TA_F_SCHEMA_SYNTAX,
                          .name = "$ref",
                          .expected = "must lead to a schema (an object, true or false)"});
}

static void walk_subschema(ta_schema_impl *impl, ta_reached *reached) {
    const ta_node *node = reached->sub.node;
    const ta_record *record = &reached->sub.document->record;
    schema_walk walk = {impl, reached};
    if (node->kind != TA_OBJECT)
        return;
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c)) {
        const ta_word *word = ta_word_of(record, c);
        if (word)
            ta_word_each(word, record, c, walk_child, &walk);
        if (word && !strcmp(word->name, "$ref"))
            walk_ref(impl, reached, c);
    }
}

/* "member" -> "builtin:member.json", whatever its suffix; NULL with a finding: there is none.
 */
static char *builtin_name(ta_schema_impl *impl, const char *name) {
    ta_buf known = {0};
    size_t len = strlen(name);
    for (const ta_embedded *file = ta_embedded_files; file->name; file++) {
        size_t stem = strcspn(file->name, "./");
        if (file->name[stem] != '.')
            continue;
        if (stem == len && !memcmp(file->name, name, len)) {
            ta_buf_fini(&known);
            ta_buf_printf(&known, "builtin:%s", file->name);
            char *copy = ta_arena_copy(&impl->schema.arena, ta_buf_text(&known), known.len);
            impl->nomem = impl->nomem || !copy;
            ta_buf_fini(&known);
            return copy;
        }
        ta_buf_puts(&known, known.len ? ", " : "");
        ta_buf_put(&known, file->name, stem);
    }
    ta_buf expected = {0};
    ta_buf_printf(&expected, "built in are %s; a file's name has a dot or a slash",
                  known.len ? ta_buf_text(&known) : "none");
    ta_find(impl->loader->finder, &(ta_finding){.code = TA_F_SCHEMA_OPEN,
                                                .name = name,
                                                .expected = ta_buf_text(&expected)});
    ta_buf_fini(&known);
    ta_buf_fini(&expected);
    return NULL;
}

static void build_schema(ta_schema_impl *impl, const char *name) {
    const char *file = strpbrk(name, "./:") ? name : builtin_name(impl, name);
    const ta_document *document = file ? impl->loader->load(impl->loader->to, file) : NULL;
    impl->failed = !document;
    if (!document)
        return;
    ta_schema_enter(impl, document);
    const ta_node *root = document->record.nodes;
    const ta_reached *first = reach_node(impl, &(ta_target){document, root, root});
    if (!first && !impl->nomem)
        ta_schema_fault(impl, document, root,
                        &(ta_finding){.code = TA_F_SCHEMA_SYNTAX,
                                      .name = "the whole",
                                      .expected = "must be an object, true or false"});
    for (uint32_t i = 0; i < impl->schema.count && !impl->nomem; i++)
        walk_subschema(impl, (ta_reached *)impl->subs[i]);
    if (!impl->failed && !impl->nomem)
        ta_schema_find_loops(impl);
    if (!impl->failed && !impl->nomem)
        ta_schema_build_shapes(impl);
}

ta_status ta_schema_load(const ta_loader *loader, const char *name, ta_schema **out) {
    *out = NULL;
    ta_schema_impl *impl = calloc(1, sizeof *impl);
    if (!impl)
        return TA_ERR_NOMEM;
    impl->loader = loader;
    impl->schema.impl = impl;
    impl->schema.keys = loader->keys;
    impl->schema.name = ta_arena_copy(&impl->schema.arena, name, strlen(name));
    if (impl->schema.name)
        build_schema(impl, impl->schema.name);
    else
        impl->nomem = true;
    ta_keys_pin(loader->keys);
    if (impl->nomem || impl->failed) {
        ta_status status = impl->nomem ? TA_ERR_NOMEM : TA_ERR_USAGE;
        ta_schema_drop(&impl->schema);
        return status;
    }
    impl->schema.root = impl->subs[0];
    impl->schema.all = (const ta_subschema *const *)impl->subs;
    *out = &impl->schema;
    return TA_OK;
}

void ta_schema_drop(ta_schema *schema) {
    if (!schema)
        return;
    ta_schema_impl *impl = schema->impl;
    ta_arena_fini(&schema->arena);
    free(impl->subs);
    free(impl->slots);
    free(impl->documents);
    free(impl->names);
    free(impl);
}

const ta_subschema *ta_schema_at(const ta_schema *schema, const ta_document *document,
                                 const ta_node *node) {
    (void)document;
    uint32_t index = *find_place(schema->impl, node);
    return index ? schema->impl->subs[index - 1] : NULL;
}
