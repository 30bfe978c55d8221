/* SPDX-License-Identifier: MIT */
/*
 * Shapes of one value made one. Where two name a member (or items), its shape is merged too,
 * but later: schemas may contain themselves, and merging at once would never end. One pair is
 * merged once; past MERGES_MAX pairs the first of the two shapes stands for both, and past
 * ROWS_MAX rows (40 MB) the first shape with members for all.
 */
#include <stdlib.h>

#include "schema/graph.h"

enum { MERGES_MAX = 4096, ROWS_MAX = 1 << 20 };

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

/* Enters a row, or makes its twin one with it; hits: how many shapes require each row. */
static void merge_row(ta_merger *merger, ta_shape *out, ta_shape_member *rows, uint32_t *hits,
                      const ta_shape_member *member, ta_merge_how how) {
    ta_keys *keys = merger->impl->schema.keys;
    ta_key *key = &keys->items[member->key];
    if (key->stamp != keys->serial) {
        key->stamp = keys->serial;
        key->stamp_node = out->member_count++;
        rows[key->stamp_node] = *member;
    } else {
        ta_shape_member *row = &rows[key->stamp_node];
        row->shape = merge_later(merger, row->shape, member->shape, how);
    }
    hits[key->stamp_node] += member->required;
}

/* The members of all shapes, in their order. */
static void merge_members(ta_merger *merger, ta_shape *out, const ta_shape *const *shapes,
                          size_t count, ta_merge_how how) {
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += shapes[i]->member_count;
    if (most > ROWS_MAX - merger->row_count)
        return;
    ta_shape_member *rows =
        ta_arena_alloc(&merger->impl->schema.arena, (most + 1) * sizeof *rows);
    uint32_t *hits = calloc(most + 1, sizeof *hits);
    merger->impl->nomem = merger->impl->nomem || !rows || !hits;
    merger->row_count += most;
    if (rows && hits) {
        ta_shape made = {.member_count = 0};
        merger->impl->schema.keys->serial++;
        for (size_t i = 0; i < count; i++)
            for (uint32_t m = 0; m < shapes[i]->member_count; m++)
                merge_row(merger, &made, rows, hits, &shapes[i]->members[m], how);
        for (uint32_t m = 0; m < made.member_count; m++)
            rows[m].required = how == TA_MERGE_BOTH ? hits[m] > 0 : hits[m] == count;
        out->members = rows;
        out->member_count = made.member_count;
    }
    free(hits);
}

/* The members that one shape alone has are those of both. */
static void join_members(ta_merger *merger, ta_shape *out, const ta_shape *const *shapes,
                         size_t count, ta_merge_how how) {
    const ta_shape *with = NULL;
    size_t having = 0;
    for (size_t i = 0; i < count; i++) {
        if (!shapes[i]->member_count)
            continue;
        with = having++ ? with : shapes[i];
    }
    if (!with)
        return;
    out->members = with->members;
    out->member_count = with->member_count;
    if (having > 1 || how != TA_MERGE_BOTH)
        merge_members(merger, out, shapes, count, how);
}

static bool merged_integer(const ta_shape *a, const ta_shape *b, ta_merge_how how) {
    if (how == TA_MERGE_BOTH)
        return a->integer || b->integer;
    bool a_says = a->types & TA_TYPE_NUMBER, b_says = b->types & TA_TYPE_NUMBER;
    return (!a_says || a->integer) && (!b_says || b->integer) && (a_says || b_says);
}

/* What one shape more says, but for its members. */
static void merge_words(ta_merger *merger, ta_shape *merged, const ta_shape *b,
                        ta_merge_how how) {
    bool both = how == TA_MERGE_BOTH;
    merged->integer = merged_integer(merged, b, how);
    merged->types = both ? merged->types & b->types : merged->types | b->types;
    merged->closed = both ? merged->closed || b->closed : merged->closed && b->closed;
    merged->others = merge_later(merger, merged->others, b->others, how);
    merged->items = merge_later(merger, merged->items, b->items, how);
    merged->separator = merged->separator ? merged->separator : b->separator;
    merged->decimal = merged->decimal ? merged->decimal : b->decimal;
    merged->group = merged->group ? merged->group : b->group;
    if (!merged->header_count) {
        merged->headers = b->headers;
        merged->header_count = b->header_count;
    }
    merged->title = merged->title ? merged->title : b->title;
    merged->xml_name = merged->xml_name ? merged->xml_name : b->xml_name;
    merged->xml_list = merged->xml_list ? merged->xml_list : b->xml_list;
    merged->xml_attribute = merged->xml_attribute || b->xml_attribute;
    merged->xml_wrapped = merged->xml_wrapped || b->xml_wrapped;
    merged->codes = merged->codes ? merged->codes : b->codes;
    merged->format = merged->format ? merged->format : b->format;
    merged->normalize = merged->normalize ? merged->normalize : b->normalize;
    merged->personal = merged->personal || b->personal;
    merged->personal_inside = merged->personal_inside || b->personal_inside;
}

void ta_shape_merge(ta_merger *merger, ta_shape *out, const ta_shape *const *shapes,
                    size_t count, ta_merge_how how) {
    ta_shape merged = *shapes[0];
    for (size_t i = 1; i < count; i++)
        merge_words(merger, &merged, shapes[i], how);
    join_members(merger, &merged, shapes, count, how);
    *out = merged;
}

void ta_merger_finish(ta_merger *merger) {
    /* Merging adds items at the end; what an item is made of was filled in before it. */
    for (size_t i = 0; i < merger->count && !merger->impl->nomem; i++) {
        ta_merge *merge = merger->items[i];
        ta_shape_merge(merger, &merge->shape, (const ta_shape *[]){merge->a, merge->b}, 2,
                       merge->how);
    }
    free(merger->items);
    merger->items = NULL;
}
