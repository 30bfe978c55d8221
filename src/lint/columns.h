/* SPDX-License-Identifier: MIT */
/* The table of columns of an input: what each node's column is, and what its values look like;
 * for src/lint alone. */
#ifndef TA_LINT_COLUMNS_H
#define TA_LINT_COLUMNS_H

#include "lint/column.h"
#include "lint/lint.h"

enum {
    TA_NO_COLUMN = 0, /* there are too many */
    TA_ROOT_COLUMN = 1,
    TA_COLUMN_SLOTS = TA_LINT_COLUMNS_MAX * 2,
    TA_COLUMN_KEYS = 1024 /* whose columns in the record itself stand in a table */
};

typedef struct ta_columns {
    ta_finder *finder;
    ta_arena arena; /* witnesses and their words */
    ta_column *columns;
    size_t cap;
    uint32_t count;                    /* with TA_NO_COLUMN and TA_ROOT_COLUMN */
    uint32_t slots[TA_COLUMN_SLOTS];   /* open addressing; 0 = free */
    uint32_t around[TA_DEPTH_MAX + 1]; /* the column of the last node of each depth */
    ta_keys *keys;                     /* that columns name */
    uint32_t generation;               /* of them */
    uint32_t top[TA_COLUMN_KEYS];      /* by key; TA_NO_COLUMN: not met */
    uint32_t last;
    bool nomem;
} ta_columns;

/* A zeroed table gets the finder, borrowed. False: no memory. ta_columns_fini in each case. */
TA_MUST_CHECK bool ta_columns_init(ta_columns *columns, ta_finder *finder);
void ta_columns_fini(ta_columns *columns);
void ta_columns_clear(ta_columns *columns);

/* Before the values of a record: its keys are those that columns go by, and columns whose keys
 * are forgotten are told. */
void ta_columns_begin(ta_columns *columns, const ta_record *record);
/* Tells what the columns show. */
void ta_columns_tell(ta_columns *columns);
/* As ta_absorb_fn; to NULL: that is all. Columns are told in the order in which they were met.
 */
TA_MUST_CHECK ta_status ta_columns_absorb(ta_columns *to, ta_columns *from, const ta_shift *by);

/* The slow part of ta_columns_of. */
uint32_t ta_columns_find(ta_columns *columns, const ta_keys *keys, uint32_t depth,
                         uint32_t key);
/* Counts a value whose form must be worked out. */
void ta_columns_note(ta_columns *columns, uint32_t column, const ta_record *record,
                     const ta_node *node);

/* The column of a node; all nodes of a record are asked in their order. */
static inline uint32_t ta_columns_of(ta_columns *columns, const ta_keys *keys,
                                     const ta_node *node) {
    uint32_t key = node->flags & TA_NODE_KEYLESS ? TA_KEY_NONE : node->key;
    bool table = node->depth == 1 && key < TA_COLUMN_KEYS;
    uint32_t known = table ? columns->top[key] : TA_NO_COLUMN;
    return known != TA_NO_COLUMN ? known : ta_columns_find(columns, keys, node->depth, key);
}

#endif
