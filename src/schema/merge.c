/* SPDX-License-Identifier: MIT */
/*
 * Two shapes of one value made one. Where both name a member (or items), its shape is merged
 * too, but later: schemas may contain themselves, and merging at once would never end. One pair
 * is merged once; past MERGES_MAX pairs the first of the two shapes stands for both.
 */
#include <stdlib.h>

#include "schema/graph.h"

enum { MERGES_MAX = 4096 };

/* The shape of both, to be filled in later. NULL says nothing. */
static const ta_shape *merge_later(ta_merger *merger, const ta_shape *a, const ta_shape *b,
                                   ta_merge_how how) {
    if (!a || !b || a == b)
        return a ? a : b;
    if (a == &ta_shape_any || b == &ta_shape_any) {
        const ta_shape *other = a == &ta_shape_any ? b : a;
        return how == TA_MERGE_BOTH ? other : &ta_shape_any;
    }
    for (size_t i = 0; i < merger->count; i++)
        if (merger->items[i]->a == a && merger->items[i]->b == b &&
            merger->items[i]->how == how)
            return &merger->items[i]->shape;
    if (merger->count == MERGES_MAX)
        return a;
    ta_merge *merge = ta_arena_alloc(&merger->impl->schema.arena, sizeof *merge);
    if (!merge || !ta_array_grow(&merger->items, &merger->cap, merger->count + 1,
                                 sizeof *merger->items)) {
        merger->impl->nomem = true;
        return a;
    }
    *merge = (ta_merge){.a = a, .b = b, .how = how};
    merger->items[merger->count++] = merge;
    return &merge->shape;
}

static const ta_shape_member *find_member(const ta_shape *shape, uint32_t key) {
    for (uint32_t i = 0; i < shape->member_count; i++)
        if (shape->members[i].key == key)
            return &shape->members[i];
    return NULL;
}

static void merge_members(ta_merger *merger, ta_shape *out, const ta_shape *a,
                          const ta_shape *b, ta_merge_how how) {
    size_t most = (size_t)a->member_count + b->member_count;
    ta_shape_member *rows =
        ta_arena_alloc(&merger->impl->schema.arena, (most + 1) * sizeof *rows);
    if (!rows) {
        merger->impl->nomem = true;
        return;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < a->member_count; i++) {
        ta_shape_member row = a->members[i];
        const ta_shape_member *twin = find_member(b, row.key);
        if (twin)
            row.shape = merge_later(merger, row.shape, twin->shape, how);
        row.required = how == TA_MERGE_BOTH ? row.required || (twin && twin->required)
                                            : row.required && twin && twin->required;
        rows[count++] = row;
    }
    for (uint32_t i = 0; i < b->member_count; i++) {
        if (find_member(a, b->members[i].key))
            continue;
        rows[count] = b->members[i];
        rows[count++].required = how == TA_MERGE_BOTH && b->members[i].required;
    }
    out->members = rows;
    out->member_count = count;
}

static bool merged_integer(const ta_shape *a, const ta_shape *b, ta_merge_how how) {
    if (how == TA_MERGE_BOTH)
        return a->integer || b->integer;
    bool a_says = a->types & TA_TYPE_NUMBER, b_says = b->types & TA_TYPE_NUMBER;
    return (!a_says || a->integer) && (!b_says || b->integer) && (a_says || b_says);
}

void ta_shape_merge(ta_merger *merger, ta_shape *out, const ta_shape *a, const ta_shape *b,
                    ta_merge_how how) {
    bool both = how == TA_MERGE_BOTH;
    ta_shape merged = *a;
    merged.types = both ? a->types & b->types : a->types | b->types;
    merged.integer = merged_integer(a, b, how);
    merged.closed = both ? a->closed || b->closed : a->closed && b->closed;
    merged.others = merge_later(merger, a->others, b->others, how);
    merged.items = merge_later(merger, a->items, b->items, how);
    merged.separator = a->separator ? a->separator : b->separator;
    merged.decimal = a->decimal ? a->decimal : b->decimal;
    merged.group = a->group ? a->group : b->group;
    if (!a->header_count) {
        merged.headers = b->headers;
        merged.header_count = b->header_count;
    }
    merged.title = a->title ? a->title : b->title;
    merged.xml_name = a->xml_name ? a->xml_name : b->xml_name;
    merged.xml_list = a->xml_list ? a->xml_list : b->xml_list;
    merged.xml_attribute = a->xml_attribute || b->xml_attribute;
    merged.xml_wrapped = a->xml_wrapped || b->xml_wrapped;
    merged.codes = a->codes ? a->codes : b->codes;
    merged.format = a->format ? a->format : b->format;
    merged.normalize = a->normalize ? a->normalize : b->normalize;
    merged.personal = a->personal || b->personal;
    merged.personal_inside = a->personal_inside || b->personal_inside;
    if (!a->member_count && both) {
        merged.members = b->members;
        merged.member_count = b->member_count;
    } else if (b->member_count || !both) {
        merge_members(merger, &merged, a, b, how);
    }
    *out = merged;
}

void ta_merger_finish(ta_merger *merger) {
    /* Merging adds items at the end; what an item is made of was filled in before it. */
    for (size_t i = 0; i < merger->count && !merger->impl->nomem; i++) {
        ta_merge *merge = merger->items[i];
        ta_shape_merge(merger, &merge->shape, merge->a, merge->b, merge->how);
    }
    free(merger->items);
    merger->items = NULL;
}
