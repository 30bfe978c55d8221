/* SPDX-License-Identifier: MIT */
/* Which values a schema calls personal (x-personal): reports do not show them. */
#ifndef TA_SCHEMA_PERSONAL_H
#define TA_SCHEMA_PERSONAL_H

#include "record/screen.h"
#include "schema/schema.h"

/* Whether some place of the schema says x-personal. */
bool ta_schema_has_personal(const ta_schema *schema);

/* The screen for data that a schema describes; borrows it. NULL: nothing is personal.
 */
ta_screen ta_personal_screen(const ta_schema *schema);

/* Whether a subschema says x-personal itself, or what it refers to does; NULL: no. */
bool ta_subschema_is_personal(const ta_subschema *sub);

#endif
