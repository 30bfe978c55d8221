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
    ta_normal_result result; /* of a witness: what becomes of it */
    bool typed, nomem;
} watch_stage;

static ta_status watch_begin(ta_stage *stage, const ta_head *head) {
    ((watch_stage *)stage)->typed = ta_normal_is_typed(head);
    return ta_stage_begin(stage->next, head);
}

/* Whether the value itself is changed, whatever its column shows. */
static bool is_proof(watch_stage *watch, const ta_rule_row *rule,
                     const ta_normal_value *value) {
    ta_normal_result *result = &watch->result;
    ta_normal_result_clear(result);
    bool changed = rule->apply(value, result) == TA_NORMAL_CHANGED;
    watch->nomem |= result->text.failed || result->detail.failed;
    return changed;
}

/* Of each kind the first that is a proof is kept with its place, else the first. */
static void keep_witness(ta_witness *witness, uint64_t before, watch_stage *watch,
                         const normal_place *place, const ta_normal_value *value,
                         const ta_node *node) {
    if (witness->count == before || witness->proofs)
        return;
    witness->proofs = is_proof(watch, place->rule, value);
    if (before && !witness->proofs)
        return;
    witness->record_no = watch->record->number;
    witness->where = ta_place_of(watch->record, node, TA_PART_VALUE).from;
    snprintf(witness->text, sizeof witness->text, "%.*s", (int)value->text.len,
             value->text.data);
}

static void watch_value(watch_stage *watch, const normal_place *place, const ta_node *object,
                        const ta_node *node) {
    if (watch->plan->stock && place->rule && node->kind == TA_TEXT)
        watch->nomem |= !ta_stock_learn(watch->plan->stock, ta_node_text(watch->record, node));
    if (!place->evidence || !place->rule || (node->kind != TA_TEXT && node->kind != TA_NUMBER))
        return;
    ta_normal_value value = {.text = ta_node_text(watch->record, node),
                             .kind = (ta_kind)node->kind,
                             .typed = watch->typed,
                             .shape = place->shape,
                             .options = watch->plan->options,
                             .record = watch->record,
                             .object = object};
    ta_evidence *evidence = place->evidence, before = *evidence;
    place->rule->observe(&value, evidence);
    keep_witness(&evidence->day_first, before.day_first.count, watch, place, &value, node);
    keep_witness(&evidence->month_first, before.month_first.count, watch, place, &value, node);
    keep_witness(&evidence->comma_decimal, before.comma_decimal.count, watch, place, &value,
                 node);
    keep_witness(&evidence->point_decimal, before.point_decimal.count, watch, place, &value,
                 node);
}

/* Depth is bounded by the reader's. */
static void watch_node(watch_stage *watch, const normal_place *place, const ta_node *object,
                       const ta_node *node) {
    uint32_t hint = 0;
    if (node->kind < TA_ARRAY) {
        watch_value(watch, place, object, node);
        return;
    }
    const ta_node *around = node->kind == TA_OBJECT ? node : object;
    const ta_node *end = ta_node_end(node);
    for (const ta_node *c = ta_node_first(node); c < end; c = ta_node_next(c)) {
        const normal_place *below = ta_normal_below(place, node, c, &hint);
        if (below)
            watch_node(watch, below, around, c);
    }
}

static ta_status watch_put(ta_stage *stage, ta_record *record) {
    watch_stage *watch = (watch_stage *)stage;
    watch->record = record;
    if (watch->plan->root->busy)
        watch_node(watch, watch->plan->root, NULL, record->nodes);
    return watch->nomem ? TA_ERR_NOMEM : ta_stage_put(stage->next, record);
}

static ta_status watch_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void watch_drop(ta_stage *stage) {
    watch_stage *watch = (watch_stage *)stage;
    ta_buf_fini(&watch->result.text);
    ta_buf_fini(&watch->result.detail);
    free(watch);
}

static const ta_stage_ops watch_ops = {"watch",   TA_SCOPE_ORDERED, watch_begin,
                                       watch_put, watch_end,        watch_drop};

ta_stage *ta_normal_watch_new(ta_normal_plan *plan) {
    watch_stage *watch = calloc(1, sizeof *watch);
    if (!watch)
        return NULL;
    ta_normal_plan_rewind(plan);
    watch->stage.ops = &watch_ops;
    watch->plan = plan;
    return &watch->stage;
}
