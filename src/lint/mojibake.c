/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 that was read as Windows-1252 (or Latin-1) and written as UTF-8 again: é stands there
 * as Ã©, ’ as â€™. Characters are turned back into the bytes they were; what is UTF-8 then, and
 * no text that anybody writes as it stands, is damage.
 */
#include "base/utf8.h"
#include "lint/value.h"

enum { REPAIRED_MAX = 120 }; /* bytes of a repaired text that is told */

/* The characters of Windows-1252 for the bytes 0x80 to 0x9F; 0: none. */
static const uint16_t upper_letters[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* The byte that a character was; -1: none. */
static int byte_of(uint32_t c) {
    if (c < 0x100)
        return (int)c;
    for (int i = 0; i < 32; i++)
        if (upper_letters[i] == c)
            return 0x80 + i;
    return -1;
}

/* What stands for one character as UTF-8: its bytes, and how many bytes of the text it takes.
 */
typedef struct mangled {
    unsigned char bytes[4];
    int count;
    size_t size;
} mangled;

static bool read_mangled(const char *text, size_t len, mangled *out) {
    int need = 1;
    *out = (mangled){.count = 0};
    while (out->count < need) {
        int size;
        if (out->size == len)
            return false;
        int byte = byte_of(ta_utf8_decode(text + out->size, len - out->size, &size));
        if (byte < 0)
            return false;
        if (!out->count)
            need = byte >= 0xC2 && byte < 0xE0   ? 2
                   : byte >= 0xE0 && byte < 0xF0 ? 3
                   : byte >= 0xF0 && byte < 0xF5 ? 4
                                                 : 0;
        else if ((byte & 0xC0) != 0x80)
            return false;
        if (!need)
            return false;
        out->bytes[out->count++] = (unsigned char)byte;
        out->size += (size_t)size;
    }
    return ta_utf8_check((const char *)out->bytes, (size_t)need) == (size_t)need;
}

static bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Ã, Â, and three or four characters in a row are never meant, nor are Ä and Å with a sign
 * behind them inside a word; of others one alone may be (Ä and a quotation mark). */
static bool is_certain(ta_text text, size_t at, const mangled *m) {
    if (m->bytes[0] == 0xC2 || m->bytes[0] == 0xC3 || m->count > 2)
        return true;
    return m->bytes[0] <= 0xC5 && at && is_letter(text.data[at - 1]) &&
           at + m->size < text.len && is_letter(text.data[at + m->size]);
}

/* What was found in a text so far. */
typedef struct damage {
    size_t from, to, end; /* of the first; where the last one ends */
    bool found, certain;
} damage;

static void add_damage(damage *d, ta_text text, size_t at, const mangled *m) {
    if (!d->found) {
        d->from = at;
        d->to = at + m->size;
    }
    d->certain |= is_certain(text, at, m) || (d->found && d->end == at);
    d->found = true;
    d->end = at + m->size;
}

bool ta_lint_mojibake(ta_text text, ta_lint_words *words) {
    damage d = {.found = false};
    for (size_t at = 0; at < text.len;) {
        mangled m;
        int size;
        if ((text.data[at] & 0x80) && read_mangled(text.data + at, text.len - at, &m)) {
            add_damage(&d, text, at, &m);
            ta_buf_put(&words->replacement, m.bytes, (size_t)m.count);
            at += m.size;
            continue;
        }
        ta_utf8_decode(text.data + at, text.len - at, &size);
        ta_buf_put(&words->replacement, text.data + at, (size_t)size);
        at += (size_t)size;
    }
    if (!d.certain)
        return false;
    ta_lint_quote(text, d.from, d.to, &words->found);
    if (words->replacement.len > REPAIRED_MAX)
        words->replacement.len = 0;
    return true;
}
