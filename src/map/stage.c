/* SPDX-License-Identifier: MIT */
/*
 * The stage: a record is made anew from the nodes of the one read, in its arena, and handed on.
 * Its nodes know where they come from, so that findings point into the source as it was read.
 */
#include <stdlib.h>

#include "map/mapper.h"

/* The place of a node made is that of the node read. */
static void locate_made(const ta_record *record, const ta_node *node, ta_located *out) {
    const ta_mapper *s = record->head->reader;
    const ta_node *read = &s->from->nodes[s->origin[ta_node_origin(record, node)]];
    const ta_head *head = s->from->head;
    uint64_t base = record->window->offset + (uint64_t)(record->raw - record->window->data);
    *out = (ta_located){.value = {base + node->src, base + node->src + node->src_len}};
    out->key = out->value;
    if (!head || !head->locate)
        return;
    head->locate(s->from, read, out);
    if (node->src != read->src || node->src_len != read->src_len) /* a part of it, or several */
        out->value = (ta_span){base + node->src, base + node->src + node->src_len};
}

/* Only what is still what was read has a place of its own. */
static const char *respell_made(const ta_record *record, const ta_node *node,
                                const ta_respelling *wish, ta_buf *out) {
    const ta_mapper *s = record->head->reader;
    const ta_node *read = &s->from->nodes[s->origin[ta_node_origin(record, node)]];
    ta_text made = ta_node_text(record, node), text = ta_node_text(record, read);
    if (node->src != read->src || node->src_len != read->src_len || read->kind >= TA_ARRAY)
        return "the map made it of a part of a value, or of several";
    if (node->kind != read->kind || made.len != text.len ||
        memcmp(made.data, text.data, text.len) != 0)
        return "the map made it of another value";
    return s->from->head->respell(s->from, read, wish, out);
}

static ta_status map_begin(ta_stage *stage, const ta_head *head) {
    ta_mapper *s = (ta_mapper *)stage;
    s->head = *head;
    s->head.locate = locate_made;
    s->head.respell = head->respell ? respell_made : NULL;
    s->head.reader = s;
    return ta_stage_begin(stage->next, &s->head);
}

/* A record with the nodes of the stage and all else as it was read. */
static void take_record(ta_mapper *s, ta_record *record) {
    ta_record made = *record;
    made.nodes = s->made.nodes;
    made.cap = s->made.cap;
    made.count = 0;
    made.origins = NULL;
    made.head = &s->head;
    made.memo = s->memo;
    s->made = made;
    s->from = record;
}

static ta_status refuse_record(ta_mapper *s) {
    if (!s->deep && !s->made.full)
        return TA_ERR_NOMEM;
    ta_code code = s->deep ? TA_F_RECORD_DEPTH : TA_F_RECORD_SIZE;
    ta_buf words = {0};
    ta_buf_printf(&words, "%d", TA_DEPTH_MAX);
    ta_find_at(s->finder, s->from, s->from->nodes, TA_PART_VALUE,
               &(ta_finding){.code = code,
                             .expected = s->deep ? ta_buf_text(&words) : "160 MiB in memory",
                             .replacement = ""});
    ta_buf_fini(&words);
    return TA_OK;
}

static ta_status map_put(ta_stage *stage, ta_record *record) {
    ta_mapper *s = (ta_mapper *)stage;
    if (record->nodes->kind != TA_OBJECT)
        return ta_stage_put(stage->next, record);
    take_record(s, record);
    bool ok = ta_mapper_make(s) != TA_MADE_FAILED;
    record->arena = s->made.arena;
    ta_status status = TA_OK;
    if (ok) {
        ta_mapper_tell_unknown(s);
        status = ta_stage_put(stage->next, &s->made);
        record->arena = s->made.arena;
    } else {
        status = refuse_record(s);
    }
    s->made.arena = (ta_buf){0};
    return status;
}

static ta_status map_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void map_drop(ta_stage *stage) {
    ta_mapper *s = (ta_mapper *)stage;
    free(s->made.nodes);
    free(s->origin);
    free(s->unknown);
    ta_table_fini(&s->children);
    ta_table_fini(&s->said);
    ta_buf_fini(&s->text);
    free(s);
}

static const ta_stage_ops map_ops = {"map",   TA_SCOPE_RECORD, map_begin,
                                     map_put, map_end,         map_drop};

ta_stage *ta_mapping_begin(ta_mapping *m, ta_finder *finder, ta_stage *next) {
    ta_mapper *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->stage = (ta_stage){&map_ops, next};
    s->m = m;
    s->finder = finder;
    m->renamed = false;
    for (uint32_t i = 0; i < m->link_count; i++)
        m->links[i].met = false;
    for (uint32_t i = 0; i < m->read.count; i++)
        m->read.items[i].met = false;
    for (uint32_t i = 0; i < m->made.count; i++)
        m->made.items[i].stamp = 0;
    return &s->stage;
}

void ta_mapping_end(ta_stage *stage, const char *file, uint64_t records) {
    if (!stage)
        return;
    ta_mapper_tell_missing((ta_mapper *)stage, file, records);
    map_drop(stage);
}
