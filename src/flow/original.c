/* SPDX-License-Identifier: MIT */
#include "flow/original.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/press.h"

enum {
    BLOCK = 256 * 1024,
    DECODED_MAX = 4 /* bytes of text that a byte may become, and the other way */
};

/* At most `room` bytes at an offset; *got 0: the end. */
static ta_status read_block(int fd, uint64_t offset, char *to, size_t room, size_t *got,
                            int *error) {
    for (;;) {
        ssize_t n = pread(fd, to, room, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        *error = n < 0 ? errno : 0;
        *got = n < 0 ? 0 : (size_t)n;
        return n < 0 ? TA_ERR_IO : TA_OK;
    }
}

/* The next text, decoded from what was read and what was left over. */
static ta_status decode_block(ta_original *o) {
    const char *in = o->raw;
    char *out = o->text;
    size_t room = (size_t)BLOCK * DECODED_MAX, left = o->raw_len;
    ta_status status = ta_decoder_run(o->decoder, &in, &left, &out, &room);
    memmove(o->raw, in, left);
    o->raw_len = left;
    o->len = (size_t)(out - o->text);
    return status;
}

static ta_status read_more(ta_original *o) {
    char *to = o->decoder ? o->raw + o->raw_len : o->text;
    size_t room = o->decoder ? BLOCK - o->raw_len : BLOCK, got;
    if (o->near.len && o->raw_offset < o->near_offset && o->near_offset - o->raw_offset < room)
        room = (size_t)(o->near_offset - o->raw_offset);
    ta_status status = read_block(o->fd, o->raw_offset, to, room, &got, &o->error);
    o->at = o->len = 0;
    o->raw_offset += got;
    o->ended = !got;
    if (status != TA_OK || !got)
        return status;
    if (!o->decoder) {
        o->len = got;
        return TA_OK;
    }
    o->raw_len += got;
    return decode_block(o);
}

void ta_original_lend(ta_original *o, uint64_t offset, const char *data, size_t len) {
    bool same = !o->decoder; /* offsets are those of the bytes too */
    o->near = (ta_text){same ? data : NULL, same ? len : 0};
    o->near_offset = offset;
}

/* Takes from what is in memory. False: the next bytes are not there. */
static bool take_near(ta_original *o, uint64_t most, const char **data, size_t *len) {
    uint64_t skip = o->raw_offset - (o->len - o->at) - o->near_offset;
    if (skip >= o->near.len || !most)
        return false;
    uint64_t left = o->near.len - skip;
    *len = left < most ? (size_t)left : (size_t)most;
    *data = o->near.data + skip;
    o->raw_offset = o->near_offset + skip + *len;
    o->at = o->len = 0;
    return true;
}

ta_status ta_original_take(ta_original *o, uint64_t most, const char **data, size_t *len) {
    ta_status status = TA_OK;
    if (take_near(o, most, data, len))
        return TA_OK;
    while (status == TA_OK && o->at == o->len && !o->ended)
        status = read_more(o);
    size_t left = status == TA_OK ? o->len - o->at : 0;
    *len = left < most ? left : (size_t)most;
    *data = o->text + o->at;
    o->at += *len;
    return status;
}

static void rewind_original(ta_original *o) {
    o->raw_offset = 0;
    o->raw_len = o->at = o->len = 0;
    o->ended = false;
}

/* What a sink gets is held against the file. */
typedef struct comparison {
    int fd;
    uint64_t offset;
    char *block;
    bool differs;
} comparison;

static void compare_bytes(void *to, const char *data, size_t len) {
    comparison *c = to;
    while (len && !c->differs) {
        size_t got, want = len < BLOCK ? len : BLOCK;
        int error;
        ta_status status = read_block(c->fd, c->offset, c->block, want, &got, &error);
        c->differs = status != TA_OK || !got || memcmp(c->block, data, got) != 0;
        c->offset += got;
        data += got;
        len -= got;
    }
}

/* Decodes all and encodes it again. *same: byte for byte what stands in the file. */
static ta_status check_coding(ta_original *o, bool *same) {
    comparison c = {.fd = o->fd, .block = malloc(BLOCK)};
    ta_sink sink;
    ta_recoder recoder = {0};
    const char *data;
    size_t len = 1;
    ta_status status = ta_sink_open_function(&sink, compare_bytes, &c);
    if (status == TA_OK)
        status = c.block ? ta_recoder_open(&recoder, &sink, o->encoding) : TA_ERR_NOMEM;
    while (status == TA_OK && len && !c.differs && !recoder.lossy) {
        status = ta_original_take(o, UINT64_MAX, &data, &len);
        if (status == TA_OK)
            ta_recoder_put(&recoder, data, len);
    }
    ta_status closed = ta_sink_close(&sink);
    *same = status == TA_OK && closed == TA_OK && !c.differs && !recoder.lossy &&
            c.offset == o->raw_offset;
    ta_recoder_close(&recoder);
    ta_sink_fini(&sink);
    free(c.block);
    rewind_original(o);
    return status == TA_ERR_INPUT ? TA_OK : status;
}

static ta_status check_original(ta_original *o, const char **why) {
    char first[8];
    size_t got;
    bool more, same = true;
    ta_status status = read_block(o->fd, 0, first, sizeof first, &got, &o->error);
    if (status != TA_OK)
        return status;
    if (ta_press_of_bytes(first, got, &more)) {
        *why = "it is compressed; unpack it first";
        return TA_ERR_INPUT;
    }
    if (o->decoder)
        status = check_coding(o, &same);
    if (same || status != TA_OK)
        return status;
    *why = "its bytes are not the same after they were decoded and encoded again; convert it "
           "to UTF-8 first";
    return TA_ERR_INPUT;
}

ta_status ta_original_open(ta_original *o, int fd, const char *encoding, const char **why) {
    *o = (ta_original){.fd = fd, .encoding = encoding};
    ta_status status = encoding ? ta_decoder_new(encoding, &o->decoder) : TA_OK;
    if (status != TA_OK)
        return status;
    o->text = malloc(o->decoder ? (size_t)BLOCK * DECODED_MAX : BLOCK);
    o->raw = o->decoder ? malloc(BLOCK) : NULL;
    if (!o->text || (o->decoder && !o->raw))
        return TA_ERR_NOMEM;
    status = check_original(o, why);
    if (status != TA_OK || !o->decoder)
        return status;
    ta_decoder_drop(o->decoder); /* a new one has forgotten a byte order mark */
    return ta_decoder_new(encoding, &o->decoder);
}

void ta_original_close(ta_original *o) {
    ta_decoder_drop(o->decoder);
    free(o->raw);
    free(o->text);
    *o = (ta_original){.fd = -1};
}

ta_status ta_recoder_open(ta_recoder *recoder, ta_sink *sink, const char *encoding) {
    *recoder = (ta_recoder){.sink = sink};
    return encoding ? ta_encoder_new(encoding, &recoder->encoder) : TA_OK;
}

void ta_recoder_put(ta_recoder *recoder, const char *data, size_t len) {
    ta_sink *sink = recoder->sink;
    if (!recoder->encoder) {
        ta_sink_put(sink, data, len);
        return;
    }
    while (len && !recoder->lossy) {
        char *room = ta_sink_room(sink, TA_SINK_ROOM_MAX), *out = room;
        size_t room_len = TA_SINK_ROOM_MAX;
        ta_status status = ta_decoder_run(recoder->encoder, &data, &len, &out, &room_len);
        recoder->lossy |= status != TA_OK || out == room;
        sink->at = out;
    }
}

void ta_recoder_close(ta_recoder *recoder) {
    ta_decoder_drop(recoder->encoder);
    recoder->encoder = NULL;
}

bool ta_original_can_say(const char *encoding, ta_text text, bool *memory) {
    ta_sink sink;
    ta_recoder recoder = {0};
    *memory = ta_sink_open_memory(&sink) != TA_OK;
    if (!*memory)
        *memory = ta_recoder_open(&recoder, &sink, encoding) != TA_OK;
    if (!*memory)
        ta_recoder_put(&recoder, text.data, text.len);
    ta_recoder_close(&recoder);
    ta_sink_fini(&sink);
    return !recoder.lossy && !*memory;
}

bool ta_original_has_ascii(const char *encoding) {
    ta_decoder *encoder;
    if (!encoding)
        return true;
    if (ta_encoder_new(encoding, &encoder) != TA_OK)
        return false;
    const char *in = "-\n";
    char bytes[16], *out = bytes;
    size_t len = 2, room = sizeof bytes;
    ta_status status = ta_decoder_run(encoder, &in, &len, &out, &room);
    ta_decoder_drop(encoder);
    return status == TA_OK && out - bytes == 2 && !memcmp(bytes, "-\n", 2);
}
