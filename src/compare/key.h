/* SPDX-License-Identifier: MIT */
/* What names a record: the values at some paths. */
#ifndef TA_COMPARE_KEY_H
#define TA_COMPARE_KEY_H

#include "record/path.h"

typedef struct ta_key_paths {
    const ta_path *paths; /* borrowed, as the names are */
    const ta_text *names; /* the paths as they were given */
    uint32_t count;       /* 0: records are matched by order */
} ta_key_paths;

/* The hash of a record's key. *lacks: a part of it is missing or null. */
uint64_t ta_key_hash(const ta_record *record, const ta_key_paths *key, bool *lacks);
/* Appends the key in words: id "M-002", or id "M-002", year 2026; "record 12" where it is not
 * whole. */
void ta_key_say(const ta_record *record, const ta_key_paths *key, ta_buf *out);

#endif
