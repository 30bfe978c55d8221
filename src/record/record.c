/* SPDX-License-Identifier: MIT */
#include "record/record.h"

#include <stdlib.h>

#include "base/decimal.h"

enum {
    LOOK_AHEAD = 16, /* bytes behind a text that writers may load; a buffer has them */
    WIDE = 64 /* members that are worth being sorted, where two objects differ in order */
};

static size_t memory_max(const ta_record *record) {
    return record->memory_max ? record->memory_max : TA_RECORD_MEMORY_MAX;
}

bool ta_record_grow(ta_record *record, uint32_t extra) {
    size_t cap = record->cap ? record->cap : 256;
    while (cap - record->count < extra)
        cap *= 2;
    if (cap * sizeof(ta_node) + record->arena.cap > memory_max(record)) {
        /* The last step need not double: use what the limit leaves. */
        cap = (memory_max(record) - record->arena.cap) / sizeof(ta_node);
        if (record->arena.cap >= memory_max(record) || cap < record->count + (size_t)extra) {
            record->full = true;
            return false;
        }
    }
    ta_node *grown = realloc(record->nodes, cap * sizeof *grown);
    if (!grown)
        return false;
    record->nodes = grown;
    record->cap = (uint32_t)cap;
    return true;
}

char *ta_record_room(ta_record *record, size_t extra) {
    size_t nodes = (size_t)record->cap * sizeof(ta_node);
    if (record->arena.len + extra > TA_RECORD_MEMORY_MAX ||
        nodes + record->arena.len + extra > memory_max(record)) {
        record->full = true;
        return NULL;
    }
    return ta_buf_reserve(&record->arena, extra) ? record->arena.data + record->arena.len
                                                 : NULL;
}

bool ta_node_set_text(ta_record *record, ta_node *node, const char *text, size_t len) {
    char *room = ta_record_room(record, len + 1);
    if (!room)
        return false;
    memcpy(room, text, len);
    memset(room + len, 0, LOOK_AHEAD);
    node->flags = (uint8_t)((node->flags & ~TA_NODE_PLAIN) | TA_NODE_ARENA);
    node->text = (uint32_t)record->arena.len;
    node->text_len = (uint32_t)len;
    record->arena.len += len;
    return true;
}

void ta_record_moved(ta_record *record, const uint32_t *origins) {
    record->origins = origins;
    for (int i = 0; record->memo && i < TA_MEMO_ROWS; i++)
        record->memo[i] = (ta_memo){.parent = TA_KEY_NONE};
}

const ta_node *ta_node_member(const ta_node *object, uint32_t key) {
    const ta_node *end = ta_node_end(object);
    for (const ta_node *c = ta_node_first(object); c < end; c = ta_node_next(c))
        if (c->key == key)
            return c;
    return NULL;
}

const ta_node *ta_node_named(const ta_record *record, const ta_node *object, const char *name) {
    if (object->kind != TA_OBJECT)
        return NULL;
    uint32_t key = ta_keys_find(record->keys, name, strlen(name));
    return key ? ta_node_member(object, key) : NULL;
}

const char *ta_kind_text(ta_kind kind) {
    static const char *const texts[] = {"null", "boolean", "boolean", "number",
                                        "text", "list",    "object"};
    return texts[kind];
}

uint32_t ta_record_twin(ta_record *record, const ta_node *object, uint32_t *first) {
    uint64_t serial = ++record->keys->serial;
    ta_key *items = record->keys->items;
    const ta_node *end = ta_node_end(object);
    for (const ta_node *c = ta_node_first(object); c < end; c = ta_node_next(c)) {
        ta_key *key = &items[c->key];
        if (key->stamp == serial) {
            *first = key->stamp_node;
            return ta_node_index(record, c);
        }
        key->stamp = serial;
        key->stamp_node = ta_node_index(record, c);
    }
    return 0;
}

static bool text_equal(ta_text a, ta_text b) {
    return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

static bool scalar_equal(const ta_record *a, const ta_node *x, const ta_record *b,
                         const ta_node *y) {
    ta_text s = ta_node_text(a, x), t = ta_node_text(b, y);
    if (x->kind == TA_NUMBER)
        return !ta_number_compare(s.data, s.len, t.data, t.len);
    return x->kind != TA_TEXT || text_equal(s, t);
}

static int by_key(const void *a, const void *b) {
    uint32_t x = (*(const ta_node *const *)a)->key, y = (*(const ta_node *const *)b)->key;
    return (x > y) - (x < y);
}

/* The members of an object, by key; free it. NULL: no memory. */
static const ta_node **sort_members(const ta_node *object) {
    const ta_node **sorted = malloc((object->count + (size_t)1) * sizeof *sorted);
    size_t count = 0;
    if (!sorted)
        return NULL;
    for (const ta_node *c = ta_node_first(object); c < ta_node_end(object); c = ta_node_next(c))
        sorted[count++] = c;
    qsort(sorted, count, sizeof *sorted, by_key);
    return sorted;
}

/* A member that is not where it was looked for first: in a wide object, by its sorted members,
 * which are made when they are needed. */
static const ta_node *seek_member(const ta_node *object, uint32_t key,
                                  const ta_node ***sorted) {
    if (object->count > WIDE && !*sorted)
        *sorted = sort_members(object);
    if (!*sorted)
        return ta_node_member(object, key);
    const ta_node like = {.key = key}, *wanted = &like;
    const ta_node **found = bsearch(&wanted, *sorted, object->count, sizeof *found, by_key);
    return found ? *found : NULL;
}

static bool object_equal(const ta_record *a, const ta_node *x, const ta_record *b,
                         const ta_node *y) {
    const ta_node *guess = ta_node_first(y), *end = ta_node_end(x), **sorted = NULL;
    bool equal = true;
    for (const ta_node *c = ta_node_first(x); equal && c < end; c = ta_node_next(c)) {
        const ta_key *key = &a->keys->items[c->key];
        uint32_t other =
            a->keys == b->keys ? c->key : ta_keys_find(b->keys, key->text, key->len);
        const ta_node *d = guess < ta_node_end(y) && guess->key == other
                               ? guess
                               : seek_member(y, other, &sorted);
        equal = d && ta_node_equal(a, c, b, d);
        guess = equal ? ta_node_next(d) : guess;
    }
    free(sorted);
    return equal;
}

/* Recursion is bounded by the readers' depth limit. */
bool ta_node_equal(const ta_record *a, const ta_node *x, const ta_record *b, const ta_node *y) {
    if (x->kind != y->kind || x->count != y->count)
        return false;
    if (x->kind == TA_OBJECT)
        return object_equal(a, x, b, y);
    if (x->kind != TA_ARRAY)
        return scalar_equal(a, x, b, y);
    const ta_node *c = ta_node_first(x), *d = ta_node_first(y);
    for (; c < ta_node_end(x); c = ta_node_next(c), d = ta_node_next(d))
        if (!ta_node_equal(a, c, b, d))
            return false;
    return true;
}

void ta_record_fini(ta_record *record) {
    free(record->nodes);
    ta_buf_fini(&record->arena);
    memset(record, 0, sizeof *record);
}
