/* SPDX-License-Identifier: MIT */
/* New values in the place of old ones: what is in ASCII with \u escapes stays so. */
#include <stdio.h>

#include "base/utf8.h"
#include "format/json/bytes.h"
#include "format/json/json.h"

/* Whether a string has \u escapes and no other way of writing letters beyond ASCII. */
static bool is_escaped_ascii(const char *raw, size_t len) {
    bool escapes = false;
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)raw[i] >= 0x80)
            return false;
        if (raw[i] == '\\')
            escapes |= raw[++i] == 'u';
    }
    return escapes;
}

/* A character as \u escapes: two beyond U+FFFF. */
static void put_unicode_escape(uint32_t c, ta_buf *out) {
    if (c > 0xFFFF) {
        ta_buf_printf(out, "\\u%04x", 0xD800 + ((c - 0x10000) >> 10));
        c = 0xDC00 + ((c - 0x10000) & 0x3FF);
    }
    ta_buf_printf(out, "\\u%04x", c);
}

/* The character at the front of a text; its bytes. */
static size_t put_json_char(ta_text text, bool ascii, ta_buf *out) {
    static const char letters[128] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r',
                                      ['\t'] = 't', ['"'] = '"',  ['\\'] = '\\'};
    int size;
    uint32_t c = ta_utf8_decode(text.data, text.len, &size);
    if (c < 128 && letters[c])
        ta_buf_put(out, (char[]){'\\', letters[c]}, 2);
    else if (c < 0x20 || (ascii && c >= 0x80))
        put_unicode_escape(c, out);
    else
        ta_buf_put(out, text.data, (size_t)size);
    return (size_t)size;
}

const char *ta_json_respell(const ta_record *record, const ta_node *node,
                            const ta_respelling *wish, ta_buf *out) {
    const char *raw = record->raw + node->src;
    if (wish->kind != TA_TEXT) {
        const char *word = wish->kind == TA_TRUE ? "true" : "false";
        bool number = wish->kind == TA_NUMBER;
        ta_buf_put(out, number ? wish->text.data : word,
                   number ? wish->text.len : strlen(word));
        return NULL;
    }
    bool ascii = is_escaped_ascii(raw, node->src_len);
    ta_buf_puts(out, "\"");
    for (ta_text text = wish->text; text.len;) {
        size_t size = put_json_char(text, ascii, out);
        text.data += size;
        text.len -= size;
    }
    ta_buf_puts(out, "\"");
    return NULL;
}
