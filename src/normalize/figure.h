/* SPDX-License-Identifier: MIT */
/*
 * Numbers in digits, as people write them: 1 862 505; 1.862.505,00; 1'500; 3499076,25. Exact at
 * any length up to a limit. Private to src/normalize.
 */
#ifndef TA_NORMALIZE_FIGURE_H
#define TA_NORMALIZE_FIGURE_H

#include "base/mem.h"
#include "normalize/token.h"

enum { TA_FIGURE_DIGITS = 60 };

/* digits x 10^-decimals. */
typedef struct ta_figure {
    char digits[TA_FIGURE_DIGITS]; /* '0' to '9', not ended */
    int count, decimals;           /* decimals may be more than count, or below 0 */
    bool negative;
    char mark;  /* '.' or ',', the only one, three digits behind it: either reading is possible;
                   0: certain. Read as whole until ta_figure_settle. */
    char shown; /* the decimal mark that is certain by how this is written; 0: none */
} ta_figure;

/* Takes a figure; false: none, or one that is grouped as nobody groups, or too long. */
bool ta_figure_take(ta_scan *scan, ta_figure *out);
/* Decides what either reading was possible of: the mark is a decimal mark, or it groups. */
void ta_figure_settle(ta_figure *figure, char decimal_mark);
void ta_figure_of_int(ta_figure *figure, int value);

/* Multiplies by 10^zeros. False: too long. */
bool ta_figure_scale(ta_figure *figure, int zeros);
bool ta_figure_is_whole(const ta_figure *figure);
/* Appends it as a JSON number, with the decimals that were written, unless these would be read
 * as a group of three. */
void ta_figure_put(const ta_figure *figure, ta_buf *out);
/* Whether a <= b, both certain. */
bool ta_figure_in_order(const ta_figure *a, const ta_figure *b);

#endif
