/* SPDX-License-Identifier: MIT */
/*
 * The stage of the lints that look at one value. Nearly all text is letters without blanks at
 * its ends: a look over the record's bytes, and one at each text's ends, settle that.
 */
#include "lint/value.h"

#include <stdlib.h>

#include "lint/lint.h"
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

typedef struct value_stage {
    ta_stage stage;
    ta_finder *finder;
    ta_lint_words words;
    ta_buf guess; /* what the value probably was, as a question */
    bool yaml;
} value_stage;

bool ta_lint_is_wanted(const ta_finder *finder) {
    for (int i = 0; i < TA_CODE_COUNT; i++)
        if (!strncmp(ta_codes[i].code, "lint-", 5) && finder->levels[i] != TA_LEVEL_IGNORE)
            return true;
    return false;
}

static const char *words_of(ta_buf *buf) {
    return buf->len || buf->failed ? ta_buf_text(buf) : NULL;
}

static void tell_lint(value_stage *v, const ta_record *record, const ta_node *node,
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

static void run_lints(value_stage *v, const ta_record *record, const ta_node *node,
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

/* Whether a text may begin or end in a blank. */
static bool is_edged(ta_text text) {
    unsigned char first = (unsigned char)text.data[0],
                  last = (unsigned char)text.data[text.len - 1];
    return first <= ' ' || last <= ' ' || (first | last) & 0x80;
}

static void look_at_record(value_stage *v, const ta_record *record) {
    unsigned signs = ta_lint_signs(record->raw, record->raw_len) |
                     ta_lint_signs(record->arena.data, record->arena.len);
    const ta_node *end = record->nodes + record->count;
    for (const ta_node *node = record->nodes; node < end; node++) {
        if (node->kind != TA_TEXT || !node->text_len || node->flags & TA_NODE_TOLD)
            continue;
        ta_text text = ta_node_text(record, node);
        unsigned where = is_edged(text) ? TA_SIGN_EDGED : 0;
        if (v->yaml && !(node->flags & TA_NODE_QUOTED))
            where |= TA_SIGN_BARE;
        if (signs)
            where |= ta_lint_signs(text.data, text.len);
        if (where)
            run_lints(v, record, node, where);
    }
}

static ta_status value_begin(ta_stage *stage, const ta_head *head) {
    ((value_stage *)stage)->yaml = !strcmp(head->format, "yaml");
    return ta_stage_begin(stage->next, head);
}

/* Memory ran out for some words. */
static bool is_short(const value_stage *v) {
    const ta_lint_words *words = &v->words;
    return words->name.failed || words->expected.failed || words->found.failed ||
           words->replacement.failed || v->guess.failed || v->finder->no_memory;
}

static ta_status value_put(ta_stage *stage, ta_record *record) {
    value_stage *v = (value_stage *)stage;
    look_at_record(v, record);
    return is_short(v) ? TA_ERR_NOMEM : ta_stage_put(stage->next, record);
}

static ta_status value_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void value_drop(ta_stage *stage) {
    value_stage *v = (value_stage *)stage;
    ta_buf_fini(&v->words.name);
    ta_buf_fini(&v->words.expected);
    ta_buf_fini(&v->words.found);
    ta_buf_fini(&v->words.replacement);
    ta_buf_fini(&v->guess);
    free(v);
}

static const ta_stage_ops value_ops = {"lint",    TA_SCOPE_RECORD, value_begin,
                                       value_put, value_end,       value_drop};

ta_stage *ta_lint_new(ta_finder *finder) {
    value_stage *v = calloc(1, sizeof *v);
    if (!v)
        return NULL;
    v->stage.ops = &value_ops;
    v->finder = finder;
    return &v->stage;
}
