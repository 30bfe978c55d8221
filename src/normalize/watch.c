/* SPDX-License-Identifier: MIT */
/* The stage of the first pass: what each column shows of its dates and numbers, and
 * which words there are. */
#include <stdio.h>
#include <stdlib.h>

#include "normalize/plan.h"

typedef struct watch_stage {
    ta_stage stage;
    ta_normal_plan *plan;
    const ta_record *record;
    bool typed, nomem;
} watch_stage;

static ta_status watch_begin(ta_stage *stage, const ta_head *head) {
    ((watch_stage *)stage)->typed = ta_normal_is_typed(head);
    return ta_stage_begin(stage->next, head);
}

/* The first of a kind is kept with its place. */
static void keep_witness(ta_witness *witness, uint64_t before, const watch_stage *watch,
                         const ta_node *node) {
    if (before || !witness->count)
        return;
    ta_text text = ta_node_text(watch->record, node);
    witness->record_no = watch->record->number;
    witness->where = ta_place_of(watch->record, node, TA_PART_VALUE).from;
    snprintf(witness->text, sizeof witness->text, "%.*s", (int)text.len, text.data);
}

static void watch_value(watch_stage *watch, const normal_place *place, const ta_node *node) {
    if (watch->plan->stock && place->rule && node->kind == TA_TEXT)
        watch->nomem |= !ta_stock_learn(watch->plan->stock, ta_node_text(watch->record, node));
    if (!place->evidence || !place->rule || (node->kind != TA_TEXT && node->kind != TA_NUMBER))
        return;
    ta_normal_value value = {.text = ta_node_text(watch->record, node),
                             .kind = (ta_kind)node->kind,
                             .typed = watch->typed,
                             .shape = place->shape,
                             .options = watch->plan->options,
                             .record = watch->record};
    ta_evidence *evidence = place->evidence;
    uint64_t day = evidence->day_first.count, month = evidence->month_first.count;
    uint64_t comma = evidence->comma_decimal.count, point = evidence->point_decimal.count;
    place->rule->observe(&value, evidence);
    keep_witness(&evidence->day_first, day, watch, node);
    keep_witness(&evidence->month_first, month, watch, node);
    keep_witness(&evidence->comma_decimal, comma, watch, node);
    keep_witness(&evidence->point_decimal, point, watch, node);
}

/* Depth is bounded by the reader's. */
static void watch_node(watch_stage *watch, const normal_place *place, const ta_node *node) {
    uint32_t hint = 0;
    if (node->kind < TA_ARRAY) {
        watch_value(watch, place, node);
        return;
    }
    const ta_node *end = ta_node_end(node);
    for (const ta_node *c = ta_node_first(node); c < end; c = ta_node_next(c)) {
        const normal_place *below = ta_normal_below(place, node, c, &hint);
        if (below)
            watch_node(watch, below, c);
    }
}

static ta_status watch_put(ta_stage *stage, ta_record *record) {
    watch_stage *watch = (watch_stage *)stage;
    watch->record = record;
    if (watch->plan->root->busy)
        watch_node(watch, watch->plan->root, record->nodes);
    return watch->nomem ? TA_ERR_NOMEM : ta_stage_put(stage->next, record);
}

static ta_status watch_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void watch_drop(ta_stage *stage) {
    free(stage);
}

static const ta_stage_ops watch_ops = {"watch",   TA_SCOPE_ORDERED, watch_begin,
                                       watch_put, watch_end,        watch_drop};

ta_stage *ta_normal_watch_new(ta_normal_plan *plan) {
    watch_stage *watch = calloc(1, sizeof *watch);
    if (!watch)
        return NULL;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->places[i]->evidence)
            *plan->places[i]->evidence = (ta_evidence){.day_first = {.count = 0}};
    if (plan->stock)
        ta_stock_clear(plan->stock);
    watch->stage.ops = &watch_ops;
    watch->plan = plan;
    return &watch->stage;
}
