/* SPDX-License-Identifier: MIT */
#include "map/tree.h"

static bool is_same_step(const ta_step *a, const ta_step *b) {
    bool all = a->kind == TA_STEP_ALL;
    return all == (b->kind == TA_STEP_ALL) && (all || a->key == b->key);
}

uint32_t ta_map_tree_find(const ta_map_tree *tree, uint32_t parent, const ta_step *step) {
    uint32_t at = tree->count ? tree->items[parent].first : 0;
    while (at && !is_same_step(&tree->items[at].step, step))
        at = tree->items[at].next;
    return at;
}

uint32_t ta_map_tree_add(ta_map_tree *tree, uint32_t parent, const ta_step *step) {
    uint32_t at = ta_map_tree_find(tree, parent, step);
    if (at)
        return at;
    if (!ta_array_grow(&tree->items, &tree->cap, tree->count + (size_t)1, sizeof *tree->items))
        return 0;
    at = tree->count++;
    ta_map_branch *above = &tree->items[parent];
    tree->items[at] = (ta_map_branch){
        .step = *step, .parent = parent, .shape = ta_map_shape_at(above->shape, step)};
    if (above->last)
        tree->items[above->last].next = at;
    else
        above->first = at;
    above->last = at;
    return at;
}

const ta_shape *ta_map_shape_at(const ta_shape *shape, const ta_step *step) {
    if (!shape)
        return NULL;
    bool item = step->kind == TA_STEP_ALL ||
                (step->kind == TA_STEP_INDEX && shape->types & TA_TYPE_ARRAY && shape->items);
    return item ? shape->items : ta_shape_named(shape, step->text, step->len);
}

bool ta_map_is_list(const ta_map_tree *tree, uint32_t at) {
    const ta_map_branch *branch = &tree->items[at];
    const ta_shape *shape = branch->shape;
    bool numbered = branch->first && at;
    for (uint32_t c = branch->first; c; c = tree->items[c].next) {
        if (tree->items[c].step.kind == TA_STEP_ALL)
            return true;
        numbered &= tree->items[c].step.kind == TA_STEP_INDEX;
    }
    return numbered && (!shape || shape->types & TA_TYPE_ARRAY);
}
