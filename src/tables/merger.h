/* SPDX-License-Identifier: MIT */
/* The merge's own state, and what its files do for each other. */
#ifndef TA_TABLES_MERGER_H
#define TA_TABLES_MERGER_H

#include "tables/merge.h"

/* A row of the record that is being put together; the first is the record's own. */
typedef struct ta_merge_row {
    uint32_t table, parent;
    uint32_t node;           /* its root in the pool */
    uint32_t raw, raw_len;   /* its bytes, in the arena */
    uint64_t offset, number; /* in its file; as a spreadsheet numbers it */
    ta_where at;
} ta_merge_row;

/* A table, and its rows for the record: adjacent, in the order of their parents. */
typedef struct ta_feed {
    ta_record *row;  /* read ahead; NULL: none */
    uint64_t serial; /* of the record it belongs to */
    bool ended;
    uint32_t first, end; /* rows */
    uint32_t at;         /* the next to be written; while gathering: the parent looked at */
} ta_feed;

typedef struct ta_merger {
    ta_stage stage;
    ta_merge_options o;
    ta_head head;
    ta_feed *feeds;
    const ta_record *from; /* the record's own row */
    ta_record made, pool;
    ta_memo memo[TA_MEMO_ROWS];
    ta_merge_row *rows;
    size_t row_cap;
    uint32_t row_count;
    const char **columns; /* by node of the pool */
    size_t column_cap;
    struct ta_merge_origin {
        uint32_t row, node; /* of the record's own row, or of the pool */
    } * origins;            /* by node made */
    size_t origin_cap;
    ta_window window; /* of the row that was located last */
    uint64_t serial, stamp;
    ta_status status;
} ta_merger;

/* The bytes of a row, for places in it. Stands until the next call. */
ta_window *ta_merge_window(ta_merger *m, const ta_merge_row *row);
/* Gathers the rows of the record. */
void ta_merge_gather(ta_merger *m);
/* Reads on to a row that belongs to a record from `serial` on; false: there is none. */
bool ta_merge_look(ta_merger *m, uint32_t table);
/* Puts the record together from the rows. */
void ta_merge_emit(ta_merger *m);

/* The text of a link in a row; "" if there is none. */
ta_text ta_merge_link(const ta_record *row, const ta_node *root, uint32_t key);
/* Whether a text is one of the marks [] and {}. */
static inline bool ta_merge_is_mark(const ta_record *record, const ta_node *node,
                                    const char *mark) {
    if (node->kind != TA_TEXT || node->text_len != 2)
        return false;
    return !memcmp(ta_node_text(record, node).data, mark, 2);
}

#endif
