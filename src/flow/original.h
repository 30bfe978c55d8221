/* SPDX-License-Identifier: MIT */
/*
 * The text of an input, read a second time from its start while its records are read, and put
 * out again in its own encoding. Of UTF-8 what is still in memory is not read again. Offsets
 * are those of the decoded file, as findings have them.
 */
#ifndef TA_FLOW_ORIGINAL_H
#define TA_FLOW_ORIGINAL_H

#include "base/codec.h"
#include "base/sink.h"
#include "record/finding.h"

typedef struct ta_original {
    int fd;              /* read with pread: its own offset is the reader's */
    uint64_t raw_offset; /* of the next bytes to be read */
    const char *encoding;
    ta_decoder *decoder; /* NULL: UTF-8 */
    char *raw, *text;    /* text: what was decoded; without a decoder, what was read */
    size_t raw_len, at, len;
    bool ended;
    ta_text near; /* what is in memory, from near_offset on */
    uint64_t near_offset;
    int error; /* errno after TA_ERR_IO */
} ta_original;

/*
 * fd and the encoding's name (NULL: UTF-8) are borrowed. TA_ERR_INPUT: *why says what keeps the
 * file from being edited byte by byte. TA_ERR_IO, TA_ERR_NOMEM, TA_ERR_USAGE (no such
 * encoding). Close it in each case.
 */
TA_MUST_CHECK ta_status ta_original_open(ta_original *original, int fd, const char *encoding,
                                         const char **why);
/* The next bytes, `most` at most, borrowed until the next call; *len is 0 at the end only. */
TA_MUST_CHECK ta_status ta_original_take(ta_original *original, uint64_t most,
                                         const char **data, size_t *len);
/* Lends text that stands in the file at an offset, until more is lent; none: NULL, 0. */
void ta_original_lend(ta_original *original, uint64_t offset, const char *data, size_t len);
void ta_original_close(ta_original *original);

/* Text to a sink, in an encoding. */
typedef struct ta_recoder {
    ta_sink *sink;
    ta_decoder *encoder; /* NULL: UTF-8 */
    bool lossy;          /* a character that the encoding has not was left out */
} ta_recoder;

TA_MUST_CHECK ta_status ta_recoder_open(ta_recoder *recoder, ta_sink *sink,
                                        const char *encoding);
/* Whole characters. */
void ta_recoder_put(ta_recoder *recoder, const char *data, size_t len);
void ta_recoder_close(ta_recoder *recoder);

/* Whether an encoding has all characters of a text; *memory: it could not be found out. */
bool ta_original_can_say(const char *encoding, ta_text text, bool *memory);
/* Whether ASCII stands for itself in an encoding: lines can be told apart by their bytes. */
bool ta_original_has_ascii(const char *encoding);

#endif
