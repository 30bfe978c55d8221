/* SPDX-License-Identifier: MIT */
/* Where a source's bytes come from: a descriptor, memory or a function, unpacked if they are
 * compressed. Private to src/base. */
#ifndef TA_BASE_RAW_H
#define TA_BASE_RAW_H

#include <stdint.h>

#include "base/press.h"

typedef struct ta_raw {
    int fd;             /* -1: memory; borrowed */
    const char *memory; /* what has not been taken yet */
    size_t memory_len;
    ta_read_fn *read; /* instead of both; NULL */
    void *from;
    uint64_t taken;        /* bytes so far, before unpacking */
    int error;             /* errno after TA_ERR_IO; 0: the compressed data is at fault */
    const ta_press *press; /* NULL: not compressed, or not known yet */
    void *unpacker;
    char *packed; /* bytes that were read and not unpacked yet */
    size_t packed_at, packed_len;
    bool begun, ended;
    bool held;    /* the last output was full: there may be more of it */
    bool between; /* what was unpacked ends where a file may end */
    bool cut;     /* it ended elsewhere */
    bool damaged; /* the compressed data: nothing more can be had */
} ta_raw;

/* Up to `room` bytes, unpacked; *got = 0 at the end. `room` is 4 at least. */
TA_MUST_CHECK ta_status ta_raw_read(ta_raw *raw, char *to, size_t room, size_t *got);
void ta_raw_fini(ta_raw *raw);

#endif
