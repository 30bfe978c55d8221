/* SPDX-License-Identifier: MIT */
/* minItems, maxItems, minProperties, maxProperties (2020-12 validation, sections 6.4 and 6.5).
 */
#include <inttypes.h>
#include <stdio.h>

#include "check/size.h"
#include "schema/words.h"

static const void *compile_size(ta_compile *c, const ta_node *value, const char *name,
                                ta_size_test as) {
    ta_size_test *test = ta_compile_alloc(c, sizeof *test);
    if (!ta_compile_count(c, value, name, &as.bound) || !test)
        return NULL;
    *test = as;
    return test;
}

static const void *compile_min_items(ta_compile *c, const ta_node *value) {
    return compile_size(c, value, "minItems", (ta_size_test){0, TA_F_MIN_ITEMS, false});
}

static const void *compile_max_items(ta_compile *c, const ta_node *value) {
    return compile_size(c, value, "maxItems", (ta_size_test){0, TA_F_MAX_ITEMS, true});
}

static const void *compile_min_properties(ta_compile *c, const ta_node *value) {
    return compile_size(c, value, "minProperties",
                        (ta_size_test){0, TA_F_MIN_PROPERTIES, false});
}

static const void *compile_max_properties(ta_compile *c, const ta_node *value) {
    return compile_size(c, value, "maxProperties",
                        (ta_size_test){0, TA_F_MAX_PROPERTIES, true});
}

static bool run_size(ta_run *run, const void *data, const ta_node *node) {
    const ta_size_test *test = data;
    if (test->most ? node->count <= test->bound : node->count >= test->bound)
        return true;
    char expected[24], found[TA_SAY_COUNT];
    bool list = node->kind == TA_ARRAY;
    snprintf(expected, sizeof expected, "%" PRIu64, test->bound);
    ta_say_count(node->count, list ? "item" : "property", list ? "items" : "properties", found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = test->code, .expected = expected, .found = found});
}

const ta_keyword ta_keyword_min_items = {"minItems", compile_min_items, run_size, 1 << TA_ARRAY,
                                         false};
const ta_keyword ta_keyword_max_items = {"maxItems", compile_max_items, run_size, 1 << TA_ARRAY,
                                         false};
const ta_keyword ta_keyword_min_properties = {"minProperties", compile_min_properties, run_size,
                                              1 << TA_OBJECT, false};
const ta_keyword ta_keyword_max_properties = {"maxProperties", compile_max_properties, run_size,
                                              1 << TA_OBJECT, false};
