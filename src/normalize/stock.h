/* SPDX-License-Identifier: MIT */
/*
 * The words of a file, counted in the first pass: what a split word is told by. Bounded: when
 * it is full, new words are passed over, so that split words may be missed but none invented.
 * Private to src/normalize.
 */
#ifndef TA_NORMALIZE_STOCK_H
#define TA_NORMALIZE_STOCK_H

#include "base/mem.h"
#include "record/record.h"

/* Letters and digits in a row: bytes of a text. */
typedef struct ta_stock_word {
    size_t start, end;
    bool letters; /* and no ASCII digit */
} ta_stock_word;

/* The next word at or after *at, which goes behind it; false: there is none. */
bool ta_stock_next(ta_text text, size_t *at, ta_stock_word *word);

typedef struct ta_stock ta_stock;

/* NULL: no memory. */
ta_stock *ta_stock_new(void);
void ta_stock_drop(ta_stock *stock);
void ta_stock_clear(ta_stock *stock);
/* Counts the words of a text, whatever their capitals. False: no memory. */
TA_MUST_CHECK bool ta_stock_learn(ta_stock *stock, ta_text text);
/* How often a word (in small letters) was seen; 0 too if the stock was full by then. */
uint32_t ta_stock_count(const ta_stock *stock, ta_text word);

#endif
