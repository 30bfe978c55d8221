/* SPDX-License-Identifier: MIT */
/* Runs of text, sixteen bytes at a time: 31 bytes behind the byte that ends one can be read. */
#ifndef TA_FORMAT_XML_RUN_H
#define TA_FORMAT_XML_RUN_H

#include "format/xml/scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#ifdef __SSE2__

/* The first '<' or NUL from p on, and what was seen before it. */
static inline const char *ta_xml_run(const char *p, uint8_t *seen) {
    const __m128i zero = _mm_setzero_si128(), lt = _mm_set1_epi8('<'), amp = _mm_set1_epi8('&');
    const __m128i cr = _mm_set1_epi8('\r'), quote = _mm_set1_epi8('"');
    const __m128i slash = _mm_set1_epi8('\\'), blank = _mm_set1_epi8(' ');
    const __m128i control = _mm_set1_epi8(0x1F);
    unsigned ink = 0, coded = 0, special = 0;
    for (;; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i stop = _mm_or_si128(_mm_cmpeq_epi8(v, lt), _mm_cmpeq_epi8(v, zero));
        __m128i code = _mm_or_si128(_mm_cmpeq_epi8(v, amp), _mm_cmpeq_epi8(v, cr));
        __m128i odd = _mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, slash));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(_mm_min_epu8(v, control), v));
        unsigned stops = (unsigned)_mm_movemask_epi8(stop);
        unsigned valid = stops ? (stops & (~stops + 1)) - 1 : 0xFFFF;
        __m128i pale = _mm_cmpeq_epi8(_mm_min_epu8(v, blank), v);
        ink |= ~(unsigned)_mm_movemask_epi8(pale) & valid;
        coded |= (unsigned)_mm_movemask_epi8(code) & valid;
        special |= (unsigned)_mm_movemask_epi8(odd) & valid;
        if (!stops)
            continue;
        *seen = (uint8_t)((ink ? TA_XML_SEEN_INK : 0) | (coded ? TA_XML_SEEN_CODED : 0) |
                          (special ? TA_XML_SEEN_SPECIAL : 0));
        return p + __builtin_ctz(stops);
    }
}

#else

static inline const char *ta_xml_run(const char *p, uint8_t *seen) {
    *seen = 0;
    for (; *p && *p != '<'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c > ' ')
            *seen |= TA_XML_SEEN_INK;
        if (c == '&' || c == '\r')
            *seen |= TA_XML_SEEN_CODED;
        if (c < 0x20 || c == '"' || c == '\\')
            *seen |= TA_XML_SEEN_SPECIAL;
    }
    return p;
}

#endif

#endif
