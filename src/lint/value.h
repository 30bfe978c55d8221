/* SPDX-License-Identifier: MIT */
/* What the lints of single values share; for src/lint alone. */
#ifndef TA_LINT_VALUE_H
#define TA_LINT_VALUE_H

#include "record/node.h"
#include "record/record.h"

/* The words of a finding; empty: none. */
typedef struct ta_lint_words {
    ta_buf name, expected, found, replacement;
} ta_lint_words;

/* Looks at a text that is not empty. True: it shows something, told in the words. */
typedef bool ta_lint_fn(ta_text text, ta_lint_words *words);

#define TA_LINT(NAME, function, where) ta_lint_fn ta_lint_##function;
#define TA_COLUMN_LINT(function)
#include "lint/lints.def"
#undef TA_LINT
#undef TA_COLUMN_LINT

/* Appends the part of a text from..to in quotes, with some of what stands around it; invisible
 * characters as <U+200B>. */
void ta_lint_quote(ta_text text, size_t from, size_t to, ta_buf *out);

/* How many bytes the invisible character at the front has; 0: it is another one. */
size_t ta_lint_invisible_len(const char *text, size_t len);
/* How many bytes the blank at the front has: a space, a tab, and those of Unicode; 0: none. */
size_t ta_lint_blank_len(const char *text, size_t len);

#endif
