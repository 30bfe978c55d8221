/* SPDX-License-Identifier: MIT */
/* gzip (RFC 1952) through zlib: the one place that includes it. A file may be several members
 * one after another. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/press.h"

enum { GZIP_BITS = 15 + 16 /* the largest window; a gzip header, not zlib's */, MEMORY = 8 };

typedef struct gzip_state {
    z_stream stream;
    bool between; /* a member has ended, or none has begun */
} gzip_state;

static void *new_state(int (*begin)(z_stream *stream)) {
    gzip_state *state = calloc(1, sizeof *state);
    if (!state || begin(&state->stream) == Z_OK)
        return state;
    free(state);
    return NULL;
}

static int begin_unpacking(z_stream *stream) {
    return inflateInit2(stream, GZIP_BITS);
}

static int begin_packing(z_stream *stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_BITS, MEMORY,
                        Z_DEFAULT_STRATEGY);
}

static void *new_unpacker(void) {
    return new_state(begin_unpacking);
}

static void *new_packer(void) {
    return new_state(begin_packing);
}

static uInt piece(size_t len) {
    return len < UINT_MAX ? (uInt)len : UINT_MAX;
}

/* Hands both sides to zlib for one step, and moves on by what it took and gave. */
static int step(z_stream *stream, ta_press_io *io, int (*work)(z_stream *stream, int flush),
                int flush) {
    uInt taken = piece(io->in_len), given = piece(io->out_len);
    stream->next_in = (const Bytef *)io->in;
    stream->next_out = (Bytef *)io->out;
    stream->avail_in = taken;
    stream->avail_out = given;
    int result = work(stream, flush);
    taken -= stream->avail_in;
    given -= stream->avail_out;
    io->in = taken ? io->in + taken : io->in; /* at the end there may be none, and NULL */
    io->in_len -= taken;
    io->out += given;
    io->out_len -= given;
    return result;
}

/* Zeros behind a member fill up a block of a tape: gzip passes over them too. */
static void skip_zeros(ta_press_io *io) {
    while (io->in_len && !*io->in) {
        io->in++;
        io->in_len--;
    }
}

/* At least one step, since zlib may hold back what did not fit the last time. */
static ta_status unpack_gzip(void *to, ta_press_io *io, bool *between) {
    gzip_state *state = to;
    int result = Z_OK;
    do {
        if (state->between)
            skip_zeros(io);
        if (state->between && !io->in_len)
            break;
        if (state->between && inflateReset(&state->stream) != Z_OK)
            return TA_ERR_INPUT;
        result = step(&state->stream, io, inflate, Z_NO_FLUSH);
        state->between = result == Z_STREAM_END;
    } while ((result == Z_OK || result == Z_STREAM_END) && io->in_len && io->out_len);
    *between = state->between;
    if (result == Z_MEM_ERROR)
        return TA_ERR_NOMEM;
    return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR ? TA_OK
                                                                             : TA_ERR_INPUT;
}

static ta_status pack_gzip(void *to, ta_press_io *io, bool finish, bool *done) {
    gzip_state *state = to;
    int result = step(&state->stream, io, deflate, finish ? Z_FINISH : Z_NO_FLUSH);
    *done = result == Z_STREAM_END;
    return result == Z_OK || result == Z_BUF_ERROR || *done ? TA_OK : TA_ERR_NOMEM;
}

static void drop_unpacker(void *to) {
    gzip_state *state = to;
    inflateEnd(&state->stream);
    free(state);
}

static void drop_packer(void *to) {
    gzip_state *state = to;
    deflateEnd(&state->stream);
    free(state);
}

const ta_press ta_press_gzip = {
    .name = "gzip",
    .suffix = ".gz",
    .mark = "\x1F\x8B",
    .mark_len = 2,
    .unpack_new = new_unpacker,
    .unpack = unpack_gzip,
    .unpack_drop = drop_unpacker,
    .pack_new = new_packer,
    .pack = pack_gzip,
    .pack_drop = drop_packer,
};
