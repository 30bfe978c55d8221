/* SPDX-License-Identifier: MIT */
/*
 * A schema as a graph of places: each subschema that can be reached, with its references
 * resolved and its shape. What the keywords mean is src/check's; here is what stands where.
 */
#ifndef TA_SCHEMA_SCHEMA_H
#define TA_SCHEMA_SCHEMA_H

#include "record/loader.h"
#include "schema/shape.h"
#include "schema/vocabulary.h"
#include "schema/way.h"

typedef struct ta_subschema ta_subschema;

/* A document, or a part of one that has an $id: what `#` means inside. */
typedef struct ta_resource {
    const ta_document *document;
    const ta_node *node;
    const char *uri; /* against which references are read; a file's name if it has no $id */
    const char *metaschema; /* its $schema where that is none of the drafts'; NULL */
    ta_lexicon lexicon;
    uint32_t index;   /* dense */
    bool is_embedded; /* in the binary, or in a document that is */
} ta_resource;

/* A name that an $anchor, $dynamicAnchor ("" stands for $recursiveAnchor) gives to a place. */
typedef struct ta_anchor {
    const ta_resource *resource;
    const ta_node *node;
    ta_text name;
    bool dynamic;
} ta_anchor;

/* One subschema: an object of keywords, or true or false. */
struct ta_subschema {
    const ta_document *document;
    const ta_node *node; /* in the document */
    const ta_resource *resource;
    uint32_t index;          /* dense: for tables beside */
    const ta_subschema *ref; /* where $ref leads; NULL */
    /* Where $dynamicRef or $recursiveRef leads at first; NULL. If it is an anchor of the same
     * name, `anchor` is it: the outermost of that name counts then. */
    const ta_subschema *dynamic;
    const ta_anchor *anchor;
    ta_shape shape;
};

typedef struct ta_schema {
    const char *name;
    const ta_subschema *root;
    const ta_subschema *const *all; /* in the order in which they were reached */
    uint32_t count;
    const ta_anchor *const *anchors;
    size_t anchor_count;
    uint32_t resource_count;
    ta_arena arena;
    ta_keys *keys;
    const ta_way *way; /* how a Table Schema says its CSV is written; NULL: it says nothing */
    struct ta_schema_impl *impl;
} ta_schema;

/*
 * Loads and resolves a schema: `name` as --schema takes it. Findings say what is wrong, at its
 * place in the schema. TA_ERR_USAGE: it is at fault. Drop *out with ta_schema_drop. All keys
 * are interned in loader->keys and pinned.
 */
TA_MUST_CHECK ta_status ta_schema_load(const ta_loader *loader, const char *name,
                                       ta_schema **out);
void ta_schema_drop(ta_schema *schema);

/* The subschema that stands at a node of a document of this schema; NULL if it is none that was
 * reached. */
const ta_subschema *ta_schema_at(const ta_schema *schema, const ta_document *document,
                                 const ta_node *node);

/* Appends the folder of `from`, to which the name of a file that stands in it is relative
 * (unless it is absolute); returns what of the name is to be appended then. */
ta_text ta_schema_put_folder(ta_buf *out, const char *from, ta_text file);

/* The word that a member of a subschema's object is named by; NULL: it means nothing here. */
static inline const ta_word *ta_subschema_word(const ta_subschema *sub, const ta_node *member) {
    return ta_word_in(&sub->document->record, sub->node, member, sub->resource->lexicon);
}

/* The value of a word in a subschema; NULL: it is not there, or means nothing. */
static inline const ta_node *ta_subschema_value(const ta_subschema *sub, const char *name) {
    return ta_word_value(&sub->document->record, sub->node, name, sub->resource->lexicon);
}

#endif
