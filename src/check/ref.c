/* SPDX-License-Identifier: MIT */
/* $ref (JSON Schema 2020-12 core, section 8.2.3.1), beside other keywords: the schema it leads
 * to must hold too. */
#include "check/compile.h"

static const void *compile_ref(ta_compile *c, const ta_node *value) {
    if (value->kind != TA_TEXT)
        return ta_compile_fault(c, value, "$ref", "must be a text");
    return c->sub->ref ? ta_compile_plan(c, c->sub->ref->node) : NULL;
}

static bool run_ref(ta_run *run, const void *data, const ta_node *node) {
    return ta_plan_fits(run, data, node);
}

const ta_keyword ta_keyword_ref = {"$ref", compile_ref, run_ref, TA_KINDS_ALL, false};
