/* SPDX-License-Identifier: MIT */
/* What the keywords that combine subschemas share; for src/check alone. */
#ifndef TA_CHECK_COMBINE_H
#define TA_CHECK_COMBINE_H

#include "check/compile.h"
#include "schema/words.h"

typedef struct ta_plan_list {
    const ta_plan **items;
    uint32_t count;
} ta_plan_list;

/* The plans of a list of subschemas; NULL: no memory. */
const ta_plan_list *ta_compile_plans(ta_compile *c, const ta_node *value);

#endif
