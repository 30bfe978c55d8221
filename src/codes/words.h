/* SPDX-License-Identifier: MIT */
/* A hash table of words, each with the row that it leads to. Private to src/codes. */
#ifndef TA_CODES_WORDS_H
#define TA_CODES_WORDS_H

#include "codes/codes.h"

typedef struct ta_word {
    const char *text; /* borrowed; NULL: a free slot */
    size_t len;
    uint64_t hash;
    const ta_code_item *item; /* NULL: it stands for several */
    ta_match match;
    bool withdrawn;
} ta_word;

/* Zero-initialize. */
typedef struct ta_words {
    ta_word *slots; /* open addressing */
    size_t count, slot_count;
    ta_arena text; /* for texts that nobody else keeps */
    bool ready;    /* all words stand in it; read and set atomically */
} ta_words;

/* The word, or NULL. */
const ta_word *ta_words_find(const ta_words *words, const char *text, size_t len);
/* Enters a word whose text stays. Of two rows the surer match keeps it; if they are alike it
 * stands for several. False: no memory. */
TA_MUST_CHECK bool ta_words_add(ta_words *words, ta_text text, const ta_code_item *item,
                                ta_match match);
void ta_words_fini(ta_words *words);

/* Appends a text as words are compared: ta_fold_text, but what holds a sign of money ("US$",
 * "€") keeps all but its case. */
void ta_word_fold(ta_text text, ta_buf *out);
/* Without blanks at its edges. */
ta_text ta_word_trim(ta_text text);
/* Cuts the next part off, up to a `;`, and trims it. */
ta_text ta_word_next(ta_text *rest);

#endif
