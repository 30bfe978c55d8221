/* SPDX-License-Identifier: MIT */
#include "base/sink.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/codec.h"
#include "base/press.h"
#include "base/utf8.h"

enum { PACKED_BYTES = 16 * 1024, SLICE_BYTES = 256 };

ta_status ta_sink_open(ta_sink *sink, int fd) {
    memset(sink, 0, sizeof *sink);
    sink->fd = fd;
    sink->buffer = malloc(TA_SINK_BYTES);
    if (!sink->buffer)
        return sink->status = TA_ERR_NOMEM;
    sink->at = sink->buffer;
    sink->end = sink->buffer + TA_SINK_BYTES;
    return TA_OK;
}

ta_status ta_sink_open_memory(ta_sink *sink) {
    return ta_sink_open(sink, -1);
}

ta_status ta_sink_open_function(ta_sink *sink, ta_sink_fn *take, void *to) {
    ta_status status = ta_sink_open(sink, -1);
    sink->take = take;
    sink->to = to;
    return status;
}

static void sink_fail(ta_sink *sink, ta_status status, int error) {
    if (sink->status == TA_OK) {
        sink->status = status;
        sink->error = error;
    }
}

/* In memory the buffer doubles; without memory it is used over and over, as after a failed
 * write. */
static void grow_buffer(ta_sink *sink, size_t need) {
    size_t used = (size_t)(sink->at - sink->buffer), cap = (size_t)(sink->end - sink->buffer);
    while (cap - used < need)
        cap *= 2;
    char *grown = realloc(sink->buffer, cap);
    if (!grown) {
        sink_fail(sink, TA_ERR_NOMEM, ENOMEM);
        sink->at = sink->buffer;
        return;
    }
    sink->buffer = grown;
    sink->at = grown + used;
    sink->end = grown + cap;
}

static void write_all(ta_sink *sink, const char *data, size_t len) {
    while (len && sink->status == TA_OK) {
        ssize_t n = write(sink->fd, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            sink_fail(sink, errno == EPIPE ? TA_STOP : TA_ERR_IO, errno);
            return;
        }
        data += n;
        len -= (size_t)n;
        sink->written_bytes += (uint64_t)n;
    }
}

ta_status ta_sink_pack(ta_sink *sink, const ta_press *press) {
    sink->press = press;
    sink->packer = press->pack_new();
    return sink->packer ? TA_OK : (sink->status = TA_ERR_NOMEM);
}

/* Compresses what is buffered; with `finish` to the very end. */
static void write_packed(ta_sink *sink, const char *data, size_t len, bool finish) {
    char packed[PACKED_BYTES];
    ta_press_io io = {.in = data, .in_len = len};
    bool done = false;
    while (sink->status == TA_OK && (finish ? !done : io.in_len > 0)) {
        io.out = packed;
        io.out_len = sizeof packed;
        ta_status status = sink->press->pack(sink->packer, &io, finish, &done);
        if (status != TA_OK)
            sink_fail(sink, status, ENOMEM);
        write_all(sink, packed, sizeof packed - io.out_len);
    }
}

ta_status ta_sink_encode(ta_sink *sink, const char *encoding) {
    return ta_encoder_new(encoding, &sink->encoder);
}

static void write_raw(ta_sink *sink, const char *data, size_t len) {
    if (sink->packer)
        write_packed(sink, data, len, false);
    else
        write_all(sink, data, len);
}

/* Passes over a character that the encoding lacks, with a `?` in its place. */
static void replace_char(ta_sink *sink, const char **data, size_t *len, char **to,
                         size_t *room) {
    const char *mark = "?";
    size_t one = 1;
    int size;
    ta_utf8_decode(*data, *len, &size);
    sink->unmapped++;
    *data += size;
    *len -= (size_t)size;
    if (ta_decoder_run(sink->encoder, &mark, &one, to, room) != TA_OK)
        sink_fail(sink, TA_ERR_IO, EILSEQ);
}

/* Encodes what is buffered, in slices: iconv goes through all it was given once more where it
 * meets a character that it cannot write. What is left at the end is a character that is cut.
 */
static void write_encoded(ta_sink *sink, const char *data, size_t len) {
    char out[PACKED_BYTES], *to = out;
    size_t room = sizeof out;
    while (len && sink->status == TA_OK) {
        size_t slice = len < SLICE_BYTES ? len : SLICE_BYTES, left = slice;
        ta_status status = ta_decoder_run(sink->encoder, &data, &left, &to, &room);
        len -= slice - left;
        if (status == TA_ERR_INPUT)
            replace_char(sink, &data, &len, &to, &room);
        else if (left == slice)
            break;
        if (room < 16 * SLICE_BYTES) {
            write_raw(sink, out, sizeof out - room);
            to = out;
            room = sizeof out;
        }
    }
    if (to > out)
        write_raw(sink, out, (size_t)(to - out));
    sink->cut_len = len < sizeof sink->cut ? len : 0;
    memcpy(sink->cut, data, sink->cut_len);
}

/* Encodes behind the character that the flush before has cut. */
static void write_behind_cut(ta_sink *sink, const char *data, size_t len) {
    while (sink->cut_len && len) {
        char whole[sizeof sink->cut];
        size_t have = sink->cut_len;
        memcpy(whole, sink->cut, have);
        whole[have++] = *data++;
        len--;
        write_encoded(sink, whole, have);
    }
    write_encoded(sink, data, len);
}

ta_status ta_sink_flush(ta_sink *sink) {
    size_t len = (size_t)(sink->at - sink->buffer);
    if (sink->fd < 0 && !sink->take)
        return sink->status;
    if (sink->take)
        sink->take(sink->to, sink->buffer, len);
    else if (sink->encoder)
        write_behind_cut(sink, sink->buffer, len);
    else
        write_raw(sink, sink->buffer, len);
    sink->at = sink->buffer;
    return sink->status;
}

void ta_sink_make_room(ta_sink *sink, size_t need) {
    if (sink->fd >= 0 || sink->take)
        ta_sink_flush(sink);
    else
        grow_buffer(sink, need);
}

void ta_sink_put_long(ta_sink *sink, const char *data, size_t len) {
    if (len >= TA_SINK_BYTES && sink->fd >= 0 && !sink->encoder) {
        ta_sink_flush(sink);
        write_raw(sink, data, len);
        return;
    }
    while (len) {
        size_t part = len < TA_SINK_ROOM_MAX ? len : TA_SINK_ROOM_MAX;
        memcpy(ta_sink_room(sink, part), data, part);
        sink->at += part;
        data += part;
        len -= part;
    }
}

ta_status ta_sink_close(ta_sink *sink) {
    ta_sink_flush(sink);
    if (sink->encoder) {
        char out[64] = {0};
        write_raw(sink, out, ta_encoder_end(sink->encoder, out, sizeof out));
    }
    if (sink->packer)
        write_packed(sink, "", 0, true);
    return sink->status;
}

void ta_sink_fini(ta_sink *sink) {
    if (sink->packer)
        sink->press->pack_drop(sink->packer);
    ta_decoder_drop(sink->encoder);
    free(sink->buffer);
    memset(sink, 0, sizeof *sink);
}
