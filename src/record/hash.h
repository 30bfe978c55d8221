/* SPDX-License-Identifier: MIT */
#ifndef TA_RECORD_HASH_H
#define TA_RECORD_HASH_H

#include "record/record.h"

/* A hash that equal values share (ta_node_equal tells whether they are). The same within a run,
 * another in the next. */
uint64_t ta_value_hash(const ta_record *record, const ta_node *node);

#endif
