/* SPDX-License-Identifier: MIT */
/*
 * Whether one number is a multiple of another, by their digits, without zeros at the end:
 * a x 10^m is one of b x 10^n if b divides a x 10^(m - n). For m < n it is none, since 10 does
 * not divide a.
 */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

enum { SHORT_DIGITS = 18, STEPS_MAX = 50000000, EXPONENT_DIGITS_MAX = 9 };

__extension__ typedef unsigned __int128 wide_product;

/* Digits without zeros at either end, the point passed over, and the exponent of the last one.
 */
typedef struct digit_run {
    const char *first, *last; /* the last digit that counts, inclusive; NULL: the number is 0 */
    size_t count;             /* of digits */
    int64_t exponent;
} digit_run;

/* The exponent behind e, capped far beyond all use. */
static int64_t read_power(const char *at, const char *end) {
    int64_t value = 0;
    bool down = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    while (at < end && *at == '0')
        at++;
    if (end - at > EXPONENT_DIGITS_MAX)
        value = 4000000000;
    else
        for (; at < end; at++)
            value = value * 10 + (*at - '0');
    return down ? -value : value;
}

static digit_run find_digits(const char *text, size_t len) {
    const char *end = text + len, *at = text + (len && *text == '-');
    const char *mantissa_end = at;
    digit_run run = {NULL, NULL, 0, 0};
    int64_t behind = 0, behind_last = 0; /* digits behind the point: all so far, at the last */
    bool point = false;
    size_t count = 0;
    for (; mantissa_end < end && (*mantissa_end | 32) != 'e'; mantissa_end++) {
        point = point || *mantissa_end == '.';
        if (*mantissa_end == '.')
            continue;
        behind += point;
        count += run.first != NULL;
        if (*mantissa_end == '0')
            continue;
        if (!run.first) {
            run.first = mantissa_end;
            count = 1;
        }
        run.last = mantissa_end;
        run.count = count;
        behind_last = behind;
    }
    /* what stands before the point behind the last digit */
    int64_t before = 0;
    for (const char *c = run.last ? run.last + 1 : mantissa_end;
         c < mantissa_end && *c != '.' && !behind_last; c++)
        before++;
    run.exponent =
        before - behind_last + (mantissa_end < end ? read_power(mantissa_end + 1, end) : 0);
    return run;
}

static uint64_t modulo_power(uint64_t power, uint64_t divisor) {
    uint64_t result = 1 % divisor, base = 10 % divisor;
    for (; power; power >>= 1) {
        if (power & 1)
            result = (uint64_t)((wide_product)result * base % divisor);
        base = (uint64_t)((wide_product)base * base % divisor);
    }
    return result;
}

static bool divides_short(const digit_run *a, const digit_run *b, uint64_t zeros) {
    uint64_t divisor = 0, rest = 0;
    for (const char *at = b->first; at <= b->last; at++)
        divisor = *at == '.' ? divisor : divisor * 10 + (uint64_t)(*at - '0');
    if (!divisor)
        return false;
    for (const char *at = a->first; at <= a->last; at++)
        if (*at != '.')
            rest = (uint64_t)(((wide_product)rest * 10 + (wide_product)(*at - '0')) % divisor);
    wide_product product = (wide_product)rest * modulo_power(zeros, divisor);
    return product % divisor == 0;
}

/* rest = rest * 10 + digit, less the divisor as often as it goes; both have len + 1 digits. */
static void shift_rest(char *rest, const char *divisor, size_t len, char digit) {
    memmove(rest, rest + 1, len);
    rest[len] = digit;
    while (memcmp(rest, divisor, len + 1) >= 0) {
        int borrow = 0;
        for (size_t i = len + 1; i-- > 0;) {
            int value = rest[i] - divisor[i] - borrow;
            borrow = value < 0;
            rest[i] = (char)(value + borrow * 10);
        }
    }
}

static bool divides_long(const digit_run *a, const digit_run *b, uint64_t zeros) {
    size_t len = b->count;
    char *memory = calloc(2, len + 1);
    bool whole = memory != NULL;
    if (!memory)
        return false;
    char *divisor = memory, *rest = memory + len + 1;
    size_t i = 1;
    for (const char *at = b->first; at <= b->last; at++)
        if (*at != '.')
            divisor[i++] = (char)(*at - '0');
    for (const char *at = a->first; at <= a->last; at++)
        if (*at != '.')
            shift_rest(rest, divisor, len, (char)(*at - '0'));
    for (; zeros; zeros--)
        shift_rest(rest, divisor, len, 0);
    for (i = 0; i <= len; i++)
        whole = whole && !rest[i];
    free(memory);
    return whole;
}

bool ta_number_is_multiple(const char *a, size_t a_len, const char *b, size_t b_len) {
    digit_run x = find_digits(a, a_len), y = find_digits(b, b_len);
    if (!x.first)
        return true;
    if (!y.first || x.exponent < y.exponent)
        return false;
    uint64_t zeros = (uint64_t)(x.exponent - y.exponent);
    if (y.count <= SHORT_DIGITS)
        return divides_short(&x, &y, zeros);
    return (x.count + zeros) * y.count <= STEPS_MAX && divides_long(&x, &y, zeros);
}
