/* SPDX-License-Identifier: MIT */
/*
 * The stage of the lints: one walk over a record's values for both kinds. Nearly all text is
 * letters without blanks at its ends: a look over the record's bytes, and one at each text's
 * first and last, settle that.
 */
#include <stdlib.h>

#include "lint/columns.h"
#include "lint/signs.h"
#include "lint/value.h"

/* What the first and the last byte of a text speak of. */
enum {
    EDGE = 1, /* it begins or ends in a blank, perhaps */
    FORM = 2 /* it has a form, perhaps: those begin with a digit or a sign, or end in a digit */
};

typedef struct lint_stage {
    ta_stage stage;
    ta_value_lints values;
    ta_columns columns;
    bool yaml;
    uint8_t first[256], last[256]; /* by byte: EDGE, FORM */
} lint_stage;

bool ta_lint_is_wanted(const ta_finder *finder) {
    for (int i = 0; i < TA_CODE_COUNT; i++)
        if (!strncmp(ta_codes[i].code, "lint-", 5) && finder->levels[i] != TA_LEVEL_IGNORE)
            return true;
    return false;
}

static void learn_bytes(lint_stage *s) {
    for (int c = 0; c < 256; c++) {
        s->first[c] = s->last[c] = c <= ' ' || c >= 0x80 ? EDGE : 0;
        s->first[c] |= c >= '+' && c <= '9' ? FORM : 0;
        s->last[c] |= c >= '0' && c <= '9' ? FORM : 0;
    }
}

static inline unsigned look_of(const lint_stage *s, ta_text text) {
    return s->first[(unsigned char)text.data[0]] |
           s->last[(unsigned char)text.data[text.len - 1]];
}

static void run_value_lints(lint_stage *s, const ta_record *record, const ta_node *node,
                            unsigned look, unsigned signs) {
    ta_text text = ta_node_text(record, node);
    unsigned where = look & EDGE ? TA_SIGN_EDGED : 0;
    if (s->yaml && !(node->flags & TA_NODE_QUOTED))
        where |= TA_SIGN_BARE;
    if (signs)
        where |= ta_lint_signs(text.data, text.len);
    if (where)
        ta_value_lints_run(&s->values, record, node, where);
}

static void look_at_node(lint_stage *s, const ta_record *record, const ta_node *node,
                         unsigned signs) {
    ta_columns *columns = &s->columns;
    uint32_t column = ta_columns_of(columns, record->keys, node);
    if (node->kind >= TA_ARRAY)
        columns->around[node->depth] = column;
    if (node->kind >= TA_ARRAY || node->kind < TA_NUMBER || node->flags & TA_NODE_TOLD)
        return;
    ta_text text = ta_node_text(record, node);
    unsigned look = text.len ? look_of(s, text) : 0;
    if (node->kind == TA_TEXT && text.len && (look & EDGE || signs || s->yaml))
        run_value_lints(s, record, node, look, signs);
    if (look & FORM && !ta_lint_is_plain(text))
        ta_columns_note(columns, column, record, node);
    else
        columns->columns[column].counts[TA_LOOKS_TEXT]++;
}

static void look_at_record(lint_stage *s, const ta_record *record) {
    const ta_node *end = record->nodes + record->count;
    unsigned signs = ta_lint_signs(record->raw, record->raw_len) |
                     ta_lint_signs(record->arena.data, record->arena.len);
    for (const ta_node *node = record->nodes; node < end; node++)
        look_at_node(s, record, node, signs);
}

static ta_status lint_begin(ta_stage *stage, const ta_head *head) {
    lint_stage *s = (lint_stage *)stage;
    s->yaml = !strcmp(head->format, "yaml");
    ta_columns_clear(&s->columns);
    return ta_stage_begin(stage->next, head);
}

static ta_status lint_put(ta_stage *stage, ta_record *record) {
    lint_stage *s = (lint_stage *)stage;
    ta_columns_begin(&s->columns, record);
    look_at_record(s, record);
    bool lost = s->columns.nomem || ta_value_lints_failed(&s->values);
    return lost ? TA_ERR_NOMEM : ta_stage_put(stage->next, record);
}

static ta_status lint_end(ta_stage *stage, const ta_tail *tail) {
    ta_columns *columns = &((lint_stage *)stage)->columns;
    ta_columns_tell(columns);
    ta_columns_clear(columns);
    ta_status ended = ta_stage_end(stage->next, tail);
    return columns->nomem ? TA_ERR_NOMEM : ended;
}

static ta_status lint_absorb(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    return ta_columns_absorb(stage ? &((lint_stage *)stage)->columns : NULL,
                             &((lint_stage *)other)->columns, by);
}

static void lint_drop(ta_stage *stage) {
    lint_stage *s = (lint_stage *)stage;
    ta_columns_fini(&s->columns);
    ta_value_lints_fini(&s->values);
    free(s);
}

static const ta_stage_ops lint_ops = {"lint",   lint_absorb, lint_begin,
                                      lint_put, lint_end,    lint_drop};

ta_stage *ta_lint_new(ta_finder *finder) {
    lint_stage *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->stage.ops = &lint_ops;
    s->values.finder = finder;
    learn_bytes(s);
    if (ta_columns_init(&s->columns, finder))
        return &s->stage;
    lint_drop(&s->stage);
    return NULL;
}
