/* SPDX-License-Identifier: MIT */
/*
 * The core schema of YAML 1.2.2 (section 10.3.2), but for numbers with leading zeros, which
 * stay text: 01000 is a postcode. What a number is written as becomes JSON's grammar, digit by
 * digit.
 */
#include <stdio.h>

#include "format/yaml/value.h"

enum {
    HEX_MAX = 256,       /* digits: the conversion takes their square; nobody writes more */
    LIMBS = HEX_MAX / 7, /* nine decimal digits each, of up to 29 bits and more */
    LIMB = 1000000000
};

static bool is_word(const char *text, size_t len, const char *const words[3]) {
    for (int i = 0; i < 3; i++)
        if (strlen(words[i]) == len && !memcmp(text, words[i], len))
            return true;
    return false;
}

static bool is_yaml_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *text, size_t len) {
    size_t n = 0;
    while (n < len && is_yaml_digit(text[n]))
        n++;
    return n;
}

/* The value of a hexadecimal digit; 16 for other characters. */
static uint32_t yaml_digit(char c) {
    if (is_yaml_digit(c))
        return (uint32_t)(c - '0');
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? (uint32_t)(lower - 'a' + 10) : 16;
}

/* Digits of a base (8 or 16) as a decimal number, exactly. */
static void print_radix(const char *digits, size_t len, uint32_t base, ta_buf *scratch) {
    uint32_t limbs[LIMBS + 2] = {0};
    size_t count = 1;
    for (size_t i = 0; i < len; i++) {
        uint64_t carry = yaml_digit(digits[i]);
        for (size_t k = 0; k < count; k++) {
            carry += (uint64_t)limbs[k] * base;
            limbs[k] = (uint32_t)(carry % LIMB);
            carry /= LIMB;
        }
        if (carry)
            limbs[count++] = (uint32_t)carry;
    }
    ta_buf_printf(scratch, "%u", limbs[count - 1]);
    while (--count)
        ta_buf_printf(scratch, "%09u", limbs[count - 1]);
}

/* 0o14 and 0x1F. */
static bool resolve_radix(const char *text, size_t len, ta_buf *scratch, ta_yaml_scalar *out) {
    if (len < 3 || len > HEX_MAX || text[0] != '0' || (text[1] != 'x' && text[1] != 'o'))
        return false;
    uint32_t base = text[1] == 'x' ? 16 : 8;
    for (size_t i = 2; i < len; i++)
        if (yaml_digit(text[i]) >= base)
            return false;
    print_radix(text + 2, len - 2, base, scratch);
    out->kind = TA_NUMBER;
    return true;
}

/* The parts of a decimal number; false: it is none. */
typedef struct decimal_parts {
    size_t whole, point, fraction, exponent; /* lengths; point: 0 or 1 */
    bool minus, plus;
} decimal_parts;

static bool split_decimal(const char *text, size_t len, decimal_parts *parts) {
    memset(parts, 0, sizeof *parts);
    parts->minus = *text == '-';
    parts->plus = *text == '+';
    size_t at = parts->minus || parts->plus;
    parts->whole = count_digits(text + at, len - at);
    at += parts->whole;
    if (at < len && text[at] == '.') {
        parts->point = 1;
        parts->fraction = count_digits(text + at + 1, len - at - 1);
        at += 1 + parts->fraction;
    }
    if (!parts->whole && !parts->fraction)
        return false;
    if (at < len && (text[at] | 0x20) == 'e') {
        size_t sign = at + 1 < len && (text[at + 1] == '-' || text[at + 1] == '+');
        size_t digits = count_digits(text + at + 1 + sign, len - at - 1 - sign);
        if (!digits)
            return false;
        parts->exponent = 1 + sign + digits;
        at += parts->exponent;
    }
    return at == len;
}

static bool resolve_decimal(const char *text, size_t len, bool zeros, ta_buf *scratch,
                            ta_yaml_scalar *out) {
    decimal_parts p;
    if (!split_decimal(text, len, &p))
        return false;
    const char *whole = text + (p.minus || p.plus);
    bool led = p.whole > 1 && *whole == '0';
    if (led && !zeros)
        return false;
    out->kind = TA_NUMBER;
    if (!led && !p.plus && p.whole && (!p.point || p.fraction))
        return true;
    const char *rest = whole + p.whole;
    while (p.whole > 1 && *whole == '0') {
        whole++;
        p.whole--;
    }
    ta_buf_puts(scratch, p.minus ? "-" : "");
    ta_buf_put(scratch, p.whole ? whole : "0", p.whole ? p.whole : 1);
    if (p.point) {
        ta_buf_puts(scratch, ".");
        ta_buf_put(scratch, p.fraction ? rest + 1 : "0", p.fraction ? p.fraction : 1);
    }
    ta_buf_put(scratch, rest + p.point + p.fraction, p.exponent);
    return true;
}

/* What YAML takes for a number and JSON has no form for: infinities, and hexadecimal numbers of
 * more digits than are converted. */
static bool has_no_form(const char *text, size_t len) {
    static const char *const infinities[] = {".inf", ".Inf", ".INF"};
    static const char *const nans[] = {".nan", ".NaN", ".NAN"};
    size_t sign = *text == '-' || *text == '+';
    if (len > HEX_MAX && text[0] == '0' && (text[1] == 'x' || text[1] == 'o'))
        return true;
    return is_word(text + sign, len - sign, infinities) || (!sign && is_word(text, len, nans));
}

static bool resolve_number(const char *text, size_t len, bool zeros, ta_buf *scratch,
                           ta_yaml_scalar *out) {
    scratch->len = 0;
    if (!resolve_radix(text, len, scratch, out) &&
        !resolve_decimal(text, len, zeros, scratch, out)) {
        out->formless = has_no_form(text, len);
        return true;
    }
    if (scratch->len) {
        out->text = ta_buf_text(scratch);
        out->len = scratch->len;
    }
    return !scratch->failed;
}

bool ta_yaml_resolve(const char *text, size_t len, bool zeros, ta_buf *scratch,
                     ta_yaml_scalar *out) {
    static const char *const nulls[] = {"null", "Null", "NULL"};
    static const char *const trues[] = {"true", "True", "TRUE"};
    static const char *const falses[] = {"false", "False", "FALSE"};
    *out = (ta_yaml_scalar){.kind = TA_TEXT, .text = text, .len = len};
    char first = len ? *text : '~';
    if (is_yaml_digit(first) || first == '-' || first == '+' || first == '.')
        return resolve_number(text, len, zeros, scratch, out);
    switch (first) {
    case '~':
        out->kind = len <= 1 ? TA_NULL : TA_TEXT;
        return true;
    case 'n':
    case 'N':
        out->kind = is_word(text, len, nulls) ? TA_NULL : TA_TEXT;
        return true;
    case 't':
    case 'T':
        out->kind = is_word(text, len, trues) ? TA_TRUE : TA_TEXT;
        return true;
    case 'f':
    case 'F':
        out->kind = is_word(text, len, falses) ? TA_FALSE : TA_TEXT;
        return true;
    default:
        return true;
    }
}
