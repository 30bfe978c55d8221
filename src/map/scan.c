/* SPDX-License-Identifier: MIT */
/* Where in a record the places stand that are read. Keys match as written, else folded. */
#include "base/fold.h"
#include "map/mapper.h"

enum { CHILDREN_MAX = 100000 }; /* remembered at once */

static bool is_folded_name(ta_mapper *s, const ta_key *key, const ta_step *step) {
    s->text.len = 0;
    ta_fold_text(key->text, key->len, &s->text);
    size_t middle = s->text.len;
    ta_fold_text(step->text, step->len, &s->text);
    return !s->text.failed && middle && s->text.len == 2 * middle &&
           !memcmp(s->text.data, s->text.data + middle, middle);
}

static uint32_t search_child(ta_mapper *s, uint32_t branch, uint32_t key) {
    const ta_map_tree *tree = &s->m->read;
    uint32_t at = tree->items[branch].first;
    for (; at; at = tree->items[at].next)
        if (tree->items[at].step.key == key && tree->items[at].step.kind != TA_STEP_ALL)
            return at;
    for (at = tree->items[branch].first; at && s->m->way == TA_MAP_IN;
         at = tree->items[at].next) {
        const ta_map_branch *b = &tree->items[at];
        bool named = !b->link || s->m->links[b->link - 1].entry;
        if (named && b->step.kind == TA_STEP_KEY &&
            is_folded_name(s, &s->from->keys->items[key], &b->step))
            return at;
    }
    return 0;
}

uint32_t ta_mapper_child(ta_mapper *s, uint32_t branch, const ta_node *member) {
    if (s->generation != s->from->keys->generation || s->children.count > CHILDREN_MAX) {
        ta_table_fini(&s->children);
        s->generation = s->from->keys->generation;
    }
    uint64_t key = ((uint64_t)branch + 1) << 32 | member->key;
    uint32_t at = ta_table_get(&s->children, key);
    if (at != TA_TABLE_NONE)
        return at;
    at = search_child(s, branch, member->key);
    s->made.full |= !ta_table_put(&s->children, key, at) && s->text.failed;
    return at;
}

/* Whether the member's own name is the branch's, to the letter. */
static bool is_exact(const ta_map_branch *branch, const ta_node *member) {
    return branch->step.key == member->key;
}

static void meet(ta_mapper *s, uint32_t at, const ta_node *node) {
    ta_map_branch *branch = &s->m->read.items[at];
    if (branch->found && !is_exact(branch, node))
        return;
    branch->found = node;
    branch->met = true;
    if (branch->link)
        s->m->links[branch->link - 1].met = true;
    else if (branch->first)
        ta_mapper_scan(s, at, node);
}

/* The children that are items by number. */
static void scan_items(ta_mapper *s, uint32_t branch, const ta_node *list) {
    const ta_map_tree *tree = &s->m->read;
    for (uint32_t at = tree->items[branch].first; at; at = tree->items[at].next) {
        uint32_t index = 0;
        const ta_node *c = ta_node_first(list);
        for (; c < ta_node_end(list) && index < tree->items[at].step.index; c = ta_node_next(c))
            index++;
        if (tree->items[at].step.kind == TA_STEP_INDEX && c < ta_node_end(list))
            meet(s, at, c);
    }
}

void ta_mapper_scan(ta_mapper *s, uint32_t branch, const ta_node *node) {
    if (node->kind == TA_ARRAY)
        scan_items(s, branch, node);
    if (node->kind != TA_OBJECT)
        return;
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c)) {
        uint32_t at = ta_mapper_child(s, branch, c);
        if (at)
            meet(s, at, c);
    }
}

void ta_mapper_forget(ta_mapper *s, uint32_t branch) {
    ta_map_branch *items = s->m->read.items;
    for (uint32_t at = items[branch].first; at; at = items[at].next) {
        items[at].found = NULL;
        ta_mapper_forget(s, at);
    }
}
