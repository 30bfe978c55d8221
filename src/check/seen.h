/* SPDX-License-Identifier: MIT */
/*
 * Which members or items of a value have been evaluated: what unevaluatedProperties and
 * unevaluatedItems ask for (2020-12 core, section 11). A subschema with such a keyword opens a
 * frame for its value; keywords that evaluate parts of the same value mark them there, also in
 * the subschemas applied to it. Nothing is marked while no frame is open for the value.
 */
#ifndef TA_CHECK_SEEN_H
#define TA_CHECK_SEEN_H

#include "check/program.h"

typedef struct ta_seen {
    struct ta_seen *outer;
    const ta_node *node;
    size_t at; /* of its bits in run->bits */
    bool all;
} ta_seen;

static inline bool ta_seen_is_asked(const ta_run *run, const ta_node *node) {
    return run->seen && run->seen->node == node;
}

/* The index-th child of a node for which ta_seen_is_asked; all children. */
void ta_seen_mark(ta_run *run, uint32_t index);
void ta_seen_mark_all(ta_run *run);
bool ta_seen_has(const ta_run *run, uint32_t index);

/* Words of bits on top of run->bits, none set; popped by setting run->bit_count to *at. False:
 * no memory (run->nomem). */
TA_MUST_CHECK bool ta_seen_push(ta_run *run, size_t count, size_t *at);

/* Opens and closes a frame; what is marked in it is handed on to the frame around, if that is
 * of the same value. False: no memory. */
TA_MUST_CHECK bool ta_seen_open(ta_run *run, ta_seen *seen, const ta_node *node);
void ta_seen_close(ta_run *run, ta_seen *seen);

/* Whether a value is as a branch wants it, without findings; what a branch that does not fit
 * has marked is taken back. */
bool ta_seen_try(ta_run *run, const ta_plan *plan, const ta_node *node);

/* Runs tests in a frame of their own: data is a list as in ta_plan. */
ta_test_fn ta_seen_run;

/* Whether a member is the $schema by which the data itself names its schema, at the record's
 * top: it is never unexpected. */
bool ta_seen_is_own_schema(const ta_run *run, const ta_node *object, const ta_node *member);

#endif
