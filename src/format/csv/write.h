/* SPDX-License-Identifier: MIT */
/* The CSV writer's own state, and what its files do for each other. */
#ifndef TA_FORMAT_CSV_WRITE_H
#define TA_FORMAT_CSV_WRITE_H

#include "format/csv/tree.h"
#include "format/format.h"

struct ta_survey {
    ta_csv_tree *tree; /* the writer goes on growing it */
};
/* Whether the shape alone says what columns there are: closed at every level, no lists but in
 * cells. */
bool ta_csv_shape_settles(const ta_shape *shape);
static inline bool ta_csv_is_list_cell(const ta_shape *shape) {
    return shape && shape->types & TA_TYPE_ARRAY && shape->separator && *shape->separator;
}

/* What is lost, in loss.c's words. */
typedef enum ta_csv_lost {
    TA_CSV_LOST_NUMBERS,       /* become text */
    TA_CSV_LOST_BOOLEANS,      /* become text */
    TA_CSV_LOST_NUMBERS_TYPE,  /* where the schema allows no number */
    TA_CSV_LOST_BOOLEANS_TYPE, /* where the schema allows no boolean */
    TA_CSV_LOST_TEXTS,         /* read back as another type */
    TA_CSV_LOST_QUOTED_TEXTS,  /* read back as another type under --infer */
    TA_CSV_LOST_TOKENS,        /* read back as missing, by a dialect */
    TA_CSV_LOST_QUOTED_VALUES, /* read back as text */
    TA_CSV_LOST_NULL,          /* reads back as missing */
    TA_CSV_LOST_NULL_ITEM,     /* reads back as no item, or as empty text */
    TA_CSV_LOST_ABSENT,        /* reads back as null */
    TA_CSV_LOST_EMPTY_LIST,
    TA_CSV_LOST_EMPTY_OBJECT,
    TA_CSV_LOST_EMPTY_TEXT,
    TA_CSV_LOST_ITEMS, /* numbers in a list cell that needs quotes become text */
    TA_CSV_LOST_COLUMN,
    TA_CSV_LOST_INNER,
    TA_CSV_LOST_LIST,   /* reads back as an object */
    TA_CSV_LOST_OBJECT, /* reads back as a list */
    TA_CSV_LOST_CLASH,  /* a list or object where other records have a value */
    TA_CSV_LOST_NESTING,
    TA_CSV_LOST_RECORD,
    TA_CSV_LOST_SHAPE,
    TA_CSV_LOST_SEPARATOR,
    TA_CSV_LOST_FORMULA, /* an apostrophe is put before it */
    TA_CSV_LOST_NUL
} ta_csv_lost;

enum { TA_CSV_EXTRA_MAX = 65536 }; /* places without columns that are told one by one */

/* One loss at one place, counted. */
typedef struct ta_csv_loss {
    ta_csv_lost what;
    uint32_t branch, next; /* loss of the branch */
    uint64_t count, record_no;
    uint64_t serial; /* of the record, over all inputs */
    ta_place place;  /* the first */
    const char *found;
} ta_csv_loss;

typedef struct ta_csv_column {
    uint32_t branch;
    uint8_t types;    /* that the place reads back with: of list cells, the items' */
    bool described;   /* a shape says so; else text, or any type under --infer */
    bool quote_typed; /* text that looks like another type needs quotes */
    bool nullable;    /* an empty cell reads back as null */
    bool in_list;     /* below an item, which may be absent without a loss */
    bool is_item;
    char decimal;          /* the sign in its numbers */
    const char *separator; /* a list in one cell; NULL */
    const char *title;     /* its head, in place of its path; NULL */
    uint32_t title_len;
} ta_csv_column;

typedef struct ta_csv_writer {
    ta_stage stage;
    ta_writing to; /* its own copy */
    char delimiter, quote, escape, decimal, separator;
    bool quote_all, quote_texts, crlf, safe; /* texts: and nothing else */
    bool wary, odd_numbers;                  /* bare cells may be misread; and numbers, too */
    ta_csv_tree *tree, own;
    uint32_t known; /* branches before the first record */
    bool nested;
    ta_csv_column *columns;
    size_t column_cap;
    uint32_t column_count;
    const ta_node **cells;     /* by column: this record's; NULL: absent */
    uint32_t before;           /* the branch met last */
    uint64_t serial, absorbed; /* records; those that another writer has counted */
    ta_csv_loss *losses;       /* from 1 */
    size_t loss_cap;
    uint32_t loss_count;
    ta_buf text;      /* of a list cell */
    ta_arena titles;  /* of columns */
    const char *file; /* the first input's name */
    bool document, failed;
} ta_csv_writer;

/* Chooses the columns: from the options, the shape or the survey. False: no memory. */
TA_MUST_CHECK bool ta_csv_choose_columns(ta_csv_writer *writer);
/* Chooses the titles that stand over columns, and says which do not. False: no memory. */
TA_MUST_CHECK bool ta_csv_choose_titles(ta_csv_writer *writer);
/* Counts a loss at a branch; the node where it happens is kept the first time. */
void ta_csv_lose(ta_csv_writer *writer, const ta_record *record, const ta_node *node,
                 uint32_t branch, ta_csv_lost what);
ta_absorb_fn ta_csv_absorb_losses;
/* Emits all losses, in the order of their first places. */
void ta_csv_tell_losses(ta_csv_writer *writer);

/* Writes a cell's text, in quotes where the text needs them. */
void ta_csv_put_text(const ta_csv_writer *writer, const char *text, size_t len, bool quoted);
static inline void ta_csv_end_row(const ta_csv_writer *writer) {
    if (writer->crlf)
        ta_sink_putc(writer->to.sink, '\r');
    ta_sink_putc(writer->to.sink, '\n');
}
/* Writes the row of the cells, and clears them. */
void ta_csv_write_row(ta_csv_writer *writer, ta_record *record);

#endif
