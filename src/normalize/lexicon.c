/* SPDX-License-Identifier: MIT */
/* Phrases found in a text's tokens. */
#include "normalize/lexicon.h"

/* How many tokens the phrase at *phrase takes; 0: it does not stand here. *phrase is put behind
 * it. A currency sign or mark that stands alone is a word as others. */
static uint32_t match_phrase(const ta_token *token, const char **phrase) {
    const char *at = *phrase;
    uint32_t count = 0;
    bool good = true;
    while (*at && *at != ' ') {
        size_t len = strcspn(at, "_ ");
        const char *word = token[count].word;
        good =
            good && token[count].kind != TA_TOKEN_END && !strncmp(word, at, len) && !word[len];
        count += good;
        at += len;
        at += *at == '_';
    }
    *phrase = at + (*at == ' ');
    return good ? count : 0;
}

static uint32_t match_row(const ta_token *token, const char *phrases) {
    uint32_t longest = 0;
    while (*phrases) {
        uint32_t count = match_phrase(token, &phrases);
        longest = count > longest ? count : longest;
    }
    return longest;
}

bool ta_scan_phrase(ta_scan *scan, ta_word_class of, int *value) {
    uint32_t longest = 0;
    if (ta_scan_at_end(scan))
        return false;
    for (const ta_phrase_row *row = ta_phrase_rows; row->phrases; row++) {
        if (row->of != of)
            continue;
        uint32_t count = match_row(ta_scan_peek(scan), row->phrases);
        if (count <= longest)
            continue;
        longest = count;
        if (value)
            *value = row->value;
    }
    scan->at += longest;
    return longest > 0;
}
