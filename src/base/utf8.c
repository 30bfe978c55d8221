/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 after RFC 3629 section 4. On x86-64 with AVX2 the check follows Keiser and Lemire,
 * "Validating UTF-8 In Less Than One Instruction Per Byte" (2021): three 16-entry lookups per
 * byte pair find every error; elsewhere a plain loop with an ASCII lane.
 */
#include "base/utf8.h"

#include <string.h>

#include "base/simd.h"

/* The length of the well-formed character at p[0..len), or 0. NUL counts as ill-formed. */
static size_t char_len(const unsigned char *p, size_t len) {
    unsigned c = p[0];
    if (c < 0x80)
        return c != 0;
    if (c < 0xC2 || c > 0xF4)
        return 0;
    size_t need = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (len < need)
        return 0;
    unsigned lo = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned hi = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < lo || p[1] > hi)
        return 0;
    for (size_t i = 2; i < need; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return need;
}

static size_t check_plain(const unsigned char *p, size_t from, size_t len) {
    size_t at = from;
    while (at < len) {
        uint64_t word;
        if (len - at >= 8) {
            memcpy(&word, p + at, 8);
            uint64_t zero = (word - 0x0101010101010101u) & ~word;
            if (!((word | zero) & 0x8080808080808080u)) {
                at += 8;
                continue;
            }
        }
        size_t n = char_len(p + at, len - at);
        if (!n)
            break;
        at += n;
    }
    return at;
}

#if TA_HAVE_X86
#define REP2(...) __VA_ARGS__, __VA_ARGS__
enum {
    TOO_SHORT = 1 << 0,
    TOO_LONG = 1 << 1,
    OVERLONG_3 = 1 << 2,
    TOO_LARGE = 1 << 3,
    SURROGATE = 1 << 4,
    OVERLONG_2 = 1 << 5,
    TOO_LARGE_1000 = 1 << 6,
    OVERLONG_4 = 1 << 6,
    TWO_CONTS = 1 << 7,
    CARRY = TOO_SHORT | TOO_LONG | TWO_CONTS
};
#define B(x) ((char)(x))

/* The three tables, by the high and the low half of the byte before and the high half of this.
 */
static const char by_high_1[32] = {
    REP2(B(TOO_LONG), B(TOO_LONG), B(TOO_LONG), B(TOO_LONG), B(TOO_LONG), B(TOO_LONG),
         B(TOO_LONG), B(TOO_LONG), B(TWO_CONTS), B(TWO_CONTS), B(TWO_CONTS), B(TWO_CONTS),
         B(TOO_SHORT | OVERLONG_2), B(TOO_SHORT), B(TOO_SHORT | OVERLONG_3 | SURROGATE),
         B(TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4))};
static const char by_low_1[32] = {REP2(
    B(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), B(CARRY | OVERLONG_2), B(CARRY), B(CARRY),
    B(CARRY | TOO_LARGE), B(CARRY | TOO_LARGE | TOO_LARGE_1000),
    B(CARRY | TOO_LARGE | TOO_LARGE_1000), B(CARRY | TOO_LARGE | TOO_LARGE_1000),
    B(CARRY | TOO_LARGE | TOO_LARGE_1000), B(CARRY | TOO_LARGE | TOO_LARGE_1000),
    B(CARRY | TOO_LARGE | TOO_LARGE_1000), B(CARRY | TOO_LARGE | TOO_LARGE_1000),
    B(CARRY | TOO_LARGE | TOO_LARGE_1000), B(CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE),
    B(CARRY | TOO_LARGE | TOO_LARGE_1000), B(CARRY | TOO_LARGE | TOO_LARGE_1000))};
static const char by_high_2[32] = {
    REP2(B(TOO_SHORT), B(TOO_SHORT), B(TOO_SHORT), B(TOO_SHORT), B(TOO_SHORT), B(TOO_SHORT),
         B(TOO_SHORT), B(TOO_SHORT),
         B(TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
         B(TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE),
         B(TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE),
         B(TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE), B(TOO_SHORT),
         B(TOO_SHORT), B(TOO_SHORT), B(TOO_SHORT))};

#define LOOKUP(table, index)                                                                   \
    _mm256_shuffle_epi8(_mm256_loadu_si256((const __m256i *)(const void *)(table)), index)
#define PREV(now, before, n)                                                                   \
    _mm256_alignr_epi8(now, _mm256_permute2x128_si256(before, now, 0x21), 16 - (n))

__attribute__((target("avx2"))) static __m256i errors_avx2(__m256i now, __m256i before) {
    const __m256i nibble = _mm256_set1_epi8(0x0F);
    __m256i prev1 = PREV(now, before, 1);
    __m256i h1 = LOOKUP(by_high_1, _mm256_and_si256(_mm256_srli_epi16(prev1, 4), nibble));
    __m256i l1 = LOOKUP(by_low_1, _mm256_and_si256(prev1, nibble));
    __m256i h2 = LOOKUP(by_high_2, _mm256_and_si256(_mm256_srli_epi16(now, 4), nibble));
    __m256i special = _mm256_and_si256(_mm256_and_si256(h1, l1), h2);
    __m256i third =
        _mm256_subs_epu8(PREV(now, before, 2), _mm256_set1_epi8((char)(0xE0 - 0x80)));
    __m256i fourth =
        _mm256_subs_epu8(PREV(now, before, 3), _mm256_set1_epi8((char)(0xF0 - 0x80)));
    __m256i must =
        _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
    return _mm256_xor_si256(must, special);
}

/* How far text is good in blocks of 32 bytes; the rest, from a character's start on, is for the
 * plain loop, which also finds the exact byte. */
__attribute__((target("avx2"))) static size_t check_avx2(const unsigned char *p, size_t len) {
    __m256i before = _mm256_setzero_si256();
    size_t at = 0, good = 0;
    for (; at + 32 <= len; at += 32) {
        __m256i now = _mm256_loadu_si256((const __m256i *)(const void *)(p + at));
        __m256i zero = _mm256_cmpeq_epi8(now, _mm256_setzero_si256());
        int high = _mm256_movemask_epi8(now);
        if (high || at != good) {
            __m256i bad = _mm256_or_si256(errors_avx2(now, before), zero);
            if (!_mm256_testz_si256(bad, bad))
                break;
        } else if (_mm256_movemask_epi8(zero)) {
            break;
        }
        before = now;
        /* A block whose last three bytes are ASCII leaves nothing open. */
        if (!((unsigned)high >> 29))
            good = at + 32;
    }
    return at + 32 <= len ? good : at - ta_utf8_tail((const char *)p, at);
}

typedef size_t check_fast(const unsigned char *p, size_t len);

static size_t check_none(const unsigned char *p, size_t len) {
    (void)p;
    (void)len;
    return 0;
}
#endif

size_t ta_utf8_check(const char *text, size_t len) {
    const unsigned char *p = (const unsigned char *)text;
    size_t from = 0;
#if TA_HAVE_X86
    check_fast *fast = __builtin_cpu_supports("avx2") ? check_avx2 : check_none;
    from = fast(p, len);
#endif
    return check_plain(p, from, len);
}

size_t ta_utf8_tail(const char *text, size_t len) {
    for (size_t back = 1; back <= 3 && back <= len; back++) {
        unsigned char c = (unsigned char)text[len - back];
        if (c < 0x80)
            return 0;
        if (c >= 0xC0) {
            size_t need = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
            return need > back ? back : 0;
        }
    }
    return 0;
}

#ifdef __SSE2__
/* How many of 16 bytes are all ones; the others are 0. */
static inline uint64_t sum_matches(__m128i matches) {
    __m128i ones = _mm_sub_epi8(_mm_setzero_si128(), matches);
    __m128i sums = _mm_sad_epu8(ones, _mm_setzero_si128());
    return (uint64_t)_mm_cvtsi128_si32(sums) + (uint64_t)_mm_extract_epi16(sums, 4);
}
#endif

uint64_t ta_utf8_count(const char *text, size_t len) {
    uint64_t count = 0;
    size_t at = 0;
#ifdef __SSE2__
    const __m128i last = _mm_set1_epi8((char)0xBF); /* of those that go on a character */
    for (; at + 16 <= len; at += 16) {
        __m128i now = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
        count += sum_matches(_mm_cmpgt_epi8(now, last));
    }
#endif
    for (; at < len; at++)
        count += (signed char)text[at] > (signed char)0xBF;
    return count;
}

size_t ta_ascii_run(const char *text, size_t len) {
    const uint64_t ones = 0x0101010101010101u, high = ones * 0x80;
    size_t at = 0;
    for (; len - at >= 8; at += 8) {
        uint64_t bytes;
        memcpy(&bytes, text + at, sizeof bytes);
        uint64_t below = (bytes - ones * 0x20) & ~bytes, above = bytes + ones;
        if ((bytes | below | above) & high)
            break;
    }
    while (at < len && text[at] >= 0x20 && text[at] < 0x7F)
        at++;
    return at;
}

#if TA_HAVE_X86
/* In all blocks of 32 bytes; 255 at once keep their counters in one byte each. */
__attribute__((target("avx2"))) static uint64_t count_avx2(const char *text, size_t len,
                                                           char byte) {
    const __m256i sought = _mm256_set1_epi8(byte);
    __m256i count = _mm256_setzero_si256();
    for (size_t at = 0; at + 32 <= len;) {
        __m256i part = _mm256_setzero_si256();
        for (size_t end = at + (size_t)255 * 32; at + 32 <= len && at < end; at += 32) {
            __m256i now = _mm256_loadu_si256((const __m256i *)(const void *)(text + at));
            part = _mm256_sub_epi8(part, _mm256_cmpeq_epi8(now, sought));
        }
        count = _mm256_add_epi64(count, _mm256_sad_epu8(part, _mm256_setzero_si256()));
    }
    return (uint64_t)_mm256_extract_epi64(count, 0) + (uint64_t)_mm256_extract_epi64(count, 1) +
           (uint64_t)_mm256_extract_epi64(count, 2) + (uint64_t)_mm256_extract_epi64(count, 3);
}
#endif

uint64_t ta_count_byte(const char *text, size_t len, char byte) {
    uint64_t count = 0;
    size_t at = 0;
#if TA_HAVE_X86
    if (len >= 256 && __builtin_cpu_supports("avx2")) {
        at = len - len % 32;
        count = count_avx2(text, at, byte);
    }
#endif
#ifdef __SSE2__
    const __m128i sought = _mm_set1_epi8(byte);
    for (; at + 16 <= len; at += 16) {
        __m128i now = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
        count += sum_matches(_mm_cmpeq_epi8(now, sought));
    }
#endif
    for (; at < len; at++)
        count += text[at] == byte;
    return count;
}

uint64_t ta_count_lines(const char *text, size_t len) {
    return ta_count_byte(text, len, '\n');
}

int ta_utf8_encode(uint32_t c, char *out) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | (c >> 6));
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | (c >> 12));
        out[1] = (char)(0x80 | ((c >> 6) & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (c >> 18));
    out[1] = (char)(0x80 | ((c >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((c >> 6) & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

uint32_t ta_utf8_decode(const char *text, size_t len, int *size) {
    const unsigned char *p = (const unsigned char *)text;
    size_t n = char_len(p, len);
    *size = n ? (int)n : 1;
    switch (n) {
    case 2:
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3:
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    case 4:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
               (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    default:
        return p[0];
    }
}
