/* SPDX-License-Identifier: MIT */
/*
 * --records PATH: the items of the lists at a path are records; what stands around them is
 * built as one document in which those lists are empty.
 */
#include "format/around.h"
#include "format/yaml/yaml.h"

/* Whether what is open, from the outermost on, is what the path goes through. */
static bool is_on_path(const ta_yaml_build *b, const ta_path *path) {
    if (b->depth != path->count)
        return false;
    for (uint32_t i = 0; i < b->depth; i++) {
        bool last = i + 1 == b->depth;
        const ta_node *node = &b->record->nodes[b->levels[i].node];
        /* The list that would open is no node yet; what is open inside is counted already. */
        ta_node next = {.key = b->levels[i].key};
        const ta_node *child = last ? &next : &b->record->nodes[b->levels[i + 1].node];
        if (!ta_around_leads(b->record, node, child, node->count - !last, &path->steps[i]))
            return false;
    }
    return true;
}

/* The list that has just been opened around the records is no longer what its anchors, and
 * those around it, stand for. */
static void forget_anchors(ta_yaml_build *b) {
    for (uint32_t i = 0; i < b->depth; i++)
        b->levels[i].anchor = 0;
}

/* Passes over the rest of a list: no more records are wanted, but what stands around it is. */
static ta_status skip_items(ta_yaml_reader *reader, ta_yaml_event *event) {
    for (uint64_t depth = 1; depth;) {
        ta_status status = ta_yaml_next(reader->events, event);
        if (status != TA_OK)
            return status;
        depth += event->kind == TA_YAML_LIST || event->kind == TA_YAML_MAP;
        depth -= event->kind == TA_YAML_LIST_END || event->kind == TA_YAML_MAP_END;
    }
    return TA_OK;
}

/* The items of one list on the path. */
static ta_status stream_items(ta_yaml_reader *reader, ta_yaml_event *event) {
    const ta_reading *reading = reader->reading;
    uint64_t limit = reading->options->limit;
    ta_status status = TA_STOP;
    if (!limit || reader->records < limit)
        status = ta_yaml_read_items(reader, event);
    bool enough = limit && reader->records >= limit && reading->envelope;
    return status == TA_STOP && enough ? skip_items(reader, event) : status;
}

/* Builds the document up to its end, and streams the lists on the path. */
static ta_status build_around(ta_yaml_reader *reader, ta_yaml_build *b, ta_yaml_event *event,
                              uint64_t *lists) {
    const ta_path *path = reader->reading->options->records;
    ta_yaml_build_begin(b, event);
    for (;;) {
        bool streams = event->kind == TA_YAML_LIST && is_on_path(b, path);
        ta_yaml_keep(reader->events, *lists ? UINT64_MAX : b->start);
        ta_status status = ta_yaml_build_take(b, event);
        if (status == TA_OK && streams) {
            ++*lists;
            forget_anchors(b);
            status = stream_items(reader, event);
            if (status == TA_OK)
                status = ta_yaml_build_take(b, event);
        }
        if (status != TA_OK || !b->depth)
            return status;
        status = ta_yaml_next(reader->events, event);
        if (status != TA_OK)
            return status;
    }
}

/* Hands on what stands around the lists. Where the bytes have gone, all of it stands where the
 * document began. */
static ta_status give_around(const ta_yaml_reader *reader, ta_yaml_build *b, ta_window *begun,
                             uint64_t lists) {
    ta_record *record = b->record;
    if (!ta_yaml_build_settle(b)) {
        for (uint32_t i = 0; i < record->count; i++)
            record->nodes[i].src = record->nodes[i].src_len = 0;
        record->window = begun;
        record->raw = begun->data;
    }
    return ta_around_give(reader->reading, record, lists);
}

ta_status ta_yaml_read_around(ta_yaml_reader *reader, ta_yaml_event *event) {
    const ta_reading *reading = reader->reading;
    ta_record around = {.keys = reading->record->keys,
                        .head = reading->head,
                        .window = reading->record->window,
                        .memory_max = reading->record->memory_max};
    ta_yaml_build build = reader->build;
    build.record = &around;
    build.shape = NULL;
    build.levels = NULL;
    build.level_cap = 0;
    build.scratch = (ta_buf){0};
    uint64_t lists = 0;
    ta_window *window = &reading->source->window;
    ta_window begun = {.file = window->file, .data = "", .offset = event->start};
    begun.at = begun.memo = ta_window_where(window, event->start);
    begun.memo_offset = event->start;
    ta_status status = build_around(reader, &build, event, &lists);
    reader->spoilt |= build.spoilt;
    if (status == TA_OK && lists)
        status = give_around(reader, &build, &begun, lists);
    else if (status == TA_OK && ta_yaml_build_settle(&build))
        status = ta_around_refuse(reading, &around);
    ta_yaml_build_fini(&build);
    ta_record_fini(&around);
    return status;
}
