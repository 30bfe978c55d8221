/* SPDX-License-Identifier: MIT */
/* Masks of the bytes of a kind, and how they may lie to each other. */
#include "normalize/plain.h"

#include "base/mask.h"

/* Bits from..to-1 of a mask, moved to the front. */
static uint64_t cut_mask(uint64_t mask, size_t from, size_t to) {
    return from < TA_MASK_BYTES ? mask >> from & ta_mask_full(to - from) : 0;
}

/* Of the bytes of a text: those that a canonical host may hold, the dots and hyphens among
 * them, and all that are visible. */
typedef struct host_marks {
    uint64_t host, dots, marks, visible;
} host_marks;

static inline host_marks mark_host(ta_text text) {
    host_marks m = {0, 0, 0, 0};
    for (size_t at = 0; at < text.len; at += TA_CHUNK) {
        ta_chunk chunk = ta_chunk_load(text.data + at);
        m.marks |= ta_chunk_between(chunk, '-', '.') << at;
        m.dots |= ta_chunk_of(chunk, '.') << at;
        m.visible |= ta_chunk_between(chunk, '!', '~') << at;
        m.host |= (ta_chunk_between(chunk, 'a', 'z') | ta_chunk_between(chunk, '0', '9')) << at;
    }
    m.host |= m.marks;
    return m;
}

/* Labels with single dots between, that neither begin nor end in a hyphen. All bytes are known
 * to be those of hosts; a label of 63 is as long as the host may be here. */
static inline bool is_plain_host(const host_marks *m, size_t from, size_t to, bool dotted) {
    uint64_t dots = cut_mask(m->dots, from, to), marks = cut_mask(m->marks, from, to);
    uint64_t last = (uint64_t)1 << (to - from - 1);
    return !(marks & (1 | last)) && !(dots & (marks << 1 | marks >> 1)) && (dots || !dotted);
}

bool ta_plain_url(ta_text text) {
    size_t from = 7;
    if (text.len > TA_MASK_BYTES || text.len < 9 || memcmp(text.data, "http", 4) != 0)
        return false;
    from += text.data[4] == 's';
    host_marks m = mark_host(text);
    if (memcmp(text.data + from - 3, "://", 3) != 0 || ~m.visible & ta_mask_full(text.len))
        return false;
    uint64_t others = ~m.host >> from;
    size_t to = from + (others ? (size_t)__builtin_ctzll(others) : TA_MASK_BYTES);
    to = to < text.len ? to : text.len;
    bool ended =
        to == text.len || text.data[to] == '/' || text.data[to] == '?' || text.data[to] == '#';
    return ended && to > from && is_plain_host(&m, from, to, false);
}

/* Which bytes may stand before the @ beside those of hosts. */
static uint64_t mask_local(ta_text text) {
    return ta_mask_between(text.data, text.len, 'A', 'Z') |
           ta_mask_of(text.data, text.len, '_') | ta_mask_of(text.data, text.len, '+');
}

bool ta_plain_mail(ta_text text) {
    if (text.len > TA_MASK_BYTES || text.len < 3)
        return false;
    const char *sign = memchr(text.data, '@', text.len);
    host_marks m = mark_host(text);
    size_t at = sign ? (size_t)(sign - text.data) : 0, from = at + 1, to = text.len;
    uint64_t odd = ~m.host & ta_mask_full(at);
    return at && from < to && *text.data != '.' && text.data[at - 1] != '.' &&
           (!odd || !(odd & ~mask_local(text))) &&
           cut_mask(m.host, from, to) == ta_mask_full(to - from) &&
           is_plain_host(&m, from, to, true);
}

/* Which bytes are no digits; all of a text that is too long. */
static inline uint64_t mask_others(ta_text text) {
    if (text.len > TA_MASK_BYTES)
        return UINT64_MAX;
    return ~ta_mask_between(text.data, text.len, '0', '9') & ta_mask_full(text.len);
}

bool ta_plain_digits(ta_text text) {
    return !mask_others(text);
}

bool ta_plain_number(ta_text text) {
    uint64_t others = mask_others(text);
    if (!others)
        return true;
    size_t at = (size_t)__builtin_ctzll(others);
    return !(others & (others - 1)) && text.data[at] == '.' &&
           (at > 3 || *text.data == '0' || text.len - at != 4);
}

bool ta_plain_day(ta_text text) {
    const char *t = text.data;
    if (text.len != 10 || ta_mask_between(t, 10, '0', '9') != 0x36F || t[4] != '-' ||
        t[7] != '-')
        return false;
    int month = (t[5] - '0') * 10 + t[6] - '0', day = (t[8] - '0') * 10 + t[9] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 28 && memcmp(t, "0000", 4) != 0;
}
