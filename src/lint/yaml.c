/* SPDX-License-Identifier: MIT */
/*
 * Text without quotes that YAML 1.1, which many programs still read, takes for something else
 * (https://yaml.org/type/: bool, int, float). To YAML 1.2 it is text.
 */
#include "lint/value.h"

enum { YAML_DIGITS_MAX = 18 }; /* of numbers whose value is told */

static void say_bare(ta_text text, ta_lint_words *words) {
    ta_buf_put(&words->found, text.data, text.len);
}

bool ta_lint_yaml_boolean(ta_text text, ta_lint_words *words) {
    static const struct {
        const char *word;
        const char *means;
    } rows[] = {{"y", "true"},  {"yes", "true"}, {"on", "true"},
                {"n", "false"}, {"no", "false"}, {"off", "false"}};
    char lower[4] = "";
    if (text.len > 3)
        return false;
    for (size_t i = 0; i < text.len; i++)
        lower[i] = (char)(text.data[i] | 0x20);
    /* no, No and NO, but not nO */
    for (size_t i = 2; i < text.len; i++)
        if ((text.data[i] & 0x20) != (text.data[1] & 0x20))
            return false;
    if (text.len > 1 && (text.data[0] & 0x20) && !(text.data[1] & 0x20))
        return false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].word, lower)) {
            say_bare(text, words);
            ta_buf_puts(&words->expected, rows[i].means);
            return true;
        }
    return false;
}

/* Digits below a base, with _ between them, which YAML 1.1 leaves out; -1: others, or too many
 * to tell the value. */
static int64_t read_digits(const char *data, size_t len, int base) {
    int64_t value = 0;
    for (size_t i = 0; i < len; i++) {
        if (data[i] == '_')
            continue;
        int digit = data[i] - '0';
        if (digit < 0 || digit >= base || len > YAML_DIGITS_MAX)
            return -1;
        value = value * base + digit;
    }
    return value;
}

bool ta_lint_yaml_number(ta_text text, ta_lint_words *words) {
    size_t sign = *text.data == '-' || *text.data == '+';
    const char *data = text.data + sign;
    size_t len = text.len - sign;
    if (len < 2 || len > YAML_DIGITS_MAX || *data < '0' || *data > '9')
        return false;
    bool binary = *data == '0' && data[1] == 'b' && len > 2, octal = *data == '0' && !binary;
    if (!binary && !octal && !memchr(data, '_', len))
        return false; /* a number in every version, and text by the schema's word */
    int64_t value = binary  ? read_digits(data + 2, len - 2, 2)
                    : octal ? read_digits(data + 1, len - 1, 8)
                            : read_digits(data, len, 10);
    if (value < 0)
        return false;
    say_bare(text, words);
    ta_buf_printf(&words->expected, "%s%lld", *text.data == '-' ? "-" : "", (long long)value);
    return true;
}

/* 12:30, 190:20:30: numbers of base 60, the first part not beginning with 0. */
bool ta_lint_yaml_time(ta_text text, ta_lint_words *words) {
    size_t at = 0, parts = 0;
    int64_t value = 0;
    if (text.len < 3 || text.len > YAML_DIGITS_MAX || *text.data < '1' || *text.data > '9')
        return false;
    while (at < text.len) {
        size_t len = 0;
        while (at + len < text.len && text.data[at + len] != ':')
            len++;
        int64_t part = len ? read_digits(text.data + at, len, 10) : -1;
        if (part < 0 || (parts && (part > 59 || len > 2)))
            return false;
        value = value * 60 + part;
        parts++;
        at += len + 1;
    }
    if (parts < 2 || text.data[text.len - 1] == ':')
        return false;
    say_bare(text, words);
    ta_buf_printf(&words->expected, "%lld", (long long)value);
    return true;
}
