/* SPDX-License-Identifier: MIT */
#include "lint/value.h"

#include "lint/signs.h"
#include "schema/words.h"

static const struct {
    ta_code code;
    ta_lint_fn *fn;
    unsigned where; /* TA_SIGN_* */
} lints[] = {
#define TA_LINT(NAME, function, where) {TA_F_LINT_##NAME, ta_lint_##function, TA_SIGN_##where},
#define TA_COLUMN_LINT(function)
#include "lint/lints.def"
#undef TA_LINT
#undef TA_COLUMN_LINT
};

static const char *words_of(ta_buf *buf) {
    return buf->len || buf->failed ? ta_buf_text(buf) : NULL;
}

static void tell_lint(ta_value_lints *v, const ta_record *record, const ta_node *node,
                      ta_code code) {
    ta_lint_words *words = &v->words;
    v->guess.len = 0;
    if (words->replacement.len)
        ta_say_guess(words->replacement.data, words->replacement.len, "\"", &v->guess);
    ta_find_at(v->finder, record, node, TA_PART_VALUE,
               &(ta_finding){.code = code,
                             .name = words_of(&words->name),
                             .expected = words_of(&words->expected),
                             .found = words_of(&words->found),
                             .replacement = words_of(&v->guess)});
}

void ta_value_lints_run(ta_value_lints *v, const ta_record *record, const ta_node *node,
                        unsigned where) {
    ta_text text = ta_node_text(record, node);
    ta_lint_words *words = &v->words;
    for (size_t i = 0; i < sizeof lints / sizeof *lints; i++) {
        if (!(lints[i].where & where) || v->finder->levels[lints[i].code] == TA_LEVEL_IGNORE)
            continue;
        words->name.len = words->expected.len = words->found.len = words->replacement.len = 0;
        if (lints[i].fn(text, words))
            tell_lint(v, record, node, lints[i].code);
    }
}

bool ta_value_lints_failed(const ta_value_lints *v) {
    const ta_lint_words *words = &v->words;
    return words->name.failed || words->expected.failed || words->found.failed ||
           words->replacement.failed || v->guess.failed || v->finder->no_memory;
}

void ta_value_lints_fini(ta_value_lints *v) {
    ta_buf_fini(&v->words.name);
    ta_buf_fini(&v->words.expected);
    ta_buf_fini(&v->words.found);
    ta_buf_fini(&v->words.replacement);
    ta_buf_fini(&v->guess);
}
