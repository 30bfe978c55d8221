/* SPDX-License-Identifier: MIT */
#include "report/markup.h"

#include "base/sha256.h"
#include "report/put.h"

void ta_markup_escape(ta_buf *out, const char *text, size_t len) {
    for (const char *end = text + len; text < end; text++)
        if (strchr("&<>\"'", *text) && *text)
            ta_buf_printf(out, "&#%d;", *text);
        else
            ta_buf_put(out, text, 1);
}

void ta_markup_text(ta_buf *out, const char *text) {
    ta_buf shown = {0};
    if (text)
        ta_put_text(&shown, text, strlen(text));
    ta_markup_escape(out, ta_buf_text(&shown), shown.len);
    out->failed |= shown.failed;
    ta_buf_fini(&shown);
}

void ta_markup_bar(ta_buf *out, unsigned thousandths) {
    ta_buf_printf(out,
                  "<svg class=\"bar\" viewBox=\"0 0 1000 1\" preserveAspectRatio=\"none\" "
                  "aria-hidden=\"true\"><rect width=\"%u\" height=\"1\"/></svg>",
                  thousandths > 1000 ? 1000 : thousandths);
}

static unsigned digit_of(char hex) {
    return (unsigned)(hex <= '9' ? hex - '0' : hex - 'a' + 10);
}

/* Base64 (RFC 4648) of hexadecimal digits: six bits are one and a half of them. */
static void put_base64(ta_buf *out, const char *hex) {
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (; hex[0]; hex += 3) {
        unsigned bits = digit_of(hex[0]) << 8;
        bits |= hex[1] ? digit_of(hex[1]) << 4 : 0;
        bits |= hex[1] && hex[2] ? digit_of(hex[2]) : 0;
        ta_buf_put(out, &letters[bits >> 6], 1);
        if (hex[1])
            ta_buf_put(out, &letters[bits & 63], 1);
        if (!hex[1] || !hex[2])
            break;
    }
    ta_buf_puts(out, "=");
}

bool ta_markup_hash(ta_buf *out, const char *text, size_t len) {
    char digits[TA_SHA256_TEXT];
    ta_sha256 *hash = ta_sha256_new();
    if (!hash)
        return false;
    ta_sha256_put(hash, text, len);
    ta_sha256_take(hash, digits);
    ta_sha256_drop(hash);
    ta_buf_puts(out, "'sha256-");
    put_base64(out, digits);
    ta_buf_puts(out, "'");
    return !out->failed;
}
