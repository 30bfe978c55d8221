/* SPDX-License-Identifier: MIT */
/*
 * The stage that normalizes: walks each record beside its places, hands each value to its rule,
 * and tells every change. Scalars are changed where they stand; a value that becomes an object
 * is grafted in afterwards (graft.c).
 */
#include <stdlib.h>

#include "normalize/graft.h"
#include "normalize/plan.h"
#include "normalize/recall.h"
#include "schema/words.h"

enum { RECALLS_MAX = 64 }; /* places of which results are kept: half a megabyte */

typedef struct normal_stage {
    ta_stage stage;
    ta_normal_plan *plan;
    ta_finder *finder;
    const ta_normal_listener *listener; /* NULL: none */
    ta_normal_counts *counts;
    ta_recall **recalls; /* by place; NULL: nothing kept */
    size_t recall_count;
    ta_normal_value value; /* under work */
    ta_normal_result result;
    ta_grafts grafts;
    ta_buf name, found, words;
    ta_record *record;
    bool nomem;
} normal_stage;

static ta_status normal_begin(ta_stage *stage, const ta_head *head) {
    normal_stage *normal = (normal_stage *)stage;
    normal->value.typed = ta_normal_is_typed(head);
    return ta_stage_begin(stage->next, head);
}

/* The last step of the path that is a name. */
static const char *name_value(normal_stage *normal, uint32_t key) {
    const ta_key *name = &normal->record->keys->items[key];
    normal->name.len = 0;
    ta_say_flat((ta_text){name->text, name->len}, &normal->name);
    return ta_buf_text(&normal->name);
}

/* What a result is, in words. */
static const char *say_result(normal_stage *normal) {
    const ta_normal_result *result = &normal->result;
    const char *quote = result->kind == TA_TEXT ? "\"" : "";
    normal->words.len = 0;
    if (result->kind != TA_OBJECT) {
        ta_say_scalar((ta_text){result->text.data, result->text.len}, quote, &normal->words);
        return ta_buf_text(&normal->words);
    }
    for (uint32_t i = 0; i < result->part_count; i++) {
        const ta_normal_part *part = &result->parts[i];
        ta_buf_printf(&normal->words, "%s%s ", i ? ", " : "", part->name);
        ta_say_scalar((ta_text){result->text.data + part->start, part->len},
                      part->kind == TA_TEXT ? "\"" : "", &normal->words);
    }
    return ta_buf_text(&normal->words);
}

static const char *say_suggestion(normal_stage *normal) {
    const char *suggestion = normal->result.suggestion;
    normal->words.len = 0;
    if (suggestion)
        ta_say_guess(suggestion, strlen(suggestion), "\"", &normal->words);
    return ta_buf_text(&normal->words);
}

/* A change: what the value is from now on, and how that is written; NULL: not known. */
typedef struct normal_change {
    ta_respelling wish;
    const char *said;
} normal_change;

static void tell(normal_stage *normal, const ta_node *node, uint32_t key, ta_verdict verdict,
                 const normal_change *change) {
    ta_normal_result *result = &normal->result;
    bool known = verdict == TA_NORMAL_CHANGED || result->code == TA_F_NORMALIZE_PLACE;
    normal->found.len = 0;
    ta_say_value(normal->record, node, &normal->found);
    ta_find_at(
        normal->finder, normal->record, node, TA_PART_VALUE,
        &(ta_finding){.code = result->code,
                      .name = name_value(normal, key),
                      .found = ta_buf_text(&normal->found),
                      .replacement = known ? say_result(normal) : say_suggestion(normal),
                      .fix = verdict == TA_NORMAL_CHANGED ? &change->wish : NULL,
                      .fixed = verdict == TA_NORMAL_CHANGED ? change->said : NULL,
                      .detail = result->detail.len ? ta_buf_text(&result->detail) : NULL});
}

/* What the listener makes of a change: goes on, or it is refused. */
static ta_verdict ask_listener(normal_stage *normal, const ta_node *node,
                               normal_change *change) {
    const ta_normal_listener *listener = normal->listener;
    if (!listener)
        return TA_NORMAL_CHANGED;
    const char *why =
        listener->changed(listener->to, normal->record, node, &change->wish, &change->said);
    return why ? ta_normal_refuse(&normal->result, TA_F_NORMALIZE_PLACE, why)
               : TA_NORMAL_CHANGED;
}

static ta_respelling wish_result(ta_normal_result *result, const normal_place *place) {
    ta_respelling wish = {.kind = result->kind, .types = place->shape->types};
    if (wish.kind == TA_TEXT || wish.kind == TA_NUMBER)
        wish.text = (ta_text){ta_buf_text(&result->text), result->text.len};
    return wish;
}

static void put_result(normal_stage *normal, ta_node *node, const normal_place *place) {
    ta_normal_result *result = &normal->result;
    if (result->kind == TA_OBJECT) {
        normal->nomem |= !ta_grafts_add(&normal->grafts, ta_node_index(normal->record, node),
                                        result, place->shape);
        return;
    }
    node->kind = (uint8_t)result->kind;
    node->flags |= TA_NODE_QUOTED; /* as it will be wherever that makes a difference */
    if (result->kind == TA_TEXT || result->kind == TA_NUMBER)
        normal->nomem |=
            !ta_node_set_text(normal->record, node, result->text.data, result->text.len);
}

/* What a value comes to: known from before, or by its rule. */
static ta_verdict judge_value(normal_stage *normal, const normal_place *place,
                              const ta_normal_value *value) {
    ta_recall **recall = &normal->recalls[place->index];
    ta_normal_result *result = &normal->result;
    bool text = value->kind == TA_TEXT;
    ta_verdict verdict;
    ta_normal_result_clear(result);
    if (text && *recall && ta_recall_find(*recall, value, &verdict, result))
        return verdict;
    verdict = place->rule->apply(value, result);
    if (!text || result->reach == TA_REACH_ALL)
        return verdict;
    if (!*recall && normal->recall_count < RECALLS_MAX && (*recall = ta_recall_new()))
        normal->recall_count++;
    if (*recall)
        ta_recall_keep(*recall, value, verdict, result);
    return verdict;
}

/* Whether a value is canonical, told at a glance or known from before; false says nothing. */
static inline bool is_settled(const normal_stage *normal, const normal_place *place,
                              const ta_node *node) {
    if (node->kind != place->plain_kind || !node->text_len)
        return false;
    ta_text text = ta_node_text(normal->record, node);
    if (place->plain)
        return place->plain(text);
    const ta_recall *recall = normal->recalls[place->index];
    return recall && ta_recall_stays(recall, text);
}

/* Judges a node by the rule of its place; false: it has none, or nothing to judge. */
static bool judge_node(normal_stage *normal, const normal_place *place, const ta_node *object,
                       const ta_node *node, ta_verdict *verdict) {
    if (!(place->kinds >> node->kind & 1) || (node->kind == TA_TEXT && !node->text_len))
        return false;
    bool worded = node->kind == TA_TEXT || node->kind == TA_NUMBER;
    ta_normal_value *value = &normal->value;
    value->text = worded ? ta_node_text(normal->record, node) : (ta_text){"", 0};
    value->kind = (ta_kind)node->kind;
    value->shape = place->shape;
    value->codes = place->codes;
    value->evidence = place->evidence;
    value->object = object;
    *verdict = judge_value(normal, place, value);
    return true;
}

static void count_same(normal_stage *normal, uint64_t count) {
    normal->counts->seen += count;
    normal->counts->unchanged += count;
}

/* A value that is not canonical: changed, if that may be, and told. */
static void settle_value(normal_stage *normal, const normal_place *place, ta_node *node,
                         uint32_t key, ta_verdict verdict) {
    normal_change change = {.wish = wish_result(&normal->result, place)};
    if (verdict == TA_NORMAL_CHANGED)
        verdict = ask_listener(normal, node, &change);
    normal->counts->seen++;
    normal->counts->changed += verdict == TA_NORMAL_CHANGED;
    normal->counts->refused += verdict == TA_NORMAL_REFUSED;
    tell(normal, node, key, verdict, &change);
    if (verdict == TA_NORMAL_CHANGED)
        put_result(normal, node, place);
    else if (normal->finder->levels[normal->result.code] == TA_ERROR)
        node->flags |= TA_NODE_TOLD;
}

/* The node may be moved by what is done to it: the record's nodes are not. */
static void normalize_value(normal_stage *normal, const normal_place *place,
                            const ta_node *object, ta_node *node, uint32_t key) {
    ta_verdict verdict;
    if (!judge_node(normal, place, object, node, &verdict))
        return;
    if (verdict == TA_NORMAL_SAME)
        count_same(normal, 1);
    else
        settle_value(normal, place, node, key, verdict);
}

/* The member that others go by: the country, if it is a word. */
typedef struct normal_lead {
    ta_node *node; /* the object's end: none */
    ta_node read;  /* as it was read */
    bool same;     /* there is nothing to say of it */
} normal_lead;

/* The country is judged first, wherever it stands, and the others see what it comes to. It is
 * told at its place: until then nobody is asked, and nothing is counted but that it is well. */
static void look_ahead(normal_stage *normal, const normal_place *place, ta_node *object,
                       normal_lead *lead) {
    const ta_node *found = place->lead ? ta_node_member(object, place->lead) : NULL;
    ta_node *node = found && found->kind < TA_ARRAY ? object + (found - object) : NULL;
    uint32_t hint = 0;
    const normal_place *below = node ? ta_normal_below(place, object, node, &hint) : NULL;
    ta_verdict verdict = TA_NORMAL_SAME;
    if (!below || (!is_settled(normal, below, node) &&
                   !judge_node(normal, below, object, node, &verdict)))
        return;
    *lead = (normal_lead){node, *node, verdict == TA_NORMAL_SAME};
    if (lead->same)
        count_same(normal, 1);
    else if (verdict == TA_NORMAL_CHANGED && normal->result.kind < TA_ARRAY)
        put_result(normal, node, below);
}

/* `key` names the value, or the list that it is an item of. Depth is bounded by the reader's.
 */
static void normalize_node(normal_stage *normal, const normal_place *place,
                           const ta_node *object, ta_node *node, uint32_t key) {
    uint32_t hint = 0;
    ta_node *end = node + node->size;
    normal_lead lead = {.node = end};
    if (node->kind < TA_ARRAY) {
        normalize_value(normal, place, object, node, key);
        return;
    }
    bool keyed = node->kind == TA_OBJECT;
    uint64_t settled = 0;
    if (keyed)
        look_ahead(normal, place, node, &lead);
    for (ta_node *c = node + 1; c < end; c += c->size) {
        const normal_place *below = ta_normal_below(place, node, c, &hint);
        if (!below || (c == lead.node && lead.same))
            continue;
        if (c == lead.node)
            *c = lead.read;
        if (is_settled(normal, below, c))
            settled++;
        else if (c->kind < TA_ARRAY)
            normalize_value(normal, below, keyed ? node : object, c, keyed ? c->key : key);
        else
            normalize_node(normal, below, keyed ? node : object, c, keyed ? c->key : key);
    }
    count_same(normal, settled);
}

static ta_status normal_put(ta_stage *stage, ta_record *record) {
    normal_stage *normal = (normal_stage *)stage;
    normal->value.record = normal->record = record;
    if (normal->plan->root->busy)
        normalize_node(normal, normal->plan->root, NULL, record->nodes, TA_KEY_NONE);
    if (!ta_grafts_apply(&normal->grafts, record))
        normal->nomem = true;
    bool lost = normal->result.text.failed || normal->result.detail.failed;
    if (normal->nomem || lost)
        return TA_ERR_NOMEM;
    if (normal->plan->gathered != TA_OK)
        return normal->plan->gathered;
    return ta_stage_put(stage->next, record);
}

static ta_status normal_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static ta_status normal_absorb(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    ta_normal_counts *from = ((normal_stage *)other)->counts;
    if (stage && !by)
        return TA_OK;
    if (stage) {
        ta_normal_counts *to = ((normal_stage *)stage)->counts;
        to->seen += from->seen;
        to->unchanged += from->unchanged;
        to->changed += from->changed;
        to->refused += from->refused;
    }
    *from = (ta_normal_counts){0};
    return TA_OK;
}

static void normal_drop(ta_stage *stage) {
    normal_stage *normal = (normal_stage *)stage;
    for (size_t i = 0; i < normal->plan->count; i++)
        free(normal->recalls[i]);
    free(normal->recalls);
    ta_grafts_fini(&normal->grafts);
    ta_buf_fini(&normal->result.text);
    ta_buf_fini(&normal->result.detail);
    ta_buf_fini(&normal->name);
    ta_buf_fini(&normal->found);
    ta_buf_fini(&normal->words);
    free(normal);
}

static const ta_stage_ops normal_ops = {"normalize", normal_absorb, normal_begin,
                                        normal_put,  normal_end,    normal_drop};

ta_stage *ta_normal_stage_new(ta_normal_plan *plan, ta_finder *finder,
                              const ta_normal_listener *listener, ta_normal_counts *counts) {
    normal_stage *normal = calloc(1, sizeof *normal);
    ta_recall **recalls = calloc(plan->count + 1, sizeof *recalls);
    if (!normal || !recalls) {
        free(normal);
        free(recalls);
        return NULL;
    }
    normal->recalls = recalls;
    normal->stage.ops = &normal_ops;
    normal->plan = normal->value.plan = plan;
    normal->value.stock = plan->stock;
    normal->value.options = plan->options;
    normal->finder = finder;
    normal->listener = listener;
    normal->counts = counts;
    return &normal->stage;
}
