/* SPDX-License-Identifier: MIT */
/*
 * Strings with escapes (RFC 8259 section 7), decoded to the record's arena. \u0000 is a
 * character like others; halves of surrogate pairs are joined, and refused alone, since UTF-8
 * has no form for them.
 */
#include "base/utf8.h"
#include "format/json/bytes.h"
#include "format/json/json.h"

/* The character of a one-letter escape; 0: there is none. */
static char read_json_letter(char letter) {
    static const char pairs[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    for (const char *pair = pairs; *pair; pair += 2)
        if (*pair == letter)
            return pair[1];
    return 0;
}

/* The value of four hexadecimal digits, -1: they are none. */
static int32_t read_json_hex(const char *p) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i], low = (char)(c | 0x20);
        if (c >= '0' && c <= '9')
            value = value * 16 + (c - '0');
        else if (low >= 'a' && low <= 'f')
            value = value * 16 + (low - 'a' + 10);
        else
            return -1;
    }
    return value;
}

/* The \uXXXX at p, or two of them that make a pair: the code point, and *len of the text. */
static ta_json_fail read_json_point(const char *p, uint32_t *point, int *len) {
    int32_t first = read_json_hex(p + 2);
    *len = 6;
    if (first < 0)
        return TA_JSON_ESCAPE;
    *point = (uint32_t)first;
    if (first < 0xD800 || first > 0xDFFF)
        return TA_JSON_DONE;
    if (first > 0xDBFF || p[6] != '\\' || p[7] != 'u')
        return TA_JSON_SURROGATE;
    int32_t second = read_json_hex(p + 8);
    if (second < 0xDC00 || second > 0xDFFF)
        return TA_JSON_SURROGATE;
    *len = 12;
    *point = 0x10000 + (((uint32_t)first & 0x3FF) << 10 | ((uint32_t)second & 0x3FF));
    return TA_JSON_DONE;
}

/* Decodes the escape at p to `to` (4 bytes of room), which moves on. Returns behind it. */
static const char *read_json_escape(ta_json_scan *scan, const char *p, char **to) {
    char plain = read_json_letter(p[1]);
    if (plain) {
        *(*to)++ = plain;
        return p + 2;
    }
    if (p[1] != 'u')
        return ta_json_stop(scan, p, p, TA_JSON_ESCAPE);
    uint32_t point = 0;
    int len;
    ta_json_fail fail = read_json_point(p, &point, &len);
    if (fail != TA_JSON_DONE)
        return ta_json_stop(scan, p, p, fail);
    *to += ta_utf8_encode(point, *to);
    return p + len;
}

const char *ta_json_unescape(ta_json_scan *scan, const char *quote) {
    ta_buf *arena = &scan->record->arena;
    const char *p = quote + 1;
    scan->string = quote;
    for (;;) {
        const char *end = ta_json_run(p);
        size_t len = (size_t)(end - p);
        char *to = ta_record_room(scan->record, len + 4);
        if (!to)
            return ta_json_stop(scan, end, end, TA_JSON_MEMORY);
        memcpy(to, p, len);
        to += len;
        if (*end == '\\')
            p = read_json_escape(scan, end, &to);
        else if (*end != '"')
            p = ta_json_stop(scan, end, end, TA_JSON_CONTROL);
        arena->len = (size_t)(to - arena->data);
        if (!p || *end == '"')
            return p ? end + 1 : NULL;
    }
}
