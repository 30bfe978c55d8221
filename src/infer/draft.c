/* SPDX-License-Identifier: MIT */
#include "infer/draft.h"

#include <inttypes.h>
#include <stdio.h>

static ta_node *push_draft(ta_draft *draft, ta_text key, ta_kind kind) {
    ta_record *record = &draft->record;
    uint32_t index = key.data ? ta_keys_get(record->keys, key.data, key.len) : TA_KEY_NONE;
    bool lost = (key.data && !index) || draft->depth + 1 >= TA_DRAFT_DEPTH_MAX;
    ta_node *node = lost || draft->failed ? NULL : ta_record_push(record, kind);
    if (!node) {
        draft->failed = true;
        return NULL;
    }
    node->key = index;
    node->depth = (uint16_t)draft->depth;
    node->flags = key.data ? 0 : TA_NODE_KEYLESS;
    if (draft->depth)
        record->nodes[draft->open[draft->depth - 1]].count++;
    return node;
}

static ta_text key_of(const char *key) {
    return (ta_text){key, key ? strlen(key) : 0};
}

void ta_draft_open_named(ta_draft *draft, ta_text key, ta_kind kind) {
    if (push_draft(draft, key, kind))
        draft->open[draft->depth++] = draft->record.count - 1;
}

void ta_draft_open(ta_draft *draft, const char *key, ta_kind kind) {
    ta_draft_open_named(draft, key_of(key), kind);
}

void ta_draft_close(ta_draft *draft) {
    if (draft->failed)
        return;
    uint32_t open = draft->open[--draft->depth];
    draft->record.nodes[open].size = draft->record.count - open;
}

static void put_scalar(ta_draft *draft, ta_text key, ta_kind kind, ta_text text) {
    ta_node *node = push_draft(draft, key, kind);
    if (node && !ta_node_set_text(&draft->record, node, text.data, text.len))
        draft->failed = true;
}

void ta_draft_text(ta_draft *draft, const char *key, const char *text, size_t len) {
    put_scalar(draft, key_of(key), TA_TEXT, (ta_text){text, len});
}

void ta_draft_puts(ta_draft *draft, const char *key, const char *text) {
    ta_draft_text(draft, key, text, strlen(text));
}

void ta_draft_number(ta_draft *draft, const char *key, const char *text, size_t len) {
    put_scalar(draft, key_of(key), TA_NUMBER, (ta_text){text, len});
}

void ta_draft_count(ta_draft *draft, const char *key, uint64_t count) {
    char text[24];
    int len = snprintf(text, sizeof text, "%" PRIu64, count);
    ta_draft_number(draft, key, text, (size_t)len);
}

void ta_draft_word(ta_draft *draft, const char *key, ta_kind kind) {
    push_draft(draft, key_of(key), kind);
}

/* Recursive in the depth of a record, which is bounded. */
void ta_draft_copy(ta_draft *draft, ta_text key, const ta_record *from, const ta_node *node) {
    if (node->kind == TA_TEXT || node->kind == TA_NUMBER) {
        put_scalar(draft, key, (ta_kind)node->kind, ta_node_text(from, node));
        return;
    }
    if (node->kind < TA_ARRAY) {
        push_draft(draft, key, (ta_kind)node->kind);
        return;
    }
    ta_draft_open_named(draft, key, (ta_kind)node->kind);
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node) && !draft->failed;
         c = ta_node_next(c)) {
        const ta_key *name = &from->keys->items[c->key];
        bool member = node->kind == TA_OBJECT;
        ta_draft_copy(draft, member ? (ta_text){name->text, name->len} : (ta_text){NULL, 0},
                      from, c);
    }
    ta_draft_close(draft);
}
