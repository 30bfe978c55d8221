/* SPDX-License-Identifier: MIT */
/* What sums, products and counts come to, held against their bounds; for src/check alone. */
#ifndef TA_CHECK_MEASURE_H
#define TA_CHECK_MEASURE_H

#include "check/range.h"

/* What a sum, product or count came to. */
typedef struct ta_measure {
    ta_range value;
    ta_code code;
    const char *subject; /* NULL: the rule's */
    ta_pointed pointed;
} ta_measure;

/* Holds a measure against equals, min and max. */
ta_outcome ta_measure_hold(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                           ta_measure *measure);
/* Whether a difference is within the rule's tolerance, of `total` where that is relative. */
bool ta_rule_tolerates(const ta_rule *rule, ta_decimal difference, ta_decimal total);

#endif
