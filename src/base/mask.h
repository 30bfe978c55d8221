/* SPDX-License-Identifier: MIT */
/* Short texts as bit masks: bit i says whether byte i is of some kind. */
#ifndef TA_BASE_MASK_H
#define TA_BASE_MASK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/simd.h"

enum { TA_MASK_BYTES = 64 };

/* A mask whose lowest `len` bits are set, 64 at most. */
static inline uint64_t ta_mask_full(size_t len) {
    return len < TA_MASK_BYTES ? ((uint64_t)1 << len) - 1 : UINT64_MAX;
}

/* 16 bytes of a text, for several masks in one pass. */
enum { TA_CHUNK = 16 };
#ifdef __SSE2__
typedef __m128i ta_chunk;
#else
typedef struct ta_chunk {
    unsigned char at[TA_CHUNK];
} ta_chunk;
#endif

static inline ta_chunk ta_chunk_load(const char *text) {
    ta_chunk chunk;
    memcpy(&chunk, text, sizeof chunk);
    return chunk;
}

/* Which of its bytes are one of first..last. */
static inline uint64_t ta_chunk_between(ta_chunk chunk, unsigned char first,
                                        unsigned char last) {
#ifdef __SSE2__
    const __m128i span = _mm_set1_epi8((char)(last - first));
    chunk = _mm_sub_epi8(chunk, _mm_set1_epi8((char)first));
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(chunk, span), chunk));
#else
    uint64_t mask = 0;
    for (int i = 0; i < TA_CHUNK; i++)
        mask |= (uint64_t)((unsigned char)(chunk.at[i] - first) <= last - first) << i;
    return mask;
#endif
}

static inline uint64_t ta_chunk_of(ta_chunk chunk, char byte) {
#ifdef __SSE2__
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(chunk, _mm_set1_epi8(byte)));
#else
    return ta_chunk_between(chunk, (unsigned char)byte, (unsigned char)byte);
#endif
}

/* Which of the first `len` bytes (TA_MASK_BYTES at most) are one of first..last. 15 bytes
 * behind the text can be read, as those of any record's text. */
static inline uint64_t ta_mask_between(const char *text, size_t len, unsigned char first,
                                       unsigned char last) {
    uint64_t mask = 0;
    for (size_t at = 0; at < len; at += TA_CHUNK)
        mask |= ta_chunk_between(ta_chunk_load(text + at), first, last) << at;
    return mask & ta_mask_full(len);
}

static inline uint64_t ta_mask_of(const char *text, size_t len, char byte) {
    uint64_t mask = 0;
    for (size_t at = 0; at < len; at += TA_CHUNK)
        mask |= ta_chunk_of(ta_chunk_load(text + at), byte) << at;
    return mask & ta_mask_full(len);
}

#endif
