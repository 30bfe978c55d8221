/* SPDX-License-Identifier: MIT */
/* From shapes to places: each shape once, its rule chosen, its code list read. */
#include "normalize/plan.h"

#include <stdlib.h>

#include "normalize/plain.h"
#include "schema/vocabulary.h"

enum { KEYS_APART = 16 }; /* slots of a table of keys for each that stands in it */

typedef struct plan_builder {
    ta_normal_plan *plan;
    const ta_loader *loader;
    ta_status status;
} plan_builder;

static void plan_fail(plan_builder *builder, ta_status status) {
    if (builder->status == TA_OK)
        builder->status = status;
}

static void *plan_alloc(plan_builder *builder, size_t size_bytes) {
    void *room = ta_arena_alloc(&builder->plan->arena, size_bytes);
    if (!room)
        plan_fail(builder, TA_ERR_NOMEM);
    return room;
}

static bool has_word(const ta_strings *words, const char *word) {
    for (size_t i = 0; i < words->count; i++)
        if (!strcmp(words->items[i], word))
            return true;
    return false;
}

static bool is_asked_for(const ta_normal_options *options, const char *rule) {
    return (!options->only.count || has_word(&options->only, rule)) &&
           !has_word(&options->except, rule);
}

static const ta_code_list *plan_codes(plan_builder *builder, const char *name) {
    ta_normal_plan *plan = builder->plan;
    for (size_t i = 0; i < plan->list_count; i++)
        if (!strcmp(plan->list_names[i], name))
            return plan->lists[i];
    ta_code_list *list;
    if (!ta_array_grow(&plan->lists, &plan->list_cap, plan->list_count + 1,
                       sizeof *plan->lists) ||
        !ta_array_grow(&plan->list_names, &plan->name_cap, plan->list_count + 1,
                       sizeof *plan->list_names)) {
        plan_fail(builder, TA_ERR_NOMEM);
        return NULL;
    }
    ta_status status = ta_code_list_load(builder->loader, name, &list);
    if (status != TA_OK) {
        plan_fail(builder, status);
        return NULL;
    }
    plan->list_names[plan->list_count] = name;
    plan->lists[plan->list_count++] = list;
    return list;
}

/* The file of a list that a rule goes by; NULL: there is none, or no memory. */
static const char *file_of_codes(plan_builder *builder, const char *name) {
    ta_buf file = {0};
    ta_text word = {name ? name : "", name ? strlen(name) : 0};
    const char *copy = NULL;
    if (name && ta_code_list_file(builder->loader, word, &file)) {
        if (!file.failed)
            copy = ta_arena_copy(&builder->plan->arena, file.data, file.len);
        if (!copy)
            plan_fail(builder, TA_ERR_NOMEM);
    }
    ta_buf_fini(&file);
    return copy;
}

static void refuse_rule(plan_builder *builder, const char *where, const char *name) {
    ta_find(builder->loader->finder,
            &(ta_finding){.code = TA_F_NORMALIZE_RULE, .name = where, .found = name});
    plan_fail(builder, TA_ERR_USAGE);
}

/* Which glance tells what is canonical in a place. */
static void choose_plain(const ta_normal_options *options, normal_place *place) {
    ta_plain_fn *plain = place->rule->plain;
    bool number = plain == ta_plain_number, whole = options->decimal || place->shape->integer;
    place->plain_kind = number ? TA_NUMBER : TA_TEXT;
    place->plain = place->shape->types & TA_TYPE_OBJECT ? NULL
                   : number && whole                    ? ta_plain_digits
                                                        : plain;
}

static void choose_rule(plan_builder *builder, normal_place *place) {
    const ta_shape *shape = place->shape;
    const ta_rule_row *rule = ta_rule_of_shape(shape);
    if (shape->normalize && *shape->normalize && !ta_rule_find(shape->normalize))
        refuse_rule(builder, "x-normalize", shape->normalize);
    if (!rule || !is_asked_for(builder->plan->options, rule->name))
        return;
    place->rule = rule;
    choose_plain(builder->plan->options, place);
    for (int kind = 0; kind < TA_ARRAY; kind++)
        place->kinds |= rule->takes & ta_type_of_kind((ta_kind)kind) ? 1u << kind : 0;
    const char *codes =
        shape->codes ? shape->codes : file_of_codes(builder, ta_rule_codes(rule));
    if (codes)
        place->codes = plan_codes(builder, codes);
    if (rule->apply == ta_normal_splitword && !builder->plan->stock &&
        !(builder->plan->stock = ta_stock_new()))
        plan_fail(builder, TA_ERR_NOMEM);
    if (rule->observe) {
        place->evidence = plan_alloc(builder, sizeof *place->evidence);
        builder->plan->watches = true;
    }
}

static normal_place *place_of(plan_builder *builder, const ta_shape *shape) {
    ta_normal_plan *plan = builder->plan;
    if (!shape || builder->status != TA_OK)
        return NULL;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->places[i]->shape == shape)
            return plan->places[i];
    normal_place *place = plan_alloc(builder, sizeof *place);
    if (!place ||
        !ta_array_grow(&plan->places, &plan->cap, plan->count + 1, sizeof *plan->places)) {
        plan_fail(builder, TA_ERR_NOMEM);
        return NULL;
    }
    place->shape = shape;
    place->index = (uint32_t)plan->count;
    plan->places[plan->count++] = place;
    return place;
}

/* Keys of one schema mostly lie together. */
static void index_members(plan_builder *builder, normal_place *place) {
    const ta_shape *shape = place->shape;
    uint32_t first = UINT32_MAX, last = 0;
    for (uint32_t i = 0; i < shape->member_count; i++) {
        uint32_t key = shape->members[i].key;
        first = key < first ? key : first;
        last = key > last ? key : last;
    }
    if (!shape->member_count || last - first > KEYS_APART * shape->member_count)
        return;
    uint32_t count = last - first + 1;
    place->by_key = plan_alloc(builder, count * sizeof *place->by_key);
    if (!place->by_key)
        return;
    place->first_key = first;
    place->key_count = count;
    for (uint32_t i = 0; i < count; i++)
        place->by_key[i] = place->others;
    for (uint32_t i = shape->member_count; i-- > 0;)
        place->by_key[shape->members[i].key - first] = place->members[i];
}

/* The places below are entered behind this one, and filled in when their turn comes. */
static void fill_place(plan_builder *builder, normal_place *place) {
    const ta_shape *shape = place->shape;
    choose_rule(builder, place);
    place->members =
        plan_alloc(builder, (shape->member_count + (size_t)1) * sizeof *place->members);
    for (uint32_t i = 0; place->members && i < shape->member_count; i++) {
        place->members[i] = place_of(builder, shape->members[i].shape);
        if (!strcmp(shape->members[i].name, "country"))
            place->lead = shape->members[i].key;
    }
    place->others = place_of(builder, shape->others);
    place->items = place_of(builder, shape->items);
    if (place->members)
        index_members(builder, place);
}

static bool is_busy_inside(const normal_place *place) {
    for (uint32_t i = 0; i < place->shape->member_count; i++)
        if (place->members[i]->busy)
            return true;
    return (place->others && place->others->busy) || (place->items && place->items->busy);
}

/* Until nothing changes: places may contain themselves. */
static void mark_busy(ta_normal_plan *plan) {
    for (bool again = true; again;) {
        again = false;
        for (size_t i = plan->count; i-- > 0;) {
            normal_place *place = plan->places[i];
            if (place->busy || !(place->rule || is_busy_inside(place)))
                continue;
            place->busy = again = true;
        }
    }
}

static normal_place *keep_busy(normal_place *place) {
    return place && place->busy ? place : NULL;
}

/* Where nothing is to be done, no place is left. */
static void prune_places(ta_normal_plan *plan) {
    for (size_t i = 0; i < plan->count; i++) {
        normal_place *place = plan->places[i];
        place->others = keep_busy(place->others);
        place->items = keep_busy(place->items);
        for (uint32_t m = 0; m < place->shape->member_count; m++)
            place->members[m] = keep_busy(place->members[m]);
        for (uint32_t k = 0; k < place->key_count; k++)
            place->by_key[k] = keep_busy(place->by_key[k]);
    }
}

static void know_rules(plan_builder *builder, const char *option, const ta_strings *names) {
    for (size_t i = 0; i < names->count; i++)
        if (!ta_rule_find(names->items[i]))
            refuse_rule(builder, option, names->items[i]);
}

static void build_plan(plan_builder *builder, const ta_shape *shape) {
    ta_normal_plan *plan = builder->plan;
    const ta_normal_options *options = plan->options;
    know_rules(builder, "--only", &options->only);
    know_rules(builder, "--except", &options->except);
    plan->root = place_of(builder, shape);
    for (size_t i = 0; i < plan->count && builder->status == TA_OK; i++)
        fill_place(builder, plan->places[i]);
    if (builder->status != TA_OK)
        return;
    mark_busy(plan);
    prune_places(plan);
}

ta_status ta_normal_plan_new(const ta_shape *shape, const ta_normal_options *options,
                             const ta_loader *loader, ta_normal_plan **out) {
    plan_builder builder = {.loader = loader};
    *out = builder.plan = calloc(1, sizeof *builder.plan);
    if (!builder.plan)
        return TA_ERR_NOMEM;
    builder.plan->options = options;
    build_plan(&builder, shape);
    return builder.status;
}

void ta_normal_plan_drop(ta_normal_plan *plan) {
    if (!plan)
        return;
    for (size_t i = 0; i < plan->list_count; i++)
        ta_code_list_drop(plan->lists[i]);
    ta_stock_drop(plan->stock);
    free(plan->lists);
    free(plan->list_names);
    free(plan->places);
    ta_arena_fini(&plan->arena);
    free(plan);
}

void ta_normal_plan_rewind(ta_normal_plan *plan) {
    for (size_t i = 0; i < plan->count; i++)
        if (plan->places[i]->evidence)
            *plan->places[i]->evidence = (ta_evidence){.day_first = {.count = 0}};
    if (plan->stock)
        ta_stock_clear(plan->stock);
    plan->gatherer.gather = NULL;
    plan->gathered = TA_OK;
}

bool ta_normal_wants_watch(const ta_normal_plan *plan) {
    return plan->stock ||
           (plan->watches && !(plan->options->date_order && plan->options->decimal));
}

bool ta_normal_wants_words(const ta_normal_plan *plan) {
    return plan->stock != NULL;
}

void ta_normal_gather_with(ta_normal_plan *plan, const ta_normal_gatherer *gatherer) {
    plan->gatherer = *gatherer;
}

void ta_normal_learn(ta_normal_plan *plan, const ta_normal_plan *from) {
    for (size_t i = 0; i < plan->count && i < from->count; i++)
        if (plan->places[i]->evidence && from->places[i]->evidence)
            *plan->places[i]->evidence = *from->places[i]->evidence;
}

const ta_evidence *ta_normal_evidence(const ta_normal_value *value) {
    ta_normal_plan *plan = value->plan;
    if (plan && plan->gatherer.gather) {
        const ta_normal_gatherer gatherer = plan->gatherer;
        plan->gatherer.gather = NULL;
        plan->gathered = gatherer.gather(gatherer.to, plan);
    }
    return value->evidence;
}

const normal_place *ta_normal_member(const normal_place *place, uint32_t key, uint32_t *hint) {
    uint32_t row = ta_shape_row(place->shape, key, hint);
    return row < place->shape->member_count ? place->members[row] : place->others;
}

bool ta_normal_is_typed(const ta_head *head) {
    return strcmp(head->format, "csv") != 0 && strcmp(head->format, "tsv") != 0 &&
           strcmp(head->format, "xml") != 0;
}
