/* SPDX-License-Identifier: MIT */
/* The lints of single values; for src/lint alone. */
#ifndef TA_LINT_VALUE_H
#define TA_LINT_VALUE_H

#include "record/finding.h"
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

/* Zeroed but for the finder, which is borrowed. */
typedef struct ta_value_lints {
    ta_finder *finder;
    ta_lint_words words;
    ta_buf guess; /* what the value probably was, as a question */
} ta_value_lints;

/* Runs those for what a text that is not empty shows (TA_SIGN_*), and tells what they find. */
void ta_value_lints_run(ta_value_lints *lints, const ta_record *record, const ta_node *node,
                        unsigned where);
/* Memory ran out for some words. */
bool ta_value_lints_failed(const ta_value_lints *lints);
void ta_value_lints_fini(ta_value_lints *lints);

/* Appends the part of a text from..to in quotes, with some of what stands around it; invisible
 * characters as <U+200B>. */
void ta_lint_quote(ta_text text, size_t from, size_t to, ta_buf *out);

/* How many bytes the invisible character at the front has; 0: it is another one. */
size_t ta_lint_invisible_len(const char *text, size_t len);
/* How many bytes the blank at the front has: a space, a tab, and those of Unicode; 0: none. */
size_t ta_lint_blank_len(const char *text, size_t len);

#endif
