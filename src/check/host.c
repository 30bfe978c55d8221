/* SPDX-License-Identifier: MIT */
/*
 * Formats of the net: host names (RFC 1123; labels in A-form and in Unicode by IDNA 2008), IP
 * addresses (RFC 2673; RFC 4291), e-mail addresses (RFC 5321 section 4.1.2; RFC 6531).
 */
#include "base/idna.h"
#include "check/format.h"

enum { HOST_MAX = 253, LOCAL_MAX = 64 };

static bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Which host names: in Unicode too; with labels that are still to be normalized. */
enum { HOST_UNICODE = 1, HOST_LOOSE = 2 };

/* Letters, digits, inner hyphens; -- in the third place only in xn--. The length, or 0. */
static size_t ascii_label_len(const char *label, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (!is_alnum(label[i]) && (label[i] != '-' || !i || i + 1 == len))
            return 0;
    bool dashed = len >= 4 && label[2] == '-' && label[3] == '-';
    bool marked = dashed && (label[0] | 32) == 'x' && (label[1] | 32) == 'n';
    return !dashed || (marked && ta_idna_label(label, len, TA_LABEL_ASCII, NULL)) ? len : 0;
}

/* The length of a label in A-form; 0: it is none. */
static size_t label_len(const char *label, size_t len, unsigned how) {
    bool ascii = true;
    for (size_t i = 0; i < len; i++)
        ascii = ascii && (unsigned char)label[i] < 0x80;
    if (!len || (ascii && len > TA_LABEL_MAX))
        return 0;
    if (ascii)
        return ascii_label_len(label, len);
    ta_label_form form = how & HOST_LOOSE ? TA_LABEL_LOOSE : TA_LABEL_UNICODE;
    return how & HOST_UNICODE ? ta_idna_label(label, len, form, NULL) : 0;
}

/* How long the dot at text is: U+3002, U+FF0E and U+FF61 separate labels too (RFC 3490). 0:
 * there is none. */
static size_t dot_len(const char *at, size_t len, unsigned how) {
    if (*at == '.')
        return 1;
    return how & HOST_UNICODE && len >= 3 &&
                   (!memcmp(at, "\xE3\x80\x82", 3) || !memcmp(at, "\xEF\xBC\x8E", 3) ||
                    !memcmp(at, "\xEF\xBD\xA1", 3))
               ? 3
               : 0;
}

static bool is_host(ta_text text, unsigned how) {
    size_t start = 0, dot = 0, total = 0;
    if (!text.len)
        return false;
    for (size_t i = 0; i <= text.len; i += dot ? dot : 1) {
        dot = i < text.len ? dot_len(text.data + i, text.len - i, how) : 0;
        if (i < text.len && !dot)
            continue;
        size_t len = label_len(text.data + start, i - start, how);
        total += len + (dot != 0);
        if (!len || total > HOST_MAX)
            return false;
        start = i + dot;
    }
    return true;
}

bool ta_is_hostname(ta_text text) {
    return is_host(text, 0);
}

bool ta_is_idn_hostname(ta_text text) {
    return is_host(text, HOST_UNICODE);
}

bool ta_is_ipv4(ta_text text) {
    for (int part = 0; part < 4; part++) {
        if (part && !ta_take_char(&text, '.'))
            return false;
        bool zero = text.len && *text.data == '0';
        int value = ta_take_digits(&text, 1), digit;
        while (value >= 0 && !zero && value < 1000 && (digit = ta_take_digits(&text, 1)) >= 0)
            value = value * 10 + digit;
        if (value < 0 || value > 255)
            return false;
    }
    return !text.len;
}

static int take_hex(ta_text *text) {
    int count = 0;
    while (count < 5 && text->len && *text->data &&
           strchr("0123456789abcdefABCDEF", *text->data)) {
        ta_take_char(text, *text->data);
        count++;
    }
    return count;
}

bool ta_is_ipv6(ta_text text) {
    int groups = 0;
    bool gap = false;
    if (text.len > 1 && !memcmp(text.data, "::", 2)) {
        gap = true;
        text = (ta_text){text.data + 2, text.len - 2};
    }
    while (text.len) {
        ta_text start = text;
        int digits = take_hex(&text);
        if (!digits || digits > 4)
            return false;
        if (text.len && *text.data == '.') { /* the last 32 bits as IPv4 */
            groups += 2;
            return ta_is_ipv4(start) && (gap ? groups < 8 : groups == 8);
        }
        groups++;
        if (!text.len)
            break;
        if (!ta_take_char(&text, ':') || !text.len)
            return false;
        if (ta_take_char(&text, ':')) {
            if (gap)
                return false;
            gap = true;
        }
    }
    return gap ? groups < 8 : groups == 8;
}

/* "…" with what RFC 5321 lets stand there. */
static bool is_quoted_local(const char *at, size_t len) {
    for (size_t i = 1; i + 1 < len; i++) {
        unsigned char c = (unsigned char)at[i];
        if (c == '\\')
            i++;
        else if (c < 0x20 || c == '"' || c == 0x7F)
            return false;
        if (i + 1 >= len)
            return false;
    }
    return len >= 2 && at[len - 1] == '"';
}

static bool is_local(const char *at, size_t len, bool unicode) {
    if (!len || len > LOCAL_MAX)
        return false;
    if (*at == '"')
        return is_quoted_local(at, len);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)at[i];
        bool dot = c == '.' && i && i + 1 < len && at[i - 1] != '.';
        if (!dot && !is_alnum(at[i]) && !(unicode && c >= 0x80) &&
            (!c || !strchr("!#$%&'*+-/=?^_`{|}~", c)))
            return false;
    }
    return true;
}

/* [127.0.0.1], [IPv6:…] */
static bool is_address_literal(const char *at, size_t len) {
    if (len < 3 || *at != '[' || at[len - 1] != ']')
        return false;
    if (len > 7 && !strncasecmp(at + 1, "IPv6:", 5))
        return ta_is_ipv6((ta_text){at + 6, len - 7});
    return ta_is_ipv4((ta_text){at + 1, len - 2});
}

static bool is_mail(ta_text text, bool unicode) {
    const char *at = text.len ? memrchr(text.data, '@', text.len) : NULL;
    if (!at)
        return false;
    size_t local = (size_t)(at - text.data), domain = text.len - local - 1;
    return is_local(text.data, local, unicode) &&
           (is_host((ta_text){at + 1, domain}, unicode ? HOST_UNICODE | HOST_LOOSE : 0) ||
            is_address_literal(at + 1, domain));
}

bool ta_is_email(ta_text text) {
    return is_mail(text, false);
}

bool ta_is_idn_email(ta_text text) {
    return is_mail(text, true);
}
