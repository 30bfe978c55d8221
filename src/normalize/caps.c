/* SPDX-License-Identifier: MIT */
/*
 * Capitals on request (x-normalize: caps): ALPINE EXEMPLE BIOTECH SAS to Alpine Exemple Biotech
 * SAS. Only where a name has no small letter at all. Legal forms, acronyms and short words keep
 * their letters; particles (de, of, und) are small. What accents were left out stays so.
 */
#include "base/utf8.h"
#include "normalize/rule.h"
#include "normalize/token.h"

enum { ACRONYM_MAX = 3 };

static const char *const particles[] = {
    "de",    "du",   "des",   "la",   "le",  "les", "l",   "d",   "et",  "en",  "sur",
    "sous",  "aux",  "au",    "a",    "of",  "and", "the", "for", "in",  "und", "der",
    "die",   "das",  "fur",   "von",  "zu",  "im",  "am",  "dem", "den", "di",  "del",
    "della", "dei",  "delle", "e",    "il",  "per", "y",   "los", "las", "el",  "van",
    "het",   "voor", "pour",  "dans", "par", "zur", "zum", NULL};

/* Forms and names that are written in capitals or in their own way, longer than short words. */
static const char *const kept_words[] = {
    "sarl",  "sasu",  "eurl",   "scop",  "epic", "gmbh",    "ggmbh", "kgaa", "ohg",
    "cnrs",  "inria", "inserm", "inrae", "inra", "ifremer", "onera", "cnr",  "enea",
    "csic",  "epfl",  "ethz",   "kth",   "nasa", "chru",    "epst",  "asbl", "vzw",
    "aisbl", "bvba",  "sprl",   "ucl",   "vub",  "srl",     "spa",   "ltd",  "llc",
    "llp",   "plc",   "oy",     "ab",    "aps",  "vof",     "coop",  NULL};

static bool has_name(const char *const *names, const char *word) {
    for (; *names; names++)
        if (!strcmp(*names, word))
            return true;
    return false;
}

static bool is_small_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) ||
           (c >= 0x100 && c <= 0x177 && c % 2 && c != 0x131 && !(c >= 0x139 && c <= 0x148)) ||
           c == 0x17A || c == 0x17C || c == 0x17E;
}

/* Latin letters of Europe; others as they are. */
static uint32_t to_small(uint32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 0x20;
    if (c >= 0x100 && c <= 0x137 && c % 2 == 0 && c != 0x130)
        return c + 1;
    if (c >= 0x139 && c <= 0x148 && c % 2)
        return c + 1;
    if ((c >= 0x14A && c <= 0x176 && c % 2 == 0) || c == 0x179 || c == 0x17B || c == 0x17D)
        return c + 1;
    return c == 0x178 ? 0xFF : c;
}

static bool has_vowel(const char *word) {
    return strpbrk(word, "aeiouy") != NULL;
}

/* Whether a word stays in capitals. */
static bool is_acronym(const ta_tokens *tokens, uint32_t at) {
    const ta_token *token = &tokens->items[at];
    const ta_token *next = token + 1;
    bool short_word = strlen(token->word) <= ACRONYM_MAX && token->len <= 2 * ACRONYM_MAX;
    bool dotted = next->kind == TA_TOKEN_MARK && !strcmp(next->word, ".") && !next->spaced &&
                  token->len <= 2;
    bool numbered = (at && token[-1].kind == TA_TOKEN_DIGITS && !token->spaced) ||
                    (next->kind == TA_TOKEN_DIGITS && !next->spaced);
    return !*token->word || short_word || dotted || numbered || !has_vowel(token->word) ||
           has_name(kept_words, token->word);
}

static void put_small(ta_text word, bool keep_first, ta_buf *out) {
    int size;
    for (size_t i = 0; i < word.len; i += (size_t)size) {
        char bytes[4];
        uint32_t c = ta_utf8_decode(word.data + i, word.len - i, &size);
        int len = ta_utf8_encode(keep_first && !i ? c : to_small(c), bytes);
        ta_buf_put(out, bytes, (size_t)len);
    }
}

static bool has_small_letter(ta_text text) {
    int size;
    for (size_t i = 0; i < text.len; i += (size_t)size)
        if (is_small_letter(ta_utf8_decode(text.data + i, text.len - i, &size)))
            return true;
    return false;
}

static void put_cap_word(const ta_tokens *tokens, uint32_t at, ta_buf *out) {
    const ta_token *token = &tokens->items[at];
    ta_text word = {tokens->text.data + token->start, token->len};
    bool particle = at && has_name(particles, token->word);
    if (token->kind != TA_TOKEN_WORD_KIND ||
        (!particle && is_acronym(tokens, at) && !(at == 0 && has_name(particles, token->word))))
        ta_buf_put(out, word.data, word.len);
    else
        put_small(word, !particle, out);
}

ta_verdict ta_normal_caps(const ta_normal_value *value, ta_normal_result *result) {
    ta_tokens tokens;
    size_t behind = 0;
    if (has_small_letter(value->text) || !ta_tokens_read(value->text, &tokens))
        return TA_NORMAL_SAME;
    for (uint32_t i = 0; i < tokens.count; i++) {
        const ta_token *token = &tokens.items[i];
        ta_buf_put(&result->text, value->text.data + behind, token->start - behind);
        put_cap_word(&tokens, i, &result->text);
        behind = token->start + token->len;
    }
    ta_buf_put(&result->text, value->text.data + behind, value->text.len - behind);
    return ta_normal_to(value, result, TA_TEXT, TA_F_CAPS_FORM);
}
