/* SPDX-License-Identifier: MIT */
/* Names as people compare them: without case, accents, punctuation and legal form (utf8proc).
 */
#ifndef TA_BASE_FOLD_H
#define TA_BASE_FOLD_H

#include "base/mem.h"

/* Whether a character is a letter or digit: not what ta_fold_text makes a blank of. */
bool ta_fold_keeps(uint32_t c);

/*
 * Appends text (UTF-8) folded: compatibility decomposition (NFKD), marks left out, lower case,
 * ß ø æ œ ł and their like in basic letters, everything that is no letter or digit one blank,
 * none at the ends.
 */
void ta_fold_text(const char *text, size_t len, ta_buf *out);

/* The same, then legal forms (GmbH, S.p.A., SAS ...) taken off the end, as long as something
 * else is left. */
void ta_fold_name(const char *text, size_t len, ta_buf *out);

/* Appends text (UTF-8) in small letters, otherwise as it is. */
void ta_fold_lower(const char *text, size_t len, ta_buf *out);

/* Appends text (UTF-8) composed (NFC). */
void ta_fold_compose(const char *text, size_t len, ta_buf *out);

/* Whether a character is known to stay as it is when text is composed, whatever stands before
 * it. Not all that do are known: those of Latin, Greek, Cyrillic, Han and common marks. */
bool ta_fold_is_composed(uint32_t c);

#endif
