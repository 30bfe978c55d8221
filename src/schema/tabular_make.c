/* SPDX-License-Identifier: MIT */
/* The nodes of the schema that is made of a Table Schema: each stands where the word stood that
 * it comes from, so that findings point there. */
#include <stdlib.h>

#include "schema/tabular.h"

ta_node *ta_tabular_put(ta_tabular *t, const char *name, ta_kind kind) {
    ta_record *record = &t->document.record;
    uint32_t key = name ? ta_keys_get(record->keys, name, strlen(name)) : TA_KEY_NONE;
    ta_node *node = name && !key ? NULL : ta_record_push(record, kind);
    if (!node) {
        t->nomem = true;
        return NULL;
    }
    node->key = key;
    node->flags = name ? 0 : TA_NODE_KEYLESS;
    node->depth = t->depth;
    node->src = t->at->src;
    node->src_len = t->at->src_len;
    if (t->depth)
        record->nodes[t->open[t->depth - 1]].count++;
    return node;
}

void ta_tabular_open(ta_tabular *t, const char *name, ta_kind kind) {
    const ta_node *node = ta_tabular_put(t, name, kind);
    t->open[t->depth++] = node ? ta_node_index(&t->document.record, node) : 0;
}

void ta_tabular_close(ta_tabular *t) {
    ta_record *record = &t->document.record;
    uint32_t index = t->open[--t->depth];
    if (!t->nomem)
        record->nodes[index].size = record->count - index;
}

void ta_tabular_put_text(ta_tabular *t, const char *name, const char *text, size_t len) {
    ta_node *node = ta_tabular_put(t, name, TA_TEXT);
    if (node && !ta_node_set_text(&t->document.record, node, text, len))
        t->nomem = true;
}

void ta_tabular_put_number(ta_tabular *t, const char *name, const char *text, size_t len) {
    ta_node *node = ta_tabular_put(t, name, TA_NUMBER);
    if (node && !ta_node_set_text(&t->document.record, node, text, len))
        t->nomem = true;
}

/* One node of a subtree, under the node that was put for the subtree. */
static bool copy_node(ta_tabular *t, const ta_node *from, ta_node *to, uint16_t shift) {
    ta_text text = ta_node_text(&t->from->record, from);
    *to = *from;
    to->depth = (uint16_t)(from->depth + shift);
    return !(from->flags & TA_NODE_ARENA) ||
           ta_node_set_text(&t->document.record, to, text.data, text.len);
}

void ta_tabular_put_copy(ta_tabular *t, const char *name, const ta_node *node) {
    ta_record *record = &t->document.record;
    ta_node *to = ta_tabular_put(t, name, TA_NULL);
    if (!to)
        return;
    const ta_node head = *to;
    uint16_t shift = (uint16_t)(head.depth - node->depth);
    bool ok = copy_node(t, node, to, shift);
    to->key = head.key;
    to->flags = (uint8_t)((to->flags & ~TA_NODE_KEYLESS) | (head.flags & TA_NODE_KEYLESS));
    for (uint32_t i = 1; ok && i < node->size; i++) {
        to = ta_record_push(record, TA_NULL);
        ok = to && copy_node(t, node + i, to, shift);
    }
    t->nomem = t->nomem || !ok;
}

void ta_tabular_fault(ta_tabular *t, const ta_node *node, const char *name,
                      const char *expected) {
    t->failed = true;
    ta_find_at(t->loader->finder, &t->from->record, node, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_TABULAR_SYNTAX, .name = name, .expected = expected});
}

void ta_tabular_pass(ta_tabular *t, const ta_node *node, const char *name, const char *why) {
    ta_find_at(t->loader->finder, &t->from->record, node, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_TABULAR_UNCHECKED, .name = name, .expected = why});
}

const char *ta_tabular_copy(ta_tabular *t, ta_text text) {
    const char *copy = ta_arena_copy(&t->arena, text.data, text.len);
    t->nomem = t->nomem || !copy;
    return copy ? copy : "";
}

void ta_tabular_drop(ta_tabular *tabular) {
    if (!tabular)
        return;
    ta_record_fini(&tabular->document.record);
    ta_arena_fini(&tabular->arena);
    free(tabular);
}
