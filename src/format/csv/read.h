/* SPDX-License-Identifier: MIT */
/* The CSV reader's own state, and what its files do for each other. */
#ifndef TA_FORMAT_CSV_READ_H
#define TA_FORMAT_CSV_READ_H

#include "format/csv/scan.h"
#include "format/csv/tree.h"
#include "format/csv/type.h"

/* One node that a row may give, in document order. */
typedef struct ta_csv_step {
    ta_node node; /* what it begins as: kind, flags, depth, key */
    uint32_t branch;
    uint32_t column; /* a leaf's; of a list or object: its first leaf's */
    uint32_t end;    /* the step behind its subtree */
    uint8_t types;   /* a leaf's, TA_TYPE_*; of a list in a cell: its items' */
    bool is_leaf;
    bool is_absent;        /* an empty cell gives nothing; else null */
    bool is_bare;          /* what stands there without quotes is a text, or of another type */
    bool is_text;          /* no other type is tried */
    const char *separator; /* a list in one cell; NULL */
    ta_csv_signs signs;
} ta_csv_step;

/* An object or list that is being filled while a row is built. */
typedef struct ta_csv_frame {
    uint32_t node, end;
    uint32_t kept_nodes, kept_items; /* a list's, up to its last item with content */
    bool filled;                     /* some cell in it is not empty */
} ta_csv_frame;

typedef struct ta_csv_recovered {
    uint32_t text, len; /* in the record's arena */
} ta_csv_recovered;

typedef struct ta_csv_reader {
    const ta_reading *in;
    ta_stage *next;
    ta_source *source;
    ta_record *record;
    ta_csv_scanner scan;
    size_t cell_cap;
    bool quotes_mean; /* quotes tell text from other types, and empty text from nothing */
    bool flawed;      /* a row was refused */
    bool trims;       /* there are comments or a footer to pass over */
    size_t at;        /* the row's first byte in the window */
    uint64_t row;     /* as a spreadsheet numbers it */
    uint64_t records, comments;
    ta_place comment; /* the first */
    uint32_t columns;
    const char **names; /* as written */
    ta_text *heads;     /* what they stand for */
    ta_arena arena;
    ta_csv_tree tree;
    ta_csv_step *steps;
    uint32_t step_count;
    uint32_t *leaves; /* by column: its step; 0: none */
    bool worded;      /* the heads did not nest: they are taken word for word */
    bool flat;        /* all steps but the root are leaves of one cell each */
    ta_csv_frame *frames;
    ta_csv_recovered *recovered;
    size_t recovered_cap;
} ta_csv_reader;

/* Scans the next row, enlarging the window as need be. TA_STOP: there is none. */
TA_MUST_CHECK ta_status ta_csv_next_row(ta_csv_reader *reader, ta_csv_found *found);
/* Goes on at the line behind the one in which `from` (in the window) lies. */
TA_MUST_CHECK ta_status ta_csv_skip_line(ta_csv_reader *reader, size_t from);
/* Goes on behind the row that was scanned. */
static inline void ta_csv_pass_row(ta_csv_reader *reader) {
    reader->at = reader->scan.next;
}

/* Finds out how the file is written, reads its head and lays the plan. */
TA_MUST_CHECK ta_status ta_csv_open(ta_csv_reader *reader);
/* Passes over the lines at `at` that are comments. */
TA_MUST_CHECK ta_status ta_csv_skip_comments(ta_csv_reader *reader);
/* Whether only the lines of --skip-footer are left. */
TA_MUST_CHECK ta_status ta_csv_at_footer(ta_csv_reader *reader, bool *footer);
/* Makes the window longer, the row at its front. TA_ERR_INPUT: it is full, or could not be
 * decoded. */
TA_MUST_CHECK ta_status ta_csv_grow_window(ta_csv_reader *reader);

/* Reports what is wrong with the row and goes on at the next line. */
TA_MUST_CHECK ta_status ta_csv_refuse_row(ta_csv_reader *reader, ta_csv_found found);
/* Emits at bytes of the window, with the row's number. */
void ta_csv_report(const ta_csv_reader *reader, size_t start, size_t len,
                   const ta_finding *finding);
/* The place of a cell of the row. */
ta_place ta_csv_place(const ta_csv_reader *reader, uint32_t cell);
/* Whether a byte of the row that was scanned (up to offset `end` of the window) is no text. */
bool ta_csv_row_is_bad(const ta_csv_reader *reader, size_t end);

/* Reads the head, or names the columns. TA_ERR_INPUT: findings say what is wrong with it. */
TA_MUST_CHECK ta_status ta_csv_read_head(ta_csv_reader *reader);
/* Works out what each row gives, from the names and the shape. */
TA_MUST_CHECK ta_status ta_csv_plan(ta_csv_reader *reader);
/* Whether a head is the name of a member, whatever dots are in it. */
bool ta_csv_is_member(const ta_shape *shape, ta_text head);
/* Takes the keys of the plan's nodes from the key table, again after its generation has
 * changed. */
TA_MUST_CHECK bool ta_csv_plan_keys(ta_csv_reader *reader);

/* Builds the record from the cells of the row. False: no memory or limit (record->full).
 */
TA_MUST_CHECK bool ta_csv_build(ta_csv_reader *reader);

/*
 * Reads the row up to window offset `end` through libcsv: cells, and their texts in the
 * record's arena. The record has begun. TA_ERR_INPUT: it has outgrown its limit.
 */
TA_MUST_CHECK ta_status ta_csv_recover(ta_csv_reader *reader, size_t end);

ta_locate_fn ta_csv_locate;
/* The column of the cell in which an offset of the row lies. */
uint32_t ta_csv_column_at(const ta_csv_reader *reader, uint32_t offset);

#endif
