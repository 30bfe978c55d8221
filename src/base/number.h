/* SPDX-License-Identifier: MIT */
/* A number's text taken apart, and its one canonical form. */
#ifndef TA_BASE_NUMBER_H
#define TA_BASE_NUMBER_H

#include "base/mem.h"

/* 0.d1 d2 d3 ... x 10^(shift + exponent), d1 not 0. No digits: zero. */
typedef struct ta_number_parts {
    const char *digit,
        *end;        /* significant digits, a point among them maybe, no zeros at either end */
    const char *exp; /* digits of the exponent without leading zeros */
    size_t exp_len;
    int64_t shift;
    bool negative, exp_negative;
} ta_number_parts;

/* Of a JSON number. */
ta_number_parts ta_number_take(const char *text, size_t len);
/* How many significant digits there are. */
int64_t ta_number_digits(const ta_number_parts *parts);

/* Whether a JSON number is a short whole one, which is canonical as it stands. */
bool ta_number_is_short(const char *text, size_t len);

/*
 * Appends the canonical form of a JSON number: the digits without zeros at their ends, laid out
 * as ECMAScript (and so RFC 8785) lays out a number: plainly from 0.000001 to below 10^21, else
 * as 1.5e+21. Equal numbers, and no others, have the same form; no digit is lost at any length.
 */
void ta_number_put_canonical(ta_buf *out, const char *text, size_t len);

#endif
