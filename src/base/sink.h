/* SPDX-License-Identifier: MIT */
/*
 * Bytes out: one buffer, written when full. The sink is sticky: writers put without checks, the
 * first failure is kept, and asked for once, at ta_sink_close.
 */
#ifndef TA_BASE_SINK_H
#define TA_BASE_SINK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "transalp.h"

enum {
    TA_SINK_BYTES = 256 * 1024,
    TA_SINK_ROOM_MAX = 64 * 1024 /* the most that ta_sink_room gives at once */
};

/* Takes the bytes of a sink that goes to a function, in order. */
typedef void ta_sink_fn(void *to, const char *data, size_t len);

struct ta_press;
struct ta_decoder;

typedef struct ta_sink {
    char *at, *end; /* where the next byte goes; the buffer's end */
    char *buffer;
    ta_status status;
    int error;              /* errno of the first failed write */
    int fd;                 /* -1: memory, the buffer grows, unless take is set */
    uint64_t written_bytes; /* flushed so far */
    ta_sink_fn *take;       /* NULL: none */
    void *to;
    const struct ta_press *press; /* what the bytes are compressed by; NULL: they are not */
    void *packer;
    struct ta_decoder *encoder; /* NULL: UTF-8 */
    char cut[4];                /* a character that a flush has cut */
    size_t cut_len;
    uint64_t unmapped; /* characters that the encoding lacks, written as `?` */
} ta_sink;

/* fd is borrowed: ta_sink_close flushes it and does not close it. */
TA_MUST_CHECK ta_status ta_sink_open(ta_sink *sink, int fd);
/* Collects in memory: sink->buffer up to sink->at, the sink's own until ta_sink_fini. */
TA_MUST_CHECK ta_status ta_sink_open_memory(ta_sink *sink);
/* Hands all bytes to a function. */
TA_MUST_CHECK ta_status ta_sink_open_function(ta_sink *sink, ta_sink_fn *take, void *to);

/* Compresses all bytes to come; call it before the first. */
TA_MUST_CHECK ta_status ta_sink_pack(ta_sink *sink, const struct ta_press *press);

/* Writes another encoding from here on. TA_ERR_USAGE: there is none of this name. */
TA_MUST_CHECK ta_status ta_sink_encode(ta_sink *sink, const char *encoding);

/* Slow part of ta_sink_room: flushes. After a failure the buffer is used over and over. */
void ta_sink_make_room(ta_sink *sink, size_t need);

/* Room for `need` bytes (at most TA_SINK_ROOM_MAX); write there, then set sink->at behind them.
 */
static inline char *ta_sink_room(ta_sink *sink, size_t need) {
    if ((size_t)(sink->end - sink->at) < need)
        ta_sink_make_room(sink, need);
    return sink->at;
}

/* Any number of bytes. */
void ta_sink_put_long(ta_sink *sink, const char *data, size_t len);

static inline void ta_sink_put(ta_sink *sink, const char *data, size_t len) {
    if ((size_t)(sink->end - sink->at) >= len) {
        memcpy(sink->at, data, len);
        sink->at += len;
    } else {
        ta_sink_put_long(sink, data, len);
    }
}

static inline void ta_sink_putc(ta_sink *sink, char c) {
    *ta_sink_room(sink, 1) = c;
    sink->at++;
}

/* Writes what is buffered (a compressor may keep some of it until the end). TA_STOP: the reader
 * of a pipe has gone (EPIPE). */
ta_status ta_sink_flush(ta_sink *sink);
/* Flushes and tells the first failure of all. */
TA_MUST_CHECK ta_status ta_sink_close(ta_sink *sink);
void ta_sink_fini(ta_sink *sink);

#endif
