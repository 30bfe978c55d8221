/* SPDX-License-Identifier: MIT */
/* Values of records, for callers. */
#include <stdlib.h>

#include "api/api.h"

static const ta_node *node_of(ta_datum datum) {
    return &datum.record->nodes[datum.node];
}

static ta_datum datum_of(const ta_record *record, const ta_node *node) {
    return (ta_datum){record, ta_node_index(record, node)};
}

ta_datum ta_record_root(const ta_record *record) {
    return (ta_datum){record, 0};
}

uint64_t ta_record_number(const ta_record *record) {
    return record->number;
}

ta_kind ta_datum_kind(ta_datum datum) {
    return (ta_kind)node_of(datum)->kind;
}

const char *ta_datum_text(ta_datum datum, size_t *len) {
    const ta_node *node = node_of(datum);
    bool has_text = node->kind == TA_TEXT || node->kind == TA_NUMBER;
    ta_text text = has_text ? ta_node_text(datum.record, node) : (ta_text){NULL, 0};
    *len = text.len;
    return text.data;
}

const char *ta_datum_key(ta_datum datum, size_t *len) {
    const ta_node *node = node_of(datum);
    bool has_key = !(node->flags & TA_NODE_KEYLESS) && datum.node;
    const ta_key *key = has_key ? &datum.record->keys->items[node->key] : NULL;
    *len = key ? key->len : 0;
    return key ? key->text : NULL;
}

uint32_t ta_datum_count(ta_datum datum) {
    const ta_node *node = node_of(datum);
    return node->kind >= TA_ARRAY ? node->count : 0;
}

bool ta_datum_first(ta_datum parent, ta_datum *child) {
    if (!ta_datum_count(parent))
        return false;
    *child = datum_of(parent.record, ta_node_first(node_of(parent)));
    return true;
}

bool ta_datum_next(ta_datum parent, ta_datum *child) {
    const ta_node *next = ta_node_next(node_of(*child));
    if (next >= ta_node_end(node_of(parent)))
        return false;
    *child = datum_of(parent.record, next);
    return true;
}

static bool keep_first(void *to, const ta_node *node) {
    *(const ta_node **)to = node;
    return false;
}

bool ta_datum_get(ta_datum from, const char *path, ta_datum *out) {
    ta_arena arena = {0};
    ta_path steps;
    size_t bad;
    const ta_node *found = NULL;
    if (ta_path_parse(&arena, from.record->keys, (ta_text){path, strlen(path)}, '.', &steps,
                      &bad))
        ta_path_each(from.record, node_of(from), &steps, keep_first, &found);
    ta_arena_fini(&arena);
    if (found)
        *out = datum_of(from.record, found);
    return found;
}

typedef struct taker_stage {
    ta_stage stage;
    ta_record_fn *take;
    void *to;
} taker_stage;

static ta_status begin_taking(ta_stage *stage, const ta_head *head) {
    (void)stage;
    (void)head;
    return TA_OK;
}

static ta_status take_record(ta_stage *stage, ta_record *record) {
    taker_stage *taker = (taker_stage *)stage;
    return taker->take(taker->to, record) ? TA_OK : TA_STOP;
}

static ta_status end_taking(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    (void)tail;
    return TA_OK;
}

static void drop_taker(ta_stage *stage) {
    free(stage);
}

static const ta_stage_ops taker_ops = {"taker",     TA_SCOPE_ORDERED, begin_taking,
                                       take_record, end_taking,       drop_taker};

ta_stage *ta_taker_new(ta_record_fn *take, void *to) {
    taker_stage *taker = calloc(1, sizeof *taker);
    if (!taker)
        return NULL;
    *taker = (taker_stage){.stage = {.ops = &taker_ops}, .take = take, .to = to};
    return &taker->stage;
}
