/* SPDX-License-Identifier: MIT */
/*
 * The record that is made: the tree of its places, each filled by its link; in each object what
 * was not mapped comes last. An object or list of which nothing is there is absent, unless it
 * was read as one.
 */
#include "map/mapper.h"

/* A list or object under way. */
typedef struct container {
    uint32_t node, branch, depth;    /* depth: of its children */
    uint32_t kept_nodes, kept_items; /* a list's, up to its last item with content */
    bool filled;
} container;

/* The value that was read where a place is made. */
static const ta_node *read_twin(const ta_mapper *s, uint32_t branch) {
    const ta_map_branch *b = &s->m->made.items[branch];
    return b->has_twin ? s->m->read.items[b->twin].found : NULL;
}

static bool open_container(ta_mapper *s, uint32_t branch, ta_kind kind, uint32_t depth,
                           container *out) {
    const ta_node *read = read_twin(s, branch);
    *out = (container){.node = s->made.count, .branch = branch, .depth = depth + 1};
    ta_node *node = ta_mapper_push(s, kind, read ? read : s->from->nodes, depth);
    if (node)
        node->flags = TA_NODE_KEYLESS;
    return node;
}

static void set_key(ta_mapper *s, uint32_t at, uint32_t key) {
    ta_node *node = &s->made.nodes[at];
    node->key = key;
    node->flags = (uint8_t)((node->flags & ~TA_NODE_KEYLESS) | (key ? 0 : TA_NODE_KEYLESS));
}

/* Hands a child that was made on to its list or object. */
static bool keep_made(ta_mapper *s, container *in, uint32_t at, uint32_t key, ta_made made) {
    if (made == TA_MADE_FAILED)
        return false;
    if (made == TA_MADE_ABSENT)
        return true;
    set_key(s, at, key);
    s->made.nodes[in->node].count++;
    if (made == TA_MADE_FILLED) {
        in->filled = true;
        in->kept_nodes = s->made.count;
        in->kept_items = s->made.nodes[in->node].count;
    }
    return true;
}

static bool is_container(const ta_node *node) {
    return node && (node->kind == TA_OBJECT || node->kind == TA_ARRAY);
}

static ta_made close_container(ta_mapper *s, const container *in, bool was_read) {
    ta_node *node = &s->made.nodes[in->node];
    if (node->kind == TA_ARRAY && !was_read) {
        s->made.count = in->filled ? in->kept_nodes : in->node + 1;
        node->count = in->filled ? in->kept_items : 0;
    }
    node->size = s->made.count - in->node;
    if (!node->count && !was_read && in->depth > 1) {
        s->made.count = in->node;
        return TA_MADE_ABSENT;
    }
    return in->filled || was_read ? TA_MADE_FILLED : TA_MADE_EMPTY;
}

/* Whether a member went where a link took it, or what is in it did. */
static bool is_taken(const ta_mapper *s, uint32_t at, const ta_node *node) {
    const ta_map_branch *b = &s->m->read.items[at];
    if (!at || b->found != node)
        return false;
    const ta_map_link *link = b->link ? &s->m->links[b->link - 1] : NULL;
    if (link && s->m->way != TA_MAP_IN && link->entry && link->entry->kind == TA_ENTRY_CONST)
        return ta_mapper_is_const(s, link, node);
    if (link && link->parts)
        return link->own || node->kind == TA_NULL;
    bool inside = b->has_twin || (b->first && s->m->read.items[b->first].has_twin);
    return link || b->joined || (inside && is_container(node));
}

static bool note_unknown(ta_mapper *s, uint32_t node, uint32_t branch) {
    if (!ta_array_grow(&s->unknown, &s->unknown_cap, s->unknown_count + 1, sizeof *s->unknown))
        return false;
    s->unknown[s->unknown_count++] = (ta_map_unknown){node, branch};
    return true;
}

/* A member that nobody took is kept under its name, unless that is another's now. */
static bool keep_member(ta_mapper *s, container *in, const ta_node *member) {
    const ta_key *key = &s->from->keys->items[member->key];
    ta_step step = {
        .kind = TA_STEP_KEY, .text = key->text, .len = key->len, .key = member->key};
    uint32_t made = ta_map_tree_find(&s->m->made, in->branch, &step);
    if (made && s->m->made.items[made].stamp == s->serial) {
        ta_mapper_tell_clash(s, member, made);
        return true;
    }
    uint32_t at = s->made.count;
    if (!ta_mapper_copy(s, member, in->depth))
        return false;
    bool known = made || s->m->way != TA_MAP_IN;
    return keep_made(s, in, at, member->key, TA_MADE_FILLED) &&
           (known || note_unknown(s, at, in->branch));
}

/* What was read in the object, or the list, and went nowhere. */
static bool keep_rest(ta_mapper *s, container *in) {
    const ta_map_branch *b = &s->m->made.items[in->branch];
    const ta_node *read = read_twin(s, in->branch);
    bool ok = true;
    if (!is_container(read) || (b->is_list != (read->kind == TA_ARRAY)))
        return true;
    uint32_t index = 0;
    for (const ta_node *c = ta_node_first(read); ok && c < ta_node_end(read);
         c = ta_node_next(c), index++) {
        if (read->kind == TA_OBJECT) {
            if (!is_taken(s, ta_mapper_child(s, b->twin, c), c))
                ok = keep_member(s, in, c);
            continue;
        }
        uint32_t at = s->m->read.items[b->twin].first;
        while (at && s->m->read.items[at].step.index != index)
            at = s->m->read.items[at].next;
        uint32_t node = s->made.count;
        if (!is_taken(s, at, c))
            ok = ta_mapper_copy(s, c, in->depth) && keep_made(s, in, node, 0, TA_MADE_FILLED);
    }
    return ok;
}

static ta_made make_place(ta_mapper *s, uint32_t branch, uint32_t depth);

/* Items by number: each holds its place in the list. */
static bool make_numbered(ta_mapper *s, container *in) {
    const ta_map_branch *items = s->m->made.items;
    for (uint32_t c = items[in->branch].first; c; c = items[c].next) {
        uint32_t at = s->made.count;
        ta_made made = make_place(s, c, in->depth);
        if (made == TA_MADE_ABSENT) {
            bool object = items[c].first && !items[c].is_list;
            ta_kind kind = object ? TA_OBJECT : TA_NULL;
            made = ta_mapper_push(s, kind, s->from->nodes, in->depth) ? TA_MADE_EMPTY
                                                                      : TA_MADE_FAILED;
        }
        if (!keep_made(s, in, at, 0, made))
            return false;
    }
    return keep_rest(s, in);
}

/* One item for each of the list read (which may be one value that stands alone). */
static bool make_items(ta_mapper *s, container *in, uint32_t all, const ta_node *list) {
    uint32_t items = s->m->made.items[all].list;
    const ta_node *c = list->kind == TA_ARRAY ? ta_node_first(list) : list;
    bool ok = true;
    for (; ok && c < ta_node_end(list); c = ta_node_next(c)) {
        uint32_t at = s->made.count;
        ta_mapper_forget(s, items);
        s->m->read.items[items].found = c;
        s->m->made.items[all].stamp = 0;
        bool plain = !s->m->made.items[all].link && c->kind != TA_OBJECT;
        if (!plain)
            ta_mapper_scan(s, items, c);
        ta_made made = plain ? TA_MADE_FILLED : make_place(s, all, in->depth);
        if (plain && !ta_mapper_copy(s, c, in->depth))
            made = TA_MADE_FAILED;
        if (made == TA_MADE_ABSENT)
            made = ta_mapper_push(s, TA_OBJECT, c, in->depth) ? TA_MADE_FILLED : TA_MADE_FAILED;
        ok = keep_made(s, in, at, 0, made);
    }
    return ok;
}

static ta_made make_list(ta_mapper *s, uint32_t branch, uint32_t depth) {
    container in;
    uint32_t first = s->m->made.items[branch].first;
    if (s->m->made.items[first].step.kind != TA_STEP_ALL) {
        const ta_node *read = read_twin(s, branch);
        bool was_read = read && is_container(read) && !read->count;
        if (!open_container(s, branch, TA_ARRAY, depth, &in) || !make_numbered(s, &in))
            return TA_MADE_FAILED;
        return close_container(s, &in, was_read);
    }
    const ta_map_branch *items = &s->m->read.items[s->m->made.items[first].list];
    const ta_node *list = s->m->read.items[items->parent].found;
    if (!list || list->kind == TA_NULL)
        return TA_MADE_ABSENT;
    if (!open_container(s, branch, TA_ARRAY, depth, &in) || !make_items(s, &in, first, list))
        return TA_MADE_FAILED;
    return close_container(s, &in, true);
}

static ta_made make_object(ta_mapper *s, uint32_t branch, uint32_t depth) {
    const ta_map_branch *items = s->m->made.items;
    container in;
    if (!open_container(s, branch, TA_OBJECT, depth, &in))
        return TA_MADE_FAILED;
    for (uint32_t c = items[branch].first; c; c = items[c].next) {
        uint32_t at = s->made.count;
        ta_made made = make_place(s, c, in.depth);
        if (!keep_made(s, &in, at, items[c].step.key, made))
            return TA_MADE_FAILED;
    }
    if (!keep_rest(s, &in))
        return TA_MADE_FAILED;
    /* An object that was read empty stays; one that was emptied does not. */
    const ta_node *read = read_twin(s, branch);
    return close_container(s, &in, read && read->kind == TA_OBJECT && !read->count);
}

/* Recursion is bounded by the length of paths. */
static ta_made make_place(ta_mapper *s, uint32_t branch, uint32_t depth) {
    ta_map_branch *b = &s->m->made.items[branch];
    ta_made made = b->link      ? ta_mapper_fill(s, &s->m->links[b->link - 1], depth)
                   : b->is_list ? make_list(s, branch, depth)
                                : make_object(s, branch, depth);
    if (made > TA_MADE_ABSENT)
        b->stamp = s->serial;
    return made;
}

ta_made ta_mapper_make(ta_mapper *s) {
    s->serial++;
    s->unknown_count = 0;
    s->deep = false;
    ta_mapper_forget(s, 0);
    s->m->read.items[0].found = s->from->nodes;
    ta_mapper_scan(s, 0, s->from->nodes);
    return make_place(s, 0, 0);
}
