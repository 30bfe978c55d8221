/* SPDX-License-Identifier: MIT */
/*
 * Normalizing: values as people typed them, made canonical. What a schema says of a place
 * chooses its rule (x-normalize, else x-codes, format, type); every change is a finding of its
 * own, and what is not certain is refused and left alone.
 */
#ifndef TA_NORMALIZE_NORMALIZE_H
#define TA_NORMALIZE_NORMALIZE_H

#include "record/loader.h"
#include "record/stage.h"
#include "schema/shape.h"

/* The order of day and month in dates of numbers, the mark before the decimals. */
typedef struct ta_normal_options {
    char date_order;         /* 'd' or 'm' first; 0: what the column's other values show */
    char decimal;            /* ',' or '.'; 0: the same */
    bool suggested;          /* --fix-suggested: what is only likely is applied too */
    const char *country;     /* of telephone numbers without one; NULL: the record's own */
    ta_strings only, except; /* rules; only none: all */
} ta_normal_options;

/* seen = unchanged + changed + refused: values at places that have a rule. */
typedef struct ta_normal_counts {
    uint64_t seen, unchanged, changed, refused;
} ta_normal_counts;

/* The names of the rules, in the order of rules.def; ends in NULL. */
extern const char *const ta_normal_rule_names[];

/* What a schema's places ask for; const after it was made, but for what ta_normal_watch_new
 * gathers. */
typedef struct ta_normal_plan ta_normal_plan;

/*
 * Compiles the shape of one record; shape and options are borrowed. TA_ERR_USAGE: a finding
 * says which rule there is not, or which code list. Drop *out with ta_normal_plan_drop in each
 * case.
 */
TA_MUST_CHECK ta_status ta_normal_plan_new(const ta_shape *shape,
                                           const ta_normal_options *options,
                                           const ta_loader *loader, ta_normal_plan **out);
void ta_normal_plan_drop(ta_normal_plan *plan);
/* Forgets what another file has shown, and who gathers it. */
void ta_normal_plan_rewind(ta_normal_plan *plan);

/* Whether some rule wants to see all values first, and the options do not decide. */
bool ta_normal_wants_watch(const ta_normal_plan *plan);
/* Whether it wants their words: then the first pass cannot wait. */
bool ta_normal_wants_words(const ta_normal_plan *plan);

/* Who makes the first pass when a value first asks what its column shows, by ta_normal_learn;
 * other than TA_OK ends the stage that normalizes. */
typedef struct ta_normal_gatherer {
    void *to;
    ta_status (*gather)(void *to, ta_normal_plan *plan);
} ta_normal_gatherer;
void ta_normal_gather_with(ta_normal_plan *plan, const ta_normal_gatherer *gatherer);
/* Takes over what the first pass gathered in another plan of the same shape and options. */
void ta_normal_learn(ta_normal_plan *plan, const ta_normal_plan *from);

/* The stage of the first pass: gathers evidence in the plan, anew, and says nothing. NULL: no
 * memory. */
ta_stage *ta_normal_watch_new(ta_normal_plan *plan);

/*
 * Is told of each change before the node is changed. NULL: go on; else why that cannot be: then
 * it is refused, with these words. An object (TA_OBJECT) comes without its members. *said may
 * be set to how the change is written in its place, borrowed until the next one.
 */
typedef struct ta_normal_listener {
    void *to;
    const char *(*changed)(void *to, const ta_record *record, const ta_node *node,
                           const ta_respelling *wish, const char **said);
} ta_normal_listener;

/* The stage that normalizes; counts is added to, listener NULL: none. NULL: no memory. */
ta_stage *ta_normal_stage_new(ta_normal_plan *plan, ta_finder *finder,
                              const ta_normal_listener *listener, ta_normal_counts *counts);

/* The stage that tells, at the end of each list, which members stand in it twice; the shape of
 * a member is borrowed. NULL: no memory. */
ta_stage *ta_normal_duplicates_new(const ta_shape *shape, ta_finder *finder);
/* The stage that tells what looks personal where the shape (NULL: none) does not say so; the
 * shape is borrowed. NULL: no memory. */
ta_stage *ta_normal_personal_new(const ta_shape *shape, ta_finder *finder);

#endif
