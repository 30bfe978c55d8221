/* SPDX-License-Identifier: MIT */
/* The items of a list by their place; for src/check alone. */
#ifndef TA_CHECK_ITEMS_H
#define TA_CHECK_ITEMS_H

#include "check/compile.h"

/* The plan of the index-th item, after the data of items' test; NULL: it may be anything.
 * *closed: it is one too many. */
const ta_plan *ta_items_plan(const void *data, uint64_t index, bool *closed);
/* Whether the index-th item counts as evaluated by it (core, section 11). */
bool ta_items_sees(const void *data, uint64_t index);

#endif
