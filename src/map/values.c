/* SPDX-License-Identifier: MIT */
/* The values of an entry: a table of what is written, and one of it folded. */
#include <stdlib.h>

#include "base/fold.h"
#include "base/hash.h"
#include "map/entry.h"
#include "schema/table.h"

struct ta_map_values {
    ta_map_value *pairs;
    uint32_t count;
    bool back;
    ta_table exact, folded; /* by hash: index in pairs */
    ta_buf word;
};

ta_text ta_map_text(const ta_record *record, const ta_node *node) {
    if (node->kind == TA_TEXT || node->kind == TA_NUMBER)
        return ta_node_text(record, node);
    return node->kind == TA_TRUE    ? (ta_text){"true", 4}
           : node->kind == TA_FALSE ? (ta_text){"false", 5}
                                    : (ta_text){"", 0};
}

static uint64_t hash_text(ta_text text) {
    return ta_hash(text.data, text.len) | 1;
}

static ta_text fold_word(ta_map_values *values, ta_text text) {
    values->word.len = 0;
    ta_fold_text(text.data, text.len, &values->word);
    return (ta_text){ta_buf_text(&values->word), values->word.len};
}

static bool enter_value(ta_map_values *values, const ta_map_value *pair) {
    uint32_t index = values->count;
    values->pairs[values->count++] = *pair;
    ta_text folded = fold_word(values, pair->from);
    return ta_table_put(&values->exact, hash_text(pair->from), index) && !values->word.failed &&
           (!folded.len || ta_table_put(&values->folded, hash_text(folded), index));
}

ta_map_values *ta_map_values_new(const ta_record *map, const ta_node *pairs, bool back,
                                 const ta_keys *keys) {
    ta_map_values *values = calloc(1, sizeof *values);
    bool ok = values && (values->pairs = calloc(pairs->count + 1, sizeof *values->pairs));
    for (const ta_node *c = ta_node_first(pairs); ok && c < ta_node_end(pairs);
         c = ta_node_next(c)) {
        const ta_key *key = &keys->items[c->key];
        ta_map_value pair = {.from = {key->text, key->len},
                             .to = ta_map_text(map, c),
                             .kind = (ta_kind)c->kind,
                             .from_kind = TA_TEXT};
        if (back)
            pair = (ta_map_value){pair.to, pair.from, TA_TEXT, pair.kind};
        values->back = back;
        ok = enter_value(values, &pair);
    }
    if (!ok)
        ta_map_values_drop(values);
    return ok ? values : NULL;
}

void ta_map_values_drop(ta_map_values *values) {
    if (!values)
        return;
    ta_table_fini(&values->exact);
    ta_table_fini(&values->folded);
    ta_buf_fini(&values->word);
    free(values->pairs);
    free(values);
}

const ta_map_value *ta_map_values_find(ta_map_values *values, ta_kind kind, ta_text text) {
    uint32_t at = ta_table_get(&values->exact, hash_text(text));
    if (at == TA_TABLE_NONE && !values->back && kind == TA_TEXT)
        at = ta_table_get(&values->folded, hash_text(fold_word(values, text)));
    if (at == TA_TABLE_NONE || (values->back && values->pairs[at].from_kind != kind))
        return NULL;
    return &values->pairs[at];
}
