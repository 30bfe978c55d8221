/* SPDX-License-Identifier: MIT */
/* The spelling is jansson's, so that nobody can tell which of the two wrote a line. */
#include "report/line.h"

#include "base/utf8.h"

#define EACH_BYTE(b) (UINT64_MAX / 255 * (b))

/* A mark in each byte that is 0. */
static uint64_t mark_zeros(uint64_t bytes) {
    return (bytes - EACH_BYTE(1)) & ~bytes & EACH_BYTE(0x80);
}

static bool is_plain(char c) {
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* How many bytes at the front need no escape. */
static size_t run_plain(const char *text, size_t len) {
    size_t at = 0;
    for (uint64_t eight; len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text + at, sizeof eight);
        uint64_t low = (eight - EACH_BYTE(0x20)) & ~eight & EACH_BYTE(0x80);
        if (low | mark_zeros(eight ^ EACH_BYTE('"')) | mark_zeros(eight ^ EACH_BYTE('\\')))
            break;
    }
    while (at < len && is_plain(text[at]))
        at++;
    return at;
}

static void put_json_escape(ta_buf *out, char c) {
    static const char letters[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    for (const char *at = letters; *at; at += 2) {
        if (*at != c)
            continue;
        ta_buf_put(out, "\\", 1);
        ta_buf_put(out, at + 1, 1);
        return;
    }
    ta_buf_printf(out, "\\u%04X", (unsigned)(unsigned char)c);
}

static void put_json_text(ta_buf *out, const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        size_t run = run_plain(text + at, len - at);
        ta_buf_put(out, text + at, run);
        at += run;
        if (at < len)
            put_json_escape(out, text[at++]);
    }
}

/* The same of bytes that may not be text. */
static void put_json_bytes(ta_buf *out, const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        size_t good = ta_utf8_check(text + at, len - at);
        put_json_text(out, text + at, good);
        at += good;
        if (at++ < len)
            ta_buf_puts(out, "\xEF\xBF\xBD");
    }
}

static void put_line_name(ta_line *line, const char *name) {
    if (line->some)
        ta_buf_put(line->out, ", ", 2);
    line->some = true;
    if (!name)
        return;
    ta_buf_put(line->out, "\"", 1);
    ta_buf_puts(line->out, name);
    ta_buf_put(line->out, "\": ", 3);
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
    ta_buf_put(line->out, "\"", 1);
    put_json_bytes(line->out, text, strlen(text));
    ta_buf_put(line->out, "\"", 1);
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

/* It is put together in its place; most need no escape there. */
void ta_line_message(ta_line *line, const char *name, const ta_finding *finding) {
    ta_buf *out = line->out, words = {0};
    put_line_name(line, name);
    ta_buf_put(out, "\"", 1);
    size_t from = out->len;
    ta_finding_message(finding, out);
    const char *text = ta_buf_text(out) + (out->failed ? 0 : from);
    size_t len = out->len - from;
    if (!out->failed && (run_plain(text, len) < len || ta_utf8_check(text, len) < len)) {
        ta_buf_put(&words, text, len);
        out->len = from;
        put_json_bytes(out, ta_buf_text(&words), words.len);
        out->failed |= words.failed;
        ta_buf_fini(&words);
    }
    ta_buf_put(out, "\"", 1);
}
