/* SPDX-License-Identifier: MIT */
/*
 * What is not printable ASCII, and does not go on a character that began before, is looked at;
 * the rest is passed over 32 bytes at a time. Of what is looked at nearly all ends a line or
 * belongs to a letter with an accent.
 */
#include "lint/signs.h"

#include <stdbool.h>

#include "base/mask.h"
#include "base/simd.h"

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

/* What the bytes at p of a mask speak of, `rest` bytes before the end. */
static unsigned look_at_hits(const unsigned char *p, uint64_t hits, size_t rest) {
    unsigned signs = 0;
    for (hits &= ta_mask_full(rest); hits; hits &= hits - 1) {
        size_t i = (size_t)__builtin_ctzll(hits);
        signs |= sign_at(p + i, rest - i);
    }
    return signs;
}

#if TA_HAVE_X86
/* In whole blocks of 32 bytes; *at gets their end. */
__attribute__((target("avx2"))) static unsigned signs_avx2(const unsigned char *p, size_t len,
                                                           size_t *at) {
    const __m256i from = _mm256_set1_epi8(0x20), span = _mm256_set1_epi8(0x7E - 0x20),
                  lead = _mm256_set1_epi8((char)0xC0);
    unsigned signs = 0;
    for (*at = 0; *at + 32 <= len; *at += 32) {
        __m256i now = _mm256_loadu_si256((const __m256i *)(const void *)(p + *at));
        __m256i rel = _mm256_sub_epi8(now, from);
        __m256i plain = _mm256_cmpeq_epi8(_mm256_min_epu8(rel, span), rel);
        if (_mm256_movemask_epi8(plain) == -1)
            continue;
        __m256i further = _mm256_cmpgt_epi8(lead, now); /* as signed: 0x80 to 0xBF */
        uint32_t hits = ~(uint32_t)_mm256_movemask_epi8(_mm256_or_si256(plain, further));
        signs |= look_at_hits(p + *at, hits, len - *at);
    }
    return signs;
}
#endif

unsigned ta_lint_signs(const char *data, size_t len) {
    const unsigned char *p = (const unsigned char *)data;
    unsigned signs = 0;
    size_t at = 0;
#if TA_HAVE_X86
    if (len >= 32 && __builtin_cpu_supports("avx2"))
        signs = signs_avx2(p, len, &at);
#endif
    for (; at < len; at += TA_CHUNK) {
        ta_chunk chunk = ta_chunk_load(data + at);
        uint64_t passed =
            ta_chunk_between(chunk, 0x20, 0x7E) | ta_chunk_between(chunk, 0x80, 0xBF);
        signs |= look_at_hits(p + at, ~passed & ta_mask_full(TA_CHUNK), len - at);
    }
    return signs;
}
