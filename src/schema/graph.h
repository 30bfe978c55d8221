/* SPDX-License-Identifier: MIT */
/* The inside of a schema while it is put together; for src/schema alone. */
#ifndef TA_SCHEMA_GRAPH_H
#define TA_SCHEMA_GRAPH_H

#include "schema/schema.h"

/* How many subschemas may describe one value through each other; deeper is refused. */
enum { TA_CHAIN_MAX = 1000 };

/* A subschema, and the node that its `#` means: the document's root, or the nearest with an
 * $id. */
typedef struct ta_reached {
    ta_subschema sub;
    const ta_node *base;
} ta_reached;

/* An $id or $anchor somewhere in a document. */
typedef struct ta_schema_name {
    const ta_document *document;
    const ta_node *node, *base;
    ta_text text;
    bool anchor;
} ta_schema_name;

typedef struct ta_schema_impl {
    ta_schema schema; /* what is handed out */
    const ta_loader *loader;
    ta_subschema **subs; /* each the first member of a ta_reached */
    size_t sub_cap;
    uint32_t *slots; /* by node: index + 1; 0 = free */
    size_t slot_count;
    const ta_document **documents;
    size_t document_count, document_cap;
    ta_schema_name *names;
    size_t name_count, name_cap;
    bool failed, nomem;
} ta_schema_impl;

/* Emits a finding at a node of the schema; the schema is at fault then. */
void ta_schema_fault(ta_schema_impl *impl, const ta_document *document, const ta_node *node,
                     const ta_finding *finding);

/* Where a reference leads. */
typedef struct ta_target {
    const ta_document *document;
    const ta_node *node, *base;
} ta_target;

/* Enters a document: collects its names. */
void ta_schema_enter(ta_schema_impl *impl, const ta_document *document);

/* Follows a $ref (a text) that stands in a subschema. False: a finding was emitted. */
bool ta_schema_resolve(ta_schema_impl *impl, const ta_reached *from, const ta_node *ref,
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
} ta_merger;

/* out becomes what a and b allow together; out may be a. Members' shapes are merged later. */
void ta_shape_merge(ta_merger *merger, ta_shape *out, const ta_shape *a, const ta_shape *b,
                    ta_merge_how how);
/* Does what was left for later. */
void ta_merger_finish(ta_merger *merger);

/* Allows everything and says nothing. */
extern const ta_shape ta_shape_any;

#endif
