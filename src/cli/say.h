/* SPDX-License-Identifier: MIT */
/* What the command line itself says. Private to src/cli. */
#ifndef TA_CLI_SAY_H
#define TA_CLI_SAY_H

#include "base/mem.h"

/* A line on standard error: "transalp: ..."; what a terminal might obey is escaped. Returns
 * TA_ERR_USAGE. */
ta_status ta_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line of help on standard error, as it is. */
void ta_say_line(const char *line);

/* "transalp: out of memory". Returns the exit status 2. */
int ta_say_nomem(void);

/* Writes a text to standard output and frees it. Returns the exit status: 2 and a message if it
 * did not go out whole. */
int ta_say_text(ta_buf *text);

/* The candidate nearest to a word that was not understood. Begin with {.word = word}. */
typedef struct ta_guess {
    const char *word;
    const char *prefix; /* what stands before each candidate, such as "--"; NULL: nothing */
    const char *best;   /* NULL: none is near */
    unsigned distance;
    char family[24]; /* where best points to if it is one */
} ta_guess;

void ta_guess_try(ta_guess *guess, const char *candidate);
/* Tries the codes of all findings and their families. */
void ta_guess_try_codes(ta_guess *guess);

/* As ta_say, with ": did you mean BEST?" behind it, or ": " and what else to do. */
ta_status ta_say_unknown(const ta_guess *guess, const char *otherwise, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
