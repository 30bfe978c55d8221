/* SPDX-License-Identifier: MIT */
/* From places to the words of a schema. Private to src/infer. */
#ifndef TA_INFER_WRITE_H
#define TA_INFER_WRITE_H

#include "infer/settle.h"
#include "infer/sketch.h"

typedef struct ta_schema_sketch {
    ta_infer *infer;
    ta_sketch sketch;
    const ta_record *old; /* the schema that is widened; NULL */
} ta_schema_sketch;

/* The words of a place, into the object that is open. */
void ta_write_words(ta_schema_sketch *to, ta_spot *spot);
/* A subschema under a key (NULL data: an item). */
void ta_write_spot(ta_schema_sketch *to, ta_text key, ta_spot *spot);

/* Whether a member is in all objects. */
bool ta_spot_is_required(const ta_infer *infer, const ta_spot *object, const ta_spot *member);

/* "type", for a set of TA_TYPE_*. */
void ta_write_types(ta_sketch *sketch, uint8_t types, bool integer);

#endif
