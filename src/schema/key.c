/* SPDX-License-Identifier: MIT */
#include "schema/key.h"

enum { STEPS_MAX = 64 }; /* references and lists, one in another */

const ta_node *ta_schema_key(const ta_schema *schema, const ta_document **document) {
    const ta_subschema *sub = schema->root;
    for (int i = 0; sub && i < STEPS_MAX; i++) {
        const ta_node *key = ta_subschema_value(sub, "x-key");
        *document = sub->document;
        if (key)
            return key;
        const ta_node *items = sub->ref ? NULL : ta_subschema_value(sub, "items");
        sub = items ? ta_schema_at(schema, sub->document, items) : sub->ref;
    }
    return NULL;
}
