/* SPDX-License-Identifier: MIT */
/* x-key: the paths of what names a record. */
#ifndef TA_SCHEMA_KEY_H
#define TA_SCHEMA_KEY_H

#include "schema/schema.h"

/* The value of x-key where the schema describes a record (its root, or the items of a list), in
 * *document. NULL: there is none. */
const ta_node *ta_schema_key(const ta_schema *schema, const ta_document **document);

#endif
