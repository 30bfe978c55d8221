/* SPDX-License-Identifier: MIT */
/* Short texts as bit masks: bit i says whether byte i is of some kind. */
#ifndef TA_BASE_MASK_H
#define TA_BASE_MASK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { TA_MASK_BYTES = 64 };

/* A mask whose lowest `len` bits are set, 64 at most. */
static inline uint64_t ta_mask_full(size_t len) {
    return len < TA_MASK_BYTES ? ((uint64_t)1 << len) - 1 : UINT64_MAX;
}

/* Which of the first `len` bytes (TA_MASK_BYTES at most) are one of first..last. 15 bytes
 * behind the text can be read, as those of any record's text. */
static inline uint64_t ta_mask_between(const char *text, size_t len, unsigned char first,
                                       unsigned char last) {
    uint64_t mask = 0;
#ifdef __SSE2__
    const __m128i low = _mm_set1_epi8((char)first);
    const __m128i span = _mm_set1_epi8((char)(last - first));
    for (size_t at = 0; at < len; at += 16) {
        __m128i bytes;
        memcpy(&bytes, text + at, sizeof bytes);
        bytes = _mm_sub_epi8(bytes, low);
        bytes = _mm_cmpeq_epi8(_mm_min_epu8(bytes, span), bytes);
        mask |= (uint64_t)(unsigned)_mm_movemask_epi8(bytes) << at;
    }
#else
    for (size_t at = 0; at < len; at++)
        mask |= (uint64_t)((unsigned char)(text[at] - first) <= last - first) << at;
#endif
    return mask & ta_mask_full(len);
}

static inline uint64_t ta_mask_of(const char *text, size_t len, char byte) {
    return ta_mask_between(text, len, (unsigned char)byte, (unsigned char)byte);
}

#endif
