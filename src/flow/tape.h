/* SPDX-License-Identifier: MIT */
/* What a worker has to say of an input before it is that input's turn: kept, and played to the
 * hub later. */
#ifndef TA_FLOW_TAPE_H
#define TA_FLOW_TAPE_H

#include "flow/copy.h"
#include "flow/hub.h"

/* Begin with zeros. */
typedef struct ta_tape {
    struct ta_said *first, **last;
    const ta_copied *copied; /* the last finding */
    ta_arena arena;
    bool failed; /* no memory: not all was kept */
} ta_tape;

void ta_tape_keep_finding(ta_tape *tape, const ta_finding *finding);
/* Keeps that there are so many more findings like this one (ta_hub_more). */
void ta_tape_keep_more(ta_tape *tape, const ta_finding *like, uint64_t count);
void ta_tape_keep_summary(ta_tape *tape, const ta_summary *summary);
void ta_tape_keep_outcome(ta_tape *tape, const ta_outcome *outcome);
void ta_tape_keep_line(ta_tape *tape, const char *line);
/* For standard output. */
void ta_tape_keep_text(ta_tape *tape, const char *data, size_t len);

/* Counts findings on, from a part of the file to the whole. */
void ta_tape_shift(ta_tape *tape, const ta_shift *by);
/* Tells the hub all of it, in order, and clears the tape. */
void ta_tape_play(ta_tape *tape, ta_hub *hub);
/* Forgets all, and keeps the memory for more. */
void ta_tape_clear(ta_tape *tape);
void ta_tape_fini(ta_tape *tape);

#endif
