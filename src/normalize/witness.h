/* SPDX-License-Identifier: MIT */
/* Naming the value that decided. Private to src/normalize. */
#ifndef TA_NORMALIZE_WITNESS_H
#define TA_NORMALIZE_WITNESS_H

#include "normalize/rule.h"

/* Appends `, as "12,50" in line 12`; of personal data only where it stands. */
void ta_witness_put(const ta_normal_value *value, const ta_witness *witness, ta_buf *out);

/* Appends why nothing is decided: no witness (both NULL, or none counted), one that proves
 * nothing, or two that contradict each other; then what would decide. */
void ta_witness_conflict(const ta_normal_value *value, const ta_witness *one,
                         const ta_witness *other, const char *remedy, ta_buf *out);

#endif
