/* SPDX-License-Identifier: MIT */
/*
 * Runs of bytes, sixteen at a time. All of them may look up to 31 bytes behind the byte they
 * stop at: windows and arenas have that slack (TA_SOURCE_SLACK, ta_buf_reserve).
 */
#ifndef TA_FORMAT_JSON_BYTES_H
#define TA_FORMAT_JSON_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define TA_LIKELY(x) __builtin_expect(!!(x), 1)
#define TA_UNLIKELY(x) __builtin_expect(!!(x), 0)

/* Whether a byte cannot stand in a JSON string as it is: a quote, a backslash, a control
 * character. */
static inline bool ta_json_is_special(char c) {
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

/* Whether a byte goes on with a word or number. */
static inline bool ta_json_is_word(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' ||
           c == '.' || c == '+' || c == '-';
}

#ifdef __SSE2__

static inline __m128i ta_bytes_load(const char *p) {
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline void ta_bytes_store(char *p, __m128i bytes) {
    _mm_storeu_si128((__m128i *)(void *)p, bytes);
}

/* A bit for each special byte. */
static inline unsigned ta_json_specials(__m128i v) {
    const __m128i control = _mm_set1_epi8(0x1F);
    __m128i hit = _mm_cmpeq_epi8(_mm_min_epu8(v, control), v);
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    return (unsigned)_mm_movemask_epi8(hit);
}

/* The first special byte from p on; there must be one (a window ends in NULs). Two steps at
 * once: most texts end in them, and a loop whose length varies is what branches are
 * mispredicted for. */
static inline const char *ta_json_run(const char *p) {
    for (;; p += 32) {
        unsigned hits =
            ta_json_specials(ta_bytes_load(p)) | ta_json_specials(ta_bytes_load(p + 16)) << 16;
        if (TA_LIKELY(hits))
            return p + __builtin_ctz(hits);
    }
}

/* The first byte from p on that is no blank; `feed` stands for the line feed (a blank for
 * none). */
static inline const char *ta_json_blanks(const char *p, char feed) {
    for (;; p += 16) {
        __m128i v = ta_bytes_load(p);
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')),
                                   _mm_cmpeq_epi8(v, _mm_set1_epi8(feed)));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\t')));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
        unsigned others = (unsigned)_mm_movemask_epi8(hit) ^ 0xFFFF;
        if (others)
            return p + __builtin_ctz(others);
    }
}

/* Whether a begins with the len bytes b, none of which is NUL: beyond the slack behind it, a is
 * looked at only as far as it agrees. */
static inline bool ta_bytes_same(const char *a, const char *b, size_t len) {
    if (TA_UNLIKELY(len > 16))
        return !strncmp(a, b, len);
    __m128i same = _mm_cmpeq_epi8(ta_bytes_load(a), ta_bytes_load(b));
    unsigned others = (unsigned)_mm_movemask_epi8(same) ^ 0xFFFF;
    return !(others & ((1U << len) - 1));
}

/* Copies len bytes and up to 15 more; returns behind the len. */
static inline char *ta_bytes_copy(char *to, const char *from, size_t len) {
    ta_bytes_store(to, ta_bytes_load(from));
    for (size_t at = 16; TA_UNLIKELY(at < len); at += 16)
        ta_bytes_store(to + at, ta_bytes_load(from + at));
    return to + len;
}

#else

static inline const char *ta_json_run(const char *p) {
    while (!ta_json_is_special(*p))
        p++;
    return p;
}

static inline const char *ta_json_blanks(const char *p, char feed) {
    while (*p == ' ' || *p == feed || *p == '\t' || *p == '\r')
        p++;
    return p;
}

static inline bool ta_bytes_same(const char *a, const char *b, size_t len) {
    return !strncmp(a, b, len);
}

static inline char *ta_bytes_copy(char *to, const char *from, size_t len) {
    memcpy(to, from, len);
    return to + len;
}

#endif
#endif
