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

/* Emits why a source could not be opened. */
void ta_input_explain(const ta_source *source, const char *name, ta_status status,
                      const ta_input_options *options);

#endif
