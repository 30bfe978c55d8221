/* SPDX-License-Identifier: MIT */
/*
 * Other files that rules look into (`in: "FILE:PATH"`): a table of the keys at the path, and
 * beside each key the fields that rules join. All tables of a file are filled in one pass over
 * it when the rules are compiled, and are const from then on. A key costs 16 bytes and its
 * slot; where fields are joined 24 more for itself and for each of them, and their text.
 */
#ifndef TA_CHECK_ELSEWHERE_H
#define TA_CHECK_ELSEWHERE_H

#include "check/compile.h"
#include "check/marks.h"
#include "record/path.h"

/* A number or text of another file. */
typedef struct ta_cell {
    const char *text; /* ends in NUL; NULL: it is missing, or neither */
    uint32_t len;
    uint32_t kind; /* TA_NUMBER or TA_TEXT */
    ta_spot spot;
} ta_cell;

/* What a table keeps where fields are joined; else only marks. */
typedef struct ta_row {
    ta_mark mark;
    ta_cell cells[]; /* the key itself, then the fields */
} ta_row;

typedef struct ta_column {
    struct ta_column *next;
    ta_path path; /* from what the last `*` of the keys' path leads to */
    uint32_t index;
} ta_column;

typedef struct ta_elsewhere {
    struct ta_elsewhere *next;
    const char *name, *file; /* as written; as it is found from here */
    ta_path path;            /* of the keys */
    bool joined, filled;
    ta_column *columns;
    uint32_t column_count;
    ta_marks marks;
    ta_arena text;
    const ta_record *record; /* where a rule names it first: for findings */
    const ta_node *node;
} ta_elsewhere;

/* The table of "FILE:PATH", split at `colon`; it is filled later. NULL: the fault was said, or
 * there is no memory. */
ta_elsewhere *ta_elsewhere_get(ta_compile *c, const ta_node *value, size_t colon);
/* Has the table keep a field beside each key: its index in the cells; 0: no memory. */
uint32_t ta_elsewhere_join(ta_compile *c, ta_elsewhere *table, const ta_path *path);
/* Reads the files of all tables; faults go to c. */
void ta_elsewhere_fill(ta_compile *c);
/* The row of a key; NULL: there is none. */
static inline const ta_row *ta_elsewhere_row(const ta_elsewhere *table, ta_mark mark) {
    return ta_marks_find(&table->marks, mark);
}
/* Frees the tables of a program. */
void ta_elsewhere_drop(ta_elsewhere *first);

#endif
