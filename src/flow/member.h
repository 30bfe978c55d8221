/* SPDX-License-Identifier: MIT */
/*
 * The workers of a crew (crew.h): each is a thread with a lane of its own. They stand in a
 * ring. Whose turn it is hands over what came of its chunk, takes the next chunk, passes the
 * turn on and reads. So the chunks stay in order without anyone who would have to be woken for
 * each, and bytes are read by the processor that goes on with them.
 */
#ifndef TA_FLOW_MEMBER_H
#define TA_FLOW_MEMBER_H

#include <pthread.h>

#include "base/chunk.h"
#include "flow/lane.h"
#include "flow/tape.h"

enum { TA_FRONT_BYTES = 16 * 1024 }; /* of a file, that all read */

typedef struct ta_member ta_member;

/* What a crew shares. */
typedef struct ta_post {
    ta_lane lead; /* as which all begin */
    ta_job job;
    const char *file;
    const char *format; /* its name */
    char *front;        /* the file's first bytes, TA_FRONT_BYTES and a record at least */
    size_t front_len;
    /* In turn: takes over the member's chunk, if it has one, and gives it the next; sets
     * has_chunk. False: no turn may follow, a chunk that could not be taken over stays. */
    bool (*serve)(void *to, ta_member *member);
    void *to;
    ta_member *members;
    size_t count;
    pthread_mutex_t lock; /* over all below */
    pthread_cond_t rest;  /* for the lead: no turn follows, and none is busy */
    size_t turn, busy;    /* whose turn it is; how many read a chunk */
    bool open, stop;      /* turns follow; all are to end */
    bool dry; /* no further chunk is given: in turn only, as all that serve touches */
} ta_post;

struct ta_member {
    ta_post *post;
    pthread_t thread;
    pthread_cond_t woken; /* it is its turn, or it is to stop */
    bool started;
    bool gone, busy; /* under the lock: it takes no further chunk; it reads one */
    bool has_chunk;  /* that has not been taken over; in turn only */
    bool mute;       /* what is said now has been said by others */
    ta_lane lane;
    ta_outlet outlet;
    ta_leap leap;
    ta_chunk chunk;
    ta_tape tape;                  /* findings */
    uint64_t keeps[TA_CODE_COUNT]; /* ta_hub_keeps, before the chunk */
    ta_reach start, end;           /* before the chunk and behind it */
    ta_where at;                   /* where the chunk ends, as if it began at 1:1 */
    uint32_t generation;           /* of the keys, before the chunk */
    bool whole;                    /* all of it was read, and nothing is missing */
};

/* Makes so many. False: no memory. */
TA_MUST_CHECK bool ta_members_start(ta_post *post, size_t count);
/* Lets the turns go round until none follows and none is busy. */
void ta_members_run(ta_post *post);
/* Behind a run: the i-th of those that still have a chunk, in the order of the chunks; NULL. */
ta_member *ta_members_pending(const ta_post *post, size_t i);
/* Forgets what was not taken over. False: all members are gone. */
bool ta_members_settle(ta_post *post);
/* Ends all threads and frees all. */
void ta_members_drop(ta_post *post);

#endif
