/* SPDX-License-Identifier: MIT */
/*
 * iconv hides: E2BIG and EINVAL are no errors here (room is short, or a character is cut at the
 * end), and the input pointer stands at the first byte that was not decoded.
 */
#include "base/codec.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

struct ta_decoder {
    iconv_t handle;
};

/* A slash in a name asks for //TRANSLIT or //IGNORE: other characters, or none, in silence. */
static ta_status open_codec(const char *to, const char *from, ta_decoder **out) {
    *out = NULL;
    if (strchr(to, '/') || strchr(from, '/'))
        return TA_ERR_USAGE;
    ta_decoder *decoder = malloc(sizeof *decoder);
    if (!decoder)
        return TA_ERR_NOMEM;
    decoder->handle = iconv_open(to, from);
    if (decoder->handle == (iconv_t)-1) {
        int error = errno;
        free(decoder);
        return error == ENOMEM ? TA_ERR_NOMEM : TA_ERR_USAGE;
    }
    *out = decoder;
    return TA_OK;
}

ta_status ta_decoder_new(const char *encoding, ta_decoder **out) {
    return open_codec("UTF-8", encoding, out);
}

ta_status ta_encoder_new(const char *encoding, ta_decoder **out) {
    return open_codec(encoding, "UTF-8", out);
}

size_t ta_encoder_end(ta_decoder *encoder, char *out, size_t len) {
    size_t room = len;
    return iconv(encoder->handle, NULL, NULL, &out, &room) == (size_t)-1 ? 0 : len - room;
}

ta_status ta_decoder_run(ta_decoder *decoder, const char **in, size_t *in_len, char **out,
                         size_t *out_len) {
    char *from;
    memcpy(&from, in, sizeof from); /* iconv's signature lacks a const */
    size_t done = iconv(decoder->handle, &from, in_len, out, out_len);
    *in = from;
    if (done != (size_t)-1 || errno == E2BIG || errno == EINVAL)
        return TA_OK;
    return TA_ERR_INPUT;
}

void ta_decoder_drop(ta_decoder *decoder) {
    if (!decoder)
        return;
    iconv_close(decoder->handle);
    free(decoder);
}
