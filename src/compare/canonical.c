/* SPDX-License-Identifier: MIT */
/*
 * A record is put in order in place: its nodes hold no pointers, so that moving a member with
 * all that stands in it is a copy. Most records are in order already, and are only looked at.
 */
#include "compare/canonical.h"

#include <stdlib.h>

#include "base/number.h"

typedef struct canonical_stage {
    ta_stage stage;
    ta_buf number;
    ta_node *nodes; /* of the record, in the new order */
    size_t cap;
    const ta_node **members; /* of the objects that are open, one after another */
    size_t member_count, member_cap;
    const ta_keys *keys;
} canonical_stage;

/*
 * The order of UTF-16 code units, told from UTF-8: bytes compare as code points do, and the two
 * orders differ only where one side is beyond U+FFFF (F0 to F4: written with surrogates, D800
 * to DFFF) and the other in U+E000 to U+FFFF (EE, EF).
 */
static int compare_utf16(const ta_key *a, const ta_key *b) {
    size_t len = a->len < b->len ? a->len : b->len;
    for (size_t i = 0; i < len; i++) {
        unsigned char x = (unsigned char)a->text[i], y = (unsigned char)b->text[i];
        if (x == y)
            continue;
        bool turned = x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0);
        return (x < y) != turned ? -1 : 1;
    }
    return (a->len > b->len) - (a->len < b->len);
}

static bool is_in_order(const ta_keys *keys, const ta_node *object) {
    const ta_node *before = NULL, *end = ta_node_end(object);
    for (const ta_node *m = ta_node_first(object); m < end; before = m, m = ta_node_next(m))
        if (before && compare_utf16(&keys->items[before->key], &keys->items[m->key]) > 0)
            return false;
    return true;
}

static bool are_all_in_order(const ta_record *record) {
    const ta_node *end = record->nodes + record->count;
    for (const ta_node *node = record->nodes; node < end; node++)
        if (node->kind == TA_OBJECT && !is_in_order(record->keys, node))
            return false;
    return true;
}

static int compare_members(const void *a, const void *b, void *keys_of) {
    const ta_node *const *x = a, *const *y = b;
    const ta_keys *keys = keys_of;
    return compare_utf16(&keys->items[(*x)->key], &keys->items[(*y)->key]);
}

static bool order_node(canonical_stage *c, const ta_node *node, ta_node **to);

/* Recursion is bounded by TA_DEPTH_MAX. False: no memory. */
static bool order_members(canonical_stage *c, const ta_node *object, ta_node **to) {
    size_t first = c->member_count, end = first + object->count;
    if (!ta_array_grow(&c->members, &c->member_cap, end + 1, sizeof *c->members))
        return false;
    for (const ta_node *m = ta_node_first(object); m < ta_node_end(object); m = ta_node_next(m))
        c->members[c->member_count++] = m;
    qsort_r(c->members + first, object->count, sizeof *c->members, compare_members,
            (ta_keys *)(uintptr_t)c->keys);
    for (size_t i = first; i < end; i++)
        if (!order_node(c, c->members[i], to))
            return false;
    c->member_count = first;
    return true;
}

static bool order_node(canonical_stage *c, const ta_node *node, ta_node **to) {
    *(*to)++ = *node;
    if (node->kind == TA_OBJECT)
        return order_members(c, node, to);
    if (node->kind != TA_ARRAY)
        return true;
    for (const ta_node *i = ta_node_first(node); i < ta_node_end(node); i = ta_node_next(i))
        if (!order_node(c, i, to))
            return false;
    return true;
}

static bool order_record(canonical_stage *c, ta_record *record) {
    if (are_all_in_order(record))
        return true;
    if (!ta_array_grow(&c->nodes, &c->cap, record->count, sizeof *c->nodes))
        return false;
    ta_node *to = c->nodes;
    c->keys = record->keys;
    c->member_count = 0;
    if (!order_node(c, record->nodes, &to))
        return false;
    memcpy(record->nodes, c->nodes, record->count * sizeof *c->nodes);
    return true;
}

static bool spell_numbers(canonical_stage *c, ta_record *record) {
    for (ta_node *node = record->nodes; node < record->nodes + record->count; node++) {
        if (node->kind != TA_NUMBER)
            continue;
        ta_text text = ta_node_text(record, node);
        if (ta_number_is_short(text.data, text.len))
            continue;
        c->number.len = 0;
        ta_number_put_canonical(&c->number, text.data, text.len);
        if (c->number.failed)
            return false;
        bool same = c->number.len == text.len && !memcmp(c->number.data, text.data, text.len);
        if (!same && !ta_node_set_text(record, node, c->number.data, c->number.len))
            return false;
    }
    return true;
}

static ta_status canonical_begin(ta_stage *stage, const ta_head *head) {
    return ta_stage_begin(stage->next, head);
}

static ta_status canonical_put(ta_stage *stage, ta_record *record) {
    canonical_stage *c = (canonical_stage *)stage;
    if (!order_record(c, record) || !spell_numbers(c, record))
        return TA_ERR_NOMEM;
    return ta_stage_put(stage->next, record);
}

static ta_status canonical_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void canonical_drop(ta_stage *stage) {
    canonical_stage *c = (canonical_stage *)stage;
    ta_buf_fini(&c->number);
    free(c->nodes);
    free(c->members);
    free(c);
}

static const ta_stage_ops canonical_ops = {"canonical",   TA_SCOPE_RECORD, canonical_begin,
                                           canonical_put, canonical_end,   canonical_drop};

ta_stage *ta_canonical_new(ta_stage *next) {
    canonical_stage *c = calloc(1, sizeof *c);
    if (!c) {
        ta_stage_drop(next);
        return NULL;
    }
    c->stage = (ta_stage){&canonical_ops, next};
    return &c->stage;
}
