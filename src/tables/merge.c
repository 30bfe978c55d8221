/* SPDX-License-Identifier: MIT */
/* The stage: a record is made anew from its own row and those of its lists. */
#include <stdlib.h>

#include "tables/merger.h"

ta_window *ta_merge_window(ta_merger *m, const ta_merge_row *row) {
    m->window = (ta_window){.file = m->o.heads[row->table].file,
                            .data = m->made.arena.data + row->raw,
                            .len = row->raw_len,
                            .offset = row->offset,
                            .at = row->at,
                            .memo_offset = row->offset,
                            .memo = row->at,
                            .screen = m->made.window->screen};
    return &m->window;
}

/* Where a node was read: in the row of its own file. */
static void locate_merged(const ta_record *record, const ta_node *node, ta_located *out) {
    ta_merger *m = (ta_merger *)(uintptr_t)record->head->reader;
    const struct ta_merge_origin *origin = &m->origins[ta_node_origin(record, node)];
    if (!origin->row) {
        m->from->head->locate(m->from, &m->from->nodes[origin->node], out);
        return;
    }
    const ta_merge_row *row = &m->rows[origin->row];
    const ta_node *read = &m->pool.nodes[origin->node];
    uint64_t start = row->offset + read->src;
    out->value = out->key = (ta_span){start, start + read->src_len};
    out->row = row->number;
    out->column = m->columns[origin->node];
    out->window = ta_merge_window(m, row);
}

static ta_status merge_begin(ta_stage *stage, const ta_head *head) {
    ta_merger *m = (ta_merger *)stage;
    m->head = *head;
    m->head.locate = locate_merged;
    m->head.respell = NULL; /* a value may stand in another file than the record */
    m->head.reader = m;
    return ta_stage_begin(stage->next, &m->head);
}

/* What was read of the record, as the new one begins; its decoded texts keep their places. */
static void begin_made(ta_merger *m, const ta_record *record) {
    ta_record *made = &m->made;
    m->from = record;
    ta_record_begin(made, record->raw);
    made->raw_len = record->raw_len;
    made->window = record->window;
    made->keys = record->keys;
    made->head = &m->head;
    made->number = record->number;
    made->memory_max = record->memory_max;
    made->memo = m->memo;
    ta_record_begin(&m->pool, NULL);
    m->row_count = 0;
    m->status = TA_OK;
    char *room = ta_record_room(made, record->arena.len);
    if (!room || !ta_array_grow(&m->rows, &m->row_cap, 1, sizeof *m->rows)) {
        m->status = TA_ERR_NOMEM;
        return;
    }
    if (record->arena.len)
        memcpy(room, record->arena.data, record->arena.len);
    made->arena.len = record->arena.len;
    m->rows[m->row_count++] = (ta_merge_row){.table = 0};
}

static ta_status refuse_merged(ta_merger *m) {
    if (!m->made.full && !m->pool.full)
        return TA_ERR_NOMEM;
    ta_find_at(m->o.finder, m->from, m->from->nodes, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_RECORD_SIZE,
                             .expected = "160 MiB in memory",
                             .replacement = ""});
    return TA_OK;
}

static ta_status merge_put(ta_stage *stage, ta_record *record) {
    ta_merger *m = (ta_merger *)stage;
    m->serial++;
    begin_made(m, record);
    if (m->status == TA_OK)
        ta_merge_gather(m);
    if (m->status == TA_OK)
        ta_merge_emit(m);
    if (m->status == TA_ERR_NOMEM)
        return refuse_merged(m);
    return m->status == TA_OK ? ta_stage_put(stage->next, &m->made) : m->status;
}

static ta_status merge_tail(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    (void)tail;
    return TA_OK;
}

static void merge_drop(ta_stage *stage) {
    ta_merger *m = (ta_merger *)stage;
    ta_record_fini(&m->made);
    ta_record_fini(&m->pool);
    free(m->feeds);
    free(m->rows);
    free(m->columns);
    free(m->origins);
    free(m);
}

static const ta_stage_ops merge_ops = {"merge tables", TA_SCOPE_ORDERED, merge_begin,
                                       merge_put,      merge_tail,       merge_drop};

ta_stage *ta_merge_new(const ta_merge_options *options, ta_stage *next) {
    ta_merger *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    *m = (ta_merger){.stage = {&merge_ops, next}, .o = *options};
    m->feeds = calloc(options->tables->count, sizeof *m->feeds);
    if (m->feeds)
        return &m->stage;
    free(m);
    return NULL;
}

ta_status ta_merge_end(ta_stage *stage, bool whole) {
    ta_merger *m = (ta_merger *)stage;
    m->status = TA_OK;
    m->serial = UINT64_MAX; /* whatever record a row names, it does not come any more */
    for (uint32_t i = 1; whole && i < m->o.tables->count && m->status == TA_OK; i++)
        (void)!ta_merge_look(m, i);
    ta_status status = m->status;
    merge_drop(stage);
    return status;
}

typedef struct index_stage {
    ta_stage stage;
    ta_key_index *index;
    const ta_tables *tables;
    ta_finder *finder;
    uint64_t serial;
} index_stage;

static ta_status index_begin(ta_stage *stage, const ta_head *head) {
    (void)stage;
    (void)head;
    return TA_OK;
}

static bool hash_key_node(void *to, const ta_node *node) {
    const ta_node **found = to;
    *found = node;
    return false;
}

static ta_status index_put(ta_stage *stage, ta_record *record) {
    index_stage *s = (index_stage *)stage;
    uint64_t hash = 0, first = 0;
    s->serial++;
    for (uint32_t i = 0; i < s->tables->key_count; i++) {
        const ta_node *found = NULL;
        ta_path_each(record, record->nodes, &s->tables->key[i], hash_key_node, &found);
        if (found)
            hash = ta_key_index_hash(hash, record, found);
        if (!found || found->kind == TA_NULL)
            return TA_OK;
    }
    if (!ta_key_index_add(s->index, hash, s->serial, &first))
        return TA_ERR_NOMEM;
    if (first)
        ta_find_at(
            s->finder, record, record->nodes, TA_PART_VALUE,
            &(ta_finding){.code = TA_F_TABLE_KEY_TWICE, .found = s->tables->key_names[0].data});
    return TA_OK;
}

static ta_status index_end(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    (void)tail;
    return TA_OK;
}

static void index_drop(ta_stage *stage) {
    free(stage);
}

static const ta_stage_ops index_ops = {"index of keys", TA_SCOPE_ORDERED, index_begin,
                                       index_put,       index_end,        index_drop};

ta_stage *ta_index_stage_new(ta_key_index *index, const ta_tables *tables, ta_finder *finder) {
    index_stage *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    *s = (index_stage){{&index_ops, NULL}, index, tables, finder, 0};
    return &s->stage;
}
