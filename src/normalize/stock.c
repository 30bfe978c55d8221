/* SPDX-License-Identifier: MIT */
/* A table of hashes with open addressing: 48 bits of a word's hash, 16 of how often it was
 * seen. */
#include "normalize/stock.h"

#include <stdlib.h>

#include "base/fold.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "normalize/rule.h"

enum {
    STOCK_FIRST = 1 << 10,
    STOCK_LAST =
        1 << 21, /* 16 MB, half full at most: a million words, ten large dictionaries */
    COUNT_MAX = 0xFFFF
};

struct ta_stock {
    uint64_t *cells; /* 0: empty */
    size_t size, used;
    ta_buf clean, small;
};

bool ta_stock_next(ta_text text, size_t *at, ta_stock_word *word) {
    int size;
    *word = (ta_stock_word){.letters = true};
    for (; *at < text.len; *at += (size_t)size) {
        uint32_t c = ta_utf8_decode(text.data + *at, text.len - *at, &size);
        if (!ta_fold_keeps(c)) {
            if (word->end)
                return true;
            continue;
        }
        if (!word->end)
            word->start = *at;
        word->end = *at + (size_t)size;
        word->letters &= c < '0' || c > '9';
    }
    return word->end != 0;
}

ta_stock *ta_stock_new(void) {
    ta_stock *stock = calloc(1, sizeof *stock);
    if (!stock)
        return NULL;
    stock->cells = calloc(STOCK_FIRST, sizeof *stock->cells);
    stock->size = STOCK_FIRST;
    if (stock->cells)
        return stock;
    free(stock);
    return NULL;
}

void ta_stock_drop(ta_stock *stock) {
    if (!stock)
        return;
    ta_buf_fini(&stock->clean);
    ta_buf_fini(&stock->small);
    free(stock->cells);
    free(stock);
}

void ta_stock_clear(ta_stock *stock) {
    memset(stock->cells, 0, stock->size * sizeof *stock->cells);
    stock->used = 0;
}

/* The cell of a hash, or the empty one where it would go. */
static uint64_t *find_cell(uint64_t *cells, size_t size, uint64_t hash) {
    size_t at = (hash >> 16) & (size - 1);
    while (cells[at] && (cells[at] ^ hash) >> 16)
        at = (at + 1) & (size - 1);
    return &cells[at];
}

static bool grow_stock(ta_stock *stock) {
    size_t size = stock->size * 2;
    uint64_t *cells = calloc(size, sizeof *cells);
    if (!cells)
        return false;
    for (size_t i = 0; i < stock->size; i++)
        if (stock->cells[i])
            *find_cell(cells, size, stock->cells[i]) = stock->cells[i];
    free(stock->cells);
    stock->cells = cells;
    stock->size = size;
    return true;
}

static bool learn_word(ta_stock *stock, ta_text word) {
    uint64_t hash = ta_hash(word.data, word.len) & ~(uint64_t)COUNT_MAX;
    uint64_t *cell = find_cell(stock->cells, stock->size, hash);
    if (*cell) {
        *cell += (*cell & COUNT_MAX) < COUNT_MAX;
        return true;
    }
    if (stock->used * 2 >= stock->size) {
        if (stock->size == STOCK_LAST)
            return true;
        if (!grow_stock(stock))
            return false;
        cell = find_cell(stock->cells, stock->size, hash);
    }
    *cell = hash | 1;
    stock->used++;
    return true;
}

bool ta_stock_learn(ta_stock *stock, ta_text text) {
    ta_stock_word word;
    stock->clean.len = stock->small.len = 0;
    ta_normal_clean(text, &stock->clean);
    ta_fold_lower(stock->clean.data, stock->clean.len, &stock->small);
    if (stock->clean.failed || stock->small.failed)
        return false;
    ta_text small = {stock->small.data, stock->small.len};
    for (size_t at = 0; ta_stock_next(small, &at, &word);)
        if (!learn_word(stock, (ta_text){small.data + word.start, word.end - word.start}))
            return false;
    return true;
}

uint32_t ta_stock_count(const ta_stock *stock, ta_text word) {
    uint64_t hash = ta_hash(word.data, word.len) & ~(uint64_t)COUNT_MAX;
    return *find_cell(stock->cells, stock->size, hash) & COUNT_MAX;
}
