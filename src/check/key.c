/* SPDX-License-Identifier: MIT */
/*
 * Keys for rules on unique values: equal values give equal bytes. An object's members, which
 * have no order, are added up as hashes of 128 bits.
 */
#include "base/hash.h"
#include "check/rule.h"
#include "check/words.h"

static void put_number_key(ta_text text, ta_buf *out) {
    ta_decimal value;
    char digits[TA_DECIMAL_TEXT];
    if (ta_decimal_parse(text.data, text.len, &value))
        ta_buf_puts(out, ta_decimal_print(&value, digits));
    else
        ta_buf_put(out, text.data, text.len);
}

static void put_members_key(const ta_record *record, const ta_node *object, ta_buf *out) {
    uint64_t sums[2] = {0, 0};
    size_t start = out->len;
    for (const ta_node *m = ta_node_first(object); m < ta_node_end(object);
         m = ta_node_next(m)) {
        const ta_key *key = &record->keys->items[m->key];
        ta_buf_put(out, key->text, key->len + 1); /* the quote mark behind it ends the name */
        ta_key_put(record, m, out);
        if (out->failed)
            return;
        uint64_t hash = ta_hash(out->data + start, out->len - start);
        sums[0] += hash;
        sums[1] += ta_hash_more(hash | 1, out->data + start, out->len - start);
        out->len = start;
    }
    ta_buf_put(out, sums, sizeof sums);
}

void ta_key_put(const ta_record *record, const ta_node *node, ta_buf *out) {
    char kind = (char)('0' + node->kind);
    ta_buf_put(out, &kind, 1);
    if (node->kind == TA_NUMBER) {
        put_number_key(ta_node_text(record, node), out);
    } else if (node->kind == TA_TEXT) {
        ta_text text = ta_node_text(record, node);
        ta_buf_put(out, &text.len, sizeof text.len);
        ta_buf_put(out, text.data, text.len);
    } else if (node->kind == TA_OBJECT) {
        put_members_key(record, node, out);
    } else if (node->kind == TA_ARRAY) {
        for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c))
            ta_key_put(record, c, out);
    }
    ta_buf_put(out, "", 1);
}

typedef struct key_state {
    ta_run *run;
    const ta_node *first;
    bool words, missing;
} key_state;

static bool put_key_value(void *to, const ta_node *node) {
    key_state *state = to;
    ta_run *run = state->run;
    state->missing = state->missing || ta_value_is_missing(node);
    if (!state->first)
        state->first = node;
    if (state->words) {
        ta_buf_puts(&run->found, run->found.len ? ", " : "");
        ta_say_value(run->record, node, &run->found);
    } else {
        ta_key_put(run->record, node, &run->key);
    }
    return true;
}

/* All values of an item after `by`; without `by` the item itself. */
static void each_key_value(key_state *state, const ta_rule *rule, const ta_node *item) {
    for (uint32_t i = 0; i < rule->by_count; i++) {
        state->first = NULL;
        ta_path_each(state->run->record, item, &rule->by[i], put_key_value, state);
        state->missing = state->missing || !state->first;
    }
    if (!rule->by_count)
        put_key_value(state, item);
}

bool ta_rule_key(ta_run *run, const ta_rule *rule, const ta_node *item, const ta_node **at) {
    key_state state = {.run = run};
    run->key.len = 0;
    each_key_value(&state, rule, item);
    *at = rule->by_count == 1 ? state.first : item;
    return !state.missing;
}

void ta_rule_say_key(ta_run *run, const ta_rule *rule, const ta_node *item) {
    key_state state = {.run = run, .words = true};
    each_key_value(&state, rule, item);
}
