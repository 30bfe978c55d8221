/* SPDX-License-Identifier: MIT */
/*
 * Each candidate decodes a sample, and the words with letters beyond ASCII are judged: letters
 * that the languages of the encoding use count for it; signs inside words, capitals behind
 * small letters, words of two scripts and control characters count against it.
 */
#include "base/guess.h"

#include <stdint.h>
#include <string.h>

#include "base/codec.h"
#include "base/utf8.h"

enum { SAMPLE_BYTES = 16 * 1024 };

typedef struct guess_row {
    const char *name;
    const char *common;   /* letters of its languages */
    uint32_t first, last; /* its script beyond Latin; 0: none */
} guess_row;

/* In the order in which they win where they are equal. */
static const guess_row guess_rows[] = {
    {"windows-1252", "éèêëàâçôîïûùüœÉÈÀÇäößÄÖÜñáíóúãõåæøÅÆØ", 0, 0},
    {"windows-1250", "áéíóúýčďěňřšťůžąćęłńśźżőűăşţäöüßČŘŠŽŁŚŻ", 0, 0},
    {"windows-1253", "αοιετσνηςάέήίόύώΑΟΙΕΤΣΝΗ", 0x370, 0x3FF},
    {"windows-1251", "оеаинтсрвлОЕАИНТСРВЛ", 0x400, 0x4FF},
    {"windows-1254", "çğıöşüâÇĞİÖŞÜ", 0, 0},
    {"windows-1257", "ąčęėįšųūžāēģīķļņõäöü", 0, 0},
    {"windows-1255", "אבגדהוזחטיכלמנסעפצקרשת", 0x590, 0x5FF},
    {"windows-1256", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", 0x600, 0x6FF},
};

typedef struct letters {
    const guess_row *row;
    long score;
    uint32_t before; /* the character before; 0: none */
} letters;

static bool is_latin(uint32_t c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
}

static bool is_beyond(uint32_t c) {
    return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x6FF);
}

/* Capitals of Latin-1 and of Latin Extended-A, Greek and Cyrillic, near enough. */
static bool is_capital(uint32_t c) {
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) ||
           (c >= 0x100 && c <= 0x137 && !(c & 1)) || (c >= 0x14A && c <= 0x177 && !(c & 1)) ||
           (c >= 0x391 && c <= 0x3A9) || (c >= 0x400 && c <= 0x42F);
}

static bool is_small(uint32_t c) {
    return (is_latin(c) || is_beyond(c)) && !is_capital(c);
}

static bool is_common(const guess_row *row, const char *text, int size) {
    return memmem(row->common, strlen(row->common), text, (size_t)size) != NULL;
}

static bool is_own(const guess_row *row, uint32_t c) {
    return row->first && c >= row->first && c <= row->last;
}

static void judge(letters *l, uint32_t c, const char *text, int size, uint32_t next) {
    bool beyond = is_beyond(c), inside = is_latin(l->before) || is_beyond(l->before);
    bool followed = is_latin(next) || is_beyond(next);
    if (c >= 0x80 && beyond) {
        l->score += is_common(l->row, text, size) ? 2 : 0;
        l->score -= is_capital(c) && is_small(l->before) ? 4 : 0;
        /* Scripts do not mix in a word. */
        bool own = is_own(l->row, c);
        l->score -= own && (is_latin(l->before) || is_latin(next)) ? 6 : 0;
        l->score += own && (is_own(l->row, l->before) || is_own(l->row, next)) ? 2 : 0;
        l->score -= !own && is_beyond(l->before) && is_beyond(next) ? 3 : 0;
    } else if (c >= 0x80) {
        bool apostrophe = c == 0x2019;
        l->score -= inside && followed && !apostrophe ? 4 : 0;
        l->score -= c < 0xA0 ? 8 : 0;
    }
}

static void judge_text(letters *l, const char *text, size_t len) {
    size_t at = 0;
    while (at < len) {
        int size, next_size;
        uint32_t c = ta_utf8_decode(text + at, len - at, &size);
        size_t behind = at + (size_t)size;
        uint32_t next =
            behind < len ? ta_utf8_decode(text + behind, len - behind, &next_size) : 0;
        judge(l, c, text + at, size, next);
        l->before = c;
        at = behind;
    }
}

/* False: a byte does not occur in the encoding. */
static bool judge_encoding(const guess_row *row, const char *data, size_t len, long *score) {
    ta_decoder *decoder;
    letters l = {.row = row};
    if (ta_decoder_new(row->name, &decoder) != TA_OK)
        return false;
    bool ok = true;
    while (ok && len) {
        char out[4096], *to = out;
        size_t room = sizeof out, before = len;
        ok = ta_decoder_run(decoder, &data, &len, &to, &room) == TA_OK;
        judge_text(&l, out, sizeof out - room);
        if (len == before)
            break;
    }
    ta_decoder_drop(decoder);
    *score = l.score;
    return ok;
}

const char *ta_encoding_guess(const char *data, size_t len) {
    const char *best = NULL;
    long most = 0;
    len = len < SAMPLE_BYTES ? len : SAMPLE_BYTES;
    for (size_t i = 0; i < sizeof guess_rows / sizeof *guess_rows; i++) {
        long score;
        if (!judge_encoding(&guess_rows[i], data, len, &score) || score <= most)
            continue;
        most = score;
        best = guess_rows[i].name;
    }
    return best;
}
