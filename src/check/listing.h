/* SPDX-License-Identifier: MIT */
/*
 * What a schema says of a list whose items stream by, one record each; for src/check alone. The
 * tests of the root, and of all it refers to or combines, become steps: each takes the items as
 * they come, and at the end it holds or not. Parts stand before the step that they are parts
 * of.
 */
#ifndef TA_CHECK_LISTING_H
#define TA_CHECK_LISTING_H

#include "check/compile.h"

typedef enum ta_list_kind {
    TA_LIST_ALL,      /* allOf, $ref: all parts hold */
    TA_LIST_ANY,      /* anyOf */
    TA_LIST_ONE,      /* oneOf */
    TA_LIST_NOT,      /* not */
    TA_LIST_IF,       /* three parts: if, then, else */
    TA_LIST_ITEMS,    /* items, prefixItems, additionalItems */
    TA_LIST_SIZE,     /* minItems, maxItems */
    TA_LIST_CONTAINS, /* contains with its bounds */
    TA_LIST_UNIQUE,   /* uniqueItems */
    TA_LIST_VALUES,   /* enum, const */
    TA_LIST_REST,     /* unevaluatedItems: what none of its parts has seen */
    TA_LIST_REFUSE    /* type, false: lists are not allowed */
} ta_list_kind;

typedef struct ta_list_step {
    ta_list_kind kind;
    /* It must hold, and its faults are told as they come; else a branch asks whether it does.
     */
    bool open;
    const void *data; /* of the keyword's test */
    const ta_plan *plan;
    const struct ta_trail *trail;
    const uint32_t *parts; /* indices of steps */
    uint32_t part_count;
    const uint32_t *leaves; /* of a rest: the steps that may see items for it */
    uint32_t leaf_count;
} ta_list_step;

typedef struct ta_list_words {
    ta_list_step *steps;
    uint32_t count;
    uint32_t value_count;   /* in all enum and const */
    const char **unchecked; /* keywords that need the list as a whole */
    uint32_t unchecked_count;
    bool unique; /* some step asks which items are the same */
    bool waits;  /* there is more than items that are each checked for themselves */
} ta_list_words;

enum {
    TA_LIST_STEPS_MAX = 1000, /* more than any schema has that is meant well */
    TA_LIST_LEAVES_MAX = 64,  /* of one rest: a bit each */
    TA_LIST_NO_PART = -1
};

/* Makes the steps of the program's root. False: no memory. */
bool ta_list_words_build(ta_program *program);
/* The keyword that a step comes from. */
const char *ta_list_step_name(const ta_list_step *step);
/* Whether a list's items are the program's root's, and not records that it describes itself. */
bool ta_listing_applies(const ta_program *program, const ta_head *head, ta_check_how how);
/* Whether one item is as a step of the kind ITEMS wants it. */
bool ta_list_item_fits(ta_run *run, const ta_list_step *step, const ta_node *item);
/* The same for all steps that are open. */
bool ta_listing_fits(ta_run *run, const ta_list_words *words, const ta_node *item);

#endif
