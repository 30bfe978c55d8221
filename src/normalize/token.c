/* SPDX-License-Identifier: MIT */
/*
 * Cutting a text into words, digits and marks. Words lose case and the accents of the Latin
 * letters that the six languages use; blanks of all kinds are one kind of blank; characters
 * that nobody sees are passed over.
 */
#include "normalize/token.h"

#include "base/utf8.h"

/* U+00C0 to U+00FF in basic letters; '*' has a row below, '.' is no letter. */
static const char latin_letters[] =
    "aaaaaa*ceeeeiiiidnooooo.ouuuuy**aaaaaa*ceeeeiiiidnooooo.ouuuuy*y";

/* A character as text: letters of words, or marks that mean the same as others. */
typedef struct char_row {
    uint32_t c;
    const char *text;
} char_row;

static const char_row letter_rows[] = {{0xC6, "ae"},
                                       {0xE6, "ae"},
                                       {0xDE, "th"},
                                       {0xDF, "ss"},
                                       {0xFE, "th"},
                                       {0x132, "ij"},
                                       {0x133, "ij"},
                                       {0x152, "oe"},
                                       {0x153, "oe"},
                                       {0x160, "s"},
                                       {0x161, "s"},
                                       {0x178, "y"},
                                       {0}};
/* Currency signs are words, as their codes are. */
static const char_row sign_rows[] = {{0x20AC, "eur"}, {0xA3, "gbp"}, {0xA5, "jpy"}, {0}};
static const char_row mark_rows[] = {
    {0x2010, "-"}, {0x2011, "-"},  {0x2012, "-"},   {0x2013, "-"}, {0x2014, "-"},
    {0x2015, "-"}, {0x2212, "-"},  {0x2019, "'"},   {0x2BC, "'"},  {0xB4, "'"},
    {0x2248, "~"}, {0x2265, ">="}, {0x2264, "<="},  {0xB0, "^"},   {0xBA, "^"},
    {0xAA, "^"},   {0xBD, "1/2"},  {0x2026, "..."}, {0xFF05, "%"}, {0}};

static const char *find_char(const char_row *rows, uint32_t c) {
    for (; rows->c; rows++)
        if (rows->c == c)
            return rows->text;
    return NULL;
}

static bool is_token_blank(uint32_t c) {
    return ta_utf8_is_space(c) || (c >= 9 && c <= 13);
}

/* Accents as characters of their own, soft hyphens, zero-width blanks. */
static bool is_passed_over(uint32_t c) {
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || (c >= 0x300 && c <= 0x36F);
}

/* The letters of a character in `out` (at most 3 bytes with the NUL); false: it is none. */
static bool spell_letter(uint32_t c, char out[3]) {
    const char *text = find_char(letter_rows, c);
    char plain = c >= 'A' && c <= 'Z'              ? (char)(c + 32)
                 : c >= 'a' && c <= 'z'            ? (char)c
                 : c >= 0xC0 && c <= 0xFF && !text ? latin_letters[c - 0xC0]
                                                   : '.';
    memset(out, 0, 3);
    if (text)
        memcpy(out, text, strlen(text));
    else
        out[0] = plain;
    return text || plain != '.';
}

static bool is_digit_char(uint32_t c) {
    return c >= '0' && c <= '9';
}

/* As much as belongs to a word or number from *at on. */
static void read_word(ta_text text, size_t *at, ta_token *token) {
    char letters[3];
    size_t len = 0;
    int size;
    for (; *at < text.len; *at += (size_t)size) {
        uint32_t c = ta_utf8_decode(text.data + *at, text.len - *at, &size);
        if (is_passed_over(c))
            continue;
        if (!spell_letter(c, letters))
            break;
        size_t more = strlen(letters);
        if (len + more < TA_TOKEN_WORD)
            memcpy(token->word + len, letters, more);
        len += more;
    }
    if (len >= TA_TOKEN_WORD)
        memset(token->word, 0, sizeof token->word);
}

static void read_mark(uint32_t c, ta_token *token) {
    const char *sign = find_char(sign_rows, c), *mark = find_char(mark_rows, c);
    const char *text = sign ? sign : mark;
    token->kind = sign ? TA_TOKEN_WORD_KIND : TA_TOKEN_MARK;
    if (text)
        memcpy(token->word, text, strlen(text));
    else if (c < 0x80)
        token->word[0] = (char)c;
}

static void read_token(ta_text text, size_t *at, ta_token *token) {
    char letters[3];
    int size;
    uint32_t c = ta_utf8_decode(text.data + *at, text.len - *at, &size);
    token->start = (uint32_t)*at;
    if (is_digit_char(c)) {
        token->kind = TA_TOKEN_DIGITS;
        while (*at < text.len && is_digit_char((unsigned char)text.data[*at]))
            ++*at;
    } else if (spell_letter(c, letters)) {
        token->kind = TA_TOKEN_WORD_KIND;
        read_word(text, at, token);
    } else {
        read_mark(c, token);
        *at += (size_t)size;
    }
    token->len = (uint32_t)*at - token->start;
}

bool ta_tokens_read(ta_text text, ta_tokens *out) {
    bool spaced = false;
    int size;
    out->text = text;
    out->count = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = ta_utf8_decode(text.data + at, text.len - at, &size);
        if (is_token_blank(c) || is_passed_over(c)) {
            spaced |= !is_passed_over(c);
            at += (size_t)size;
            continue;
        }
        if (out->count == TA_TOKENS_MAX)
            return false;
        ta_token *token = &out->items[out->count++];
        *token = (ta_token){.spaced = spaced};
        read_token(text, &at, token);
        spaced = false;
    }
    out->items[out->count] = (ta_token){.start = (uint32_t)text.len};
    return out->count > 0;
}

bool ta_scan_at_end(const ta_scan *scan) {
    return scan->at >= scan->tokens->count;
}

bool ta_scan_mark(ta_scan *scan, const char *mark) {
    const ta_token *token = ta_scan_peek(scan);
    bool is = token->kind == TA_TOKEN_MARK && !strcmp(token->word, mark);
    scan->at += is;
    return is;
}

bool ta_scan_near(ta_scan *scan, const char *mark) {
    return !ta_scan_peek(scan)->spaced && ta_scan_mark(scan, mark);
}

bool ta_scan_digits(ta_scan *scan, uint32_t min, uint32_t max, int *out) {
    const ta_token *token = ta_scan_peek(scan);
    if (token->kind != TA_TOKEN_DIGITS || token->len < min || token->len > max)
        return false;
    const char *text = scan->tokens->text.data + token->start;
    *out = 0;
    for (uint32_t i = 0; i < token->len; i++)
        *out = *out * 10 + (text[i] - '0');
    scan->at++;
    return true;
}

ta_text ta_token_text(const ta_scan *scan, const ta_token *token) {
    return (ta_text){scan->tokens->text.data + token->start, token->len};
}
