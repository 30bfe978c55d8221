/* SPDX-License-Identifier: MIT */
/*
 * Numbers in words. Parts are added and multiplied as the languages do it: soixante-dix-sept,
 * twenty-one, treinta y uno in several words, einundzwanzig, tweeentwintig, ventuno,
 * veintiuno in one.
 */
#include <stdio.h>

#include "normalize/lexicon.h"

/* A word that is made up for looking it up, as the only token. */
static bool find_cardinal(const char *word, size_t len, int *value) {
    ta_tokens one = {.count = 1};
    if (!len || len >= TA_TOKEN_WORD)
        return false;
    one.items[0].kind = TA_TOKEN_WORD_KIND;
    memcpy(one.items[0].word, word, len);
    one.items[1].kind = TA_TOKEN_END;
    return ta_scan_phrase(&(ta_scan){&one, 0}, TA_WORDS_CARDINAL, value);
}

/* einundzwanzig, drieentwintig: the unit, a joint, the ten. */
static bool read_joined(const char *word, const char *joint, int *value) {
    int unit, ten;
    for (const char *at = strstr(word, joint); at; at = strstr(at + 1, joint)) {
        const char *rest = at + strlen(joint);
        if (!find_cardinal(word, (size_t)(at - word), &unit) || unit > 9 ||
            !find_cardinal(rest, strlen(rest), &ten) || ten < 20 || ten > 90)
            continue;
        *value = ten + unit;
        return true;
    }
    return false;
}

/* ventidue, ventuno (its ten has lost a letter), veintidos: the ten, then the unit. */
static bool read_appended(const char *word, int *value) {
    int unit, ten;
    size_t len = strlen(word);
    for (size_t cut = 4; cut < len; cut++) {
        char head[TA_TOKEN_WORD + 1];
        snprintf(head, sizeof head, "%.*s", (int)cut, word);
        if (!find_cardinal(word + cut, len - cut, &unit) || unit > 9)
            continue;
        if (!strcmp(head, "veinti"))
            ten = 20;
        else if (!find_cardinal(head, cut, &ten)) {
            snprintf(head, sizeof head, "%.*s%c", (int)cut, word, cut == 4 ? 'i' : 'a');
            if (!find_cardinal(head, cut + 1, &ten))
                continue;
        }
        if (ten < 20 || ten > 90)
            continue;
        *value = ten + unit;
        return true;
    }
    return false;
}

static bool take_number_word(ta_scan *scan, int *value) {
    const ta_token *token = ta_scan_peek(scan);
    if (token->kind != TA_TOKEN_WORD_KIND || !*token->word)
        return false;
    if (ta_scan_phrase(scan, TA_WORDS_CARDINAL, value))
        return true;
    if (!read_joined(token->word, "und", value) && !read_joined(token->word, "en", value) &&
        !read_appended(token->word, value))
        return false;
    scan->at++;
    return true;
}

/* What two parts make together; 0: they do not belong together. */
static int join_parts(int sum, int part, bool word_between) {
    int small = sum % 100;
    if (!word_between && part == 1000 && sum < 1000)
        return sum * 1000;
    if (!word_between && part == 100 && sum < 10)
        return sum * 100;
    if (!word_between && sum == 4 && part == 20)
        return 80;
    if (small >= 20 && small % 10 == 0 &&
        (part < 10 || ((small == 60 || small == 80) && part < 20)))
        return part ? sum + part : 0;
    return sum >= 100 && small == 0 && part && part < 100 ? sum + part : 0;
}

bool ta_scan_cardinal(ta_scan *scan, int *value) {
    int part;
    if (!take_number_word(scan, value))
        return false;
    for (;;) {
        ta_scan next = *scan;
        bool dash = ta_scan_near(&next, "-");
        bool joint = ta_scan_phrase(&next, TA_WORDS_AND, NULL);
        if (dash)
            ta_scan_near(&next, "-");
        if (!take_number_word(&next, &part))
            return true;
        int sum = join_parts(*value, part, joint);
        if (!sum)
            return true;
        *value = sum;
        *scan = next;
    }
}
