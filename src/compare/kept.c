/* SPDX-License-Identifier: MIT */
/* One allocation: the struct, the nodes, the arena, the raw bytes and some NULs behind them. */
#include "compare/kept.h"

#include <stdlib.h>

/* How many of the raw bytes the nodes speak of. */
static size_t measure_raw(const ta_record *record) {
    size_t len = record->raw_len;
    for (const ta_node *node = record->nodes; node < record->nodes + record->count; node++) {
        size_t end = (size_t)node->src + node->src_len;
        len = end > len ? end : len;
        end = node->flags & TA_NODE_ARENA ? 0 : (size_t)node->text + node->text_len;
        len = end > len ? end : len;
    }
    size_t most =
        (size_t)(record->window->data + record->window->len - record->raw) + TA_SOURCE_SLACK;
    return len < most ? len : most;
}

ta_kept *ta_kept_new(const ta_record *record, size_t index) {
    size_t raw_len = measure_raw(record), nodes = record->count * sizeof *record->nodes;
    size_t size = sizeof(ta_kept) + nodes + record->arena.len + raw_len + TA_SOURCE_SLACK;
    ta_kept *kept = malloc(size);
    if (!kept)
        return NULL;
    char *arena = (char *)(kept + 1) + nodes, *raw = arena + record->arena.len;
    *kept = (ta_kept){.record = *record, .index = index, .size_bytes = size};
    kept->record.nodes = memcpy(kept + 1, record->nodes, nodes);
    if (record->arena.len)
        memcpy(arena, record->arena.data, record->arena.len);
    memcpy(raw, record->raw, raw_len);
    memset(raw + raw_len, 0, TA_SOURCE_SLACK);
    kept->record.arena.data = arena;
    kept->record.raw = raw;
    kept->record.head = NULL;
    kept->record.memo = kept->memo;
    kept->record.window = &kept->window;
    ta_window *window = record->window;
    uint64_t offset = window->offset + (uint64_t)(record->raw - window->data);
    ta_where at = ta_window_where(window, offset);
    kept->window = (ta_window){.file = window->file,
                               .data = raw,
                               .len = raw_len,
                               .offset = offset,
                               .at = at,
                               .memo_offset = offset,
                               .memo = at,
                               .screen = window->screen};
    return kept;
}
