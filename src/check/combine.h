/* SPDX-License-Identifier: MIT */
/* What the keywords that combine subschemas share; for src/check alone. */
#ifndef TA_CHECK_COMBINE_H
#define TA_CHECK_COMBINE_H

#include "check/compile.h"
#include "schema/words.h"

enum { TA_BRANCHES_TOLD = 4 }; /* that one message speaks of */

typedef struct ta_plan_list {
    const ta_plan **items;
    uint32_t count;
} ta_plan_list;

/* The data of anyOf and oneOf. */
typedef struct ta_branch_test {
    const ta_plan_list *list;
    ta_code code;
    const char *words; /* the description of the choice; NULL */
} ta_branch_test;

typedef struct ta_not_test {
    const ta_plan *plan;
    const char *words; /* the description of what is refused; NULL */
} ta_not_test;

/* if, then and else: one test. Each may be NULL. */
typedef struct ta_condition {
    const ta_plan *asked, *then, *otherwise;
} ta_condition;

/* The plans of a list of subschemas; NULL: no memory. */
const ta_plan_list *ta_compile_plans(ta_compile *c, const ta_node *value);

#endif
