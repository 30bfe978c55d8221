/* SPDX-License-Identifier: MIT */
/*
 * One table holds all branches, one hash table finds the child of a parent by step: wide files
 * and deep records cost the same for each cell.
 */
#include "format/csv/tree.h"

#include <stdlib.h>

#include "base/hash.h"
#include "record/path.h"

enum { FIRST_SLOTS = 64 };

static uint32_t *find_branch_slot(const ta_csv_tree *tree, uint32_t parent, uint64_t step) {
    const uint64_t pair[2] = {parent, step};
    uint32_t mask = tree->slot_count - 1;
    for (uint32_t at = (uint32_t)ta_hash(pair, sizeof pair) & mask;; at = (at + 1) & mask) {
        const ta_csv_branch *branch = &tree->items[tree->slots[at]];
        if (!tree->slots[at] || (branch->parent == parent && branch->step == step))
            return &tree->slots[at];
    }
}

static bool rehash_branches(ta_csv_tree *tree, uint32_t slot_count) {
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    free(tree->slots);
    tree->slots = slots;
    tree->slot_count = slot_count;
    for (uint32_t i = 1; i < tree->count; i++)
        *find_branch_slot(tree, tree->items[i].parent, tree->items[i].step) = i;
    return true;
}

bool ta_csv_tree_init(ta_csv_tree *tree, const ta_shape *shape, ta_keys *keys) {
    memset(tree, 0, sizeof *tree);
    tree->keys = keys;
    tree->generation = keys->generation;
    if (!ta_array_grow(&tree->items, &tree->cap, FIRST_SLOTS, sizeof *tree->items))
        return false;
    tree->items[0] =
        (ta_csv_branch){.parent = TA_CSV_NONE, .column = TA_CSV_NONE, .shape = shape};
    tree->count = 1;
    return rehash_branches(tree, FIRST_SLOTS);
}

void ta_csv_tree_fini(ta_csv_tree *tree) {
    free(tree->items);
    free(tree->slots);
    ta_arena_fini(&tree->text);
    memset(tree, 0, sizeof *tree);
}

bool ta_csv_tree_rebind(ta_csv_tree *tree, ta_keys *keys) {
    for (uint32_t i = 1; i < tree->count; i++) {
        ta_csv_branch *branch = &tree->items[i];
        if (branch->step & TA_CSV_ITEM)
            continue;
        branch->step = ta_keys_get(keys, branch->name, branch->len);
        if (!branch->step)
            return false;
    }
    tree->keys = keys;
    tree->generation = keys->generation;
    return rehash_branches(tree, tree->slot_count);
}

uint32_t ta_csv_tree_find(const ta_csv_tree *tree, uint32_t parent, uint64_t step) {
    return *find_branch_slot(tree, parent, step);
}

bool ta_csv_index_of(const char *name, size_t len, uint32_t *index) {
    uint32_t value = 0;
    for (size_t i = 0; i < len && i < 10; i++) {
        if (name[i] < '0' || name[i] > '9')
            return false;
        value = value * 10 + (uint32_t)(name[i] - '0');
    }
    *index = value;
    return len && len < 10 && (len == 1 || name[0] != '0');
}

/* What the parent's shape says of a child: its shape, and its rank among the members. */
static void describe_branch(const ta_shape *parent, ta_csv_branch *branch) {
    branch->rank = TA_CSV_NONE;
    uint32_t index = (uint32_t)branch->step;
    bool is_item = branch->step & TA_CSV_ITEM;
    if (is_item)
        branch->rank = index;
    if (!parent)
        return;
    for (uint32_t i = 0; i < parent->member_count && !is_item; i++) {
        const ta_shape_member *member = &parent->members[i];
        if (member->name_len == branch->len &&
            !memcmp(member->name, branch->name, branch->len)) {
            branch->rank = i;
            branch->shape = member->shape;
            return;
        }
    }
    bool list = parent->types & TA_TYPE_ARRAY && parent->items;
    bool numbered = !is_item && ta_csv_index_of(branch->name, branch->len, &index);
    branch->shape = list && (is_item || numbered) ? parent->items
                    : is_item                     ? NULL
                                                  : parent->others;
}

/* Links a branch into its parent's children. */
static void link_branch(ta_csv_tree *tree, uint32_t at, uint32_t after) {
    ta_csv_branch *branch = &tree->items[at], *parent = &tree->items[branch->parent];
    if (!after)
        after = parent->last;
    bool front = !after || after == TA_CSV_NONE;
    uint32_t *from = front ? &parent->first : &tree->items[after].next;
    branch->next = *from;
    *from = at;
    if (!branch->next)
        parent->last = at;
}

uint32_t ta_csv_tree_add(ta_csv_tree *tree, uint32_t parent, uint32_t after, uint64_t step) {
    if (tree->count * 2 >= tree->slot_count && !rehash_branches(tree, tree->slot_count * 2))
        return 0;
    if (!ta_array_grow(&tree->items, &tree->cap, tree->count + 1, sizeof *tree->items))
        return 0;
    ta_csv_branch *branch = &tree->items[tree->count];
    *branch = (ta_csv_branch){.step = step, .parent = parent, .column = TA_CSV_NONE};
    branch->depth = tree->items[parent].depth + 1;
    branch->name = "";
    if (!(step & TA_CSV_ITEM)) {
        const ta_key *key = &tree->keys->items[step];
        branch->len = key->len;
        branch->name = ta_arena_copy(&tree->text, key->text, key->len);
        if (!branch->name)
            return 0;
    }
    describe_branch(tree->items[parent].shape, branch);
    uint32_t at = tree->count++;
    *find_branch_slot(tree, parent, step) = at;
    link_branch(tree, at, after);
    return at;
}

uint32_t ta_csv_tree_member(ta_csv_tree *tree, uint32_t parent, const char *name, size_t len) {
    uint32_t key = ta_keys_get(tree->keys, name, len);
    if (!key)
        return 0;
    uint32_t found = ta_csv_tree_find(tree, parent, key);
    return found ? found : ta_csv_tree_add(tree, parent, 0, key);
}

bool ta_csv_tree_numbers(const ta_csv_tree *tree, uint32_t parent, bool wanted,
                         bool *numbered) {
    uint64_t top = 0, count = 0;
    *numbered = true;
    for (uint32_t c = tree->items[parent].first; c; c = tree->items[c].next) {
        const ta_csv_branch *child = &tree->items[c];
        uint32_t index = (uint32_t)child->step;
        if (wanted && !child->wanted)
            continue;
        if (!(child->step & TA_CSV_ITEM))
            *numbered &= ta_csv_index_of(child->name, child->len, &index);
        top = index > top ? index : top;
        count++;
    }
    return *numbered && count && top + 1 == count;
}

typedef struct ranked {
    uint32_t rank, order, branch;
} ranked;

static int compare_ranked(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void sort_children(ta_csv_tree *tree, uint32_t parent, ranked *room) {
    uint32_t count = 0;
    bool sorted = true;
    for (uint32_t c = tree->items[parent].first; c; c = tree->items[c].next) {
        room[count] = (ranked){tree->items[c].rank, count, c};
        sorted &= !count || room[count - 1].rank <= room[count].rank;
        count++;
    }
    if (sorted)
        return;
    qsort(room, count, sizeof *room, compare_ranked);
    tree->items[parent].first = room[0].branch;
    tree->items[parent].last = room[count - 1].branch;
    for (uint32_t i = 0; i < count; i++)
        tree->items[room[i].branch].next = i + 1 < count ? room[i + 1].branch : 0;
}

bool ta_csv_tree_sort(ta_csv_tree *tree) {
    ranked *room = malloc(tree->count * sizeof *room);
    if (!room)
        return false;
    for (uint32_t i = 0; i < tree->count; i++)
        if (tree->items[i].first)
            sort_children(tree, i, room);
    free(room);
    return true;
}

uint32_t ta_csv_tree_walk(const ta_csv_tree *tree, uint32_t at, uint32_t top) {
    if (tree->items[at].first)
        return tree->items[at].first;
    while (at != top && !tree->items[at].next)
        at = tree->items[at].parent;
    return at == top ? 0 : tree->items[at].next;
}

void ta_csv_tree_path(const ta_csv_tree *tree, uint32_t branch, char separator, bool escape,
                      ta_buf *out) {
    uint32_t depth = tree->items[branch].depth;
    for (uint32_t level = 1; level <= depth; level++) {
        uint32_t at = branch;
        while (tree->items[at].depth > level)
            at = tree->items[at].parent;
        const ta_csv_branch *b = &tree->items[at];
        if (level > 1)
            ta_buf_put(out, &separator, 1);
        if (b->step & TA_CSV_ITEM)
            ta_buf_printf(out, "%u", (unsigned)(uint32_t)b->step);
        else if (escape)
            ta_path_put_step(out, b->name, b->len, separator);
        else
            ta_buf_put(out, b->name, b->len);
    }
}
