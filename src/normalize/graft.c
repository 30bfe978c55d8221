/* SPDX-License-Identifier: MIT */
#include "normalize/graft.h"

#include <stdlib.h>

static uint32_t key_of_part(const ta_shape *shape, const char *name) {
    size_t len = strlen(name);
    for (uint32_t i = 0; i < shape->member_count; i++)
        if (shape->members[i].name_len == len && !memcmp(shape->members[i].name, name, len))
            return shape->members[i].key;
    return TA_KEY_NONE;
}

bool ta_grafts_add(ta_grafts *grafts, uint32_t node, const ta_normal_result *result,
                   const ta_shape *shape) {
    if (!ta_array_grow(&grafts->items, &grafts->cap, grafts->count + 1, sizeof *grafts->items))
        return false;
    /* A record's country is looked at first, so that it may come before its turn. */
    size_t at = grafts->count++;
    for (; at && grafts->items[at - 1].node > node; at--)
        grafts->items[at] = grafts->items[at - 1];
    ta_graft *graft = &grafts->items[at];
    *graft = (ta_graft){.node = node};
    for (uint32_t i = 0; i < result->part_count; i++) {
        const ta_normal_part *part = &result->parts[i];
        uint32_t key = key_of_part(shape, part->name);
        if (!key)
            continue;
        graft->parts[graft->part_count++] =
            (ta_graft_part){key, (uint32_t)grafts->text.len, part->len, part->kind};
        ta_buf_put(&grafts->text, result->text.data + part->start, part->len);
    }
    return !grafts->text.failed;
}

/*
 * Makes everything that holds a graft's node larger. The layout is still the old one, so that a
 * size that grew is too large for finding one's way: grafts[i] is the first that may lie
 * inside. Returns the first graft behind the node.
 */
static size_t grow_sizes(ta_grafts *grafts, ta_record *record, uint32_t at, size_t i) {
    ta_node *node = &record->nodes[at];
    uint32_t end = at + node->size, extra = 0;
    if (i < grafts->count && grafts->items[i].node == at)
        return i + 1;
    for (uint32_t child = at + 1; child < end && i < grafts->count;) {
        uint32_t behind = child + record->nodes[child].size;
        size_t first = i;
        if (grafts->items[i].node < behind)
            i = grow_sizes(grafts, record, child, i);
        for (; first < i; first++)
            extra += grafts->items[first].part_count;
        child = behind;
    }
    node->size += extra;
    return i;
}

/* The members of one graft, all at the place of the value that they come from. */
static bool put_members(ta_record *record, ta_node *node, const ta_graft *graft,
                        const ta_buf *text) {
    node->kind = TA_OBJECT;
    node->flags &= TA_NODE_KEYLESS;
    node->size = graft->part_count + 1;
    node->count = graft->part_count;
    for (uint32_t i = 0; i < graft->part_count; i++) {
        const ta_graft_part *part = &graft->parts[i];
        ta_node *child = node + 1 + i;
        *child = (ta_node){.kind = (uint8_t)part->kind,
                           .depth = (uint16_t)(node->depth + 1),
                           .key = part->key,
                           .size = 1,
                           .src = node->src,
                           .src_len = node->src_len};
        if (!ta_node_set_text(record, child, text->data + part->start, part->len))
            return false;
    }
    return true;
}

/* Which node of the record each will have been; a graft's members are of its node. */
static bool note_origins(ta_grafts *grafts, const ta_record *record, uint32_t extra) {
    size_t count = record->count + (size_t)extra, g = 0, to = 0;
    if (!ta_array_grow(&grafts->origins, &grafts->origin_cap, count, sizeof *grafts->origins))
        return false;
    for (uint32_t from = 0; from < record->count; from++) {
        bool grafted = g < grafts->count && grafts->items[g].node == from;
        uint32_t copies = 1 + (grafted ? grafts->items[g].part_count : 0);
        while (copies--)
            grafts->origins[to++] = ta_node_origin(record, &record->nodes[from]);
        g += grafted;
    }
    return true;
}

/* From the last to the first, so that each node is moved once. */
bool ta_grafts_apply(ta_grafts *grafts, ta_record *record) {
    uint32_t extra = 0;
    for (size_t i = 0; i < grafts->count; i++)
        extra += grafts->items[i].part_count;
    if (!grafts->count)
        return true;
    if (!note_origins(grafts, record, extra) || !ta_record_grow(record, extra))
        return false;
    grow_sizes(grafts, record, 0, 0);
    uint32_t end = record->count;
    record->count += extra;
    bool good = true;
    for (size_t i = grafts->count; good && i-- > 0;) {
        const ta_graft *graft = &grafts->items[i];
        uint32_t behind = graft->node + 1;
        memmove(&record->nodes[behind + extra], &record->nodes[behind],
                (end - behind) * sizeof *record->nodes);
        extra -= graft->part_count;
        memmove(&record->nodes[graft->node + extra], &record->nodes[graft->node],
                sizeof *record->nodes);
        good = put_members(record, &record->nodes[graft->node + extra], graft, &grafts->text);
        end = graft->node;
    }
    grafts->count = grafts->text.len = 0;
    ta_record_moved(record, grafts->origins);
    return good;
}

void ta_grafts_fini(ta_grafts *grafts) {
    free(grafts->items);
    free(grafts->origins);
    ta_buf_fini(&grafts->text);
}
