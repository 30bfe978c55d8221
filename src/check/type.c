/* SPDX-License-Identifier: MIT */
/* type (JSON Schema validation, section 6.1.1). What kinds are allowed stands in the plan
 * itself; integer is a test (number.c). */
#include "check/compile.h"
#include "schema/vocabulary.h"
#include "schema/words.h"

typedef struct type_set {
    uint8_t types;
    bool integer, number;
} type_set;

static bool read_type_name(ta_compile *c, const ta_node *name, type_set *set) {
    bool integer = false;
    ta_text text = ta_node_text(c->record, name);
    uint8_t type = name->kind == TA_TEXT ? ta_type_named(text.data, text.len, &integer) : 0;
    if (!type) {
        ta_compile_fault(c, name, "type",
                         "must be null, boolean, number, integer, string, array or object");
        return false;
    }
    set->types |= type;
    set->integer = set->integer || integer;
    set->number = set->number || (type == TA_TYPE_NUMBER && !integer);
    return true;
}

static const void *compile_type(ta_compile *c, const ta_node *value) {
    type_set set = {0, false, false};
    bool ok = true;
    if (value->kind == TA_ARRAY && value->count) {
        for (const ta_node *n = ta_node_first(value); n < ta_node_end(value);
             n = ta_node_next(n))
            ok = read_type_name(c, n, &set) && ok;
    } else {
        ok = read_type_name(c, value, &set);
    }
    if (!ok)
        return NULL;
    uint8_t kinds = 0;
    for (int kind = TA_NULL; kind <= TA_OBJECT; kind++)
        if (set.types & ta_type_of_kind((ta_kind)kind))
            kinds |= (uint8_t)(1 << kind);
    bool integer = set.integer && !set.number;
    ta_buf words = {0};
    ta_say_types(set.types, integer, &words);
    c->plan->kinds &= kinds;
    c->plan->expected = ta_compile_copy(c, (ta_text){ta_buf_text(&words), words.len});
    c->nomem = c->nomem || words.failed;
    ta_buf_fini(&words);
    return integer ? ta_compile_integer(c) : NULL;
}

const ta_keyword ta_keyword_type = {"type", compile_type, ta_run_number, 1 << TA_NUMBER, false};
