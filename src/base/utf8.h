/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629): checking, counting, and encoding of single characters. */
#ifndef TA_BASE_UTF8_H
#define TA_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The offset of the first byte that is not text: ill-formed UTF-8 (overlong forms, surrogates
 * and values over U+10FFFF included), or NUL. `len` when all is well.
 */
size_t ta_utf8_check(const char *text, size_t len);

/* How many bytes at the end of text[0..len) begin a character that is not complete: 0 to 3. */
size_t ta_utf8_tail(const char *text, size_t len);

/* Code points in text[0..len) (bytes that do not continue a character). */
uint64_t ta_utf8_count(const char *text, size_t len);

/* How many bytes at the front are printable ASCII. */
size_t ta_ascii_run(const char *text, size_t len);

/* How often a byte stands in text[0..len); line feeds. */
uint64_t ta_count_byte(const char *text, size_t len, char byte);
uint64_t ta_count_lines(const char *text, size_t len);

/* Writes a code point in 1 to 4 bytes and returns how many. Surrogates are written as 3 bytes:
 * the caller refuses them. */
int ta_utf8_encode(uint32_t code_point, char *out);

/* Whether a code point is a space of some width: Unicode's category Zs. */
static inline bool ta_utf8_is_space(uint32_t c) {
    return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* The same, or a tab: blank in the widest sense, line ends left out. */
static inline bool ta_utf8_is_blank(uint32_t c) {
    return c == '\t' || ta_utf8_is_space(c);
}

/* Decodes the character at text (valid UTF-8, len > 0); *size gets its bytes. */
uint32_t ta_utf8_decode(const char *text, size_t len, int *size);

#endif
