/* SPDX-License-Identifier: MIT */
/*
 * What a map leaves unsaid: properties keep their names, and all else stays where it is, in the
 * twin of the object that it was read from. Then the shape of the foreign side.
 */
#include "map/tree.h"

static bool is_object(const ta_map_tree *tree, uint32_t at) {
    const ta_map_branch *branch = &tree->items[at];
    return branch->first && !branch->link && !ta_map_is_list(tree, at);
}

static void pair_twins(ta_mapping *m, uint32_t read, uint32_t made) {
    if (m->read.items[read].has_twin)
        return;
    m->read.items[read].has_twin = true;
    m->read.items[read].twin = made;
    m->made.items[made].has_twin = true;
    m->made.items[made].twin = read;
}

static void link_same(ta_mapping *m, uint32_t read, uint32_t made, const ta_step *step) {
    ta_map_link *link = ta_mapping_link(m, NULL);
    uint32_t from = ta_map_tree_add(&m->read, read, step);
    uint32_t to = ta_map_tree_add(&m->made, made, step);
    m->nomem |= !link || !from || !to;
    if (m->nomem)
        return;
    link->from = from;
    link->to = to;
    m->read.items[from].link = m->made.items[to].link = m->link_count;
}

/* What is joined may be in the file itself, as when it was written by the same map. */
static void link_own(ta_mapping *m, uint32_t read, uint32_t made) {
    uint32_t link = m->made.items[made].link;
    if (!m->links[link - 1].parts)
        return;
    ta_step step = m->made.items[made].step;
    uint32_t from = ta_map_tree_add(&m->read, read, &step);
    m->nomem |= !from;
    if (!from)
        return;
    m->links[link - 1].from = from;
    m->read.items[from].link = link;
}

/* The properties of an object that stands on both sides; depth is bounded by the paths of
 * entries. */
static void imply_members(ta_mapping *m, uint32_t read, uint32_t made, const ta_shape *shape) {
    pair_twins(m, read, made);
    bool in = m->way == TA_MAP_IN;
    for (uint32_t i = 0; shape && i < shape->member_count && !m->nomem; i++) {
        const ta_shape_member *member = &shape->members[i];
        ta_step step = {.kind = TA_STEP_KEY,
                        .text = member->name,
                        .len = member->name_len,
                        .key = member->key};
        uint32_t from = ta_map_tree_find(&m->read, read, &step);
        uint32_t to = ta_map_tree_find(&m->made, made, &step);
        if (!from && !to)
            link_same(m, read, made, &step);
        if (!from && to && m->made.items[to].link)
            link_own(m, read, to);
        if (!(in ? to && is_object(&m->made, to) : from && is_object(&m->read, from)))
            continue;
        from = ta_map_tree_add(&m->read, read, &step);
        to = ta_map_tree_add(&m->made, made, &step);
        m->nomem |= !from || !to;
        if (!m->nomem && !m->read.items[from].link && !m->made.items[to].link)
            imply_members(m, from, to, member->shape);
    }
}

static const ta_shape *known_shape(const ta_mapping *m, uint32_t read, uint32_t made) {
    return m->way == TA_MAP_IN ? m->made.items[made].shape : m->read.items[read].shape;
}

/* A place to stay for what is not mapped in an object or list of which parts are. */
static void find_twin(ta_mapping *m, uint32_t read) {
    const ta_map_branch *branch = &m->read.items[read];
    uint32_t first = branch->first;
    bool moved =
        first && m->read.items[first].step.kind == TA_STEP_ALL && m->read.items[first].has_twin;
    if (!first || branch->link || branch->has_twin || moved ||
        !m->read.items[branch->parent].has_twin)
        return;
    ta_step step = branch->step;
    uint32_t made = ta_map_tree_add(&m->made, m->read.items[branch->parent].twin, &step);
    m->nomem |= !made;
    if (!made || m->made.items[made].link || m->made.items[made].has_twin)
        return;
    if (step.kind == TA_STEP_ALL && !m->made.items[made].list)
        m->made.items[made].list = read;
    imply_members(m, read, made,
                  first && m->read.items[first].step.kind == TA_STEP_KEY
                      ? known_shape(m, read, made)
                      : NULL);
}

/* The other way: an object that is made takes in what is read under its own name. */
static void find_source_twin(ta_mapping *m, uint32_t made) {
    const ta_map_branch *branch = &m->made.items[made];
    if (!branch->first || branch->link || branch->has_twin || ta_map_is_list(&m->made, made) ||
        branch->step.kind != TA_STEP_KEY || !m->made.items[branch->parent].has_twin)
        return;
    ta_step step = branch->step;
    uint32_t above = m->made.items[branch->parent].twin;
    uint32_t read = ta_map_tree_add(&m->read, above, &step);
    m->nomem |= !read;
    const ta_map_branch *there = &m->read.items[read];
    if (read && !there->link && !there->joined && !there->has_twin)
        imply_members(m, read, made, known_shape(m, read, made));
}

/* The children of an object in the schema's order, those without a place in it last. */
static void sort_made(ta_mapping *m, uint32_t at) {
    ta_map_branch *items = m->made.items;
    const ta_shape *shape = items[at].shape;
    uint32_t first = 0, last = 0;
    for (uint32_t i = 0; shape && i <= shape->member_count; i++) {
        for (uint32_t *from = &items[at].first; *from;) {
            uint32_t c = *from;
            if (i < shape->member_count && items[c].step.key != shape->members[i].key) {
                from = &items[c].next;
                continue;
            }
            *from = items[c].next;
            items[c].next = 0;
            *(last ? &items[last].next : &first) = c;
            last = c;
        }
    }
    if (shape) {
        items[at].first = first;
        items[at].last = last;
    }
}

void ta_mapping_imply(ta_mapping *m) {
    imply_members(m, 0, 0, m->shape);
    for (uint32_t i = 1; i < m->made.count && !m->nomem; i++) {
        uint32_t list = m->made.items[i].list;
        if (list && !m->made.items[i].link && !m->read.items[list].link)
            imply_members(m, list, i, known_shape(m, list, i));
    }
    for (uint32_t i = 1; i < m->read.count && !m->nomem; i++)
        find_twin(m, i);
    for (uint32_t i = 1; i < m->made.count && !m->nomem; i++)
        find_source_twin(m, i);
    for (uint32_t i = 0; i < m->made.count && !m->nomem; i++) {
        m->made.items[i].is_list = ta_map_is_list(&m->made, i);
        if (m->way == TA_MAP_IN && !m->made.items[i].is_list)
            sort_made(m, i);
    }
    for (uint32_t i = 0; i < m->read.count; i++)
        m->read.items[i].is_list = ta_map_is_list(&m->read, i);
}

static const ta_shape text_shape = {.types = TA_TYPE_STRING | TA_TYPE_NULL};

/* What stands at the foreign end of a link: as at the schema's, but for how it is written. */
static const ta_shape *describe_link(ta_mapping *m, const ta_map_link *link) {
    const ta_shape *known = m->way == TA_MAP_IN
                                ? link->to ? m->made.items[link->to].shape : &text_shape
                                : m->read.items[link->from].shape;
    if (!link->entry || !known)
        return known;
    ta_shape *shape = ta_arena_alloc(&m->arena, sizeof *shape);
    m->nomem |= !shape;
    if (!shape)
        return NULL;
    *shape = *known;
    shape->xml_name = NULL;
    shape->xml_attribute = false;
    shape->headers = NULL;
    shape->title = NULL;
    if (link->entry->split)
        shape->separator = link->entry->split;
    if (link->values)
        shape->types |= TA_TYPE_STRING;
    return shape;
}

/* Recursion is bounded by the length of paths. */
static const ta_shape *describe_branch(ta_mapping *m, const ta_map_tree *tree, uint32_t at) {
    const ta_map_branch *branch = &tree->items[at];
    if (branch->link)
        return describe_link(m, &m->links[branch->link - 1]);
    if (!branch->first)
        return branch->joined ? &text_shape : NULL;
    uint32_t count = 0;
    for (uint32_t c = branch->first; c; c = tree->items[c].next)
        count++;
    ta_shape *shape = ta_arena_alloc(&m->arena, sizeof *shape);
    ta_shape_member *rows = ta_arena_alloc(&m->arena, count * sizeof *rows);
    m->nomem |= !shape || !rows;
    if (m->nomem)
        return NULL;
    if (at)
        shape->types = TA_TYPE_OBJECT; /* the rest is zero */
    else
        *shape = *m->shape;
    if (branch->is_list) {
        shape->types = TA_TYPE_ARRAY;
        shape->items = describe_branch(m, tree, branch->first);
        return shape;
    }
    shape->members = rows;
    shape->member_count = 0;
    for (uint32_t c = branch->first; c; c = tree->items[c].next) {
        const ta_step *step = &tree->items[c].step;
        const ta_shape *inner = describe_branch(m, tree, c);
        rows[shape->member_count++] = (ta_shape_member){
            .name = step->text, .name_len = step->len, .key = step->key, .shape = inner};
    }
    return shape;
}

bool ta_mapping_describe(ta_mapping *m) {
    if (m->shape && (m->read.items[0].first || m->made.items[0].first))
        m->foreign = describe_branch(m, m->way == TA_MAP_IN ? &m->read : &m->made, 0);
    else
        m->foreign = m->shape;
    return !m->nomem;
}
