/* SPDX-License-Identifier: MIT */
/*
 * Table Schema and Data Package (datapackage.org), read as schemas: what they say is made into
 * a JSON Schema whose nodes stand at the places of the file that was written.
 */
#ifndef TA_SCHEMA_TABULAR_H
#define TA_SCHEMA_TABULAR_H

#include "schema/way.h"

enum { TA_TABULAR_DEPTH = 8 }; /* containers open at once, more than any field takes */

/* Private to src/schema. */
typedef struct ta_tabular {
    const ta_loader *loader;
    const ta_document *package; /* NULL: a Table Schema by itself */
    const ta_node *resource;    /* in the package; NULL */
    const ta_document *from;    /* has the list of fields */
    const ta_node *table;       /* the Table Schema in it */
    ta_document document;       /* the JSON Schema that is made */
    ta_head head;
    const ta_node *at; /* of `from`: where the nodes that are made next stand */
    uint32_t open[TA_TABULAR_DEPTH];
    uint16_t depth;
    ta_way way;
    ta_arena arena;
    bool nomem, failed;
} ta_tabular;

/* Whether a document has a list `fields` or `resources` at its top. */
bool ta_tabular_is(const ta_document *document);
/* Makes a schema of one. TA_ERR_USAGE: findings say why not. Drop *out in each case. */
TA_MUST_CHECK ta_status ta_tabular_new(const ta_loader *loader, const ta_document *document,
                                       ta_tabular **out);
void ta_tabular_drop(ta_tabular *tabular);

/* The resource of a package that is meant, and where its Table Schema is (tabular_package.c).
 * False: a finding was emitted. */
bool ta_tabular_choose(ta_tabular *t);
/* The resource of that name; NULL: there is none. */
const ta_node *ta_tabular_resource(const ta_tabular *t, ta_text name);
/* A member that is a text; no data: it is not there, or none. */
ta_text ta_tabular_text(const ta_document *document, const ta_node *object, const char *name);

/* The properties of a field: its subschema (tabular_field.c). */
void ta_tabular_make_field(ta_tabular *t, const ta_node *field);
/* Rules of unique, primaryKey and foreignKeys, and x-key (tabular_keys.c). */
void ta_tabular_make_keys(ta_tabular *t);
/* The names that a member of the table, such as primaryKey, lists; also one text. Calls fn for
 * each until it returns false. */
typedef bool ta_tabular_name_fn(void *to, const ta_node *name);
void ta_tabular_each_name(const ta_node *value, ta_tabular_name_fn *fn, void *to);
/* The field of that name; NULL: there is none. */
const ta_node *ta_tabular_field(const ta_tabular *t, ta_text name);

/* Nodes, one after the other (tabular_make.c). name: NULL for an item. */
ta_node *ta_tabular_put(ta_tabular *t, const char *name, ta_kind kind);
void ta_tabular_put_text(ta_tabular *t, const char *name, const char *text, size_t len);
void ta_tabular_put_number(ta_tabular *t, const char *name, const char *text, size_t len);
void ta_tabular_put_copy(ta_tabular *t, const char *name, const ta_node *node);
void ta_tabular_open(ta_tabular *t, const char *name, ta_kind kind);
void ta_tabular_close(ta_tabular *t);

/* What is wrong at a node of the table: exit status 2. */
void ta_tabular_fault(ta_tabular *t, const ta_node *node, const char *name,
                      const char *expected);
/* What is left out, and why. */
void ta_tabular_pass(ta_tabular *t, const ta_node *node, const char *name, const char *why);
/* A text of the table, in the arena; "" without memory. */
const char *ta_tabular_copy(ta_tabular *t, ta_text text);

#endif
