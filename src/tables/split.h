/* SPDX-License-Identifier: MIT */
/* Writing: from records to the rows of their tables. */
#ifndef TA_TABLES_SPLIT_H
#define TA_TABLES_SPLIT_H

#include "tables/tables.h"

/* Where the rows of a table go: a stage that stays the callee's, asked for when its first list
 * comes; NULL: said why, or no memory (*status). */
typedef ta_stage *ta_tables_open_fn(void *to, const ta_table *table, ta_status *status);

typedef struct ta_split_options {
    ta_tables *tables;
    ta_finder *finder;
    bool surveys; /* the first of two passes: what places and tables there are; nothing is said
                   */
    ta_tables_open_fn *open;
    void *to;
} ta_split_options;

/*
 * A stage that pushes records without their lists into next, and a row for each item of those
 * into its table's stage (begun and ended here, and the caller's to drop). NULL: no memory.
 */
ta_stage *ta_split_new(const ta_split_options *options, ta_stage *next);

#endif
