/* SPDX-License-Identifier: MIT */
#include "compare/key.h"

#include <inttypes.h>

#include "base/hash.h"
#include "base/number.h"
#include "record/hash.h"
#include "schema/words.h"

typedef struct key_walk {
    const ta_record *record;
    uint64_t hash;
    bool some; /* the path led to a value that is not null */
    ta_buf *words;
} key_walk;

/* A key of digits is the same as text and as a number: CSV cannot tell them apart. */
static uint64_t hash_key_part(const ta_record *record, const ta_node *node) {
    ta_text text = ta_node_text(record, node);
    if (node->kind != TA_NUMBER || ta_number_is_short(text.data, text.len))
        return node->kind == TA_NUMBER ? ta_hash(text.data, text.len)
                                       : ta_value_hash(record, node);
    ta_buf form = {0};
    ta_number_put_canonical(&form, text.data, text.len);
    uint64_t hash = ta_hash(form.data, form.failed ? 0 : form.len);
    ta_buf_fini(&form);
    return hash;
}

static bool take_key_part(void *to, const ta_node *node) {
    key_walk *walk = to;
    if (node->kind == TA_NULL)
        return true;
    uint64_t value = hash_key_part(walk->record, node);
    walk->hash = ta_hash_more(walk->hash, &value, sizeof value);
    walk->some = true;
    return true;
}

uint64_t ta_key_hash(const ta_record *record, const ta_key_paths *key, bool *lacks) {
    key_walk walk = {.record = record};
    *lacks = false;
    for (uint32_t i = 0; i < key->count; i++) {
        walk.some = false;
        ta_path_each(record, record->nodes, &key->paths[i], take_key_part, &walk);
        *lacks |= !walk.some;
        walk.hash = ta_hash_more(walk.hash, &i, sizeof i);
    }
    return walk.hash;
}

static bool say_key_part(void *to, const ta_node *node) {
    key_walk *walk = to;
    walk->some |= node->kind != TA_NULL;
    ta_buf_puts(walk->words, " ");
    ta_say_value(walk->record, node, walk->words);
    return true;
}

void ta_key_say(const ta_record *record, const ta_key_paths *key, ta_buf *out) {
    key_walk walk = {.record = record, .words = out};
    size_t start = out->len;
    bool whole = key->count;
    for (uint32_t i = 0; i < key->count && whole; i++) {
        walk.some = false;
        ta_buf_puts(out, i ? ", " : "");
        ta_buf_put(out, key->names[i].data, key->names[i].len);
        ta_path_each(record, record->nodes, &key->paths[i], say_key_part, &walk);
        whole = walk.some;
    }
    if (whole || out->failed)
        return;
    out->len = start;
    ta_buf_printf(out, "record %" PRIu64, record->number);
}
