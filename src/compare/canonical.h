/* SPDX-License-Identifier: MIT */
/*
 * The canonical form of records, after RFC 8785: a stage before the JSON writer. Members stand
 * in the order of their names' UTF-16 code units, numbers in their canonical form
 * (base/number.h). Equal records come out as the same bytes, others do not.
 */
#ifndef TA_COMPARE_CANONICAL_H
#define TA_COMPARE_CANONICAL_H

#include "record/stage.h"

/* Takes over next. NULL: no memory (next is dropped). */
ta_stage *ta_canonical_new(ta_stage *next);

#endif
