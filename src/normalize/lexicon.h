/* SPDX-License-Identifier: MIT */
/*
 * Words of six languages (fr en de it es nl) by what they mean: months, currencies,
 * multipliers, "près de", "mindestens". The rows stand in phrases.c. Private to
 * src/normalize.
 */
#ifndef TA_NORMALIZE_LEXICON_H
#define TA_NORMALIZE_LEXICON_H

#include "normalize/token.h"

typedef enum ta_word_class {
    TA_WORDS_MONTH,       /* 1 to 12 */
    TA_WORDS_WEEKDAY,     /* 0, Sunday, to 6 */
    TA_WORDS_BEFORE_DATE, /* nothing: words that may stand before a date */
    TA_WORDS_OF,          /* nothing: between day, month and year, number and unit */
    TA_WORDS_VAGUE,       /* nothing: a part of a month or year, a date that is not certain */
    TA_WORDS_SINCE,       /* nothing: a period with no end said */
    TA_WORDS_UNTIL,       /* nothing: a period with no beginning said */
    TA_WORDS_FROM,        /* nothing: before the first of two */
    TA_WORDS_TO,          /* nothing: between the first and the last of a range */
    TA_WORDS_BOTH,   /* nothing: between the first and the last of a range that from or between
                        opened */
    TA_WORDS_OUT_OF, /* nothing: between a part and its whole */
    TA_WORDS_QUALIFIER,    /* ta_qualifier */
    TA_WORDS_AFTER_NUMBER, /* ta_qualifier, said behind the number */
    TA_WORDS_ARTICLE,      /* nothing: before soixantaine, dozen */
    TA_WORDS_COLLECTIVE,   /* how many, about */
    TA_WORDS_SCALE,        /* zeros behind the number */
    TA_WORDS_TWO_SCALES,   /* nothing */
    TA_WORDS_SCALED_EURO,  /* zeros behind the number */
    TA_WORDS_CURRENCY,     /* letters, 26 * 26 * first + 26 * second + third, A is 0 */
    TA_WORDS_PERCENT,      /* nothing */
    TA_WORDS_PER,          /* 1: year, 2: month */
    TA_WORDS_TIME_UNIT,    /* days: 1, 7; months: 100, 1200 for a year */
    TA_WORDS_HALF,         /* nothing: and a half */
    TA_WORDS_HALVES,       /* halves in a word of its own */
    TA_WORDS_AND,          /* nothing: between parts */
    TA_WORDS_YES,          /* nothing */
    TA_WORDS_NO,           /* nothing */
    TA_WORDS_CARDINAL,     /* the number */
} ta_word_class;

typedef struct ta_phrase_row {
    ta_word_class of;
    int value;
    const char *phrases;
} ta_phrase_row;

/* Ends in a row without phrases. */
extern const ta_phrase_row ta_phrase_rows[];

/* The values of QUALIFIER. */
typedef enum ta_qualifier {
    TA_EXACTLY,
    TA_ABOUT,
    TA_NEARLY,
    TA_MORE_THAN,
    TA_LESS_THAN,
    TA_AT_LEAST,
    TA_AT_MOST,
    TA_UP_TO,
    TA_RANGE
} ta_qualifier;

/* Takes the longest phrase of a class; *value (NULL: not wanted) gets its row's. */
bool ta_scan_phrase(ta_scan *scan, ta_word_class of, int *value);

/* A number in words, of at most four digits: trois, einundzwanzig, quatre-vingt-dix-sept. */
bool ta_scan_cardinal(ta_scan *scan, int *value);

#endif
