/* SPDX-License-Identifier: MIT */
/* Reading: from the rows of tables to records with their lists. */
#ifndef TA_TABLES_MERGE_H
#define TA_TABLES_MERGE_H

#include "tables/index.h"
#include "tables/tables.h"

/* What the head of a child table's file says. */
typedef struct ta_table_head {
    const char *file;
    bool has_value;   /* the value column */
    bool has_members; /* columns of the items' own */
} ta_table_head;

typedef struct ta_merge_options {
    ta_tables *tables;
    const ta_table_head *heads; /* by table */
    ta_finder *finder;
    const ta_key_index *index; /* of the records' keys; NULL: numbers name them */
    /* The next row of a table, which stands until the one after it. TA_STOP: no more. */
    ta_status (*next)(void *to, uint32_t table, ta_record **row);
    void *to;
} ta_merge_options;

/*
 * A stage in front of next, which stays the caller's: each record gets the items of its lists
 * from the tables, which are in the order of the records. Findings in items point into their
 * own files. The key table keeps its keys meanwhile. NULL: no memory.
 */
ta_stage *ta_merge_new(const ta_merge_options *options, ta_stage *next);
/* With `whole` (all records were read) reports the rows that are left; drops the stage. */
TA_MUST_CHECK ta_status ta_merge_end(ta_stage *stage, bool whole);

/* A stage that enters the keys of records, to be dropped by ta_stage_drop. NULL: no memory. */
ta_stage *ta_index_stage_new(ta_key_index *index, const ta_tables *tables, ta_finder *finder);

#endif
