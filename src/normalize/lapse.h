/* SPDX-License-Identifier: MIT */
/* Lengths of time in words: 3 ans, 18 mois, 2 ans et demi. Private to src/normalize. */
#ifndef TA_NORMALIZE_LAPSE_H
#define TA_NORMALIZE_LAPSE_H

#include "normalize/lexicon.h"

/* Years and months are kept apart, as written: P18M is not P1Y6M. */
typedef struct ta_lapse {
    int years, months, days;
} ta_lapse;

/* Takes a length of time; false: none, or one that is no whole number of months or days. */
bool ta_lapse_take(ta_scan *scan, ta_lapse *out);

enum { TA_LAPSE_TEXT = 48 };
/* ISO 8601: "P3Y", "P18M". Returns text. */
const char *ta_lapse_print(const ta_lapse *lapse, char text[TA_LAPSE_TEXT]);

#endif
