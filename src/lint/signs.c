/* SPDX-License-Identifier: MIT */
/*
 * What is not printable ASCII is looked at, the rest passed over 32 bytes at a time; of what is
 * looked at nearly all ends a line or belongs to a letter with an accent.
 */
#include "lint/signs.h"

#include <stdbool.h>

#include "base/mask.h"

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

/* Which of the first `len` bytes of 16 are to be looked at: those below 0x20, 0x7F and from
 * 0xC0 on; what lies between goes on a character that began before. */
static unsigned look_at_chunk(const unsigned char *p, size_t len, size_t rest) {
    ta_chunk chunk = ta_chunk_load((const char *)p);
    uint64_t hits =
        ~(ta_chunk_between(chunk, 0x20, 0x7E) | ta_chunk_between(chunk, 0x80, 0xBF));
    unsigned signs = 0;
    for (hits &= ta_mask_full(len); hits; hits &= hits - 1) {
        size_t i = (size_t)__builtin_ctzll(hits);
        signs |= sign_at(p + i, rest - i);
    }
    return signs;
}

unsigned ta_lint_signs(const char *data, size_t len) {
    const unsigned char *p = (const unsigned char *)data;
    unsigned signs = 0;
    for (size_t at = 0; at < len;) {
        size_t rest = len - at;
        if (rest >= 2 * TA_CHUNK &&
            ta_chunks_within(ta_chunk_load(data + at), ta_chunk_load(data + at + TA_CHUNK),
                             0x20, 0x7E)) {
            at += 2 * TA_CHUNK;
            continue;
        }
        signs |= look_at_chunk(p + at, rest < TA_CHUNK ? rest : TA_CHUNK, rest);
        at += TA_CHUNK;
    }
    return signs;
}
