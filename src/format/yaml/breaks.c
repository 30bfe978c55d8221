/* SPDX-License-Identifier: MIT */
/*
 * U+0085, U+2028 and U+2029 are line breaks to libyaml (YAML 1.1) and characters like any other
 * to YAML 1.2 and JSON. So that no text changes, libyaml sees noncharacters in their stead
 * (U+FDD0 to U+FDD2, which Unicode keeps for such use), and its values are put right again.
 *
 * JSON writes U+1F600 as the pair of surrogates \ud83d\ude00, and a JSON text is YAML; libyaml
 * takes no surrogate. It sees \ufdd3\ufdd3 in their stead, of the same length. Outside double
 * quotes the pair is twelve characters, which come back as they were written.
 */
#include "base/utf8.h"
#include "format/yaml/events.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { DISGUISE_LEN = 3, ESCAPE_LEN = 6, PAIR_LEN = 12 };

static const char pair_escape[PAIR_LEN + 1] = "\\ufdd3\\ufdd3";
static const char pair_text[2 * DISGUISE_LEN + 1] = "\xEF\xB7\x93\xEF\xB7\x93";

/* The number of the break at p, 0 to 2; -1: there is none. NULs follow the text. */
static int break_at(const unsigned char *p) {
    if (p[0] == 0xC2)
        return p[1] == 0x85 ? 0 : -1;
    if (p[0] != 0xE2 || p[1] != 0x80)
        return -1;
    return p[2] == 0xA8 ? 1 : p[2] == 0xA9 ? 2 : -1;
}

static bool disguise_at(const unsigned char *p) {
    return p[0] == 0xEF && p[1] == 0xB7 && p[2] >= 0x90 && p[2] <= 0x93;
}

static int hex_value(unsigned char c) {
    unsigned char low = c | 0x20u;
    return c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* Whether p[0..len), at most ESCAPE_LEN bytes, begins an escape for a surrogate: of the first
 * half (\ud800 to \udbff) or of the second. */
static bool is_half(const unsigned char *p, size_t len, bool second) {
    for (size_t i = 0; i < len; i++) {
        int digit = i < 2 ? -1 : hex_value(p[i]);
        bool fits = i == 0   ? p[i] == '\\'
                    : i == 1 ? p[i] == 'u'
                    : i == 2 ? digit == 13
                    : i == 3 ? digit >= 8 && (digit >= 12) == second
                             : digit >= 0;
        if (!fits)
            return false;
    }
    return true;
}

/* Whether p[0..len) is a pair of surrogates, or its beginning. */
static bool begins_pair(const unsigned char *p, size_t len) {
    size_t first = len < ESCAPE_LEN ? len : ESCAPE_LEN;
    size_t second = len < PAIR_LEN ? len - first : ESCAPE_LEN;
    return is_half(p, first, false) && is_half(p + first, second, true);
}

static bool pair_at(const unsigned char *p) {
    return *p == '\\' && begins_pair(p, PAIR_LEN);
}

size_t ta_yaml_whole_pairs(const char *text, size_t len) {
    size_t at = len < PAIR_LEN ? 0 : len - PAIR_LEN + 1;
    while (at < len && !begins_pair((const unsigned char *)text + at, len - at))
        at++;
    return at;
}

static bool is_hidden(const unsigned char *p) {
    return break_at(p) >= 0 || disguise_at(p) || pair_at(p);
}

size_t ta_yaml_find_hidden(const char *text, size_t len) {
    const unsigned char *p = (const unsigned char *)text, *end = p + len;
    while (p < end) {
#ifdef __SSE2__
        /* Only texts with a byte of 0xC2, 0xE2 or 0xEF, or a backslash, are looked at more
         * closely. */
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xC2)),
                                   _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE2)));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xEF)));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
        unsigned hits = (unsigned)_mm_movemask_epi8(hit);
        for (; hits; hits &= hits - 1) {
            const unsigned char *at = p + __builtin_ctz(hits);
            if (at < end && is_hidden(at))
                return (size_t)(at - (const unsigned char *)text);
        }
        p += 16;
#else
        if (is_hidden(p))
            return (size_t)(p - (const unsigned char *)text);
        p++;
#endif
    }
    return len;
}

size_t ta_yaml_disguise(const char *from, size_t len, char *to, size_t room, size_t *taken) {
    size_t in = 0, out = 0;
    while (in < len && room - out >= PAIR_LEN) {
        const unsigned char *p = (const unsigned char *)from + in;
        int which = break_at(p);
        if (disguise_at(p))
            break;
        if (which >= 0) {
            memcpy(to + out, "\xEF\xB7\x90", DISGUISE_LEN);
            to[out + 2] = (char)(0x90 + which);
            out += DISGUISE_LEN;
            in += which ? 3 : 2;
        } else if (pair_at(p)) {
            memcpy(to + out, pair_escape, PAIR_LEN);
            out += PAIR_LEN;
            in += PAIR_LEN;
        } else {
            to[out++] = from[in++];
        }
    }
    *taken = in;
    return out;
}

/* The next of the pairs that the scalar was written with; NULL: there are no more. */
static const unsigned char *next_pair(ta_text *written) {
    while (written->len) {
        const unsigned char *p = (const unsigned char *)written->data;
        written->data++;
        written->len--;
        if (pair_at(p))
            return p;
    }
    return NULL;
}

static uint32_t half_value(const unsigned char *p) {
    uint32_t value = 0;
    for (unsigned i = 2; i < ESCAPE_LEN; i++)
        value = value << 4 | (uint32_t)hex_value(p[i]);
    return value & 0x3FF;
}

/* The bytes that a pair stands for, in double quotes or elsewhere. */
static size_t put_pair(const unsigned char *pair, bool quoted, char *out) {
    if (!quoted) {
        memcpy(out, pair, PAIR_LEN);
        return PAIR_LEN;
    }
    uint32_t code = 0x10000 + (half_value(pair) << 10 | half_value(pair + ESCAPE_LEN));
    return (size_t)ta_utf8_encode(code, out);
}

static bool stands_at(const char *text, size_t len, const char *what, size_t what_len) {
    return len >= what_len && !memcmp(text, what, what_len);
}

size_t ta_yaml_reveal(char *text, size_t len, ta_text written, bool quoted, size_t *count) {
    static const char breaks[3][4] = {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    const char *sign = quoted ? pair_text : pair_escape;
    size_t sign_len = quoted ? sizeof pair_text - 1 : PAIR_LEN, out = 0;
    *count = 0;
    for (size_t in = 0; in < len;) {
        bool is_pair = stands_at(text + in, len - in, sign, sign_len);
        const unsigned char *pair = is_pair ? next_pair(&written) : NULL;
        bool hides = len - in >= DISGUISE_LEN &&
                     disguise_at((const unsigned char *)text + in) &&
                     (unsigned char)text[in + 2] < 0x93;
        *count += is_pair || hides;
        if (pair) {
            out += put_pair(pair, quoted, text + out);
            in += sign_len;
        } else if (hides) {
            const char *plain = breaks[(unsigned char)text[in + 2] - 0x90];
            memcpy(text + out, plain, strlen(plain));
            out += strlen(plain);
            in += DISGUISE_LEN;
        } else {
            text[out++] = text[in++];
        }
    }
    text[out] = 0;
    return out;
}
