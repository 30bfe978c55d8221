/* SPDX-License-Identifier: MIT */
/*
 * Bytes below 0x20, 0x7F and from 0x80 on are looked at, the others passed over 16 at a time;
 * of those that are looked at nearly all end a line or belong to a letter with an accent.
 */
#include "lint/signs.h"

#include <stdbool.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The bytes at p, of which `rest` are there. */
static bool is_between(const unsigned char *p, size_t rest, size_t at, unsigned char from,
                       unsigned char to) {
    return rest > at && p[at] >= from && p[at] <= to;
}

/* U+00C2 to U+00F4, and behind it a character that was one byte of 0x80 to 0xBF. */
static bool begins_mangled(const unsigned char *p, size_t rest) {
    return is_between(p, rest, 1, 0x82, 0xB4) && rest > 2 &&
           (p[2] == 0xC2 || p[2] == 0xC5 || p[2] == 0xC6 || p[2] == 0xCB || p[2] == 0xE2);
}

/* U+200B to U+200F, U+202A to U+202E and what follows U+205F. */
static bool is_unseen_mark(const unsigned char *p, size_t rest) {
    if (is_between(p, rest, 1, 0x80, 0x80))
        return is_between(p, rest, 2, 0x8B, 0x8F) || is_between(p, rest, 2, 0xAA, 0xAE);
    return is_between(p, rest, 1, 0x81, 0x81) && is_between(p, rest, 2, 0xA0, 0xAF);
}

/* What the byte at p, and those behind it, speak of. */
static unsigned sign_at(const unsigned char *p, size_t rest) {
    switch (*p) {
    case '\t':
    case '\n':
    case '\r':
        return 0;
    case 0x7F:
        return TA_SIGN_UNSEEN;
    case 0xC2:
        return is_between(p, rest, 1, 0x80, 0x9F) || is_between(p, rest, 1, 0xAD, 0xAD)
                   ? TA_SIGN_UNSEEN
                   : 0;
    case 0xC3:
        return begins_mangled(p, rest) ? TA_SIGN_MANGLED : 0;
    case 0xE1:
        return TA_SIGN_SCRIPT;
    case 0xE2:
        return is_unseen_mark(p, rest) ? TA_SIGN_UNSEEN : 0;
    case 0xEF:
        return TA_SIGN_LOST | TA_SIGN_UNSEEN;
    default:
        return *p < 0x20 ? TA_SIGN_UNSEEN : *p >= 0xCE && *p <= 0xD4 ? TA_SIGN_SCRIPT : 0;
    }
}

unsigned ta_lint_signs(const char *data, size_t len) {
    const unsigned char *p = (const unsigned char *)data;
    unsigned signs = 0;
    size_t at = 0;
#ifdef __SSE2__
    for (; at + 16 <= len; at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + at));
        /* Compared as signed: bytes from 0x80 on are below 0x20 too. */
        __m128i hit = _mm_or_si128(_mm_cmplt_epi8(v, _mm_set1_epi8(0x20)),
                                   _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));
        for (unsigned hits = (unsigned)_mm_movemask_epi8(hit); hits; hits &= hits - 1) {
            size_t i = at + (unsigned)__builtin_ctz(hits);
            signs |= sign_at(p + i, len - i);
        }
    }
#endif
    for (; at < len; at++)
        if (p[at] < 0x20 || p[at] >= 0x7F)
            signs |= sign_at(p + at, len - at);
    return signs;
}
