/* SPDX-License-Identifier: MIT */
/* Masks of the bytes of a kind, and how they may lie to each other. */
#include "normalize/plain.h"

#include "base/mask.h"

/* Bits from..to-1 of a mask, moved to the front. */
static uint64_t cut_mask(uint64_t mask, size_t from, size_t to) {
    return from < TA_MASK_BYTES ? mask >> from & ta_mask_full(to - from) : 0;
}

/* Which bytes a canonical host may hold. */
static uint64_t mask_host(ta_text text) {
    return ta_mask_between(text.data, text.len, 'a', 'z') |
           ta_mask_between(text.data, text.len, '0', '9') |
           ta_mask_between(text.data, text.len, '-', '.');
}

/* Labels with single dots between, that neither begin nor end in a hyphen. All bytes are known
 * to be of mask_host; a label of 63 is as long as the host may be here. */
static bool is_plain_host(ta_text text, size_t from, size_t to, bool dotted) {
    uint64_t dots = cut_mask(ta_mask_of(text.data, text.len, '.'), from, to);
    uint64_t marks = cut_mask(ta_mask_between(text.data, text.len, '-', '.'), from, to);
    uint64_t last = (uint64_t)1 << (to - from - 1);
    return !(marks & (1 | last)) && !(dots & (marks << 1 | marks >> 1)) && (dots || !dotted);
}

bool ta_plain_url(ta_text text) {
    size_t from = 7;
    if (text.len > TA_MASK_BYTES || text.len < 9 || memcmp(text.data, "http", 4) != 0)
        return false;
    from += text.data[4] == 's';
    if (memcmp(text.data + from - 3, "://", 3) != 0 ||
        ta_mask_between(text.data, text.len, '!', '~') != ta_mask_full(text.len))
        return false;
    uint64_t others = ~mask_host(text) >> from;
    size_t to = from + (others ? (size_t)__builtin_ctzll(others) : TA_MASK_BYTES);
    to = to < text.len ? to : text.len;
    bool ended =
        to == text.len || text.data[to] == '/' || text.data[to] == '?' || text.data[to] == '#';
    return ended && to > from && is_plain_host(text, from, to, false);
}

bool ta_plain_mail(ta_text text) {
    if (text.len > TA_MASK_BYTES || text.len < 3)
        return false;
    uint64_t sign = ta_mask_of(text.data, text.len, '@'), host = mask_host(text);
    size_t at = sign ? (size_t)__builtin_ctzll(sign) : 0;
    uint64_t local = host | ta_mask_between(text.data, text.len, 'A', 'Z') |
                     ta_mask_of(text.data, text.len, '_') |
                     ta_mask_of(text.data, text.len, '+');
    size_t from = at + 1, to = text.len;
    return at && from < to && *text.data != '.' && text.data[at - 1] != '.' &&
           cut_mask(local, 0, at) == ta_mask_full(at) &&
           cut_mask(host, from, to) == ta_mask_full(to - from) &&
           is_plain_host(text, from, to, true);
}

bool ta_plain_day(ta_text text) {
    const char *t = text.data;
    if (text.len != 10 || ta_mask_between(t, 10, '0', '9') != 0x36F || t[4] != '-' ||
        t[7] != '-')
        return false;
    int month = (t[5] - '0') * 10 + t[6] - '0', day = (t[8] - '0') * 10 + t[9] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 28 && memcmp(t, "0000", 4) != 0;
}
