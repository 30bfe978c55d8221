/* SPDX-License-Identifier: MIT */
/* Characters that nobody sees, or that stand for one that was lost. */
#include "base/utf8.h"
#include "lint/value.h"

enum { QUOTE_AROUND = 16 }; /* bytes of text shown around a place */

size_t ta_lint_blank_len(const char *text, size_t len) {
    int size;
    if (!len || (unsigned char)*text > ' ')
        if (!len || !((unsigned char)*text & 0x80))
            return 0;
    uint32_t c = ta_utf8_decode(text, len, &size);
    return ta_utf8_is_blank(c) ? (size_t)size : 0;
}

/* Joiners and marks of direction have their place in scripts other than Latin. */
static bool is_foreign_joiner(uint32_t c) {
    return (c >= 0x200C && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

size_t ta_lint_invisible_len(const char *text, size_t len) {
    int size;
    uint32_t c = ta_utf8_decode(text, len, &size);
    bool control = c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c >= 0x7F && c < 0xA0;
    bool mark = c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || is_foreign_joiner(c);
    return control || mark ? (size_t)size : 0;
}

/* The nearest place at or before `at` where a character begins. */
static size_t back_to_start(ta_text text, size_t at) {
    while (at && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static void quote_char(const char *text, size_t len, size_t size, ta_buf *out) {
    int ignored;
    uint32_t c = ta_utf8_decode(text, len, &ignored);
    if (ta_lint_invisible_len(text, len) || c < ' ' ||
        (c > ' ' && ta_lint_blank_len(text, len)))
        ta_buf_printf(out, "<U+%04X>", c);
    else
        ta_buf_put(out, text, size);
}

void ta_lint_quote(ta_text text, size_t from, size_t to, ta_buf *out) {
    size_t start = back_to_start(text, from > QUOTE_AROUND ? from - QUOTE_AROUND : 0);
    size_t end =
        text.len - to > QUOTE_AROUND ? back_to_start(text, to + QUOTE_AROUND) : text.len;
    ta_buf_puts(out, start ? "\"…" : "\"");
    for (size_t at = start; at < end;) {
        int size;
        ta_utf8_decode(text.data + at, text.len - at, &size);
        quote_char(text.data + at, text.len - at, (size_t)size, out);
        at += (size_t)size;
    }
    ta_buf_puts(out, end < text.len ? "…\"" : "\"");
}

/* Latin text with ASCII on one side of the character: there it has no meaning. */
static bool is_among_latin(ta_text text, size_t at, size_t size) {
    bool before = at && !(text.data[at - 1] & 0x80);
    bool after = at + size < text.len && !(text.data[at + size] & 0x80);
    return before || after;
}

bool ta_lint_invisible(ta_text text, ta_lint_words *words) {
    for (size_t at = 0; at < text.len;) {
        int size;
        uint32_t c = ta_utf8_decode(text.data + at, text.len - at, &size);
        if (ta_lint_invisible_len(text.data + at, text.len - at) &&
            (!is_foreign_joiner(c) || is_among_latin(text, at, (size_t)size))) {
            ta_buf_printf(&words->name, "U+%04X", c);
            ta_lint_quote(text, at, at + (size_t)size, &words->found);
            return true;
        }
        at += (size_t)size;
    }
    return false;
}

bool ta_lint_lost_character(ta_text text, ta_lint_words *words) {
    const char *lost = memmem(text.data, text.len, "\xEF\xBF\xBD", 3);
    if (!lost)
        return false;
    size_t at = (size_t)(lost - text.data);
    ta_lint_quote(text, at, at + 3, &words->found);
    return true;
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/* Blanks before the first line's end, and behind the last's, are layout: not looked at. */
bool ta_lint_blank(ta_text text, ta_lint_words *words) {
    size_t start = 0, end = text.len, size;
    while (start < end && (size = ta_lint_blank_len(text.data + start, end - start)))
        start += size;
    while (end > start) {
        size_t last = back_to_start(text, end - 1);
        if (!ta_lint_blank_len(text.data + last, end - last))
            break;
        end = last;
    }
    bool begins = start && start < text.len && !is_line_end(text.data[start]);
    bool ends = end < text.len && end && !is_line_end(text.data[end - 1]);
    if (start == text.len)
        begins = true; /* nothing but blanks */
    if (!begins && !ends)
        return false;
    ta_buf_puts(&words->name, start == text.len ? "nothing but blanks"
                              : begins && ends  ? "blanks at both ends"
                              : begins          ? "a blank at the start"
                                                : "a blank at the end");
    ta_lint_quote(text, begins ? 0 : end, begins ? start : text.len, &words->found);
    if (start < end && end - start <= 80)
        ta_buf_printf(&words->replacement, "%.*s", (int)(end - start), text.data + start);
    return true;
}
