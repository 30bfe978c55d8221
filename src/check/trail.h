/* SPDX-License-Identifier: MIT */
/* The dynamic scope: which resources led to where a run is. */
#ifndef TA_CHECK_TRAIL_H
#define TA_CHECK_TRAIL_H

#include "check/program.h"

/* A resource on the way to where a run is: what $dynamicRef looks at. */
typedef struct ta_trail {
    const struct ta_trail *outer;
    uint32_t resource;
} ta_trail;

/* Tests of a subschema that begins a scope: its resource is entered while they run. */
typedef struct ta_trail_test {
    const ta_test *tests;
    uint32_t resource;
} ta_trail_test;

ta_test_fn ta_trail_run;

/* Where $dynamicRef or $recursiveRef leads from here, by its test's data; NULL: anything fits.
 */
const ta_plan *ta_dynamic_plan(const void *data, const ta_trail *trail);

#endif
