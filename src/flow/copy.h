/* SPDX-License-Identifier: MIT */
/* Findings that outlive the call which told them. */
#ifndef TA_FLOW_COPY_H
#define TA_FLOW_COPY_H

#include "record/finding.h"

/* With all that it borrowed in an arena, but for what its place's record knows. */
typedef struct ta_copied {
    ta_finding finding;
    ta_related *related; /* the finding's, to be changed */
} ta_copied;

/* Copies a finding. What the one before it (NULL: none) has the same is taken from there, which
 * must live as long. NULL: no memory. */
ta_copied *ta_copy_finding(ta_arena *arena, const ta_finding *finding, const ta_copied *before);

#endif
