/* SPDX-License-Identifier: MIT */
/* The two sides of a mapping: trees of the places that are read and made. Private to src/map.
 */
#ifndef TA_MAP_TREE_H
#define TA_MAP_TREE_H

#include "map/entry.h"
#include "record/path.h"
#include "schema/table.h"
#include "schema/titles.h"

/* 0 is the root and, as a link from elsewhere, none. */
typedef struct ta_map_branch {
    ta_step step;
    uint32_t parent, first, last, next;
    uint32_t link; /* 1 + index: fills it (made), takes it (read); 0: none */
    uint32_t twin; /* read: the object in which what is not mapped is kept; made: back */
    uint32_t list; /* made, all items: the items of the read tree they are made of */
    bool has_twin, joined; /* read; joined: it is a part of what other links make */
    bool is_list;          /* its children are items */
    bool met;              /* read: in the file under way */
    const ta_shape *shape; /* of the schema's side; NULL: nothing is known */
    const ta_node *found;  /* read: in the record under way */
    uint64_t stamp;        /* made: the last record that has it */
} ta_map_branch;

typedef struct ta_map_tree {
    ta_map_branch *items;
    size_t cap;
    uint32_t count;
} ta_map_tree;

/* What fills one place. */
typedef struct ta_map_link {
    const ta_map_entry *entry; /* NULL: a property that the map does not name */
    uint32_t from, literal;    /* branches read, by path and word for word; 0: none */
    uint32_t to;               /* branch made; 0: none, it is dropped */
    const uint32_t *parts;     /* of a join: pairs like from and literal */
    ta_map_values *values;
    bool met; /* in the file under way */
    bool own; /* of a join: the record had the property itself, at `from` */
} ta_map_link;

/* What a head of a CSV file may be called, by an entry or by the schema. */
typedef struct ta_map_head {
    ta_text head, folded, stands_for;
    ta_text was;        /* what the column that took it is called */
    ta_title_kind kind; /* TA_TITLE_HEAD: an entry's too */
    bool taken;         /* by a column of the file under way */
    bool barred;        /* the schema's: its property has a column of its own name there */
} ta_map_head;

struct ta_mapping {
    const ta_map *map; /* NULL: heads of the schema alone */
    ta_keys *keys;
    ta_map_way way;
    const ta_shape *shape, *foreign;
    ta_map_tree read, made;
    ta_map_link *links;
    size_t link_cap;
    uint32_t link_count;
    ta_map_head *heads;
    size_t head_cap, head_count;
    size_t schema_from; /* the first head that the schema lists */
    size_t titles_from; /* the first head that is a property's name or title */
    ta_titles titles;   /* what the schema's heads are taken from */
    char separator;     /* between the steps of a head */
    ta_arena arena;
    bool failed, nomem;
    bool renamed; /* the file under way has heads */
};

/* The child that a step leads to; 0: there is none. */
uint32_t ta_map_tree_find(const ta_map_tree *tree, uint32_t parent, const ta_step *step);
/* The same, new if need be; 0: no memory. */
uint32_t ta_map_tree_add(ta_map_tree *tree, uint32_t parent, const ta_step *step);

/* What stands at a step below a shape; NULL: nothing is said. */
const ta_shape *ta_map_shape_at(const ta_shape *shape, const ta_step *step);

/* Whether a branch of the read or made tree is a list: its children are items. */
bool ta_map_is_list(const ta_map_tree *tree, uint32_t at);

/* Adds what the map does not name: properties of known objects, and where the rest is kept. */
void ta_mapping_imply(ta_mapping *mapping);
/* Works out the foreign side's shape; false: no memory. */
TA_MUST_CHECK bool ta_mapping_describe(ta_mapping *mapping);
/* Gathers what heads may be called. */
void ta_mapping_list_heads(ta_mapping *mapping);
/* Whether a column of the file under way is called so. */
bool ta_mapping_has_column(const ta_mapping *mapping, ta_text head);
/* A further link; NULL: no memory. */
ta_map_link *ta_mapping_link(ta_mapping *mapping, const ta_map_entry *entry);

#endif
