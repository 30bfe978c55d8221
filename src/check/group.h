/* SPDX-License-Identifier: MIT */
/*
 * {over: list, sum|count|distinct: "*.PATH", by: FIELDS, equals|min|max: ...}: groups of the
 * list's records, one for each value of `by`, measured as they stream by and held against their
 * bounds at the end. With `in: "FILE:PATH"` a bound `.field` is that of the other file's record
 * with this key; and count holds for each record there, if nothing here refers to it.
 * A group costs some 200 bytes and its key in words; distinct 23 to 29 bytes for each different
 * value of a group.
 */
#ifndef TA_CHECK_GROUP_H
#define TA_CHECK_GROUP_H

#include "check/operate.h"

typedef struct ta_grouping {
    ta_marks groups;
    ta_marks values; /* of distinct: group and value together */
    ta_arena words;
    ta_buf subject; /* for the message; reused */
} ta_grouping;

/* Empties the table for another list. Begin with zeros. */
void ta_grouping_begin(ta_grouping *groups);
/* Adds run->record to its group. TA_SKIPPED: it has no key; or there is no memory
 * (run->nomem). */
ta_outcome ta_grouping_put(ta_grouping *groups, ta_run *run, const ta_rule *rule);
/* Holds all groups against their bounds; the list was read from `file`. */
void ta_grouping_end(ta_grouping *groups, ta_run *run, const ta_rule *rule, const char *file,
                     ta_tally *tally);
void ta_grouping_fini(ta_grouping *groups);

#endif
