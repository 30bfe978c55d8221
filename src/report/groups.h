/* SPDX-License-Identifier: MIT */
/*
 * Findings of one input that say the same about the same place (code, rule, path without list
 * indices) are shown a few times, then counted. Memory is bounded whatever the data does.
 * Private to src/report.
 */
#ifndef TA_REPORT_GROUPS_H
#define TA_REPORT_GROUPS_H

#include "record/finding.h"

typedef struct ta_group ta_group;

/* Zero-initialize it and set shown_max; free with ta_groups_fini. */
typedef struct ta_groups {
    ta_group *items; /* in order of appearance */
    size_t count, cap;
    uint32_t *slots; /* by hash: an index + 1; 0 is free */
    ta_arena text;
    ta_buf pattern;     /* of the finding at hand, reused */
    uint64_t shown_max; /* per input */
    uint64_t shown, rest;
    bool failed; /* memory was wanting somewhere */
} ta_groups;

/* Whether to show this finding; counts it if not. */
bool ta_groups_admit(ta_groups *groups, const ta_finding *finding);

/* How many findings of one code, rule and path may still be shown, of those to come. */
uint64_t ta_groups_keeps(const ta_groups *groups);
/* Counts so many more findings like one that was not the last of those to be shown. */
void ta_groups_count(ta_groups *groups, const ta_finding *like, uint64_t count);

/* Appends a line per group that was counted and one for the rest, and begins anew for the next
 * input. */
void ta_groups_tell(ta_groups *groups, const char *file, ta_buf *out);

void ta_groups_fini(ta_groups *groups);

#endif
