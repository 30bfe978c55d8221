/* SPDX-License-Identifier: MIT */
/*
 * The first pass of the CSV writer: which places the records have. A new place goes behind the
 * one that it followed in its record, so that columns come in the records' own order.
 */
#include <stdlib.h>

#include "format/csv/parts.h"
#include "format/csv/write.h"

typedef struct csv_survey {
    ta_stage stage;
    ta_survey found;
    ta_csv_tree tree;
    uint32_t before;
    bool described; /* by a shape */
    ta_buf heads;   /* of a CSV input without a shape, each with a NUL behind it */
} csv_survey;

/* Given columns are places of one cell each, unless a step is the star. */
static bool names_all_columns(const ta_write_options *options) {
    for (uint32_t i = 0; i < options->column_count; i++)
        if (strchr(options->columns[i], '*'))
            return false;
    return options->columns != NULL;
}

bool ta_csv_needs_survey(const ta_writing *writing) {
    return !names_all_columns(writing->options) && !ta_csv_shape_settles(writing->shape);
}

static ta_status survey_csv_begin(ta_stage *stage, const ta_head *head) {
    csv_survey *s = (csv_survey *)stage;
    s->heads.len = 0;
    for (uint32_t i = 0; i < head->column_count && !s->described; i++)
        ta_buf_put(&s->heads, head->columns[i], strlen(head->columns[i]) + 1);
    return s->heads.failed ? TA_ERR_NOMEM : TA_OK;
}

/* A CSV file that has no row keeps its head. */
static bool survey_csv_heads(csv_survey *s) {
    if (!s->heads.len)
        return true;
    const char *end = s->heads.data + s->heads.len;
    for (const char *at = s->heads.data; at < end; at += strlen(at) + 1)
        if (!ta_csv_tree_member(&s->tree, 0, at, strlen(at)))
            return false;
    return true;
}

/* Recursion is bounded by the readers' depth limit. */
static bool survey_csv_children(csv_survey *s, const ta_node *parent, uint32_t branch) {
    bool list = parent->kind == TA_ARRAY;
    uint32_t sibling = TA_CSV_NONE;
    uint64_t index = TA_CSV_ITEM;
    const ta_node *end = ta_node_end(parent);
    for (const ta_node *c = ta_node_first(parent); c < end; c = ta_node_next(c)) {
        uint64_t step = list ? index++ : c->key;
        uint32_t at = ta_csv_tree_next(&s->tree, s->before, branch, step);
        if (!at)
            at = ta_csv_tree_add(&s->tree, branch, sibling, step);
        if (!at)
            return false;
        ta_csv_branch *b = &s->tree.items[at];
        s->before = sibling = at;
        b->kinds |= (uint8_t)(1u << c->kind);
        bool inner = c->count && !(c->kind == TA_ARRAY && ta_csv_is_list_cell(b->shape));
        if (inner && !survey_csv_children(s, c, at))
            return false;
    }
    return true;
}

static ta_status survey_csv_record(ta_stage *stage, ta_record *record) {
    csv_survey *s = (csv_survey *)stage;
    if (record->nodes[0].kind != TA_OBJECT)
        return TA_OK;
    if (!ta_csv_tree_bind(&s->tree, record->keys))
        return TA_ERR_NOMEM;
    s->before = 0;
    return survey_csv_children(s, record->nodes, 0) ? TA_OK : TA_ERR_NOMEM;
}

static ta_status survey_csv_end(ta_stage *stage, const ta_tail *tail) {
    csv_survey *s = (csv_survey *)stage;
    (void)tail;
    return s->tree.count > 1 || survey_csv_heads(s) ? TA_OK : TA_ERR_NOMEM;
}

static void survey_csv_drop(ta_stage *stage) {
    csv_survey *s = (csv_survey *)stage;
    ta_csv_tree_fini(&s->tree);
    ta_buf_fini(&s->heads);
    free(s);
}

static const ta_stage_ops survey_csv_ops = {
    "csv survey",      TA_SCOPE_ORDERED, survey_csv_begin,
    survey_csv_record, survey_csv_end,   survey_csv_drop,
};

ta_stage *ta_csv_survey_new(const ta_writing *writing, const ta_survey **out) {
    csv_survey *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->stage.ops = &survey_csv_ops;
    s->found.tree = &s->tree;
    s->described = writing->shape != NULL;
    if (!ta_csv_tree_init(&s->tree, writing->shape, writing->keys)) {
        survey_csv_drop(&s->stage);
        return NULL;
    }
    *out = &s->found;
    return &s->stage;
}
