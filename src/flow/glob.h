/* SPDX-License-Identifier: MIT */
/* Patterns of file names, and rules of what is left out in their terms. */
#ifndef TA_FLOW_GLOB_H
#define TA_FLOW_GLOB_H

#include "base/mem.h"

/*
 * Whether a path fits a pattern. In a step `*` is any text, `?` one character, `[a-z]` one of a
 * set, `[!a-z]` one outside it, `\` takes the next character as it is; a step of two stars is
 * any number of steps: `members/` two stars `/x.csv` fits members/x.csv and members/a/b/x.csv.
 */
bool ta_glob_fits(const char *pattern, const char *path);

/* Whether a word has a character that is special in patterns. */
bool ta_glob_is(const char *word);

/* How many bytes of a pattern name a folder before its first special step: 8 of "members/a*".
 */
size_t ta_glob_stem(const char *pattern);

/*
 * Whether rules leave out a path, or a folder that it stands in. As in .gitignore: a pattern
 * without a slash (but at its end) is of a name in any folder, else of the whole path; a slash
 * at its end means folders only; a `!` before it takes back what a rule above it left out. The
 * last rule that fits counts.
 */
bool ta_glob_leaves_out(const ta_strings *rules, const char *path);

#endif
