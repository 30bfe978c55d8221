/* SPDX-License-Identifier: MIT */
/*
 * Exact numbers. Numbers travel as text in JSON's grammar (RFC 8259 section 6); comparing works
 * on digit strings of any length and exponent, arithmetic on decimals of up to 38 digits. Never
 * double.
 */
#ifndef TA_BASE_DECIMAL_H
#define TA_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest prefix of text that is a JSON number: its length, or 0. */
size_t ta_number_scan(const char *text, size_t len);

/* Whether all of text is a JSON number. */
bool ta_number_is(const char *text, size_t len);

/* Whether a JSON number has no fractional part (1.0 and 1e2 are integers, as JSON Schema has
 * it). */
bool ta_number_is_integer(const char *text, size_t len);

/* -1, 0 or 1 as a < b, a = b, a > b, by value: 1.0 equals 1, -0 equals 0. Both JSON numbers of
 * any length. Time is linear in the lengths as written, whatever the exponents. */
int ta_number_compare(const char *a, size_t a_len, const char *b, size_t b_len);

/* Whether a / b is whole, b not being 0. Exact at any length; for b of more than 18 digits the
 * time grows with the product of the lengths, and past 50 million steps the answer is no. */
bool ta_number_is_multiple(const char *a, size_t a_len, const char *b, size_t b_len);

/* value = (negative ? -1 : 1) x digits x 10^exponent, 0 <= digits < 10^38. */
typedef struct ta_decimal {
    __extension__ unsigned __int128 digits;
    int32_t exponent;
    bool negative;
} ta_decimal;

/* False: more than 38 significant digits, or an exponent beyond 10^6. */
bool ta_decimal_parse(const char *text, size_t len, ta_decimal *out);
/* False where the exact result needs more than 38 digits. */
bool ta_decimal_add(const ta_decimal *a, const ta_decimal *b, ta_decimal *out);
bool ta_decimal_multiply(const ta_decimal *a, const ta_decimal *b, ta_decimal *out);
ta_decimal ta_decimal_negate(ta_decimal a);
/* -1, 0, 1; exact for every pair. */
int ta_decimal_compare(const ta_decimal *a, const ta_decimal *b);

enum { TA_DECIMAL_TEXT = 96 };
/* Writes the value, plainly where that takes few digits ("0.30" parses to 0.3), else with an
 * exponent; a JSON number of at most TA_DECIMAL_TEXT - 1 bytes. Returns text. */
char *ta_decimal_print(const ta_decimal *a, char text[TA_DECIMAL_TEXT]);

#endif
