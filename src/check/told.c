/* SPDX-License-Identifier: MIT */
/* A finding is known by its code, its rule, its words and the value. The branch that it was met
 * in counts only where all branches are told. */
#include "check/told.h"

#include <stdlib.h>

struct ta_told *ta_told_new(void) {
    struct ta_told *told = calloc(1, sizeof *told);
    if (told)
        told->marks.entry_bytes = sizeof(ta_mark);
    return told;
}

void ta_told_drop(struct ta_told *told) {
    if (!told)
        return;
    ta_marks_fini(&told->marks);
    ta_buf_fini(&told->key);
    free(told);
}

/* A text and its end; NULL is another than "". */
static void put_word(ta_buf *out, const char *text) {
    if (text)
        ta_buf_puts(out, text);
    ta_buf_put(out, text ? "\0" : "\0\0", text ? 1 : 2);
}

bool ta_told_before(ta_run *run, const ta_node *node, ta_part part, const ta_finding *finding) {
    struct ta_told *told = run->told;
    const uint32_t what[] = {ta_node_index(run->record, node), part, finding->code};
    bool is_new = true;
    told->key.len = 0;
    ta_buf_put(&told->key, what, sizeof what);
    put_word(&told->key, finding->rule_id);
    put_word(&told->key, finding->name);
    put_word(&told->key, finding->expected);
    put_word(&told->key, finding->found);
    put_word(&told->key, run->all_branches ? run->branch_words : NULL);
    ta_mark mark = ta_mark_of(ta_buf_text(&told->key), told->key.len);
    run->nomem = run->nomem || told->key.failed || !ta_marks_enter(&told->marks, mark, &is_new);
    return !is_new;
}
