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

/* The subschema at a node, entered if it is new; NULL: it cannot be one, or there is no memory.
 */
static ta_subschema *reach_node(ta_schema_impl *impl, const ta_resource *resource,
                                const ta_node *node) {
    if (node->kind != TA_OBJECT && node->kind != TA_TRUE && node->kind != TA_FALSE)
        return NULL;
    uint32_t count = impl->schema.count;
    uint32_t index = ta_table_get(&impl->places, ta_node_table_key(node));
    if (index != TA_TABLE_NONE)
        return impl->subs[index];
    ta_subschema *sub = ta_arena_alloc(&impl->schema.arena, sizeof *sub);
    if (!sub ||
        !ta_array_grow(&impl->subs, &impl->sub_cap, count + (size_t)1, sizeof *impl->subs) ||
        !ta_table_put(&impl->places, ta_node_table_key(node), count)) {
        impl->nomem = true;
        return NULL;
    }
    const ta_resource *own = ta_schema_by_node(impl, node);
    sub->resource = own ? own : resource;
    sub->document = resource->document;
    sub->node = node;
    sub->index = count;
    impl->subs[impl->schema.count++] = sub;
    return sub;
}

typedef struct schema_walk {
    ta_schema_impl *impl;
    const ta_subschema *from;
} schema_walk;

static void walk_child(void *to, const ta_node *child) {
    const schema_walk *walk = to;
    reach_node(walk->impl, walk->from->resource, child);
}

/* Where a reference leads; NULL: a finding was emitted, or there is no memory. */
static const ta_subschema *walk_reference(ta_schema_impl *impl, const ta_subschema *from,
                                          const ta_node *ref, const ta_anchor **anchor) {
    ta_target target;
    if (ref->kind != TA_TEXT || !ta_schema_resolve(impl, from, ref, &target))
        return NULL;
    const ta_subschema *reached = reach_node(impl, target.resource, target.node);
    *anchor = target.anchor;
    if (!reached && !impl->nomem)
        ta_schema_fault(
            impl, from->document, ref,
            &(ta_finding){.code = TA_F_SCHEMA_SYNTAX,
                          .name = "$ref",
                          .expected = "must lead to a schema (an object, true or false)"});
    return reached;
}

/* $dynamicRef and $recursiveRef: at first like $ref; an anchor that is dynamic makes it so. */
static void walk_dynamic(ta_schema_impl *impl, ta_subschema *sub, const ta_node *ref,
                         bool recursive) {
    const ta_anchor *anchor = NULL;
    sub->dynamic = walk_reference(impl, sub, ref, &anchor);
    if (recursive && sub->dynamic)
        anchor = ta_schema_by_name(impl, sub->dynamic->resource, (ta_text){"", 0});
    if (anchor && anchor->dynamic)
        sub->anchor = anchor;
}

static void walk_subschema(ta_schema_impl *impl, ta_subschema *sub) {
    const ta_record *record = &sub->document->record;
    schema_walk walk = {impl, sub};
    const ta_anchor *anchor;
    if (sub->node->kind != TA_OBJECT)
        return;
    for (const ta_node *c = ta_node_first(sub->node); c < ta_node_end(sub->node);
         c = ta_node_next(c)) {
        const ta_word *word = ta_subschema_word(sub, c);
        if (!word)
            continue;
        ta_word_each(word, record, c, walk_child, &walk);
        if (!strcmp(word->name, "$ref"))
            sub->ref = walk_reference(impl, sub, c, &anchor);
        else if (!strcmp(word->name, "$dynamicRef") || !strcmp(word->name, "$recursiveRef"))
            walk_dynamic(impl, sub, c, word->name[1] == 'r');
    }
}

/* All that is reached; dynamic references reach every anchor of their name. */
static void walk_all(ta_schema_impl *impl) {
    uint32_t done = 0;
    bool dynamic = false;
    do {
        for (; done < impl->schema.count && !impl->nomem; done++) {
            walk_subschema(impl, impl->subs[done]);
            dynamic = dynamic || impl->subs[done]->anchor;
        }
        for (size_t i = 0; dynamic && i < impl->anchor_count; i++)
            if (impl->anchors[i]->dynamic)
                reach_node(impl, impl->anchors[i]->resource, impl->anchors[i]->node);
    } while (done < impl->schema.count && !impl->nomem);
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
            impl->nomem = impl->nomem || !copy || known.failed;
            ta_buf_fini(&known);
            return impl->nomem ? NULL : copy;
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
    impl->nomem = impl->nomem || known.failed || expected.failed;
    ta_buf_fini(&known);
    ta_buf_fini(&expected);
    return NULL;
}

/* A Table Schema or Data Package as the JSON Schema that it means. Its formats are checked. */
static const ta_document *read_tabular(ta_schema_impl *impl, const ta_document *document,
                                       ta_lexicon *lexicon) {
    if (!document || !ta_tabular_is(document))
        return document;
    *lexicon = (ta_lexicon){TA_DRAFT_D2020, TA_VOCABULARY_USUAL | TA_VOCABULARY_ASSERTION};
    ta_status status = ta_tabular_new(impl->loader, document, &impl->tabular);
    impl->nomem = impl->nomem || status == TA_ERR_NOMEM;
    if (status != TA_OK)
        return NULL;
    impl->schema.way = &impl->tabular->way;
    return &impl->tabular->document;
}

static void build_schema(ta_schema_impl *impl, const char *name) {
    const char *file = strpbrk(name, "./:") ? name : builtin_name(impl, name);
    const ta_document *document = file ? impl->loader->load(impl->loader->to, file) : NULL;
    ta_lexicon lexicon = ta_schema_usual_lexicon(impl);
    document = read_tabular(impl, document, &lexicon);
    impl->failed = !document;
    if (!document)
        return;
    const ta_node *root = document->record.nodes;
    const ta_resource *top = ta_schema_enter(impl, document, document->name, lexicon);
    if (top && !reach_node(impl, top, root) && !impl->nomem)
        ta_schema_fault(impl, document, root,
                        &(ta_finding){.code = TA_F_SCHEMA_SYNTAX,
                                      .name = "the whole",
                                      .expected = "must be an object, true or false"});
    walk_all(impl);
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
    impl->schema.anchors = (const ta_anchor *const *)impl->anchors;
    impl->schema.anchor_count = impl->anchor_count;
    impl->schema.resource_count = (uint32_t)impl->resource_count;
    *out = &impl->schema;
    return TA_OK;
}

void ta_schema_drop(ta_schema *schema) {
    if (!schema)
        return;
    ta_schema_impl *impl = schema->impl;
    ta_arena_fini(&schema->arena);
    ta_tabular_drop(impl->tabular);
    ta_table_fini(&impl->places);
    ta_table_fini(&impl->uris);
    ta_table_fini(&impl->tops);
    ta_table_fini(&impl->names);
    ta_table_fini(&impl->members);
    free(impl->subs);
    free(impl->resources);
    free(impl->anchors);
    free(impl);
}

const ta_subschema *ta_schema_at(const ta_schema *schema, const ta_document *document,
                                 const ta_node *node) {
    (void)document;
    uint32_t index = ta_table_get(&schema->impl->places, ta_node_table_key(node));
    return index == TA_TABLE_NONE ? NULL : schema->impl->subs[index];
}
