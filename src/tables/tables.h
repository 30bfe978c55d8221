/* SPDX-License-Identifier: MIT */
/*
 * Tables: records whose lists stand in CSV files of their own, a row for each item
 * (docs/tables.md). `clusters.csv` has a row for each record, `clusters.partners.csv` one for
 * each item of partners, and so on inside. The first columns of a child table link its rows:
 * `clusters#id` (the record's key) or `clusters#` (its number), then the positions of the items
 * on the way, as in `partners#`. The head's `#` keeps them apart from the data.
 */
#ifndef TA_TABLES_TABLES_H
#define TA_TABLES_TABLES_H

#include "record/path.h"
#include "record/stage.h"
#include "schema/shape.h"

/* What items a table has; more than one kind: its value column tells them apart. */
enum { TA_ITEMS_SCALAR = 1, TA_ITEMS_OBJECT = 2, TA_ITEMS_LIST = 4 };

/* A place in the rows of a table: a member, or the list that an item itself is. */
typedef struct ta_spot {
    uint32_t parent, first, last, next; /* spots; 0: none */
    uint32_t key;                       /* TA_KEY_NONE: the item itself */
    const char *name;
    uint32_t len;
    uint32_t table; /* whose rows are the items of the list here; 0: none */
    uint64_t stamp; /* the join's */
    bool marked;    /* the place has a column too: `[]`, null or a scalar stood there */
} ta_spot;

typedef struct ta_link {
    const char *name; /* the column's head */
    uint32_t len, key;
    const ta_shape *shape; /* NULL: nothing is known */
} ta_link;

typedef struct ta_table {
    uint32_t parent, level; /* a table; how many lists are around its rows */
    uint32_t top, list;     /* spots: of its rows, and the list's in the parent's rows */
    const char *file;       /* "clusters.partners.csv", without the folder */
    const char *path;       /* "partners.*.contacts", for messages */
    ta_link *links;         /* the record's key, then a position for each level */
    uint32_t link_count;
    ta_link value;         /* the column of items that are no objects */
    uint8_t kinds;         /* TA_ITEMS_*: seen */
    const ta_shape *item;  /* what the schema says of an item; NULL */
    const ta_shape *shape; /* of a row; NULL: no schema */
    ta_stage *into;        /* where its rows go; borrowed */
} ta_table;

typedef struct ta_tables {
    ta_table *items; /* the first is that of the records */
    size_t cap;
    uint32_t count;
    ta_spot *spots; /* from 1 */
    size_t spot_cap;
    uint32_t spot_count;
    uint32_t *slots, slot_count;
    ta_arena arena;
    ta_keys *keys;
    uint32_t generation;
    const char *name, *suffix; /* "clusters", "csv" */
    const ta_path *key;        /* what names a record; NULL: its number does */
    const ta_text *key_names;
    uint32_t key_count;
    const ta_shape *any; /* of what no schema describes: under --infer; else NULL */
    char join; /* between the steps in a link's head, where the CSV path separator would be
                  escaped */
} ta_tables;

/* name and suffix are borrowed; the shape is that of a record, or NULL. Fill in the key before
 * the first table is added. False: no memory. */
TA_MUST_CHECK bool ta_tables_init(ta_tables *tables, const char *name, const char *suffix,
                                  const ta_shape *shape, char separator, ta_keys *keys);
void ta_tables_fini(ta_tables *tables);

/* Follows the key table to its present generation, before a record's keys are used. */
TA_MUST_CHECK bool ta_tables_bind(ta_tables *tables);

/* The spot of a key below another; 0: there is none. */
uint32_t ta_tables_spot(const ta_tables *tables, uint32_t parent, uint32_t key);
/* The same, made if need be; 0: no memory. */
uint32_t ta_tables_add_spot(ta_tables *tables, uint32_t parent, uint32_t key);
/* The table of the list at a spot in the rows of another, made if need be; 0: no memory. */
uint32_t ta_tables_add(ta_tables *tables, uint32_t owner, uint32_t spot);

/* Whether items need the value column: they are scalars, or of several kinds. */
static inline bool ta_table_has_value(const ta_table *table) {
    return table->kinds & TA_ITEMS_SCALAR || table->kinds == (TA_ITEMS_OBJECT | TA_ITEMS_LIST);
}

/* Whether the head of a file names the column of a link. */
bool ta_tables_is_head(const ta_link *link, const char *head);

/* What a schema's shape says of rows from which the lists are gone; `links` are added in front.
 * NULL: no memory. */
const ta_shape *ta_tables_row_shape(ta_tables *tables, const ta_shape *shape,
                                    const ta_link *links, uint32_t count);
/* Reads what no schema describes as --infer does: call it before the first table is added.
 * False: no memory. */
TA_MUST_CHECK bool ta_tables_infer(ta_tables *tables);
/* A shape that allows these types alone; NULL: no memory. */
const ta_shape *ta_tables_plain_shape(ta_tables *tables, uint8_t types);
/* Whether the schema puts the list of a place into one cell. */
bool ta_tables_is_list_cell(const ta_shape *shape);

/* A step of a file's name: bytes that names of files or their dots would confuse are written
 * %2E. */
void ta_tables_put_name(ta_buf *out, const char *step, size_t len);
/* The same back; false: it is none. */
TA_MUST_CHECK bool ta_tables_read_name(ta_buf *out, const char *step, size_t len);

#endif
