/* SPDX-License-Identifier: MIT */
/*
 * Echoes: findings of one kin (ta_finding.kin) past those that any report shows. They are
 * counted, and told at the end of the input as so many more like the last that was shown; so
 * millions of them cost next to nothing. Memory is bounded: what finds no room is no echo.
 */
#ifndef TA_FLOW_ECHO_H
#define TA_FLOW_ECHO_H

#include "flow/copy.h"

/* Begin with zeros. */
typedef struct ta_echoes {
    struct ta_echo *items;
    size_t count, cap;
    uint32_t *slots; /* by kin: an item's index + 1; 0: free */
    ta_arena arena;
} ta_echoes;

/* Whether a finding of this kin is an echo, which is counted then. */
bool ta_echoes_hear(ta_echoes *echoes, uint64_t kin);

/* Takes note of a finding that is shown. No more than `keeps` of its kin will be: from then on
 * they are echoes. */
void ta_echoes_note(ta_echoes *echoes, const ta_finding *finding, uint64_t keeps);

/* Tells what was counted, kin by kin in the order in which they came, and begins anew; tell
 * NULL: only that. */
void ta_echoes_tell(ta_echoes *echoes,
                    void (*tell)(void *to, const ta_finding *like, uint64_t count), void *to);

void ta_echoes_fini(ta_echoes *echoes);

#endif
