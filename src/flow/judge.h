/* SPDX-License-Identifier: MIT */
/* A schema in memory and values in memory: does this fit that? For programs that ask so
 * (Bowtie). */
#ifndef TA_FLOW_JUDGE_H
#define TA_FLOW_JUDGE_H

#include "record/loader.h"

typedef struct ta_judge ta_judge;

/* The options' texts are borrowed. NULL: no memory. Drop with ta_judge_drop. */
ta_judge *ta_judge_new(const ta_schema_options *options);

/*
 * JSON as bytes, borrowed for the judge's life: a schema that a URI stands for; the schema
 * itself; a value. TA_OK, else ta_judge_words says why not.
 */
TA_MUST_CHECK ta_status ta_judge_hold(ta_judge *judge, const char *uri, const char *data,
                                      size_t len);
TA_MUST_CHECK ta_status ta_judge_load(ta_judge *judge, const char *data, size_t len);
TA_MUST_CHECK ta_status ta_judge_ask(ta_judge *judge, const char *data, size_t len, bool *fits);

/* The first error's message. */
const char *ta_judge_words(ta_judge *judge);
void ta_judge_drop(ta_judge *judge);

#endif
