/* SPDX-License-Identifier: MIT */
/*
 * Words of Latin letters with some of Cyrillic or Greek among them that look the same (or the
 * other way round): to a search they are other words. Greek letters that stand in science for
 * themselves (TNFα, NF-κB) look like no Latin ones.
 */
#include "base/utf8.h"
#include "lint/value.h"

/* Letters that cannot be told apart by eye, the Latin one first. */
static const struct {
    char latin;
    uint16_t cyrillic, greek; /* 0: none */
} twins[] = {
    {'A', 0x410, 0x391}, {'B', 0x412, 0x392}, {'C', 0x421, 0},     {'E', 0x415, 0x395},
    {'H', 0x41D, 0x397}, {'I', 0x406, 0x399}, {'J', 0x408, 0},     {'K', 0x41A, 0x39A},
    {'M', 0x41C, 0x39C}, {'N', 0, 0x39D},     {'O', 0x41E, 0x39F}, {'P', 0x420, 0x3A1},
    {'S', 0x405, 0},     {'T', 0x422, 0x3A4}, {'X', 0x425, 0x3A7}, {'Y', 0, 0x3A5},
    {'Z', 0, 0x396},     {'a', 0x430, 0},     {'c', 0x441, 0},     {'e', 0x435, 0},
    {'i', 0x456, 0},     {'j', 0x458, 0},     {'o', 0x43E, 0x3BF}, {'p', 0x440, 0},
    {'s', 0x455, 0},     {'x', 0x445, 0},     {'y', 0x443, 0},
};

enum { TWINS = sizeof twins / sizeof *twins };

typedef enum script { NO_LETTER, LATIN, CYRILLIC, GREEK, SCRIPTS } script;

static script script_of(uint32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
        (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF))
        return LATIN;
    if (c >= 0x400 && c <= 0x52F)
        return CYRILLIC;
    return (c >= 0x386 && c <= 0x3CE && c != 0x387) || (c >= 0x1F00 && c <= 0x1FFF) ? GREEK
                                                                                    : NO_LETTER;
}

static uint32_t letter_of(int row, script s) {
    return s == LATIN      ? (unsigned char)twins[row].latin
           : s == CYRILLIC ? twins[row].cyrillic
                           : twins[row].greek;
}

/* The letter of another script that looks like this one; 0: none does. */
static uint32_t twin_of(uint32_t c, script from, script to) {
    for (int i = 0; i < TWINS; i++)
        if (letter_of(i, from) == c)
            return letter_of(i, to);
    return 0;
}

/* A run of letters, and how many of each script; `alike[from][to]`: have a twin there. */
typedef struct word {
    size_t end;
    unsigned letters[SCRIPTS];
    unsigned alike[SCRIPTS][SCRIPTS];
} word;

static void read_word(ta_text text, size_t at, word *w) {
    *w = (word){.end = at};
    while (w->end < text.len) {
        int size;
        uint32_t c = ta_utf8_decode(text.data + w->end, text.len - w->end, &size);
        script s = script_of(c);
        if (s == NO_LETTER)
            break;
        w->letters[s]++;
        for (script to = LATIN; to < SCRIPTS; to++)
            w->alike[s][to] += to != s && twin_of(c, s, to);
        w->end += (size_t)size;
    }
}

/* Whether the letters of a script all have twins in the host's, and are fewer, or as many where
 * the host's cannot be what is strange. */
static bool is_stranger(const word *w, script s, script host) {
    unsigned few = w->letters[s], many = w->letters[host];
    if (!few || w->alike[s][host] < few || many < (host == GREEK ? 3 : 2))
        return false;
    return few < many || (few == many && w->alike[host][s] < many);
}

/* The script of letters that do not belong in a word, and that of the others; NO_LETTER: the
 * word is good. */
static script find_stranger(const word *w, script *host) {
    for (script s = LATIN; s < SCRIPTS; s++)
        for (*host = LATIN; *host < SCRIPTS; ++*host)
            if (s != *host && is_stranger(w, s, *host))
                return s;
    return NO_LETTER;
}

static void say_word(ta_text text, size_t from, const word *w, script stranger, script host,
                     ta_lint_words *words) {
    static const char *const names[] = {"", "Latin", "Cyrillic", "Greek"};
    for (size_t at = from; at < w->end;) {
        int size;
        char twin[4];
        uint32_t c = ta_utf8_decode(text.data + at, w->end - at, &size);
        if (script_of(c) == stranger) {
            if (!words->name.len)
                ta_buf_printf(&words->name, "%s %.*s (U+%04X)", names[stranger], size,
                              text.data + at, c);
            int bytes = ta_utf8_encode(twin_of(c, stranger, host), twin);
            ta_buf_put(&words->replacement, twin, (size_t)bytes);
        } else {
            ta_buf_put(&words->replacement, text.data + at, (size_t)size);
        }
        at += (size_t)size;
    }
    ta_buf_puts(&words->expected, names[host]);
    ta_buf_printf(&words->found, "\"%.*s\"", (int)(w->end - from), text.data + from);
}

/* Whether some byte begins a letter of Greek or Cyrillic. */
static bool has_other_script(ta_text text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c >= 0xCE && c <= 0xD4) || c == 0xE1)
            return true;
    }
    return false;
}

bool ta_lint_lookalike(ta_text text, ta_lint_words *words) {
    if (!has_other_script(text))
        return false;
    for (size_t at = 0; at < text.len;) {
        word w;
        int size;
        script host = NO_LETTER;
        read_word(text, at, &w);
        if (w.end == at) {
            ta_utf8_decode(text.data + at, text.len - at, &size);
            at += (size_t)size;
            continue;
        }
        script stranger = find_stranger(&w, &host);
        if (stranger != NO_LETTER) {
            say_word(text, at, &w, stranger, host, words);
            return true;
        }
        at = w.end;
    }
    return false;
}
