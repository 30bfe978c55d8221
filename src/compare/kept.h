/* SPDX-License-Identifier: MIT */
/* A copy of a record that outlives its reading: its values, and the places of them. Not what
 * only its reader knows: places of keys, rows and columns. */
#ifndef TA_COMPARE_KEPT_H
#define TA_COMPARE_KEPT_H

#include "record/record.h"

typedef struct ta_kept {
    ta_record record;
    ta_window window;
    ta_memo memo[TA_MEMO_ROWS];
    size_t index; /* in its edition */
    size_t size_bytes;
} ta_kept;

/* The keys are not copied: they must stay (ta_keys.keep). NULL: no memory. Free with free(). */
ta_kept *ta_kept_new(const ta_record *record, size_t index);

#endif
