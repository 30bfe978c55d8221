/* SPDX-License-Identifier: MIT */
#include "normalize/host.h"

#include "base/fold.h"
#include "base/idna.h"
#include "base/utf8.h"

static bool is_blank_there(uint32_t c) {
    return c <= ' ' || ta_utf8_is_space(c) || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

/* Where the character before `end` begins. */
static size_t step_back(ta_text text, size_t end) {
    size_t at = end - 1;
    while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

ta_text ta_normal_trim(ta_text text) {
    int size;
    while (text.len && is_blank_there(ta_utf8_decode(text.data, text.len, &size)))
        text = (ta_text){text.data + size, text.len - (size_t)size};
    while (text.len) {
        size_t at = step_back(text, text.len);
        if (!is_blank_there(ta_utf8_decode(text.data + at, text.len - at, &size)))
            break;
        text.len = at;
    }
    return text;
}

bool ta_normal_has_blank(ta_text text) {
    int size;
    for (size_t i = 0; i < text.len; i += (size_t)size)
        if (is_blank_there(ta_utf8_decode(text.data + i, text.len - i, &size)))
            return true;
    return false;
}

static bool put_ascii_label(ta_text label, ta_buf *out) {
    for (size_t i = 0; i < label.len; i++) {
        char c = label.data[i], small = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
        if (!(small >= 'a' && small <= 'z') && !(c >= '0' && c <= '9') && c != '_' &&
            (c != '-' || !i || i + 1 == label.len))
            return false;
        ta_buf_put(out, &small, 1);
    }
    return true;
}

/* In small letters, then as it is registered. */
static bool put_label(ta_text label, ta_buf *out) {
    char ascii[TA_LABEL_MAX + 1];
    bool plain = true;
    for (size_t i = 0; i < label.len; i++)
        plain = plain && !(label.data[i] & 0x80);
    if (!label.len || (plain && label.len > TA_LABEL_MAX))
        return false;
    if (plain)
        return put_ascii_label(label, out);
    ta_buf small = {0};
    ta_fold_lower(label.data, label.len, &small);
    size_t len = small.failed ? 0 : ta_idna_label(small.data, small.len, TA_LABEL_LOOSE, ascii);
    bool good = len > 0 && len <= TA_LABEL_MAX;
    out->failed |= small.failed;
    ta_buf_fini(&small);
    if (good)
        ta_buf_put(out, ascii, len);
    return good;
}

bool ta_normal_host(ta_text host, ta_buf *out) {
    if (!host.len)
        return false;
    for (;;) {
        const char *dot = host.len ? memchr(host.data, '.', host.len) : NULL;
        size_t len = dot ? (size_t)(dot - host.data) : host.len;
        if (!put_label((ta_text){host.data, len}, out))
            return false;
        if (!dot)
            return true;
        ta_buf_puts(out, ".");
        host = (ta_text){dot + 1, host.len - len - 1};
        if (!host.len) /* the root's dot */
            return true;
    }
}
