/* SPDX-License-Identifier: MIT */
/*
 * What references can name: resources (documents, and subschemas with an $id) and anchors
 * (2020-12 core, section 8.2). Only where a subschema may stand is looked: an $id in an enum,
 * or below a word that is unknown, names nothing.
 */
#include "base/hash.h"
#include "schema/graph.h"
#include "schema/uri.h"

static uint64_t hash_uri(ta_text uri) {
    return ta_hash(uri.data, uri.len) | 1;
}

static uint64_t hash_name(const ta_resource *resource, ta_text name) {
    return ta_hash_more(resource->index + (uint64_t)1, name.data, name.len) | 1;
}

const ta_resource *ta_schema_by_uri(const ta_schema_impl *impl, ta_text uri) {
    uint32_t index = ta_table_get(&impl->uris, hash_uri(uri));
    return index == TA_TABLE_NONE ? NULL : impl->resources[index];
}

const ta_resource *ta_schema_by_node(const ta_schema_impl *impl, const ta_node *node) {
    uint32_t index = ta_table_get(&impl->tops, ta_node_table_key(node));
    return index == TA_TABLE_NONE ? NULL : impl->resources[index];
}

const ta_anchor *ta_schema_by_name(const ta_schema_impl *impl, const ta_resource *resource,
                                   ta_text name) {
    uint32_t index = ta_table_get(&impl->names, hash_name(resource, name));
    return index == TA_TABLE_NONE ? NULL : impl->anchors[index];
}

/* Enters a resource; the first of a name stays. NULL: no memory. */
static ta_resource *add_resource(ta_schema_impl *impl, const ta_resource *as) {
    ta_resource *resource = ta_arena_alloc(&impl->schema.arena, sizeof *resource);
    uint32_t index = (uint32_t)impl->resource_count;
    if (!resource ||
        !ta_array_grow(&impl->resources, &impl->resource_cap, index + (size_t)1,
                       sizeof *impl->resources) ||
        !ta_table_put(&impl->uris, hash_uri((ta_text){as->uri, strlen(as->uri)}), index) ||
        !ta_table_put(&impl->tops, ta_node_table_key(as->node), index)) {
        impl->nomem = true;
        return NULL;
    }
    *resource = *as;
    resource->index = index;
    impl->resources[impl->resource_count++] = resource;
    return resource;
}

static void add_anchor(ta_schema_impl *impl, const ta_anchor *as) {
    ta_anchor *anchor = ta_arena_alloc(&impl->schema.arena, sizeof *anchor);
    uint32_t index = (uint32_t)impl->anchor_count;
    if (!anchor ||
        !ta_array_grow(&impl->anchors, &impl->anchor_cap, index + (size_t)1,
                       sizeof *impl->anchors) ||
        !ta_table_put(&impl->names, hash_name(as->resource, as->name), index)) {
        impl->nomem = true;
        return;
    }
    *anchor = *as;
    impl->anchors[impl->anchor_count++] = anchor;
}

static const ta_node *find_text(const ta_record *record, const ta_node *object,
                                const char *name) {
    const ta_node *value = ta_node_named(record, object, name);
    return value && value->kind == TA_TEXT ? value : NULL;
}

/* The $id of a subschema (`id` in draft 4); NULL: it has none that counts. */
static const ta_node *find_id(const ta_record *record, const ta_node *node, ta_draft draft) {
    if (draft <= TA_DRAFT_D7 && find_text(record, node, "$ref"))
        return NULL;
    return find_text(record, node, draft == TA_DRAFT_D4 ? "id" : "$id");
}

/* Up to draft 7 the fragment of an $id is an anchor. */
static void add_id_anchor(ta_schema_impl *impl, const ta_resource *resource,
                          const ta_node *node, ta_text fragment) {
    bool names =
        resource->lexicon.draft <= TA_DRAFT_D7 && fragment.len && fragment.data[0] != '/';
    if (names)
        add_anchor(impl, &(ta_anchor){resource, node, fragment, false});
}

/* What `#` means inside a subschema: a new resource if its $id names one. */
static const ta_resource *enter_id(ta_schema_impl *impl, const ta_resource *resource,
                                   const ta_node *node, ta_lexicon lexicon) {
    const ta_record *record = &resource->document->record;
    const ta_node *id = find_id(record, node, lexicon.draft);
    if (!id)
        return resource;
    ta_text fragment, uri = ta_uri_split(ta_node_text(record, id), &fragment);
    if (uri.len) {
        ta_buf joined = {0};
        ta_uri_join((ta_text){resource->uri, strlen(resource->uri)}, uri, &joined);
        ta_resource as = *resource;
        as.uri = ta_arena_copy(&impl->schema.arena, ta_buf_text(&joined), joined.len);
        as.node = node;
        as.lexicon = lexicon;
        resource = as.uri && !joined.failed ? add_resource(impl, &as) : NULL;
        impl->nomem = impl->nomem || !resource;
        ta_buf_fini(&joined);
    }
    if (resource)
        add_id_anchor(impl, resource, node, fragment);
    return resource;
}

static void enter_anchors(ta_schema_impl *impl, const ta_resource *resource,
                          const ta_node *node) {
    const ta_record *record = &resource->document->record;
    ta_draft draft = resource->lexicon.draft;
    const ta_node *anchor = draft >= TA_DRAFT_D2019 ? find_text(record, node, "$anchor") : NULL;
    const ta_node *dynamic =
        draft == TA_DRAFT_D2020 ? find_text(record, node, "$dynamicAnchor") : NULL;
    const ta_node *recursive = draft == TA_DRAFT_D2019 && node == resource->node
                                   ? ta_node_named(record, node, "$recursiveAnchor")
                                   : NULL;
    if (dynamic)
        add_anchor(impl, &(ta_anchor){resource, node, ta_node_text(record, dynamic), true});
    if (anchor)
        add_anchor(impl, &(ta_anchor){resource, node, ta_node_text(record, anchor), false});
    if (recursive && recursive->kind == TA_TRUE)
        add_anchor(impl, &(ta_anchor){resource, node, {"", 0}, true});
}

typedef struct name_walk {
    ta_schema_impl *impl;
    const ta_resource *resource;
} name_walk;

static void collect_names(void *to, const ta_node *node);

static void collect_inside(ta_schema_impl *impl, const ta_resource *resource,
                           const ta_node *node) {
    const ta_record *record = &resource->document->record;
    name_walk walk = {impl, resource};
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c)) {
        const ta_word *word = ta_word_of(record, c);
        if (word && ta_word_holds(word, resource->lexicon))
            ta_word_each(word, record, c, collect_names, &walk);
    }
}

/* A subschema below the document's root. Depth: the reader's. */
static void collect_names(void *to, const ta_node *node) {
    const name_walk *walk = to;
    const ta_resource *resource = walk->resource;
    const ta_record *record = &resource->document->record;
    if (node->kind != TA_OBJECT || walk->impl->nomem)
        return;
    ta_lexicon lexicon = resource->lexicon;
    const char *metaschema = resource->metaschema;
    const ta_node *language = ta_node_named(record, node, "$schema");
    bool has_id = find_id(record, node, lexicon.draft) || ta_node_named(record, node, "$id");
    if (language && has_id &&
        !ta_schema_read_lexicon(walk->impl, resource->document, language, &lexicon,
                                &metaschema))
        return;
    resource = enter_id(walk->impl, resource, node, lexicon);
    if (!resource)
        return;
    enter_anchors(walk->impl, resource, node);
    collect_inside(walk->impl, resource, node);
}

/* The document's root under the URI that it was asked for; its $id may name it anew. */
static const ta_resource *enter_root(ta_schema_impl *impl, const ta_document *document,
                                     const char *uri, ta_lexicon usual) {
    const ta_node *root = document->record.nodes;
    ta_resource as = {.document = document,
                      .node = root,
                      .uri = uri,
                      .lexicon = usual,
                      .is_embedded = !strncmp(document->name, "builtin:", 8)};
    if (root->kind != TA_OBJECT)
        return add_resource(impl, &as);
    const ta_record *record = &document->record;
    const ta_node *language = ta_node_named(record, root, "$schema");
    if (language &&
        !ta_schema_read_lexicon(impl, document, language, &as.lexicon, &as.metaschema))
        return NULL;
    const ta_node *id = find_id(record, root, as.lexicon.draft);
    ta_text fragment = {NULL, 0};
    ta_text name = id ? ta_uri_split(ta_node_text(record, id), &fragment) : (ta_text){"", 0};
    if (name.len) {
        ta_buf joined = {0};
        ta_uri_join((ta_text){uri, strlen(uri)}, name, &joined);
        as.uri = ta_arena_copy(&impl->schema.arena, ta_buf_text(&joined), joined.len);
        impl->nomem = impl->nomem || !as.uri || joined.failed;
        ta_buf_fini(&joined);
    }
    const ta_resource *resource = impl->nomem ? NULL : add_resource(impl, &as);
    if (resource)
        add_id_anchor(impl, resource, root, fragment);
    return resource;
}

const ta_resource *ta_schema_enter(ta_schema_impl *impl, const ta_document *document,
                                   const char *uri, ta_lexicon usual) {
    const ta_resource *root = ta_schema_by_node(impl, document->record.nodes);
    uint64_t hash = hash_uri((ta_text){uri, strlen(uri)});
    if (root)
        return ta_table_put(&impl->uris, hash, root->index) ? root : NULL;
    char *copy = ta_arena_copy(&impl->schema.arena, uri, strlen(uri));
    root = copy ? enter_root(impl, document, copy, usual) : NULL;
    impl->nomem = impl->nomem || !copy;
    if (!root)
        return NULL;
    impl->nomem = !ta_table_put(&impl->uris, hash, root->index) || impl->nomem;
    if (root->node->kind == TA_OBJECT) {
        enter_anchors(impl, root, root->node);
        collect_inside(impl, root, root->node);
    }
    return impl->nomem ? NULL : root;
}
