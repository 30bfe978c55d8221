/* SPDX-License-Identifier: MIT */
/* One input: opened, its format found, and read through a chain of stages. */
#ifndef TA_FLOW_INPUT_H
#define TA_FLOW_INPUT_H

#include "format/format.h"

typedef struct ta_input_options {
    ta_keys *keys;
    ta_finder *finder;
    const char *from;      /* a format's name; NULL: suffix, else content */
    const ta_shape *shape; /* of one record of a list; NULL: none */
    const ta_read_options *read;
    bool *cut_short;    /* set where an input could not be read to its end; NULL: nobody asks */
    ta_stage *envelope; /* as in ta_reading */
    ta_left left;       /* as in ta_reading */
    ta_leap *leap;      /* as in ta_reading */
    ta_source_options source;
} ta_input_options;

/* Takes over an open source (and drops it). *records counts what was pushed. Findings say what
 * is wrong. The caller ends and drops the chain. */
TA_MUST_CHECK ta_status ta_input_read(ta_source *source, const ta_input_options *options,
                                      ta_stage *chain, uint64_t *records);

/* The encoding that a file's first bytes (TA_DECLARATION_BYTES at most) declare, and that an
 * input is decoded from where no option names one: one that is known, and not UTF-16 of a file
 * that is in ASCII so far. `from`: a format's name, or NULL. False: none. */
enum { TA_DECLARATION_BYTES = 1024 };
bool ta_input_encoding(const char *data, size_t len, const char *from,
                       char declared[TA_ENCODING_BYTES]);

/* Has a source whose first bytes were read decoded as they declare, unless it is decoded
 * already. `declared` lives as long as the source. As ta_source_redecode. */
TA_MUST_CHECK ta_status ta_input_follow(ta_source *source, const char *from,
                                        char declared[TA_ENCODING_BYTES]);

/* Emits why a source could not be opened. */
void ta_input_explain(const ta_source *source, const char *name, ta_status status,
                      const ta_input_options *options);

#endif
