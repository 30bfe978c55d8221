/* SPDX-License-Identifier: MIT */
/* What has been told of a record: subschemas that describe one value together (allOf, a $ref
 * beside other words) may find the same fault, which is told once. */
#ifndef TA_CHECK_TOLD_H
#define TA_CHECK_TOLD_H

#include "check/marks.h"
#include "check/program.h"

struct ta_told {
    ta_marks marks; /* of findings: what is said, and of which value */
    ta_buf key;
};

/* NULL: no memory. */
struct ta_told *ta_told_new(void);
void ta_told_drop(struct ta_told *told);

/* Whether the same has been told of the node since ta_run_begin; if not, it has from now on. */
bool ta_told_before(ta_run *run, const ta_node *node, ta_part part, const ta_finding *finding);

#endif
