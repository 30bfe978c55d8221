/* SPDX-License-Identifier: MIT */
/*
 * U+0085, U+2028 and U+2029 are line breaks to libyaml (YAML 1.1) and characters like any other
 * to YAML 1.2 and JSON. So that no text changes, libyaml sees noncharacters in their stead
 * (U+FDD0 to U+FDD2, which Unicode keeps for such use), and its values are put right again.
 */
#include "format/yaml/events.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { DISGUISE_LEN = 3 };

/* The number of the break at p, 0 to 2; -1: there is none. NULs follow the text. */
static int break_at(const unsigned char *p) {
    if (p[0] == 0xC2)
        return p[1] == 0x85 ? 0 : -1;
    if (p[0] != 0xE2 || p[1] != 0x80)
        return -1;
    return p[2] == 0xA8 ? 1 : p[2] == 0xA9 ? 2 : -1;
}

static bool disguise_at(const unsigned char *p) {
    return p[0] == 0xEF && p[1] == 0xB7 && p[2] >= 0x90 && p[2] <= 0x92;
}

size_t ta_yaml_find_break(const char *text, size_t len) {
    const unsigned char *p = (const unsigned char *)text, *end = p + len;
    while (p < end) {
#ifdef __SSE2__
        /* Only texts with a byte of 0xC2, 0xE2 or 0xEF are looked at more closely. */
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xC2)),
                                   _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE2)));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xEF)));
        unsigned hits = (unsigned)_mm_movemask_epi8(hit);
        for (; hits; hits &= hits - 1) {
            const unsigned char *at = p + __builtin_ctz(hits);
            if (at < end && (break_at(at) >= 0 || disguise_at(at)))
                return (size_t)(at - (const unsigned char *)text);
        }
        p += 16;
#else
        if (break_at(p) >= 0 || disguise_at(p))
            return (size_t)(p - (const unsigned char *)text);
        p++;
#endif
    }
    return len;
}

size_t ta_yaml_disguise(const char *from, size_t len, char *to, size_t room, size_t *taken) {
    size_t in = 0, out = 0;
    while (in < len && room - out >= DISGUISE_LEN) {
        const unsigned char *p = (const unsigned char *)from + in;
        int which = break_at(p);
        if (disguise_at(p))
            break;
        if (which < 0) {
            to[out++] = from[in++];
            continue;
        }
        memcpy(to + out, "\xEF\xB7\x90", DISGUISE_LEN);
        to[out + 2] = (char)(0x90 + which);
        out += DISGUISE_LEN;
        in += which ? 3 : 2;
    }
    *taken = in;
    return out;
}

size_t ta_yaml_reveal(char *text, size_t len, size_t *count) {
    static const char breaks[3][4] = {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    size_t out = 0;
    *count = 0;
    for (size_t in = 0; in < len;) {
        if (len - in < DISGUISE_LEN || !disguise_at((const unsigned char *)text + in)) {
            text[out++] = text[in++];
            continue;
        }
        const char *plain = breaks[(unsigned char)text[in + 2] - 0x90];
        memcpy(text + out, plain, strlen(plain));
        out += strlen(plain);
        ++*count;
        in += DISGUISE_LEN;
    }
    text[out] = 0;
    return out;
}
