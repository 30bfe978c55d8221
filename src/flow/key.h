/* SPDX-License-Identifier: MIT */
/* What names a record: the paths of --key, else the schema's x-key. */
#ifndef TA_FLOW_KEY_H
#define TA_FLOW_KEY_H

#include "flow/reader.h"

typedef struct ta_record_key {
    ta_path *paths; /* in the reader's arena, as the names are; each name ends in a NUL */
    ta_text *names; /* as they were given */
    uint32_t count; /* 0: there is none */
    ta_buf words;   /* "id, year" */
} ta_record_key;

/* Begin with zeros, free with ta_record_key_fini. TA_ERR_USAGE: findings say what is wrong. */
TA_MUST_CHECK ta_status ta_record_key_find(ta_record_key *key, ta_reader *reader);
/* Makes it a single path. */
TA_MUST_CHECK ta_status ta_record_key_name(ta_record_key *key, ta_reader *reader,
                                           const char *name);
void ta_record_key_fini(ta_record_key *key);

#endif
