/* SPDX-License-Identifier: MIT */
/* What tells a record from the others of its list, for findings: its key, where the schema has
 * one (x-key). */
#ifndef TA_RECORD_NAMER_H
#define TA_RECORD_NAMER_H

#include "record/record.h"

/* Borrowed by a window as long as it is read. */
typedef struct ta_namer {
    const void *to;
    /* Appends the key; false: the record has none, or one that is not to be shown. */
    bool (*name)(const void *to, const ta_record *record, ta_buf *out);
} ta_namer;

#endif
