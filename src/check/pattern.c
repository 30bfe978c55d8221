/* SPDX-License-Identifier: MIT */
/*
 * The one place that includes PCRE2. It is told: UTF, no properties for \d \w \b (ECMA-262 has
 * ASCII there), $ at the very end only, [] as an empty class, references to groups that are not
 * set match nothing. Steps, memory and nesting have limits, so that no pattern hangs on a text.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdlib.h>

#include "check/pattern.h"

enum {
    STEPS_MAX = 1000000,
    HEAP_MAX_KIB = 32 * 1024,
    STACK_MIN = 32 * 1024, /* of the compiled code */
    STACK_MAX = 1024 * 1024,
    PATTERN_MAX = 64 * 1024 /* bytes */
};

struct ta_pattern {
    pcre2_code *code;
    const char *text;
    size_t len;
};

struct ta_matcher {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

typedef struct pattern_fault {
    const char *words; /* NULL: none */
    size_t at;
    bool nomem;
    char text[128];
} pattern_fault;

static pcre2_code *compile_code(ta_text text, pattern_fault *fault) {
    ta_buf translated = {0};
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *code = NULL;
    fault->words = text.len > PATTERN_MAX ? "it is longer than 64 KiB"
                                          : ta_pattern_translate(text, &translated, &fault->at);
    const char *source = ta_buf_text(&translated);
    fault->nomem = translated.failed;
    if (!fault->words && !fault->nomem) {
        code = pcre2_compile((PCRE2_SPTR)source, translated.len,
                             PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY |
                                 PCRE2_ALLOW_EMPTY_CLASS | PCRE2_MATCH_UNSET_BACKREF |
                                 PCRE2_NEVER_BACKSLASH_C,
                             &error, &at, NULL);
        fault->nomem = !code && error == PCRE2_ERROR_HEAP_FAILED;
        if (!code) {
            pcre2_get_error_message(error, (PCRE2_UCHAR *)fault->text, sizeof fault->text);
            fault->words = fault->text;
        }
    }
    ta_buf_fini(&translated);
    return code;
}

bool ta_pattern_is(ta_text text) {
    pattern_fault fault = {.words = NULL};
    pcre2_code *code = compile_code(text, &fault);
    pcre2_code_free(code);
    return code != NULL;
}

static const ta_pattern *refuse_pattern(ta_compile *c, const ta_node *at, ta_part part,
                                        const pattern_fault *fault) {
    ta_find_at(c->loader->finder, c->record, at, part,
               &(ta_finding){.code = TA_F_SCHEMA_PATTERN, .found = fault->words});
    c->failed = true;
    return NULL;
}

static const ta_pattern *enter_pattern(ta_compile *c, ta_pattern *pattern) {
    ta_program *p = c->program;
    if (!ta_array_grow(&p->patterns, &p->pattern_cap, p->pattern_count + 1,
                       sizeof *p->patterns)) {
        c->nomem = true;
        ta_pattern_drop(pattern);
        return NULL;
    }
    p->patterns[p->pattern_count++] = pattern;
    return pattern;
}

const ta_pattern *ta_compile_pattern(ta_compile *c, const ta_node *at, ta_part part,
                                     ta_text text) {
    pattern_fault fault = {.words = NULL};
    ta_pattern *pattern = calloc(1, sizeof *pattern);
    if (pattern)
        pattern->code = compile_code(text, &fault);
    if (!pattern || fault.nomem || !(pattern->text = ta_compile_copy(c, text))) {
        c->nomem = true;
        ta_pattern_drop(pattern);
        return NULL;
    }
    if (!pattern->code) {
        ta_pattern_drop(pattern);
        return refuse_pattern(c, at, part, &fault);
    }
    pattern->len = text.len;
    /* Where there is no JIT the pattern is interpreted. */
    (void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    return enter_pattern(c, pattern);
}

void ta_pattern_drop(ta_pattern *pattern) {
    if (pattern)
        pcre2_code_free(pattern->code);
    free(pattern);
}

ta_text ta_pattern_text(const ta_pattern *pattern) {
    return (ta_text){pattern->text, pattern->len};
}

void ta_matcher_drop(struct ta_matcher *matcher) {
    if (!matcher)
        return;
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    free(matcher);
}

/* Each run's own, made when the first pattern is met. */
static struct ta_matcher *new_matcher(void) {
    struct ta_matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher)
        return NULL;
    matcher->data = pcre2_match_data_create(1, NULL);
    matcher->context = pcre2_match_context_create(NULL);
    matcher->stack = pcre2_jit_stack_create(STACK_MIN, STACK_MAX, NULL);
    if (!matcher->data || !matcher->context) {
        ta_matcher_drop(matcher);
        return NULL;
    }
    pcre2_set_match_limit(matcher->context, STEPS_MAX);
    pcre2_set_heap_limit(matcher->context, HEAP_MAX_KIB);
    if (matcher->stack)
        pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    return matcher;
}

static ta_found refuse_hard(ta_run *run, const ta_pattern *pattern, const ta_node *at) {
    if (run->report) {
        ta_run_reset_words(run);
        ta_buf_put(&run->expected, pattern->text, pattern->len);
        ta_run_fail(
            run, at,
            &(ta_finding){.code = TA_F_PATTERN_STEPS, .expected = ta_buf_text(&run->expected)});
    }
    return TA_FOUND_TOO_HARD;
}

ta_found ta_pattern_find(ta_run *run, const ta_pattern *pattern, ta_text text,
                         const ta_node *at) {
    if (!run->matcher && !(run->matcher = new_matcher())) {
        run->nomem = true;
        return TA_FOUND_YES;
    }
    /* A text of no bytes may have no address. */
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.len ? text.data : "");
    int found = pcre2_match(pattern->code, subject, text.len, 0, PCRE2_NO_UTF_CHECK,
                            run->matcher->data, run->matcher->context);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found =
            pcre2_match(pattern->code, subject, text.len, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT,
                        run->matcher->data, run->matcher->context);
    if (found >= 0)
        return TA_FOUND_YES;
    if (found == PCRE2_ERROR_NOMEMORY)
        run->nomem = true;
    return found == PCRE2_ERROR_NOMATCH ? TA_FOUND_NOT : refuse_hard(run, pattern, at);
}
