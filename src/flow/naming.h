/* SPDX-License-Identifier: MIT */
/* The key of each record, by the schema's x-key. */
#ifndef TA_FLOW_NAMING_H
#define TA_FLOW_NAMING_H

#include "record/namer.h"
#include "record/path.h"
#include "record/screen.h"
#include "schema/schema.h"

typedef struct ta_naming {
    ta_path *paths;
    uint32_t count;          /* 0: no key */
    const ta_screen *screen; /* what is personal, whether it is shown or not */
    ta_namer namer;
    ta_arena arena;
} ta_naming;

/* Reads x-key of a schema (NULL: there is none); one that is no list of paths gives no key.
 * Begin with zeros, free with ta_naming_fini in each case. */
TA_MUST_CHECK ta_status ta_naming_open(ta_naming *naming, const ta_schema *schema,
                                       const ta_screen *screen, ta_keys *keys);
/* NULL: records have no key. */
const ta_namer *ta_naming_namer(const ta_naming *naming);
void ta_naming_fini(ta_naming *naming);

#endif
