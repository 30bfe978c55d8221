/* SPDX-License-Identifier: MIT */
/*
 * A large input on several threads: one reads it and cuts its window into chunks of whole
 * records, others have a source each that shows them one chunk after the other. The bytes stay
 * where they were read to; the buffers change hands.
 */
#ifndef TA_BASE_CHUNK_H
#define TA_BASE_CHUNK_H

#include "base/source.h"

/* Begin with zeros, free with ta_chunk_fini. */
typedef struct ta_chunk {
    char *data; /* followed by TA_SOURCE_SLACK NULs */
    size_t len, cap;
    uint64_t offset; /* in the decoded file */
} ta_chunk;

/* Drops as ta_source_more does, and makes the window at least so long, but not much longer.
 * TA_STOP: it has all that there is; else as ta_source_more. */
TA_MUST_CHECK ta_status ta_source_fill(ta_source *source, size_t drop, size_t len);

/* Moves the window into the chunk's buffer, so that whoever fills and cuts it keeps that buffer
 * with the processor that has it near. What was in the chunk is gone. As ta_source_cut. */
TA_MUST_CHECK ta_status ta_source_adopt(ta_source *source, ta_chunk *chunk);

/*
 * Cuts off the window's first `len` bytes, whole characters without a bad byte. What was in the
 * chunk is gone: its buffer becomes the window's. Lines are not counted: ta_source_settle.
 * TA_ERR_NOMEM: nothing has changed.
 */
TA_MUST_CHECK ta_status ta_source_cut(ta_source *source, size_t len, ta_chunk *chunk);
/* Puts the chunks that were cut off last, in their order, in front of the window again. */
TA_MUST_CHECK ta_status ta_source_uncut(ta_source *source, ta_chunk *const *chunks,
                                        size_t count);
/* Says on which line and column the window begins. */
void ta_source_settle(ta_source *source, ta_where at);

/* Shows a chunk, borrowed, as the window of another source, whose own bytes are gone. Its
 * lines count from 1. */
void ta_source_show(ta_source *source, const ta_chunk *chunk);
/* Whether more was asked for than the chunk has: it ends inside a record. */
bool ta_source_overran(const ta_source *source);

void ta_chunk_fini(ta_chunk *chunk);

#endif
