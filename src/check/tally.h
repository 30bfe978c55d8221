/* SPDX-License-Identifier: MIT */
/* What rules keep while they run, and how they came out; for src/check alone. */
#ifndef TA_CHECK_TALLY_H
#define TA_CHECK_TALLY_H

#include "check/rule.h"

/* How a rule came out on one record. */
typedef struct ta_tally {
    uint32_t run, failed, skipped;
    const char *lacks; /* what was missing first, as the rule has it; NULL: nothing */
} ta_tally;

/* An item met by its key. */
typedef struct ta_item_entry {
    ta_mark mark, value; /* value: of `to` */
    const ta_node *node;
} ta_item_entry;

/* What rules need beside a run's own state. */
typedef struct ta_rule_run {
    ta_tally *tallies; /* by the rule's index */
    const char *lacks; /* what the last rule that was skipped did not find */
    ta_buf difference; /* for the message; reused */
    ta_buf message;
    ta_marks items;             /* keys met while one rule runs: ta_item_entry */
    ta_marks targets;           /* keys that references of target_rule may lead to */
    const ta_rule *target_rule; /* NULL: none are known yet for this record */
    const ta_node *target_start;
    const ta_place *place; /* where findings go whose values are gone; NULL: to their nodes */
} ta_rule_run;

/* NULL: no memory. */
ta_rule_run *ta_rule_run_new(size_t rule_count);
void ta_rule_run_drop(ta_rule_run *rules);

void ta_tally_add(const ta_run *run, ta_tally *tally, ta_outcome outcome);
/* Adds a record's tally to the file's; skips: NULL, or where such records are counted. */
void ta_rule_count_add(ta_rule_count *count, const ta_tally *tally, uint64_t record_no,
                       ta_skips *skips);
/* Adds another count of the same rule, of later records. */
void ta_rule_count_add_count(ta_rule_count *count, const ta_rule_count *other);
/* A finding for each rule that was skipped. */
void ta_rule_counts_tell(const ta_rule_count *counts, size_t count, ta_finder *finder,
                         const char *file);

#endif
