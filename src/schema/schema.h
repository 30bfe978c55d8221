/* SPDX-License-Identifier: MIT */
/*
 * A schema as a graph of places: each subschema that can be reached, with its $ref resolved and
 * its shape. What the keywords mean is src/check's; here is what stands where.
 */
#ifndef TA_SCHEMA_SCHEMA_H
#define TA_SCHEMA_SCHEMA_H

#include "record/loader.h"
#include "schema/shape.h"

typedef struct ta_subschema ta_subschema;

/* One subschema: an object of keywords, or true or false. */
struct ta_subschema {
    const ta_document *document;
    const ta_node *node;     /* in the document */
    uint32_t index;          /* dense: for tables beside */
    const ta_subschema *ref; /* where $ref leads; NULL */
    ta_shape shape;
};

typedef struct ta_schema {
    const char *name;
    const ta_subschema *root;
    const ta_subschema *const *all; /* in the order in which they were reached */
    uint32_t count;
    ta_arena arena;
    ta_keys *keys;
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

#endif
