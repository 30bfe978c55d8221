/* SPDX-License-Identifier: MIT */
/*
 * Keys for rules that compare items: equal values give equal bytes. An object's members, which
 * have no order, are added up as hashes of 128 bits.
 */
#include "base/fold.h"
#include "base/hash.h"
#include "check/operate.h"
#include "schema/words.h"

enum { EXPONENT_DIGITS_MAX = 15 }; /* beyond, an exponent counts as it is written */

/* The exponent as written, from behind its e on, moved by what the digits moved. */
static void put_exponent_key(ta_text text, int64_t moved, ta_buf *out) {
    size_t i = text.len && (*text.data == '-' || *text.data == '+');
    bool down = i && *text.data == '-';
    int64_t exponent = 0;
    if (text.len > EXPONENT_DIGITS_MAX)
        ta_buf_put(out, text.data, text.len);
    for (; i < text.len && text.len <= EXPONENT_DIGITS_MAX; i++)
        exponent = exponent * 10 + (text.data[i] - '0');
    exponent = (down ? -exponent : exponent) + moved;
    ta_buf_printf(out, "e%lld", (long long)exponent);
}

/* A number of more digits than a decimal has: its digits without the zeros at both ends. */
static void put_long_key(ta_text text, ta_buf *out) {
    size_t i = *text.data == '-', zeros = 0;
    bool any = false, point = false;
    int64_t moved = 0;
    ta_buf_put(out, text.data, i);
    for (; i < text.len && (text.data[i] | 32) != 'e'; i++) {
        point = point || text.data[i] == '.';
        if (text.data[i] == '.')
            continue;
        moved -= point;
        zeros = text.data[i] == '0' && any ? zeros + 1 : zeros;
        if (text.data[i] == '0')
            continue;
        for (; zeros; zeros--)
            ta_buf_put(out, "0", 1);
        ta_buf_put(out, &text.data[i], 1);
        any = true;
    }
    if (!any)
        return; /* 0, whatever its exponent */
    i += i < text.len;
    put_exponent_key((ta_text){text.data + i, text.len - i}, moved + (int64_t)zeros, out);
}

static void put_number_key(ta_text text, ta_buf *out) {
    ta_decimal value;
    char digits[TA_DECIMAL_TEXT];
    if (ta_decimal_parse(text.data, text.len, &value))
        ta_buf_puts(out, ta_decimal_print(&value, digits));
    else
        put_long_key(text, out);
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

void ta_key_put_loose(const ta_record *record, const ta_node *node, ta_buf *out) {
    ta_text text = ta_node_text(record, node);
    if (node->kind == TA_NUMBER)
        put_number_key(text, out);
    else if (node->kind == TA_TEXT)
        ta_buf_put(out, text.data, text.len);
    else
        ta_key_put(record, node, out);
}

/* The values of one item, field by field, as a key or in words. */
typedef struct item_state {
    ta_run *run;
    bool fold;
    bool missing;
    const ta_node *first; /* of the field */
    ta_buf *words;        /* NULL: the key is wanted */
} item_state;

/* False: nothing is left of the text. */
static bool put_folded_key(ta_run *run, ta_text text) {
    size_t before = run->key.len;
    ta_fold_name(text.data, text.len, &run->key);
    bool some = run->key.len > before;
    ta_buf_put(&run->key, "", 1);
    return some;
}

static bool put_item_value(void *to, const ta_node *node) {
    item_state *state = to;
    ta_run *run = state->run;
    state->missing = state->missing || ta_value_is_missing(node);
    if (!state->first)
        state->first = node;
    if (state->words) {
        ta_buf_puts(state->words, state->words->len ? ", " : "");
        ta_say_value(run->record, node, state->words);
    } else if (state->fold && node->kind == TA_TEXT) {
        if (!put_folded_key(run, ta_node_text(run->record, node)))
            state->missing = true;
    } else {
        ta_key_put(run->record, node, &run->key);
    }
    return true;
}

ta_mark ta_item_mark(ta_run *run, const ta_key_fields *fields, const ta_node *item,
                     const ta_node **at, const char **lacks) {
    item_state state = {.run = run};
    run->key.len = 0;
    *lacks = NULL;
    for (uint32_t i = 0; i < fields->count; i++) {
        const ta_key_field *field = &fields->items[i];
        state.first = NULL;
        state.fold = field->fold;
        ta_path_each(run->record, item, &field->path, put_item_value, &state);
        if ((state.missing || !state.first) && !*lacks)
            *lacks = field->text;
    }
    if (!fields->count) {
        put_item_value(&state, item);
        *lacks = state.missing ? "value" : NULL;
    }
    *at = fields->count == 1 ? state.first : item;
    return ta_mark_of(ta_buf_text(&run->key), run->key.len);
}

void ta_item_say(ta_run *run, const ta_key_fields *fields, const ta_node *item, ta_buf *out) {
    item_state state = {.run = run, .words = out};
    for (uint32_t i = 0; i < fields->count; i++)
        ta_path_each(run->record, item, &fields->items[i].path, put_item_value, &state);
    if (!fields->count)
        put_item_value(&state, item);
}
