/* SPDX-License-Identifier: MIT */
/* Other encodings to UTF-8 and back (iconv). The one place where iconv is included. */
#ifndef TA_BASE_CODEC_H
#define TA_BASE_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "transalp.h"

typedef struct ta_decoder ta_decoder;

/* TA_ERR_USAGE: no such encoding. The name is borrowed for the call. */
TA_MUST_CHECK ta_status ta_decoder_new(const char *encoding, ta_decoder **out);
/* The other way, from UTF-8: run and drop are the decoder's. TA_ERR_INPUT of the run: the
 * encoding lacks the character at *in. */
TA_MUST_CHECK ta_status ta_encoder_new(const char *encoding, ta_decoder **out);

/*
 * Decodes from *in (which moves on, *in_len shrinks) into out[0..*out_len), which shrinks too.
 * TA_OK: as far as the output's room or a character cut at the input's end allows;
 * TA_ERR_INPUT: the byte at *in does not occur in the encoding.
 */
TA_MUST_CHECK ta_status ta_decoder_run(ta_decoder *decoder, const char **in, size_t *in_len,
                                       char **out, size_t *out_len);
/* What an encoding with states writes at the end of the text; returns its bytes, at most len.
 */
size_t ta_encoder_end(ta_decoder *encoder, char *out, size_t len);
void ta_decoder_drop(ta_decoder *decoder);

#endif
