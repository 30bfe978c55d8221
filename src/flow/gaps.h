/* SPDX-License-Identifier: MIT */
/*
 * What of the text between two records belongs to which of them, when records move. The line
 * ends, commas and list marks stay where they are; comments go with the record that they stand
 * before, or behind which they stand on its line.
 */
#ifndef TA_FLOW_GAPS_H
#define TA_FLOW_GAPS_H

#include "record/node.h"

/* A gap: its first `tail` bytes go with the record before it, its last `lead` bytes with the
 * one behind. */
typedef struct ta_gap {
    ta_text text;
    size_t tail, lead;
} ta_gap;

/*
 * Splits the gaps: the first is all before the first record, the last all behind the last, so
 * that `count` is one more than there are records. `records` are their texts. NULL: done; else
 * why the records cannot be moved, in words.
 */
const char *ta_gaps_split(const char *format, char comment, ta_gap *gaps,
                          const ta_text *records, size_t count);

#endif
