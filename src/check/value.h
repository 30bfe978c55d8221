/* SPDX-License-Identifier: MIT */
/* The values of enum and const, one by one; for src/check alone. */
#ifndef TA_CHECK_VALUE_H
#define TA_CHECK_VALUE_H

#include "check/compile.h"

/* How many there are in the data of a test, and the index-th, in the schema's record. */
uint32_t ta_values_count(const void *data);
const ta_node *ta_values_item(const void *data, uint32_t index, const ta_record **record);
/* What is allowed, in run->expected. The code of a finding. */
ta_code ta_values_say(ta_run *run, const void *data);

#endif
