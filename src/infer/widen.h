/* SPDX-License-Identifier: MIT */
/* Widening a schema that is there. Private to src/infer. */
#ifndef TA_INFER_WIDEN_H
#define TA_INFER_WIDEN_H

#include "infer/write.h"

/* One subschema, and what was seen at its place. */
typedef struct ta_widening {
    ta_schema_sketch *to;
    ta_spot *spot;
    const ta_node *properties, *others; /* NULL: it has no such word */
} ta_widening;

/* A word as it is. */
void ta_widen_keep(ta_widening *w, ta_text key, const ta_node *value);
/* The old schema's member of a name; NULL: none. */
const ta_node *ta_widen_member(const ta_widening *w, const ta_node *object, ta_text name);

/* Words about single values. */
void ta_widen_type(ta_widening *w, ta_text key, const ta_node *value);
void ta_widen_enum(ta_widening *w, ta_text key, const ta_node *value);
void ta_widen_count(ta_widening *w, ta_text key, const ta_node *value);
void ta_widen_number(ta_widening *w, ta_text key, const ta_node *value);
void ta_widen_multiple(ta_widening *w, ta_text key, const ta_node *value);

/* The words of a subschema, into the object that is open. */
void ta_widen_words(ta_schema_sketch *to, const ta_node *schema, ta_spot *spot);
/* The whole schema. */
void ta_widen_schema(ta_schema_sketch *to, const ta_node *schema, ta_spot *record);

#endif
