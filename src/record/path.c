/* SPDX-License-Identifier: MIT */
#include "record/path.h"

#include <stdio.h>

enum { WIDE = 64 }; /* members of a root that are worth a memo */

/* The bytes of the step at text, escapes included: up to an unescaped separator. */
static size_t step_len(const char *text, size_t len, char separator) {
    size_t at = 0;
    while (at < len && text[at] != separator)
        at += text[at] == '\\' && at + 1 < len ? 2 : 1;
    return at;
}

/* A list index: digits without a leading zero, below 10^9. */
static bool parse_index(const char *text, size_t len, uint32_t *out) {
    if (!len || len > 9 || (len > 1 && text[0] == '0'))
        return false;
    uint32_t value = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (uint32_t)(text[i] - '0');
    }
    *out = value;
    return true;
}

static bool parse_step(ta_arena *arena, ta_keys *keys, const char *text, size_t len,
                       ta_step *step) {
    char *plain = ta_arena_alloc(arena, len + 1);
    if (!plain)
        return false;
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\\' && i + 1 < len)
            i++;
        plain[n++] = text[i];
    }
    step->text = plain;
    step->len = (uint32_t)n;
    step->kind = TA_STEP_KEY;
    if (len == 1 && text[0] == '*')
        step->kind = TA_STEP_ALL;
    else if (parse_index(text, len, &step->index))
        step->kind = TA_STEP_INDEX;
    if (keys)
        step->key = ta_keys_get(keys, plain, n);
    return !keys || step->key;
}

bool ta_path_parse(ta_arena *arena, ta_keys *keys, ta_text path, char separator, ta_path *out,
                   size_t *bad) {
    const char *text = path.data;
    size_t len = path.len;
    memset(out, 0, sizeof *out);
    *bad = SIZE_MAX;
    size_t at = 0;
    if (len && text[0] == separator) {
        out->relative = true;
        at = 1;
        if (len == 1)
            return true;
    }
    uint32_t count = 1;
    for (size_t i = at; i < len; count++) {
        i += step_len(text + i, len - i, separator);
        if (i++ >= len)
            break;
    }
    ta_step *steps = ta_arena_alloc(arena, count * sizeof *steps);
    if (!steps)
        return false;
    out->steps = steps;
    while (true) {
        size_t n = step_len(text + at, len - at, separator);
        if (!n) {
            *bad = at;
            return false;
        }
        if (!parse_step(arena, keys, text + at, n, &steps[out->count++]))
            return false;
        at += n;
        if (at++ >= len)
            return true;
    }
}

typedef struct walk {
    const ta_record *record;
    const ta_path *path;
    ta_path_fn *fn;
    void *to;
    uint64_t missing;
} walk;

/* A member of the root. Each finding asks for the record's key: in a wide one, that it has none
 * is found out once. */
static const ta_node *root_member(const ta_record *record, uint32_t key) {
    ta_memo *memo =
        record->memo && record->nodes->count > WIDE ? &record->memo[TA_MEMO_MEMBER] : NULL;
    if (memo && memo->parent == key && memo->index == record->count)
        return memo->child ? &record->nodes[memo->child] : NULL;
    const ta_node *member = ta_node_member(record->nodes, key);
    if (memo)
        *memo = (ta_memo){.parent = key,
                          .child = member ? ta_node_index(record, member) : 0,
                          .index = record->count};
    return member;
}

static const ta_node *step_member(const walk *w, const ta_node *object, const ta_step *step) {
    uint32_t key = step->key ? step->key : ta_keys_find(w->record->keys, step->text, step->len);
    if (!key)
        return NULL;
    return object == w->record->nodes ? root_member(w->record, key)
                                      : ta_node_member(object, key);
}

/* Recursion is bounded by the path's length. */
static bool walk_step(walk *w, const ta_node *node, uint32_t at) {
    if (at == w->path->count)
        return w->fn(w->to, node);
    const ta_step *step = &w->path->steps[at];
    if (node->kind == TA_OBJECT && step->kind != TA_STEP_ALL) {
        const ta_node *member = step_member(w, node, step);
        w->missing += !member;
        return !member || walk_step(w, member, at + 1);
    }
    bool all = step->kind == TA_STEP_ALL && (node->kind == TA_ARRAY || node->kind == TA_OBJECT);
    if (!all && !(step->kind == TA_STEP_INDEX && node->kind == TA_ARRAY)) {
        w->missing++;
        return true;
    }
    uint32_t index = 0;
    const ta_node *end = ta_node_end(node);
    for (const ta_node *c = ta_node_first(node); c < end; c = ta_node_next(c), index++)
        if ((all || index == step->index) && !walk_step(w, c, at + 1))
            return false;
    w->missing += !all && step->index >= node->count;
    return true;
}

uint64_t ta_path_each(const ta_record *record, const ta_node *from, const ta_path *path,
                      ta_path_fn *fn, void *to) {
    walk w = {record, path, fn, to, 0};
    walk_step(&w, from, 0);
    return w.missing;
}

void ta_path_put_step(ta_buf *out, const char *text, size_t len, char separator) {
    size_t put = 0; /* up to here all stands in out */
    for (size_t i = 0; i < len; i++) {
        if (text[i] != separator && text[i] != '\\')
            continue;
        ta_buf_put(out, text + put, i - put);
        ta_buf_put(out, "\\", 1);
        put = i;
    }
    ta_buf_put(out, text + put, len - put);
}

static void put_pointer_step(ta_buf *out, const char *text, size_t len) {
    size_t put = 0; /* up to here all stands in out */
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '~' && text[i] != '/')
            continue;
        ta_buf_put(out, text + put, i - put);
        ta_buf_put(out, text[i] == '~' ? "~0" : "~1", 2);
        put = i + 1;
    }
    ta_buf_put(out, text + put, len - put);
}

const ta_node *ta_path_child(const ta_record *record, const ta_node *at, const ta_node *node,
                             uint32_t *index) {
    *index = 0;
    if (at->kind == TA_OBJECT && node->depth == at->depth + 1)
        return node;
    const ta_node *child = ta_node_first(at);
    uint32_t parent = ta_node_index(record, at);
    ta_memo *memo =
        record->memo && at->depth < TA_MEMO_LEVELS ? &record->memo[at->depth] : NULL;
    if (memo && memo->record_no == record->number && memo->parent == parent &&
        memo->child > parent && memo->child <= ta_node_index(record, node)) {
        child = &record->nodes[memo->child];
        *index = memo->index;
    }
    for (; node >= ta_node_end(child); ++*index)
        child = ta_node_next(child);
    if (memo)
        *memo = (ta_memo){record->number, parent, ta_node_index(record, child), *index};
    return child;
}

/* Goes down from the root to the node, child by child, and prints the step to each. */
static void print_steps(const ta_record *record, const ta_node *node, ta_buf *out,
                        bool pointer) {
    bool first = true;
    for (const ta_node *at = record->nodes; at != node;) {
        uint32_t index = 0;
        bool next = at->kind == TA_OBJECT && node->depth == at->depth + 1;
        const ta_node *child = next ? node : ta_path_child(record, at, node, &index);
        if (pointer || !first)
            ta_buf_put(out, pointer ? "/" : ".", 1);
        first = false;
        const ta_key *key = &record->keys->items[child->key];
        if (at->kind == TA_ARRAY)
            ta_buf_printf(out, "%u", index);
        else if (pointer)
            put_pointer_step(out, key->text, key->len);
        else
            ta_path_put_step(out, key->text, key->len, '.');
        at = child;
    }
}

void ta_path_print(const ta_record *record, const ta_node *node, ta_buf *out) {
    print_steps(record, node, out, false);
}

void ta_path_print_pointer(const ta_record *record, const ta_node *node, ta_buf *out) {
    print_steps(record, node, out, true);
}
