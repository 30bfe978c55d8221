/* SPDX-License-Identifier: MIT */
/* The state of the stage for a list whose items stream by (list_words.c), which list_take.c
 * feeds and list_tell.c asks at the end; for src/check alone. */
#ifndef TA_CHECK_LIST_STATE_H
#define TA_CHECK_LIST_STATE_H

#include "check/kept.h"
#include "check/listing.h"
#include "check/marks.h"

/* An item that was met: small, since uniqueItems keeps all of them. */
typedef struct ta_met_item {
    ta_mark mark;
    ta_span span;
    ta_where from;
} ta_met_item;

/* The first item that some steps, and no others, have seen. */
typedef struct ta_seen_item {
    ta_met_item met;
    uint64_t seers; /* the leaves of the rest, a bit each */
} ta_seen_item;

/* What a step knows so far. */
typedef struct ta_list_state {
    uint64_t found; /* contains: items that fit */
    bool failed;    /* no item to come can mend it */
    bool holds;     /* at the end */
    bool hit;       /* has seen the item at hand */
    uint32_t told;  /* in which round it was told */
    bool active;    /* what it has seen counts: the branch that it stands in holds */
    size_t cursors; /* enum, const: the first of its own in words_stage.cursors */
    ta_marks rest;  /* ta_seen_item: one for each set of seers */
    ta_kept fault;  /* the first, in a branch */
} ta_list_state;

typedef struct ta_list_stage {
    ta_stage stage;
    const ta_program *program;
    const ta_list_words *words;
    ta_check_how how;
    ta_run run;
    ta_finder *finder, silent;
    ta_list_state *states; /* by the step's index */
    const ta_node *
        *cursors;   /* of enum and const: the item that must come next; NULL: given up */
    ta_marks marks; /* ta_met_item: of uniqueItems */
    const ta_met_item *twin; /* of the item at hand; NULL: it is the first of its kind */
    bool twin_told;
    uint64_t count;
    ta_place place;
    uint32_t round, rounds;   /* of telling: in each, a step is told once */
    const char *branch_words; /* said beside findings; NULL */
    ta_buf cut;               /* keywords that --limit kept from being decided */
    bool applies;
} ta_list_stage;

ta_place ta_list_place_met(const ta_list_stage *list, const ta_met_item *met);
/* Takes the item of a record. False: no memory. */
TA_MUST_CHECK bool ta_list_take(ta_list_stage *list, const ta_node *item);
/* Decides which steps hold, and tells what has not been told. `cut`: more would have come. */
void ta_list_finish(ta_list_stage *list, bool cut);

#endif
