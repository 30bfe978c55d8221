/* SPDX-License-Identifier: MIT */
/*
 * The canonical form of a number, worked out on its digits alone: ECMA-262, Number::toString
 * (which RFC 8785 section 3.2.2.3 refers to), with as many digits as there are in place of
 * those of the nearest double.
 */
#include "base/number.h"

enum {
    PLAIN_MAX = 21,     /* digits before the point, at most */
    ZEROS_MAX = 6,      /* after 0. and before the first digit: fewer than this */
    SHORT_EXPONENT = 17 /* digits that leave room for the shift in 64 bits */
};

static void put_digits(ta_buf *out, const char *from, const char *to) {
    for (const char *at = from; at < to; at++)
        if (*at != '.')
            ta_buf_put(out, at, 1);
}

/* Behind the n-th significant digit. */
static const char *pass_digits(const ta_number_parts *parts, int64_t n) {
    const char *at = parts->digit;
    for (; n > 0; at++)
        n -= *at != '.';
    return at;
}

/* Adds to a number of decimal digits, at[0] being a zero in front for what is carried; the sum
 * is not below 0. */
static void add_to_digits(char *at, size_t len, int64_t add) {
    for (size_t i = len; i-- > 0 && add;) {
        int64_t sum = at[i] - '0' + add % 10;
        add = add / 10 + (sum > 9) - (sum < 0);
        at[i] = (char)('0' + (sum > 9 ? sum - 10 : sum < 0 ? sum + 10 : sum));
    }
}

/* An exponent of more digits than 64 bits hold: so many that the shift cannot turn its sign. */
static void put_long_exponent(ta_buf *out, const ta_number_parts *parts) {
    size_t start = out->len;
    ta_buf_put(out, "0", 1);
    ta_buf_put(out, parts->exp, parts->exp_len);
    if (out->failed)
        return;
    int64_t add = parts->shift - 1;
    add_to_digits(out->data + start, out->len - start, parts->exp_negative ? -add : add);
    size_t zeros = 0;
    while (out->data[start + zeros] == '0')
        zeros++;
    memmove(out->data + start, out->data + start + zeros, out->len - start - zeros);
    out->len -= zeros;
}

static int64_t short_exponent(const ta_number_parts *parts) {
    int64_t value = 0;
    for (size_t i = 0; i < parts->exp_len; i++)
        value = value * 10 + (parts->exp[i] - '0');
    return parts->exp_negative ? -value : value;
}

static void put_scientific(ta_buf *out, const ta_number_parts *parts, bool is_short,
                           int64_t exponent) {
    const char *first = pass_digits(parts, 1);
    bool down = is_short ? exponent < 0 : parts->exp_negative;
    put_digits(out, parts->digit, first);
    if (first < parts->end)
        ta_buf_puts(out, ".");
    put_digits(out, first, parts->end);
    ta_buf_puts(out, down ? "e-" : "e+");
    if (is_short)
        ta_buf_printf(out, "%lld", (long long)(down ? -exponent : exponent));
    else
        put_long_exponent(out, parts);
}

/* `before`: where the point stands, counted from the first digit. */
static void put_plain(ta_buf *out, const ta_number_parts *parts, int64_t before) {
    static const char zeros[] = "00000000000000000000000";
    int64_t count = ta_number_digits(parts);
    if (before <= 0) {
        ta_buf_puts(out, "0.");
        ta_buf_put(out, zeros, (size_t)-before);
        put_digits(out, parts->digit, parts->end);
        return;
    }
    const char *point = pass_digits(parts, before < count ? before : count);
    put_digits(out, parts->digit, point);
    if (before > count)
        ta_buf_put(out, zeros, (size_t)(before - count));
    if (before < count)
        ta_buf_puts(out, ".");
    put_digits(out, point, parts->end);
}

void ta_number_put_canonical(ta_buf *out, const char *text, size_t len) {
    ta_number_parts parts = ta_number_take(text, len);
    if (parts.digit == parts.end) {
        ta_buf_puts(out, "0");
        return;
    }
    bool is_short = parts.exp_len <= SHORT_EXPONENT;
    int64_t before = is_short ? short_exponent(&parts) + parts.shift : 0;
    if (parts.negative)
        ta_buf_puts(out, "-");
    if (is_short && before > -ZEROS_MAX && before <= PLAIN_MAX)
        put_plain(out, &parts, before);
    else
        put_scientific(out, &parts, is_short, before - 1);
}

bool ta_number_is_short(const char *text, size_t len) {
    size_t at = len && *text == '-';
    if (len - at > PLAIN_MAX || at == len || (text[at] == '0' && len > 1))
        return false;
    while (at < len && (unsigned)(text[at] - '0') < 10)
        at++;
    return at == len;
}
