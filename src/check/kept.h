/* SPDX-License-Identifier: MIT */
/* The first finding of a trial, kept so that it can be told later, or not at all; for src/check
 * alone. */
#ifndef TA_CHECK_KEPT_H
#define TA_CHECK_KEPT_H

#include "record/finding.h"

typedef struct ta_kept {
    bool some, failed;
    ta_finding finding;
    ta_related related;
    ta_buf message, path, pointer, column, key;
} ta_kept;

/* For ta_finder_init: keeps the first finding that comes. */
void ta_kept_put(void *to, const ta_finding *finding);
/* Emits it, with more words behind it (NULL: none). */
void ta_kept_tell(ta_kept *kept, ta_finder *finder, const char *detail);
/* Its message and where, on one line, appended. */
void ta_kept_say(ta_kept *kept, ta_buf *out);
/* Forgets it; the memory stays. ta_kept_fini frees that. */
void ta_kept_clear(ta_kept *kept);
void ta_kept_fini(ta_kept *kept);

#endif
