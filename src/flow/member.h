/* SPDX-License-Identifier: MIT */
/* The workers of a crew (crew.h): each is a thread with a lane of its own, which waits for a
 * chunk, reads it, and keeps what came of it until it has been taken over. */
#ifndef TA_FLOW_MEMBER_H
#define TA_FLOW_MEMBER_H

#include <pthread.h>

#include "base/chunk.h"
#include "flow/lane.h"
#include "flow/tape.h"

typedef enum ta_member_state {
    TA_MEMBER_IDLE,
    TA_MEMBER_GIVEN, /* a chunk, which it has not begun with */
    TA_MEMBER_BUSY,
    TA_MEMBER_DONE /* with the chunk: to be taken over */
} ta_member_state;

enum { TA_FRONT_BYTES = 16 * 1024 }; /* of a file, that all read */

/* What a crew shares. */
typedef struct ta_post {
    ta_lane lead; /* as which all begin */
    ta_job job;
    const char *file;
    const char *format; /* its name */
    char *front;        /* the file's first bytes, TA_FRONT_BYTES and a record at least */
    size_t front_len;
    size_t busy_max; /* how many may read at once */
    struct ta_member *members;
    size_t count;
    pthread_mutex_t lock;            /* over all below */
    pthread_cond_t handed;           /* for the lead: a chunk is done, */
    const struct ta_member *awaited; /* which this one has; NULL: any */
    size_t busy;
    bool stop; /* no further chunk is begun with */
} ta_post;

typedef struct ta_member {
    ta_post *post;
    pthread_t thread;
    pthread_cond_t woken; /* it may begin with its chunk, or is to stop */
    bool started;
    bool mute; /* what is said now has been said by others */
    ta_lane lane;
    ta_outlet outlet;
    ta_leap leap;
    ta_member_state state; /* under the lock, and so is: */
    bool gone;             /* it takes no further chunk */
    ta_chunk chunk;
    ta_tape tape;                  /* findings */
    uint64_t keeps[TA_CODE_COUNT]; /* ta_hub_keeps, before the chunk */
    ta_reach start, end;           /* before the chunk and behind it */
    ta_where at;                   /* where the chunk ends, as if it began at 1:1 */
    uint32_t generation;           /* of the keys, before the chunk */
    bool whole;                    /* all of it was read, and nothing is missing */
} ta_member;

/* Makes so many, and begins. False: no memory. */
TA_MUST_CHECK bool ta_members_start(ta_post *post, size_t count);
/* Waits for the chunk of `oldest` (NULL: none is pending) or, with `more`, for a member that is
 * idle. NULL: neither will come. */
ta_member *ta_members_await(ta_post *post, ta_member *oldest, bool more);
/* Has a member that is idle read its chunk; makes one idle that is done. */
void ta_member_give(ta_member *member);
void ta_member_release(ta_member *member);
/* Waits until none is busy, and forgets what was not taken over. False: all are gone. */
bool ta_members_settle(ta_post *post);
/* Ends all threads and frees all. */
void ta_members_drop(ta_post *post);

#endif
