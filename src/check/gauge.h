/* SPDX-License-Identifier: MIT */
/* Findings that are weighed rather than told: how far a branch of anyOf or oneOf is from
 * fitting. */
#ifndef TA_CHECK_GAUGE_H
#define TA_CHECK_GAUGE_H

#include "check/program.h"

typedef struct ta_gauge {
    const ta_node *at; /* the value that the branches describe */
    uint64_t cost;
    bool of_type;  /* the value itself is of another type */
    ta_buf *words; /* gets the first finding's message */
} ta_gauge;

/* Weighs what a subschema has to say of a value; the words are set before. Adds the cost of a
 * finding. */
void ta_gauge_plan(ta_run *run, ta_gauge *gauge, const ta_plan *plan, const ta_node *node);
void ta_gauge_add(ta_run *run, const ta_node *node, const ta_finding *finding);

#endif
