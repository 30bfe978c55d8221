/* SPDX-License-Identifier: MIT */
/* The spelling is jansson's, so that nobody can tell which of the two wrote a line. */
#include "report/line.h"

#include "base/utf8.h"

#define EACH_BYTE(b) (UINT64_MAX / 255 * (b))

/* A mark in each byte that is 0. */
static uint64_t mark_zeros(uint64_t bytes) {
    return (bytes - EACH_BYTE(1)) & ~bytes & EACH_BYTE(0x80);
}

enum {
    PIECE = 4096,   /* bytes of a text that are spelled in one go, */
    ESCAPED_MAX = 6 /* each in so many at most: \u0000 */
};

/* A mark in each byte that is not copied as it is: controls, quotes, backslashes, and what is
 * not ASCII. Behind the first mark others may be wrong. */
static uint64_t mark_special(uint64_t eight) {
    return ((eight - EACH_BYTE(0x20)) & ~eight & EACH_BYTE(0x80)) | (eight & EACH_BYTE(0x80)) |
           mark_zeros(eight ^ EACH_BYTE('"')) | mark_zeros(eight ^ EACH_BYTE('\\'));
}

static char *spell_special(char *to, unsigned char c) {
    static const char digits[] = "0123456789ABCDEF", letters[] = "btn?fr";
    if (c >= 0x80) {
        *to++ = (char)c;
        return to;
    }
    *to++ = '\\';
    if (c >= 0x20) {
        *to++ = (char)c;
    } else if (c >= '\b' && c <= '\r' && c != '\v') {
        *to++ = letters[c - '\b'];
    } else {
        memcpy(to, "u00", 3);
        to[3] = digits[c >> 4];
        to[4] = digits[c & 15];
        to += 5;
    }
    return to;
}

static bool is_special(unsigned char c) {
    return c < 0x20 || c == '"' || c == '\\' || c >= 0x80;
}

/* Spells a text where there is room for it, and eight bytes more. What is not ASCII is UTF-8
 * or, if it is not `known` to be, ends it. *text gets how far it came. */
static char *spell_text(char *to, const char **text, const char *end, bool known) {
    const char *at = *text;
    while (at < end) {
        uint64_t eight = 0;
        size_t run = 0, most = (size_t)(end - at);
        if (most >= sizeof eight) {
            memcpy(&eight, at, sizeof eight);
            memcpy(to, &eight, sizeof eight);
            uint64_t marks = mark_special(eight);
            most = sizeof eight;
            run = marks ? (size_t)__builtin_ctzll(marks) / 8 : most;
        } else {
            for (; run < most && !is_special((unsigned char)at[run]); run++)
                to[run] = at[run];
        }
        to += run;
        at += run;
        if (run == most)
            continue;
        if (*at & 0x80 && !known)
            break;
        to = spell_special(to, (unsigned char)*at++);
    }
    *text = at;
    return to;
}

/* Each byte that is not text becomes U+FFFD. */
static void put_json_text(ta_buf *out, const char *text, size_t len) {
    const char *end = text + len, *known = text;
    while (text < end) {
        const char *to_end = end - text < PIECE ? end : text + PIECE;
        if (known > text && known < to_end)
            to_end = known;
        if (!ta_buf_reserve(out, ESCAPED_MAX * (size_t)(to_end - text)))
            return;
        char *at = out->data + out->len;
        out->len = (size_t)(spell_text(at, &text, to_end, known > text) - out->data);
        if (text == to_end)
            continue;
        known = text + ta_utf8_check(text, (size_t)(end - text));
        if (known > text)
            continue;
        ta_buf_puts(out, "\xEF\xBF\xBD");
        text++;
    }
}

static void put_byte(ta_buf *out, char c) {
    if (ta_buf_reserve(out, 1))
        out->data[out->len++] = c;
}

/* Names are short, and need no escape. */
static void put_line_name(ta_line *line, const char *name) {
    ta_buf *out = line->out;
    size_t len = name ? strlen(name) : 0;
    if (!ta_buf_reserve(out, len + 8))
        return;
    char *to = out->data + out->len;
    memcpy(to, ", ", 2);
    to += line->some ? 2 : 0;
    line->some = true;
    if (name) {
        *to++ = '"';
        memcpy(to, name, len);
        memcpy(to + len, "\": ", 3);
        to += len + 3;
    }
    out->len = (size_t)(to - out->data);
}

void ta_line_open(ta_line *line, const char *name, const char *bracket) {
    put_line_name(line, name);
    ta_buf_puts(line->out, bracket);
    line->some = false;
}

void ta_line_close(ta_line *line, const char *bracket) {
    ta_buf_puts(line->out, bracket);
    line->some = true;
}

void ta_line_text(ta_line *line, const char *name, const char *text) {
    if (!text)
        return;
    put_line_name(line, name);
    put_byte(line->out, '"');
    put_json_text(line->out, text, strlen(text));
    put_byte(line->out, '"');
}

void ta_line_number(ta_line *line, const char *name, uint64_t value) {
    put_line_name(line, name);
    ta_buf_put_count(line->out, value);
}

void ta_line_true_if(ta_line *line, const char *name, bool value) {
    if (!value)
        return;
    put_line_name(line, name);
    ta_buf_puts(line->out, "true");
}

void ta_line_number_if(ta_line *line, const char *name, uint64_t value) {
    if (value)
        ta_line_number(line, name, value);
}

void ta_line_message(ta_line *line, const char *name, const ta_finding *finding) {
    ta_buf words = {0};
    ta_finding_message(finding, &words);
    ta_line_text(line, name, ta_buf_text(&words));
    line->out->failed |= words.failed;
    ta_buf_fini(&words);
}
