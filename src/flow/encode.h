/* SPDX-License-Identifier: MIT */
/* --out-encoding: the sink's encoding, and a stage that finds the values it cannot hold. */
#ifndef TA_FLOW_ENCODE_H
#define TA_FLOW_ENCODE_H

#include "flow/job.h"

typedef struct ta_encode {
    const char *name; /* NULL: the output is UTF-8 */
    struct ta_decoder *trial;
    bool told; /* a value was found that the encoding lacks a character of */
} ta_encode;

/* Sets the sink to the job's encoding and begins it with the mark, if one is wanted; call it
 * before anything is written. TA_ERR_USAGE: a finding says why. */
TA_MUST_CHECK ta_status ta_encode_open(ta_encode *encode, const ta_job *job,
                                       const ta_format *format, ta_sink *sink,
                                       ta_finder *finder);
/* Puts the stage in front of the chain, if it is needed. False: no memory. */
TA_MUST_CHECK bool ta_encode_build(ta_encode *encode, ta_finder *finder, ta_stage **chain);
/* Writes what is buffered, and says if a name or anything else but a value lost a character. */
void ta_encode_finish(ta_encode *encode, ta_sink *sink, ta_finder *finder);

#endif
