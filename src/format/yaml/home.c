/* SPDX-License-Identifier: MIT */
/*
 * Which value an alias repeats: its name stands in the raw bytes, and the nodes that it made
 * lie as those of its anchor do, or, where a merge (`<<`) took them apart, have the same keys.
 */
#include "format/yaml/yaml.h"

enum {
    NAME_MAX_BYTES = 1000, /* an anchor's; each node of a copy looks it up */
    MERGED_MAX = 1000      /* members, which are looked through for each that was changed */
};

static bool is_of_alias(const ta_node *a, const ta_node *b) {
    return a->flags & TA_YAML_COPY && a->src == b->src && a->src_len == b->src_len;
}

/* The first node that the alias made: those between are its too. */
static const ta_node *first_of_alias(const ta_record *record, const ta_node *node) {
    const ta_node *nodes = record->nodes;
    uint32_t high = ta_node_index(record, node), step = 1;
    for (; step <= high && is_of_alias(&nodes[high - step], node); step *= 2)
        high -= step;
    uint32_t low = step <= high ? high - step + 1 : 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (is_of_alias(&nodes[middle], node))
            high = middle;
        else
            low = middle + 1;
    }
    return &nodes[high];
}

/* What a merged member, or a node inside one, is in the value of the anchor; NULL: nothing. */
static const ta_node *find_merged(const ta_record *record, const ta_node *root,
                                  const ta_node *node, const ta_yaml_anchors *anchors,
                                  const ta_node *value) {
    if (value->kind != TA_OBJECT || value->count > MERGED_MAX)
        return NULL;
    const ta_node *member = root;
    while (ta_node_next(member) <= node)
        member = ta_node_next(member);
    if (member->flags & TA_NODE_KEYLESS)
        return NULL;
    const ta_key *key = &record->keys->items[member->key];
    const ta_node *same =
        ta_node_member(value, ta_keys_find(&anchors->names, key->text, key->len));
    return same && same->size == member->size ? same + (node - member) : NULL;
}

/* Where the value begins of which an alias made this node. */
static uint64_t find_home(const ta_record *record, const ta_node *node,
                          const ta_yaml_anchors *anchors) {
    const char *raw = record->raw + node->src, *why;
    if (anchors->again || *raw != '*' || node->src_len > NAME_MAX_BYTES)
        return UINT64_MAX;
    const ta_node *value = ta_yaml_anchor_find(anchors, raw + 1, node->src_len - 1, &why);
    if (!value)
        return UINT64_MAX;
    const ta_node *root = first_of_alias(record, node);
    bool whole = root->size == value->size && node < ta_node_end(root);
    const ta_node *same =
        whole ? value + (node - root) : find_merged(record, root, node, anchors, value);
    return same ? anchors->places[same - anchors->store.nodes] : UINT64_MAX;
}

uint64_t ta_yaml_home(const ta_record *record, const ta_node *node) {
    const ta_yaml_anchors *anchors = record->head->reader;
    if (!anchors || !anchors->ready)
        return UINT64_MAX;
    if (node->flags & TA_YAML_COPY)
        return find_home(record, node, anchors);
    return record->window->offset + node->src + (uint64_t)(record->raw - record->window->data);
}
