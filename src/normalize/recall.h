/* SPDX-License-Identifier: MIT */
/*
 * What the short texts of a column came to: countries, roles and forms come again and again.
 * Only results that go by the text are kept, or by the text and the country (result->reach), a
 * few dozen, and each may be forgotten at any time. Private to src/normalize.
 */
#ifndef TA_NORMALIZE_RECALL_H
#define TA_NORMALIZE_RECALL_H

#include "normalize/rule.h"

typedef struct ta_recall ta_recall;

/* NULL: no memory; nothing is kept then. free() it. */
ta_recall *ta_recall_new(void);
/* Keeps what a text came to, if it is short enough. */
void ta_recall_keep(ta_recall *recall, const ta_normal_value *value, ta_verdict verdict,
                    const ta_normal_result *result);
/* Fills the result, which was cleared. False: it is not known. */
bool ta_recall_find(const ta_recall *recall, const ta_normal_value *value, ta_verdict *verdict,
                    ta_normal_result *result);

#endif
