/* SPDX-License-Identifier: MIT */
/* The inside of a schema while it is put together; for src/schema alone. */
#ifndef TA_SCHEMA_GRAPH_H
#define TA_SCHEMA_GRAPH_H

#include "schema/schema.h"
#include "schema/table.h"
#include "schema/tabular.h"

/* How many subschemas may describe one value through each other; deeper is refused. */
enum { TA_CHAIN_MAX = 1000 };

typedef struct ta_schema_impl {
    ta_schema schema; /* what is handed out */
    const ta_loader *loader;
    ta_subschema **subs;
    size_t sub_cap;
    ta_table places; /* by node: index in subs */
    ta_resource **resources;
    size_t resource_count, resource_cap;
    ta_table uris; /* by hash: index in resources */
    ta_table tops; /* by node: index in resources */
    ta_anchor **anchors;
    size_t anchor_count, anchor_cap;
    ta_table names;      /* by resource and name: index in anchors */
    ta_table members;    /* of wide objects that references lead into (resolve.c) */
    ta_tabular *tabular; /* it was made of a Table Schema; NULL */
    bool failed, nomem;
} ta_schema_impl;

static inline uint64_t ta_node_table_key(const ta_node *node) {
    return (uint64_t)(uintptr_t)node >> 5;
}

/* Emits a finding at a node of the schema; the schema is at fault then. */
void ta_schema_fault(ta_schema_impl *impl, const ta_document *document, const ta_node *node,
                     const ta_finding *finding);

/* The document that stands for a URI: as ta_loader has it. */
static inline const ta_document *ta_schema_find(const ta_schema_impl *impl, const char *uri,
                                                bool *known) {
    *known = false;
    return impl->loader->find ? impl->loader->find(impl->loader->to, uri, known) : NULL;
}

/* Where a reference leads. */
typedef struct ta_target {
    const ta_resource *resource;
    const ta_node *node;
    const ta_anchor *anchor; /* by which the fragment named it; NULL: none */
} ta_target;

/*
 * Enters a document under the URI that it was asked for by (or its file's name), with what
 * stands in it: resources and anchors (names.c). What it says no $schema about is read as
 * `usual` is. NULL: no memory, or a finding was emitted.
 */
const ta_resource *ta_schema_enter(ta_schema_impl *impl, const ta_document *document,
                                   const char *uri, ta_lexicon usual);
/* The resource of a URI, a node that is a resource; an anchor by its name. NULL: there is none.
 */
const ta_resource *ta_schema_by_uri(const ta_schema_impl *impl, ta_text uri);
const ta_resource *ta_schema_by_node(const ta_schema_impl *impl, const ta_node *node);
const ta_anchor *ta_schema_by_name(const ta_schema_impl *impl, const ta_resource *resource,
                                   ta_text name);

/* Reads the value of a $schema (lexicon.c). *metaschema gets its name where it is a metaschema
 * of somebody's own, else NULL. False: a finding was emitted. */
bool ta_schema_read_lexicon(ta_schema_impl *impl, const ta_document *document,
                            const ta_node *value, ta_lexicon *out, const char **metaschema);
/* What a loader's options say of schemas without $schema. */
ta_lexicon ta_schema_usual_lexicon(const ta_schema_impl *impl);

/* Follows a reference (a text) that stands in a subschema. False: a finding was emitted. */
bool ta_schema_resolve(ta_schema_impl *impl, const ta_subschema *from, const ta_node *ref,
                       ta_target *out);

/* Refuses references that lead back to themselves without going on in the data. */
void ta_schema_find_loops(ta_schema_impl *impl);

/* Fills in the shapes of all subschemas. There are no loops. */
void ta_schema_build_shapes(ta_schema_impl *impl);

/* Shapes that two branches describe together; see merge.c. */
typedef enum ta_merge_how { TA_MERGE_BOTH, TA_MERGE_EITHER } ta_merge_how;

typedef struct ta_merge {
    ta_shape shape; /* the result */
    const ta_shape *a, *b;
    ta_merge_how how;
} ta_merge;

typedef struct ta_merger {
    ta_schema_impl *impl;
    ta_merge **items; /* done one after the other */
    size_t count, cap;
    size_t row_count; /* of members, in all shapes made so far */
} ta_merger;

/* out becomes what the shapes (at least one) allow together; it may be one of them. Members'
 * shapes are merged later. */
void ta_shape_merge(ta_merger *merger, ta_shape *out, const ta_shape *const *shapes,
                    size_t count, ta_merge_how how);
/* Does what was left for later. */
void ta_merger_finish(ta_merger *merger);

/* Allows everything and says nothing. */
extern const ta_shape ta_shape_any;

#endif
