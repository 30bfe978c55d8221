/* SPDX-License-Identifier: MIT */
/* How rules came out: on a record, on a file, and what is said of those that were skipped. */
#include <stdlib.h>

#include "check/tally.h"

ta_rule_run *ta_rule_run_new(size_t rule_count) {
    ta_rule_run *rules = calloc(1, sizeof *rules);
    if (!rules)
        return NULL;
    rules->items.entry_bytes = sizeof(ta_item_entry);
    rules->targets.entry_bytes = sizeof(ta_mark);
    rules->tallies = calloc(rule_count + 1, sizeof *rules->tallies);
    if (rules->tallies)
        return rules;
    free(rules);
    return NULL;
}

void ta_rule_run_drop(ta_rule_run *rules) {
    if (!rules)
        return;
    ta_marks_fini(&rules->items);
    ta_marks_fini(&rules->targets);
    ta_buf_fini(&rules->difference);
    ta_buf_fini(&rules->message);
    free(rules->tallies);
    free(rules);
}

void ta_tally_add(const ta_run *run, ta_tally *tally, ta_outcome outcome) {
    tally->run += outcome != TA_SKIPPED;
    tally->failed += outcome == TA_FAILED;
    tally->skipped += outcome == TA_SKIPPED;
    if (outcome == TA_SKIPPED && !tally->lacks)
        tally->lacks = run->rules->lacks;
}

void ta_rule_count_add(ta_rule_count *count, const ta_tally *tally, uint64_t record_no,
                       ta_skips *skips) {
    count->run += tally->run;
    count->failed += tally->failed;
    count->skipped += tally->skipped;
    if (!tally->skipped)
        return;
    if (!count->lacks)
        count->lacks = tally->lacks;
    if (skips && skips->last != record_no) {
        skips->last = record_no;
        skips->records++;
    }
}

void ta_rule_count_add_count(ta_rule_count *count, const ta_rule_count *other) {
    count->run += other->run;
    count->failed += other->failed;
    count->skipped += other->skipped;
    if (!count->lacks)
        count->lacks = other->lacks;
}

void ta_rule_counts_tell(const ta_rule_count *counts, size_t count, ta_finder *finder,
                         const char *file) {
    for (size_t i = 0; i < count; i++)
        if (counts[i].skipped)
            ta_find(finder, &(ta_finding){.code = TA_F_SKIPPED_RULE,
                                          .rule_id = counts[i].id,
                                          .name = counts[i].id,
                                          .found = counts[i].lacks ? counts[i].lacks : "value",
                                          .count = counts[i].skipped,
                                          .place = {.file = file}});
}
