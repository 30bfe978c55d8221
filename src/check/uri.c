/* SPDX-License-Identifier: MIT */
/*
 * URIs (RFC 3986) by liburiparser, whose one place this is; IRIs (RFC 3987) as the URIs that
 * they stand for; templates (RFC 6570).
 */
#include <uriparser/Uri.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "check/format.h"

/* liburiparser takes [ and ] in paths and IPv6 zones without %25; and a port is digits. */
static bool parse_uri(const char *first, const char *end, bool relative) {
    UriUriA uri;
    const char *error;
    if (uriParseSingleUriExA(&uri, first, end, &error) != URI_SUCCESS)
        return false;
    bool ok = relative || (uri.scheme.first && uri.scheme.afterLast > uri.scheme.first);
    uriFreeUriMembersA(&uri);
    return ok;
}

static bool is_uri(ta_text text, bool relative) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] <= 0x20 || (unsigned char)text.data[i] >= 0x7F)
            return false;
    const char *data = text.len ? text.data : "";
    return parse_uri(data, data + text.len, relative);
}

/* ucschar, and iprivate, which stands in queries only. */
static bool is_ucschar(uint32_t c, bool query) {
    bool private_use = (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && (c & 0xFFFE) != 0xFFFE);
    if (private_use)
        return query;
    return (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
           (c >= 0xFDF0 && c <= 0xFFEF) ||
           (c >= 0x10000 && (c & 0xFFFE) != 0xFFFE && !(c >= 0xE0000 && c < 0xE1000));
}

/* The IRI with %XX for what is not ASCII, which is a URI then (RFC 3987 section 3.1). */
static bool is_iri(ta_text text, bool relative) {
    ta_buf uri = {0};
    bool ok = true, query = false;
    for (size_t i = 0; i < text.len && ok;) {
        int size;
        uint32_t c = ta_utf8_decode(text.data + i, text.len - i, &size);
        query = query || c == '?';
        ok = c < 0x80 || is_ucschar(c, query);
        for (int j = 0; j < size; j++)
            if (c < 0x80)
                ta_buf_put(&uri, text.data + i, 1);
            else
                ta_buf_printf(&uri, "%%%02X", (unsigned char)text.data[i + (size_t)j]);
        i += (size_t)size;
    }
    ok = ok && !uri.failed && is_uri((ta_text){ta_buf_text(&uri), uri.len}, relative);
    ta_buf_fini(&uri);
    return ok;
}

bool ta_is_uri(ta_text text) {
    return is_uri(text, false);
}

bool ta_is_uri_reference(ta_text text) {
    return is_uri(text, true);
}

bool ta_is_iri(ta_text text) {
    return is_iri(text, false);
}

bool ta_is_iri_reference(ta_text text) {
    return is_iri(text, true);
}

static bool is_hex(char c) {
    return c && strchr("0123456789abcdefABCDEF", c);
}

static bool is_percent(ta_text text, size_t at) {
    return at + 2 < text.len && is_hex(text.data[at + 1]) && is_hex(text.data[at + 2]);
}

static bool is_name_char(char c) {
    return c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* A variable's name: letters, digits, _ and %XX, single dots within; its length, 0: none. */
static size_t name_len(ta_text text) {
    size_t i = 0;
    bool dot = true;
    while (i < text.len) {
        if (text.data[i] == '.' && !dot) {
            dot = true;
            i++;
        } else if (is_name_char(text.data[i]) || (text.data[i] == '%' && is_percent(text, i))) {
            i += text.data[i] == '%' ? 3 : 1;
            dot = false;
        } else {
            break;
        }
    }
    return dot ? 0 : i;
}

/* What stands in braces: an operator, and variables with their modifiers. */
static bool is_expression(ta_text text) {
    if (text.len && *text.data && strchr("+#./;?&=,!@|", *text.data))
        ta_take_char(&text, *text.data);
    do {
        size_t len = name_len(text);
        if (!len)
            return false;
        text = (ta_text){text.data + len, text.len - len};
        if (ta_take_char(&text, ':')) {
            int digits = 0;
            if (text.len && *text.data == '0')
                return false;
            while (digits < 5 && ta_take_digits(&text, 1) >= 0)
                digits++;
            if (!digits || digits > 4)
                return false;
        } else {
            ta_take_char(&text, '*');
        }
    } while (ta_take_char(&text, ','));
    return !text.len;
}

bool ta_is_uri_template(ta_text text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '{') {
            const char *close = memchr(text.data + i, '}', text.len - i);
            size_t len = close ? (size_t)(close - text.data) - i - 1 : 0;
            if (!close || !is_expression((ta_text){text.data + i + 1, len}))
                return false;
            i += len + 1;
        } else if (c <= 0x20 || c == 0x7F || strchr("\"<>\\^`|}", c) ||
                   (c == '%' && !is_percent(text, i))) {
            return false;
        }
    }
    return true;
}
