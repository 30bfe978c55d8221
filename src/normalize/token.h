/* SPDX-License-Identifier: MIT */
/*
 * The words, digits and marks of a short text that people typed: 26 112 €, 1er mai 2010,
 * jusqu'à 25 %. Read once into a fixed table, then looked through in one language or another.
 * Private to src/normalize.
 */
#ifndef TA_NORMALIZE_TOKEN_H
#define TA_NORMALIZE_TOKEN_H

#include <stdbool.h>
#include <string.h>

#include "record/node.h"

enum { TA_TOKENS_MAX = 40, TA_TOKEN_WORD = 24 };

typedef enum ta_token_kind {
    TA_TOKEN_END,
    TA_TOKEN_WORD_KIND,
    TA_TOKEN_DIGITS, /* 0 to 9, nothing else */
    TA_TOKEN_MARK    /* one character, or what it is the same as: dashes are -, ≥ is >= */
} ta_token_kind;

typedef struct ta_token {
    ta_token_kind kind;
    bool spaced;         /* a blank stands before it */
    uint32_t start, len; /* in the text */
    /* Words: in small letters without accents, "" where that is too long; marks: in ASCII. */
    char word[TA_TOKEN_WORD];
} ta_token;

/* Ends in a token of kind TA_TOKEN_END. */
typedef struct ta_tokens {
    ta_text text;
    uint32_t count;
    ta_token items[TA_TOKENS_MAX + 1];
} ta_tokens;

/* False: nothing in it, or more tokens than a value has. text is borrowed. */
bool ta_tokens_read(ta_text text, ta_tokens *out);

/* Where one is in the tokens; takers go on only where they find what they look for. */
typedef struct ta_scan {
    const ta_tokens *tokens;
    uint32_t at;
} ta_scan;

static inline const ta_token *ta_scan_peek(const ta_scan *scan) {
    return &scan->tokens->items[scan->at];
}
bool ta_scan_at_end(const ta_scan *scan);
/* A mark, with or without a blank before it. */
bool ta_scan_mark(ta_scan *scan, const char *mark);
/* A mark without a blank before it. */
bool ta_scan_near(ta_scan *scan, const char *mark);
/* Digits, from `min` to `max` (at most 9) of them; *out gets their value. */
bool ta_scan_digits(ta_scan *scan, uint32_t min, uint32_t max, int *out);
/* The characters of a digits token. */
ta_text ta_token_text(const ta_scan *scan, const ta_token *token);

#endif
