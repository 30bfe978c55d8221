/* SPDX-License-Identifier: MIT */
/* Identifiers by their check digits: a row in identifiers.def and a function each. */
#ifndef TA_CODES_IDENTIFIERS_H
#define TA_CODES_IDENTIFIERS_H

#include <stdbool.h>

#include "record/node.h"

#define TA_IDENTIFIER(function, name, words) bool ta_is_##function(ta_text text);
#include "codes/identifiers.def"
#undef TA_IDENTIFIER

/* Whether a VAT number's country is one whose numbers ta_is_vat knows; others it lets through.
 */
bool ta_vat_is_checked(ta_text text);

/* What the checks share. */

/* Whether a text is so many digits. */
bool ta_all_digits(ta_text text, size_t len);
/* Luhn's sum of digits (ISO/IEC 7812-1), mod 10: 0 if the last one checks. */
int ta_luhn_sum(ta_text digits);
/* The rest of a number mod 97 with more characters behind it, A as 10 to Z as 35 (ISO 7064);
 * -1: others. */
int ta_alnum_rest(ta_text text, int rest);

#endif
