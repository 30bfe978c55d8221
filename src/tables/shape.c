/* SPDX-License-Identifier: MIT */
/*
 * What the schema says of a row: the record without its lists. In the place of a list that has
 * a table there may stand `[]`, an empty one, so its cell is text.
 */
#include "tables/tables.h"

enum { ROW_PLACES_MAX = 10000, ROW_DEPTH_MAX = 64 };

bool ta_tables_is_list_cell(const ta_shape *shape) {
    return shape && shape->types & TA_TYPE_ARRAY && shape->separator && *shape->separator;
}

const ta_shape *ta_tables_plain_shape(ta_tables *t, uint8_t types) {
    ta_shape *shape = ta_arena_alloc(&t->arena, sizeof *shape);
    if (shape)
        shape->types = types;
    return shape;
}

static const ta_shape *copy_shape(ta_tables *t, const ta_shape *shape, unsigned depth,
                                  unsigned *budget);

static bool copy_member_shapes(ta_tables *t, ta_shape *copy, unsigned depth, unsigned *budget) {
    ta_shape_member *members =
        ta_arena_alloc(&t->arena, (copy->member_count + (size_t)1) * sizeof *members);
    if (!members)
        return false;
    for (uint32_t i = 0; i < copy->member_count; i++) {
        members[i] = copy->members[i];
        if (!members[i].shape)
            continue;
        members[i].shape = copy_shape(t, members[i].shape, depth + 1, budget);
        if (!members[i].shape)
            return false;
    }
    copy->members = members;
    return true;
}

/* Shapes that contain themselves are copied to a depth that no row has. */
static const ta_shape *copy_shape(ta_tables *t, const ta_shape *shape, unsigned depth,
                                  unsigned *budget) {
    bool list = shape->types & TA_TYPE_ARRAY && !ta_tables_is_list_cell(shape);
    if (depth > ROW_DEPTH_MAX || !*budget || (!list && !shape->member_count && !shape->others))
        return shape;
    --*budget;
    ta_shape *copy = ta_arena_alloc(&t->arena, sizeof *copy);
    if (!copy)
        return NULL;
    *copy = *shape;
    if (list) {
        copy->types = (uint8_t)((shape->types & ~TA_TYPE_ARRAY) | TA_TYPE_STRING);
        copy->items = NULL;
    }
    if (!copy_member_shapes(t, copy, depth, budget))
        return NULL;
    if (copy->others)
        copy->others = copy_shape(t, copy->others, depth + 1, budget);
    return copy->others || !shape->others ? copy : NULL;
}

/* The links stand in front of the members. */
static bool add_link_members(ta_tables *t, ta_shape *row, const ta_link *links,
                             uint32_t count) {
    ta_shape_member *members =
        ta_arena_alloc(&t->arena, (count + row->member_count + (size_t)1) * sizeof *members);
    if (!members)
        return false;
    for (uint32_t i = 0; i < count; i++)
        members[i] = (ta_shape_member){.name = links[i].name,
                                       .name_len = links[i].len,
                                       .key = links[i].key,
                                       .shape = links[i].shape};
    if (row->member_count)
        memcpy(members + count, row->members, row->member_count * sizeof *members);
    row->members = members;
    row->member_count += count;
    return true;
}

const ta_shape *ta_tables_row_shape(ta_tables *t, const ta_shape *shape, const ta_link *links,
                                    uint32_t count) {
    unsigned budget = ROW_PLACES_MAX;
    ta_shape *row = ta_arena_alloc(&t->arena, sizeof *row);
    if (!row)
        return NULL;
    bool has_members = shape && shape->types & TA_TYPE_OBJECT;
    const ta_shape *copy = has_members ? copy_shape(t, shape, 0, &budget) : NULL;
    if (has_members && !copy)
        return NULL;
    if (copy)
        *row = *copy;
    else
        row->others = t->any;
    row->types = TA_TYPE_OBJECT;
    return count && !add_link_members(t, row, links, count) ? NULL : row;
}

bool ta_tables_infer(ta_tables *t) {
    ta_shape *any = ta_arena_alloc(&t->arena, sizeof *any);
    if (!any)
        return false;
    any->types = TA_TYPE_ANY;
    any->others = any->items = any;
    t->any = any;
    t->items[0].shape = ta_tables_row_shape(t, NULL, NULL, 0);
    return t->items[0].shape != NULL;
}
