/* SPDX-License-Identifier: MIT */
/*
 * The tree of places that columns come from: read from the heads of a file, or from a schema,
 * or grown by a survey of records. Branch 0 is the record itself.
 */
#ifndef TA_FORMAT_CSV_TREE_H
#define TA_FORMAT_CSV_TREE_H

#include "record/record.h"
#include "schema/shape.h"

#define TA_CSV_NONE UINT32_MAX
#define TA_CSV_ITEM (UINT64_C(1) << 32) /* a step to an item: with its index */

/* Bits of ta_csv_branch.kinds beside 1 << ta_kind. */
enum { TA_CSV_EMPTY = 128 }; /* an empty list or object was seen */

typedef struct ta_csv_branch {
    uint64_t step;    /* from the parent: a key's index, or TA_CSV_ITEM | an item's */
    const char *name; /* of a member */
    uint32_t len;
    uint32_t parent, first, last,
        next;        /* children in order; 0: none. The root's parent: NONE */
    uint32_t follow; /* the branch that followed this one last time */
    uint32_t column; /* TA_CSV_NONE */
    uint32_t rank;   /* place among its siblings where one is known */
    uint32_t losses; /* the writer's: first of them; 0: none */
    uint32_t depth;
    uint64_t stamp; /* the writer's: the last record that had it */
    uint8_t kinds;  /* the survey's: what stood there */
    bool is_list;   /* children are, or read back as, items */
    bool wanted;    /* the writer's: it or something below it has a column */
    const ta_shape *shape;
} ta_csv_branch;

typedef struct ta_csv_tree {
    ta_csv_branch *items;
    size_t cap;
    uint32_t count;
    uint32_t *slots; /* open addressing; 0: free */
    uint32_t slot_count;
    ta_arena text;
    ta_keys *keys;
    uint32_t generation;
} ta_csv_tree;

TA_MUST_CHECK bool ta_csv_tree_init(ta_csv_tree *tree, const ta_shape *shape, ta_keys *keys);
void ta_csv_tree_fini(ta_csv_tree *tree);

/* Slow part of ta_csv_tree_bind. */
TA_MUST_CHECK bool ta_csv_tree_rebind(ta_csv_tree *tree, ta_keys *keys);

/* Follows the key table to its present generation. Call before the steps of a record are used.
 * False: no memory. */
TA_MUST_CHECK static inline bool ta_csv_tree_bind(ta_csv_tree *tree, ta_keys *keys) {
    return (tree->keys == keys && tree->generation == keys->generation) ||
           ta_csv_tree_rebind(tree, keys);
}

/* The child to which a step leads; 0: there is none. */
uint32_t ta_csv_tree_find(const ta_csv_tree *tree, uint32_t parent, uint64_t step);

/* The same, guessed from what followed `before` last time. */
static inline uint32_t ta_csv_tree_next(ta_csv_tree *tree, uint32_t before, uint32_t parent,
                                        uint64_t step) {
    uint32_t guess = tree->items[before].follow;
    const ta_csv_branch *branch = &tree->items[guess];
    if (branch->parent == parent && branch->step == step)
        return guess;
    guess = ta_csv_tree_find(tree, parent, step);
    if (guess)
        tree->items[before].follow = guess;
    return guess;
}

/* A new child behind its sibling `after` (0: at the end, NONE: in front); 0: no memory. It gets
 * its rank and shape from the parent's shape. */
uint32_t ta_csv_tree_add(ta_csv_tree *tree, uint32_t parent, uint32_t after, uint64_t step);

/* The child of a name, new if need be; 0: no memory. */
uint32_t ta_csv_tree_member(ta_csv_tree *tree, uint32_t parent, const char *name, size_t len);

/* Puts all children in the order of their ranks, those without one last and as they are. False:
 * no memory. */
TA_MUST_CHECK bool ta_csv_tree_sort(ta_csv_tree *tree);

/* The branch after `at` in document order, below `top`; 0: no more. */
uint32_t ta_csv_tree_walk(const ta_csv_tree *tree, uint32_t at, uint32_t top);

/* Whether the children of a place are numbered from 0 without gaps, so that heads make a list
 * of them. *numbered: all have numbers, with gaps or without. `wanted`: only those count. */
bool ta_csv_tree_numbers(const ta_csv_tree *tree, uint32_t parent, bool wanted, bool *numbered);

/* A name of digits as an item's index: no leading zeros. */
bool ta_csv_index_of(const char *name, size_t len, uint32_t *index);

/* Appends the path of a branch: with escapes, or word for word. */
void ta_csv_tree_path(const ta_csv_tree *tree, uint32_t branch, char separator, bool escape,
                      ta_buf *out);

#endif
