/* SPDX-License-Identifier: MIT */
/* propertyNames (2020-12 core, section 10.3.2.4): each name is checked as a text, a record of
 * one node of its own. */
#include "check/compile.h"
#include "check/gauge.h"

static const void *compile_names(ta_compile *c, const ta_node *value) {
    return ta_compile_plan(c, value);
}

/* Checks a name; with words, what is wrong with it is appended there. */
static bool name_fits(ta_run *run, const ta_plan *plan, const ta_key *key, ta_buf *words) {
    const ta_record *outer = run->record;
    ta_node node = {.kind = TA_TEXT,
                    .flags = TA_NODE_KEYLESS,
                    .size = 1,
                    .src_len = key->len,
                    .text_len = key->len};
    ta_record name = {.nodes = &node,
                      .count = 1,
                      .raw = key->text,
                      .raw_len = key->len,
                      .keys = outer->keys,
                      .head = outer->head,
                      .number = outer->number};
    run->record = &name;
    bool fits = ta_plan_matches(run, plan, &node);
    if (!fits && words) {
        ta_gauge gauge = {.words = words};
        ta_gauge_plan(run, &gauge, plan, &node);
    }
    run->record = outer;
    return fits;
}

static void refuse_name(ta_run *run, const ta_plan *plan, const ta_node *member) {
    const ta_key *key = &run->record->keys->items[member->key];
    ta_buf words = {0};
    name_fits(run, plan, key, &words);
    ta_run_reset_words(run);
    ta_buf_put(&run->name, key->text, key->len);
    ta_run_fail_key(run, member,
                    &(ta_finding){.code = TA_F_PROPERTY_NAME,
                                  .name = ta_buf_text(&run->name),
                                  .detail = words.len ? ta_buf_text(&words) : NULL});
    run->nomem = run->nomem || words.failed;
    ta_buf_fini(&words);
}

static bool run_names(ta_run *run, const void *data, const ta_node *node) {
    bool ok = true;
    for (const ta_node *m = ta_node_first(node); m < ta_node_end(node); m = ta_node_next(m)) {
        if (name_fits(run, data, &run->record->keys->items[m->key], NULL))
            continue;
        ok = false;
        if (!run->report)
            break;
        refuse_name(run, data, m);
    }
    return ok;
}

const ta_keyword ta_keyword_property_names = {"propertyNames", compile_names, run_names,
                                              1 << TA_OBJECT, false};
