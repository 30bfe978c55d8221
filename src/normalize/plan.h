/* SPDX-License-Identifier: MIT */
/* The places of a schema that have rules, as the stages walk them. Private to src/normalize. */
#ifndef TA_NORMALIZE_PLAN_H
#define TA_NORMALIZE_PLAN_H

#include "normalize/rule.h"
#include "normalize/stock.h"

typedef struct normal_place normal_place;

/* One shape; recursive shapes make recursive places, walks are bounded by the data. Of those
 * below only the busy ones are there; else NULL. */
struct normal_place {
    const ta_rule_row *rule; /* of the value itself; NULL: none */
    ta_plain_fn *plain;      /* the rule's; NULL: it cannot be asked here */
    ta_kind plain_kind;      /* of the values that it can be asked about */
    const ta_shape *shape;
    const ta_code_list *codes; /* NULL: none */
    ta_evidence *evidence;     /* NULL: the rule asks for none */
    normal_place **members;    /* as shape->members */
    normal_place *others, *items;
    normal_place **by_key; /* of the members, from first_key on; NULL: they lie too far apart */
    uint32_t first_key, key_count;
    uint32_t index; /* in plan->places */
    uint32_t lead;  /* key of the member that others go by (country); TA_KEY_NONE: none */
    uint8_t kinds;  /* 1 << ta_kind of those that the rule takes */
    bool busy;      /* it or something inside has a rule */
};

struct ta_normal_plan {
    const ta_normal_options *options;
    normal_place *root;
    normal_place **places;
    size_t count, cap;
    ta_code_list **lists;
    const char **list_names; /* as in the shapes */
    size_t list_count, list_cap, name_cap;
    bool watches;
    ta_normal_gatherer gatherer; /* gather NULL: all evidence there is stands in the places */
    ta_status gathered;
    ta_stock *stock; /* words of the file; NULL: no rule asks for them */
    ta_arena arena;
};

/* Slow part of ta_normal_below: a member's place by its row; NULL: there is none. */
const normal_place *ta_normal_member(const normal_place *place, uint32_t key, uint32_t *hint);

/* The place of a child of a list or object; `*hint`, 0 before the first child, is where the
 * search for a member begins. NULL: nothing there or inside has a rule. */
static inline const normal_place *ta_normal_below(const normal_place *place,
                                                  const ta_node *node, const ta_node *child,
                                                  uint32_t *hint) {
    if (node->kind != TA_OBJECT)
        return place->items;
    uint32_t at = child->key - place->first_key;
    if (at < place->key_count)
        return place->by_key[at];
    return place->by_key ? place->others : ta_normal_member(place, child->key, hint);
}

/* Whether the format tells numbers from text. */
bool ta_normal_is_typed(const ta_head *head);

#endif
