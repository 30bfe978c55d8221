/* SPDX-License-Identifier: MIT */
#include "infer/sketch.h"

#include <inttypes.h>
#include <stdio.h>

enum { SLACK = 32 };

static ta_node *push_sketch(ta_sketch *sketch, ta_text key, ta_kind kind) {
    ta_record *record = &sketch->record;
    uint32_t index = key.data ? ta_keys_get(record->keys, key.data, key.len) : TA_KEY_NONE;
    bool lost = (key.data && !index) || sketch->depth + 1 >= TA_SKETCH_DEPTH_MAX;
    ta_node *node = lost || sketch->failed ? NULL : ta_record_push(record, kind);
    if (!node) {
        sketch->failed = true;
        return NULL;
    }
    node->key = index;
    node->depth = (uint16_t)sketch->depth;
    node->flags = key.data ? 0 : TA_NODE_KEYLESS;
    if (sketch->depth)
        record->nodes[sketch->open[sketch->depth - 1]].count++;
    return node;
}

static ta_text sketch_key(const char *key) {
    return (ta_text){key, key ? strlen(key) : 0};
}

void ta_sketch_open_named(ta_sketch *sketch, ta_text key, ta_kind kind) {
    if (push_sketch(sketch, key, kind))
        sketch->open[sketch->depth++] = sketch->record.count - 1;
}

void ta_sketch_open(ta_sketch *sketch, const char *key, ta_kind kind) {
    ta_sketch_open_named(sketch, sketch_key(key), kind);
}

void ta_sketch_close(ta_sketch *sketch) {
    if (sketch->failed)
        return;
    uint32_t open = sketch->open[--sketch->depth];
    sketch->record.nodes[open].size = sketch->record.count - open;
}

/* Writers read texts by 16 bytes: those behind are there (ta_buf_reserve), and are set. */
static void put_scalar(ta_sketch *sketch, ta_text key, ta_kind kind, ta_text text) {
    ta_node *node = push_sketch(sketch, key, kind);
    ta_buf *arena = &sketch->record.arena;
    if (node && ta_node_set_text(&sketch->record, node, text.data, text.len))
        memset(arena->data + arena->len, 0, SLACK);
    else
        sketch->failed = true;
}

void ta_sketch_text(ta_sketch *sketch, const char *key, const char *text, size_t len) {
    put_scalar(sketch, sketch_key(key), TA_TEXT, (ta_text){text, len});
}

void ta_sketch_puts(ta_sketch *sketch, const char *key, const char *text) {
    ta_sketch_text(sketch, key, text, strlen(text));
}

void ta_sketch_number(ta_sketch *sketch, const char *key, const char *text, size_t len) {
    put_scalar(sketch, sketch_key(key), TA_NUMBER, (ta_text){text, len});
}

void ta_sketch_count(ta_sketch *sketch, const char *key, uint64_t count) {
    char text[24];
    int len = snprintf(text, sizeof text, "%" PRIu64, count);
    ta_sketch_number(sketch, key, text, (size_t)len);
}

void ta_sketch_word(ta_sketch *sketch, const char *key, ta_kind kind) {
    push_sketch(sketch, sketch_key(key), kind);
}

/* Recursive in the depth of a record, which is bounded. */
void ta_sketch_copy(ta_sketch *sketch, ta_text key, const ta_record *from,
                    const ta_node *node) {
    if (node->kind == TA_TEXT || node->kind == TA_NUMBER) {
        put_scalar(sketch, key, (ta_kind)node->kind, ta_node_text(from, node));
        return;
    }
    if (node->kind < TA_ARRAY) {
        push_sketch(sketch, key, (ta_kind)node->kind);
        return;
    }
    ta_sketch_open_named(sketch, key, (ta_kind)node->kind);
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node) && !sketch->failed;
         c = ta_node_next(c)) {
        const ta_key *name = &from->keys->items[c->key];
        bool member = node->kind == TA_OBJECT;
        ta_sketch_copy(sketch, member ? (ta_text){name->text, name->len} : (ta_text){NULL, 0},
                       from, c);
    }
    ta_sketch_close(sketch);
}

ta_status ta_sketch_hand_over(ta_sketch *sketch, ta_stage *writer) {
    ta_head head = {.file = "schema", .format = "json", .form = TA_FORM_DOCUMENT};
    ta_tail tail = {.records = 1};
    sketch->record.head = &head;
    sketch->record.number = 1;
    ta_status status = ta_stage_begin(writer, &head);
    if (status == TA_OK)
        status = ta_stage_put(writer, &sketch->record);
    tail.status = status;
    ta_status ended = ta_stage_end(writer, &tail);
    return status == TA_OK ? ended : status;
}
