/* SPDX-License-Identifier: MIT */
/*
 * Capitals on request (x-normalize: caps): ALPINE EXEMPLE BIOTECH SAS to Alpine Exemple Biotech
 * SAS. Only where a name has no small letter at all. Legal forms are written as registers do
 * (GmbH, S.p.A.), acronyms, Roman numbers and short words keep their letters; particles (de,
 * of, und) are small. What accents were left out stays so.
 */
#include <strings.h>

#include "base/utf8.h"
#include "normalize/rule.h"
#include "normalize/token.h"

enum { ACRONYM_MAX = 3, INITIALS_MAX = 10 };

static const char *const particles[] = {
    "de",   "du",   "des",   "la",   "le",    "les",   "l",   "d",    "et",  "en",  "sur",
    "sous", "aux",  "au",    "a",    "of",    "and",   "the", "for",  "in",  "und", "der",
    "die",  "das",  "fur",   "von",  "vom",   "zu",    "im",  "am",   "dem", "den", "di",
    "del",  "dell", "della", "dei",  "degli", "delle", "e",   "ed",   "il",  "per", "da",
    "dal",  "y",    "los",   "las",  "el",    "do",    "dos", "para", "van", "het", "voor",
    "ten",  "ter",  "aan",   "pour", "dans",  "par",   "zur", "zum",  NULL};

/* Forms that registers write in letters of both kinds. */
static const char *const forms[] = {
    "GmbH", "gGmbH", "mbH", "KGaA", "SpA", "Srl", "Srls", "Scarl", "Sarl", "Ltd", "plc",
    "Inc",  "Corp",  "Co",  "Cie",  "Oy",  "Oyj", "ApS",  "vzw",   "eV",   "eG",  NULL};

/* Names and forms of more than three letters that are spoken like words. */
static const char *const kept_words[] = {
    "sarl",   "sasu",  "eurl",  "scop", "scic",    "epic",  "cnrs",   "inria",
    "inserm", "inrae", "inra",  "leti", "ifremer", "onera", "irstea", "ademe",
    "enea",   "infn",  "csic",  "epfl", "ethz",    "kth",   "nasa",   "chru",
    "epst",   "asbl",  "aisbl", "bvba", "sprl",    "coop",  NULL};

/* Short words that are no acronyms. */
static const char *const short_words[] = {"bio", "eau", "mer", "art", "air",
                                          "bau", "eco", "lab", NULL};

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

static bool is_mark(const ta_token *token, const char *mark) {
    return token->kind == TA_TOKEN_MARK && !strcmp(token->word, mark);
}

/* Up to thirty-nine: centuries, kings, parts of a university. */
static bool is_roman(const char *word) {
    static const char *const units[] = {"",  "i",  "ii",  "iii",  "iv",
                                        "v", "vi", "vii", "viii", "ix"};
    const char *rest = word + strspn(word, "x");
    if (!*word || rest - word > 3)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strcmp(rest, units[i]))
            return true;
    return false;
}

/* CENTRE NATIONAL ... (CNRS): a word in brackets, made of the first letters of those before. */
static bool is_initials(const ta_tokens *tokens, uint32_t at) {
    const char *letter = tokens->items[at].word;
    if (!at || !is_mark(&tokens->items[at - 1], "(") || !is_mark(&tokens->items[at + 1], ")") ||
        strlen(letter) > INITIALS_MAX)
        return false;
    for (uint32_t i = 0; i + 1 < at && *letter; i++)
        letter +=
            tokens->items[i].kind == TA_TOKEN_WORD_KIND && *tokens->items[i].word == *letter;
    return !*letter;
}

/* Whether a word stays in capitals. */
static bool is_acronym(const ta_tokens *tokens, uint32_t at) {
    const ta_token *token = &tokens->items[at];
    const ta_token *next = token + 1;
    bool short_word = strlen(token->word) <= ACRONYM_MAX && token->len <= 2 * ACRONYM_MAX &&
                      !has_name(short_words, token->word);
    bool dotted = is_mark(next, ".") && !next->spaced && token->len <= 2;
    bool numbered = (at && token[-1].kind == TA_TOKEN_DIGITS && !token->spaced) ||
                    (next->kind == TA_TOKEN_DIGITS && !next->spaced);
    return short_word || dotted || numbered || is_roman(token->word) ||
           (*token->word && !has_vowel(token->word)) || is_initials(tokens, at) ||
           has_name(kept_words, token->word);
}

static bool is_dotted_letter(const ta_token *token) {
    return token->kind == TA_TOKEN_WORD_KIND && !token->word[1] && is_mark(token + 1, ".");
}

/* The form whose letters these are; NULL: none. */
static const char *find_form(const char *letters) {
    for (const char *const *form = forms; *form; form++)
        if (!strcasecmp(*form, letters))
            return *form;
    return NULL;
}

/* The same of letters with dots behind each, of which this token is one: from its letter on. */
static const char *find_dotted_form(const ta_tokens *tokens, uint32_t at) {
    char letters[8] = "";
    uint32_t first = at, len = 0;
    while (first >= 2 && is_dotted_letter(&tokens->items[first - 2]))
        first -= 2;
    for (uint32_t i = first; len < sizeof letters - 1 && is_dotted_letter(&tokens->items[i]);
         i += 2)
        letters[len++] = *tokens->items[i].word;
    const char *form = first && len > 1 ? find_form(letters) : NULL;
    return form ? form + (at - first) / 2 : NULL;
}

/* How a legal form behind a name is written; NULL: it is none. SARL is French, SÀRL Swiss. */
static const char *form_at(const ta_tokens *tokens, uint32_t at) {
    const ta_token *token = &tokens->items[at];
    if (is_dotted_letter(token))
        return find_dotted_form(tokens, at);
    const char *form = at ? find_form(token->word) : NULL;
    if (form && (!strcmp(form, "eV") || !strcmp(form, "eG")))
        return NULL;
    return form && !strcmp(form, "Sarl") && token->len == strlen(form) ? NULL : form;
}

/* Which letters of a word stay capital, by number. */
static bool keeps_letter(const char *word, uint32_t number) {
    bool scottish = !strncmp(word, "mc", 2) && strlen(word) > 4;
    bool dutch = !strncmp(word, "ij", 2) && strlen(word) > 3;
    return !number || (scottish && number == 2) || (dutch && number == 1);
}

/* In small letters but for the first, for those that the form has capital, or for none. */
static void put_small(const ta_tokens *tokens, const ta_token *token, const char *form,
                      bool particle, ta_buf *out) {
    const char *text = tokens->text.data + token->start;
    uint32_t number = 0;
    int size;
    for (size_t i = 0; i < token->len; i += (size_t)size, number++) {
        char bytes[4];
        uint32_t c = ta_utf8_decode(text + i, token->len - i, &size);
        bool keep = form ? *form >= 'A' && *form <= 'Z'
                         : !particle && keeps_letter(token->word, number);
        if (form && form[1])
            form++;
        int len = ta_utf8_encode(keep ? c : to_small(c), bytes);
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
    bool word = token->kind == TA_TOKEN_WORD_KIND, known = has_name(particles, token->word);
    bool genitive =
        at && !strcmp(token->word, "s") && is_mark(token - 1, "'") && is_mark(token + 1, "-");
    const char *form = word ? form_at(tokens, at) : NULL;
    bool particle = (at && known && !is_dotted_letter(token)) || genitive;
    if (!word || (!form && !particle && is_acronym(tokens, at) && (at || !known)))
        ta_buf_put(out, tokens->text.data + token->start, token->len);
    else
        put_small(tokens, token, form, particle, out);
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
