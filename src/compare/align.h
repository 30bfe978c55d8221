/* SPDX-License-Identifier: MIT */
/*
 * Which record of one file is which of the other, told from hashes: by their keys, or by their
 * order, where the same records in the same order are the frame that all others hang in. Items
 * of lists within records are matched in the same way.
 */
#ifndef TA_COMPARE_ALIGN_H
#define TA_COMPARE_ALIGN_H

#include "base/mem.h"

#define TA_NO_PARTNER SIZE_MAX

/* What is kept of a record: 32 bytes. */
typedef struct ta_entry {
    uint64_t value; /* the record's hash: equal for equal data */
    uint64_t key;   /* its key's; 0 where there are no keys */
    size_t partner; /* in the other file; TA_NO_PARTNER: none */
    bool twin;      /* its key stood in a record before it */
    bool lacks;     /* it has no key */
} ta_entry;

/* Sets the partners by keys; of records with one key the first is the first one's, and so on.
 * False: no memory. */
TA_MUST_CHECK bool ta_align_keys(ta_entry *a, size_t a_count, ta_entry *b, size_t b_count);

/* Sets the partners by order. Records that differ are partners if they stand between the same
 * ones. False: no memory. */
TA_MUST_CHECK bool ta_align_order(ta_entry *a, size_t a_count, ta_entry *b, size_t b_count);

#endif
