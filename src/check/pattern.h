/* SPDX-License-Identifier: MIT */
/* Patterns: regular expressions as ECMA-262 has them, run by PCRE2. */
#ifndef TA_CHECK_PATTERN_H
#define TA_CHECK_PATTERN_H

#include "check/compile.h"

typedef struct ta_pattern ta_pattern; /* const after compiling: workers share it */
struct ta_matcher;                    /* what a run needs to match; its own */

/* Compiles a pattern that stands in the schema, owned by the program. NULL: what is wrong was
 * said at the node (or its key), or there is no memory. */
const ta_pattern *ta_compile_pattern(ta_compile *c, const ta_node *at, ta_part part,
                                     ta_text text);
void ta_pattern_drop(ta_pattern *pattern);

typedef enum ta_found { TA_FOUND_NOT, TA_FOUND_YES, TA_FOUND_TOO_HARD } ta_found;

/* Whether a pattern is found in a text. TOO_HARD: it took too many steps, which was said at the
 * node. */
ta_found ta_pattern_find(ta_run *run, const ta_pattern *pattern, ta_text text,
                         const ta_node *at);
/* The pattern as it is written. */
ta_text ta_pattern_text(const ta_pattern *pattern);
void ta_matcher_drop(struct ta_matcher *matcher);

/* Whether a text is a pattern as ECMA-262 has it (format regex). */
bool ta_pattern_is(ta_text text);

/*
 * Appends a pattern of ECMA-262 (with its flag u) as PCRE2 writes the same (translate.c). NULL:
 * done; else what is wrong, in a few words, at the offset *bad.
 */
const char *ta_pattern_translate(ta_text text, ta_buf *out, size_t *bad);

#endif
