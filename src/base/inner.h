/* SPDX-License-Identifier: MIT */
/* What a source keeps to itself, for source.c and chunk.c. Private to src/base. */
#ifndef TA_BASE_INNER_H
#define TA_BASE_INNER_H

#include "base/chunk.h"
#include "base/codec.h"
#include "base/raw.h"

struct ta_source_impl {
    ta_raw bytes;
    bool owns_fd;
    char *buffer;
    size_t cap;
    size_t filled; /* bytes in the buffer, those of a cut character at its end included */
    char cut[4];   /* a cut character's bytes: in the buffer NULs stand there */
    size_t cut_len;
    ta_decoder *decoder;
    char *raw; /* undecoded bytes */
    size_t raw_len, raw_cap;
    bool raw_ended;
    size_t window_max;
    size_t read_max; /* bytes to be read at once; 0: as many as there is room for */
    bool full, started;
    unsigned bad_raw; /* the byte that could not be decoded */
    void (*progress)(void *to, const ta_source *source);
    void *progress_to;
    bool shows;   /* the window is a chunk */
    bool overran; /* and ended before what was read in it */
};

/* ta_source_more for a source that shows a chunk: there is no more. */
TA_MUST_CHECK ta_status ta_source_end_chunk(ta_source *source, size_t drop);

#endif
