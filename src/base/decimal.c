/* SPDX-License-Identifier: MIT */
/*
 * Exact numbers, over the text of RFC 8259 section 6. Comparing walks the digits as written,
 * with exponents of any length; arithmetic keeps at most 38 digits in 128 bits and refuses what
 * would need more.
 */
#include "base/decimal.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"

__extension__ typedef unsigned __int128 decimal_digits;

enum { DIGITS_MAX = 38, EXPONENT_MAX = 1000000, PLAIN_ZEROS_MAX = 6 };

static bool is_digit(char c) {
    return (unsigned)(c - '0') < 10;
}

static size_t skip_digits(const char *text, size_t at, size_t len) {
    while (at < len && is_digit(text[at]))
        at++;
    return at;
}

size_t ta_number_scan(const char *text, size_t len) {
    size_t at = len && text[0] == '-';
    if (at == len || !is_digit(text[at]))
        return 0;
    at = text[at] == '0' ? at + 1 : skip_digits(text, at, len);
    if (at + 1 < len && text[at] == '.' && is_digit(text[at + 1]))
        at = skip_digits(text, at + 1, len);
    if (at < len && (text[at] == 'e' || text[at] == 'E')) {
        size_t exp = at + 1;
        if (exp < len && (text[exp] == '+' || text[exp] == '-'))
            exp++;
        if (exp < len && is_digit(text[exp]))
            at = skip_digits(text, exp, len);
    }
    return at;
}

bool ta_number_is(const char *text, size_t len) {
    return len && ta_number_scan(text, len) == len;
}

static void read_exponent(ta_number_parts *parts, const char *at, const char *end) {
    if (at == end)
        return;
    at++;
    parts->exp_negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    while (at < end && *at == '0')
        at++;
    parts->exp = at;
    parts->exp_len = (size_t)(end - at);
}

ta_number_parts ta_number_take(const char *text, size_t len) {
    ta_number_parts parts = {.exp = text};
    const char *at = text, *end = text + len;
    if (at < end && *at == '-') {
        parts.negative = true;
        at++;
    }
    const char *stop = at, *point = NULL;
    for (; stop < end && (is_digit(*stop) || *stop == '.'); stop++)
        if (*stop == '.')
            point = stop;
    read_exponent(&parts, stop, end);
    if (!point)
        point = stop;
    while (at < stop && (*at == '0' || *at == '.'))
        at++;
    parts.shift = at < point ? point - at : point - at + 1;
    while (stop > at && (stop[-1] == '0' || stop[-1] == '.'))
        stop--;
    parts.digit = at;
    parts.end = stop;
    return parts;
}

/* The exponent of a - that of b, exactly if it is small, else something large with the right
 * sign. */
static int64_t exponent_difference(const ta_number_parts *a, const ta_number_parts *b) {
    const int64_t large = (int64_t)1 << 56;
    size_t len = a->exp_len > b->exp_len ? a->exp_len : b->exp_len;
    int64_t diff = 0;
    for (size_t left = len; left > 0; left--) {
        int x = left <= a->exp_len ? a->exp[a->exp_len - left] - '0' : 0;
        int y = left <= b->exp_len ? b->exp[b->exp_len - left] - '0' : 0;
        diff = diff * 10 + (a->exp_negative ? -x : x) - (b->exp_negative ? -y : y);
        /* From here no digit that follows can turn the sign. */
        if (diff > large || diff < -large)
            break;
    }
    return diff;
}

static int compare_digits(const ta_number_parts *a, const ta_number_parts *b) {
    const char *x = a->digit, *y = b->digit;
    for (;; x++, y++) {
        if (x < a->end && *x == '.')
            x++;
        if (y < b->end && *y == '.')
            y++;
        if (x >= a->end || y >= b->end)
            return (x < a->end) - (y < b->end);
        if (*x != *y)
            return *x < *y ? -1 : 1;
    }
}

int ta_number_compare(const char *a, size_t a_len, const char *b, size_t b_len) {
    ta_number_parts x = ta_number_take(a, a_len), y = ta_number_take(b, b_len);
    int sign_x = x.digit == x.end ? 0 : x.negative ? -1 : 1;
    int sign_y = y.digit == y.end ? 0 : y.negative ? -1 : 1;
    if (sign_x != sign_y || !sign_x)
        return (sign_x > sign_y) - (sign_x < sign_y);
    int64_t diff = exponent_difference(&x, &y) + x.shift - y.shift;
    int order = diff ? (diff > 0 ? 1 : -1) : compare_digits(&x, &y);
    return sign_x * order;
}

int64_t ta_number_digits(const ta_number_parts *parts) {
    int64_t count = parts->end - parts->digit;
    if (count && memchr(parts->digit, '.', (size_t)count))
        count--;
    return count;
}

bool ta_number_is_integer(const char *text, size_t len) {
    ta_number_parts parts = ta_number_take(text, len);
    const ta_number_parts zero = {.exp = text};
    if (parts.digit == parts.end)
        return true;
    return exponent_difference(&parts, &zero) + parts.shift >= ta_number_digits(&parts);
}

static decimal_digits power_of_ten(int n) {
    decimal_digits power = 1;
    while (n-- > 0)
        power *= 10;
    return power;
}

/* No zeros at the end of the digits, and one form for zero. */
static ta_decimal decimal_trim(ta_decimal a) {
    if (!a.digits)
        return (ta_decimal){.digits = 0};
    while (a.digits % 10 == 0) {
        a.digits /= 10;
        a.exponent++;
    }
    return a;
}

bool ta_decimal_parse(const char *text, size_t len, ta_decimal *out) {
    ta_number_parts parts = ta_number_take(text, len);
    const ta_number_parts zero = {.exp = text};
    int64_t count = ta_number_digits(&parts);
    *out = (ta_decimal){.digits = 0};
    if (!count)
        return true;
    int64_t exponent = exponent_difference(&parts, &zero) + parts.shift - count;
    if (count > DIGITS_MAX || exponent > EXPONENT_MAX || exponent < -EXPONENT_MAX)
        return false;
    for (const char *at = parts.digit; at < parts.end; at++)
        if (*at != '.')
            out->digits = out->digits * 10 + (unsigned)(*at - '0');
    out->exponent = (int32_t)exponent;
    out->negative = parts.negative;
    return true;
}

static bool decimal_fits(ta_decimal result, ta_decimal *out) {
    result = decimal_trim(result);
    if (result.digits >= power_of_ten(DIGITS_MAX) || result.exponent > EXPONENT_MAX ||
        result.exponent < -EXPONENT_MAX)
        return false;
    *out = result;
    return true;
}

bool ta_decimal_add(const ta_decimal *a, const ta_decimal *b, ta_decimal *out) {
    ta_decimal x = decimal_trim(*a), y = decimal_trim(*b);
    if (!x.digits || !y.digits) {
        *out = x.digits ? x : y;
        return true;
    }
    if (x.exponent < y.exponent) {
        ta_decimal swap = x;
        x = y;
        y = swap;
    }
    int32_t up = x.exponent - y.exponent;
    /* y ends in a digit that is not 0, so the result cannot be shortened: 2 x 10^38 bounds x
     * scaled. */
    if (up > DIGITS_MAX || x.digits > 2 * power_of_ten(DIGITS_MAX) / power_of_ten(up))
        return false;
    x.digits *= power_of_ten(up);
    ta_decimal sum = {.exponent = y.exponent, .negative = x.negative};
    if (x.negative == y.negative) {
        sum.digits = x.digits + y.digits;
    } else if (x.digits >= y.digits) {
        sum.digits = x.digits - y.digits;
    } else {
        sum.digits = y.digits - x.digits;
        sum.negative = y.negative;
    }
    return decimal_fits(sum, out);
}

/* Takes pairs of 2 in one and 5 in the other out: then the product ends in no zero. */
static int32_t take_tens(decimal_digits *twos, decimal_digits *fives) {
    int32_t tens = 0;
    while (*twos % 2 == 0 && *fives % 5 == 0) {
        *twos /= 2;
        *fives /= 5;
        tens++;
    }
    return tens;
}

bool ta_decimal_multiply(const ta_decimal *a, const ta_decimal *b, ta_decimal *out) {
    ta_decimal x = decimal_trim(*a), y = decimal_trim(*b), product;
    if (!x.digits || !y.digits) {
        *out = (ta_decimal){.digits = 0};
        return true;
    }
    product.exponent = x.exponent + y.exponent;
    product.exponent += take_tens(&x.digits, &y.digits);
    product.exponent += take_tens(&y.digits, &x.digits);
    product.negative = x.negative != y.negative;
    if (__builtin_mul_overflow(x.digits, y.digits, &product.digits))
        return false;
    return decimal_fits(product, out);
}

ta_decimal ta_decimal_negate(ta_decimal a) {
    a.negative = a.digits && !a.negative;
    return a;
}

static int digit_count(decimal_digits digits) {
    int count = 0;
    for (; digits; digits /= 10)
        count++;
    return count;
}

int ta_decimal_compare(const ta_decimal *a, const ta_decimal *b) {
    int sign_a = !a->digits ? 0 : a->negative ? -1 : 1;
    int sign_b = !b->digits ? 0 : b->negative ? -1 : 1;
    if (sign_a != sign_b || !sign_a)
        return (sign_a > sign_b) - (sign_a < sign_b);
    int count_a = digit_count(a->digits), count_b = digit_count(b->digits);
    int64_t high_a = (int64_t)a->exponent + count_a, high_b = (int64_t)b->exponent + count_b;
    if (high_a != high_b)
        return high_a < high_b ? -sign_a : sign_a;
    decimal_digits x = a->digits, y = b->digits;
    if (count_a < count_b)
        x *= power_of_ten(count_b - count_a);
    else
        y *= power_of_ten(count_a - count_b);
    return x == y ? 0 : x < y ? -sign_a : sign_a;
}

/* Writes the digits with a point before the last `after` of them; zeros fill up on either side.
 */
static char *print_plain(char *out, const char *digits, int count, int exponent) {
    int before = count + exponent;
    if (before <= 0)
        out += sprintf(out, "0.%.*s%s", -before, "000000", digits);
    else if (exponent < 0)
        out += sprintf(out, "%.*s.%s", before, digits, digits + before);
    else
        out += sprintf(out, "%s%.*s", digits, exponent, "000000");
    return out;
}

char *ta_decimal_print(const ta_decimal *a, char text[TA_DECIMAL_TEXT]) {
    ta_decimal value = decimal_trim(*a);
    char digits[DIGITS_MAX + 2];
    int count = digit_count(value.digits);
    decimal_digits rest = value.digits;
    digits[count] = 0;
    for (int i = count; i > 0; i--, rest /= 10)
        digits[i - 1] = (char)('0' + (int)(rest % 10));
    char *out = text;
    if (value.negative)
        *out++ = '-';
    if (!count)
        memcpy(out, "0", 2);
    else if (value.exponent <= PLAIN_ZEROS_MAX && count + value.exponent >= -PLAIN_ZEROS_MAX)
        print_plain(out, digits, count, value.exponent);
    else if (count == 1)
        sprintf(out, "%se%d", digits, value.exponent);
    else
        sprintf(out, "%c.%se%d", digits[0], digits + 1, value.exponent + count - 1);
    return text;
}
