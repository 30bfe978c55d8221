/* SPDX-License-Identifier: MIT */
/*
 * Anchored values, copied when they end, since their record may be gone when an alias comes.
 * Members' names are kept in a table of the anchors' own: the record's may forget them.
 */
#include "format/yaml/build.h"

#include <stdlib.h>

static bool anchors_ready(ta_yaml_anchors *anchors) {
    if (anchors->ready)
        return true;
    if (!ta_keys_init(&anchors->names)) {
        ta_keys_fini(&anchors->names);
        return false;
    }
    anchors->store.memory_max = TA_YAML_ALIAS_MAX;
    anchors->ready = true;
    return true;
}

/* Bytes that the names take. */
static size_t names_size(const ta_yaml_anchors *anchors) {
    return anchors->names.text.used_bytes + anchors->names.count * sizeof(ta_key);
}

/* A name's number; 0: no memory, or (over) the budget is used up. */
static uint32_t name_number(ta_yaml_anchors *anchors, const char *text, size_t len) {
    if (names_size(anchors) + len > TA_YAML_ALIAS_MAX) {
        anchors->over = true;
        return ta_keys_find(&anchors->names, text, len);
    }
    return ta_keys_get(&anchors->names, text, len);
}

bool ta_yaml_anchor_open(ta_yaml_anchors *anchors, const char *text, uint32_t *name) {
    *name = 0;
    if (!anchors_ready(anchors))
        return false;
    *name = name_number(anchors, text, strlen(text));
    if (!*name)
        return anchors->over;
    size_t before = anchors->at_cap;
    if (!ta_array_grow(&anchors->at, &anchors->at_cap, (size_t)*name + 1, sizeof *anchors->at))
        return false;
    memset(anchors->at + before, 0, (anchors->at_cap - before) * sizeof *anchors->at);
    anchors->again |= anchors->at[*name] != 0;
    anchors->at[*name] = TA_YAML_ANCHOR_OPEN;
    return true;
}

/* Copies one node. False: no room. */
static bool store_node(ta_yaml_anchors *anchors, const ta_yaml_anchored *value,
                       const ta_node *node) {
    const ta_record *record = value->record;
    ta_node *copy = ta_record_push(&anchors->store, (ta_kind)node->kind);
    if (!copy || !ta_array_grow(&anchors->places, &anchors->place_cap, anchors->store.count,
                                sizeof *anchors->places))
        return false;
    bool own = node->src_len && !(node->flags & TA_YAML_COPY);
    anchors->places[anchors->store.count - 1] = own ? value->start + node->src : UINT64_MAX;
    copy->size = node->size;
    copy->count = node->count;
    copy->flags = node->flags & (TA_NODE_QUOTED | TA_NODE_PLAIN | TA_NODE_KEYLESS);
    if (!(node->flags & TA_NODE_KEYLESS)) {
        const ta_key *key = &record->keys->items[node->key];
        copy->key = name_number(anchors, key->text, key->len);
        if (!copy->key)
            return false;
    }
    if (node->kind != TA_NUMBER && node->kind != TA_TEXT)
        return true;
    ta_text text = ta_node_text(record, node);
    bool plain = copy->flags & TA_NODE_PLAIN;
    if (!ta_node_set_text(&anchors->store, copy, text.data, text.len))
        return false;
    copy->flags |= plain ? TA_NODE_PLAIN : 0;
    return true;
}

bool ta_yaml_anchor_close(ta_yaml_anchors *anchors, uint32_t name,
                          const ta_yaml_anchored *value) {
    ta_record *store = &anchors->store;
    const ta_node *node = value->node;
    uint32_t before = store->count;
    size_t arena = store->arena.len;
    store->full = false;
    for (const ta_node *from = node; from < ta_node_end(node); from++) {
        if (store_node(anchors, value, from)) {
            store->nodes[store->count - 1].depth = (uint16_t)(from->depth - node->depth);
            continue;
        }
        store->count = before;
        store->arena.len = arena;
        anchors->at[name] = 0;
        if (!store->full && !anchors->over)
            return false;
        anchors->over = true;
        return true;
    }
    anchors->at[name] = before + 1;
    return true;
}

const ta_node *ta_yaml_anchor_find(const ta_yaml_anchors *anchors, const char *text, size_t len,
                                   const char **why) {
    uint32_t name = anchors->ready ? ta_keys_find(&anchors->names, text, len) : 0;
    uint32_t at = name && name < anchors->at_cap ? anchors->at[name] : 0;
    if (at == TA_YAML_ANCHOR_OPEN)
        *why = "repeats a value that has not ended, or whose items are streamed";
    else if (!at && anchors->over)
        *why = "has no value: the anchored values of this document take more than 16 MiB";
    else if (!at)
        *why = "has no anchor before it in this document";
    return at && at != TA_YAML_ANCHOR_OPEN ? &anchors->store.nodes[at - 1] : NULL;
}

void ta_yaml_anchors_reset(ta_yaml_anchors *anchors) {
    if (anchors->ready)
        ta_yaml_anchors_fini(anchors);
}

void ta_yaml_anchors_fini(ta_yaml_anchors *anchors) {
    if (anchors->ready)
        ta_keys_fini(&anchors->names);
    ta_record_fini(&anchors->store);
    free(anchors->at);
    free(anchors->places);
    memset(anchors, 0, sizeof *anchors);
}
