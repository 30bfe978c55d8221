/* SPDX-License-Identifier: MIT */
/* enum and const (JSON Schema validation, sections 6.1.2 and 6.1.3): 1.0 equals 1, objects have
 * no order. */
#include "check/value.h"
#include "codes/nearest.h"
#include "record/hash.h"
#include "schema/words.h"

enum {
    LINEAR_MAX = 8, /* so few values are compared one by one */
    SHOWN_MAX = 8   /* values shown in a message */
};

typedef struct value_set {
    const ta_record *record;
    const ta_node *value; /* the keyword's, for messages */
    const ta_node **items;
    ta_text *texts; /* of the items that are texts; NULL data: another */
    uint64_t *hashes;
    uint32_t count;
    bool single;       /* const */
    const char *words; /* what is expected, in a message */
    uint32_t *slots;   /* by hash: item + 1; NULL: few */
    uint32_t mask;
} value_set;

static bool is_item(const value_set *set, uint32_t i, const ta_record *record,
                    const ta_node *node) {
    if (node->kind != TA_TEXT)
        return ta_node_equal(record, node, set->record, set->items[i]);
    ta_text text = ta_node_text(record, node), other = set->texts[i];
    return other.data && other.len == text.len && !memcmp(other.data, text.data, text.len);
}

static bool is_among_few(const value_set *set, const ta_record *record, const ta_node *node) {
    for (uint32_t i = 0; i < set->count; i++)
        if (set->items[i]->kind == node->kind && is_item(set, i, record, node))
            return true;
    return false;
}

static bool has_value(const value_set *set, const ta_record *record, const ta_node *node) {
    if (!set->slots)
        return is_among_few(set, record, node);
    uint64_t hash = ta_value_hash(record, node);
    uint32_t at = (uint32_t)hash & set->mask;
    for (; set->slots[at]; at = (at + 1) & set->mask)
        if (set->hashes[set->slots[at] - 1] == hash &&
            is_item(set, set->slots[at] - 1, record, node))
            return true;
    return false;
}

static value_set *new_set(ta_compile *c, const ta_node *value, uint32_t most) {
    value_set *set = ta_compile_alloc(c, sizeof *set);
    if (!set)
        return NULL;
    set->record = c->record;
    set->value = value;
    set->texts = ta_compile_alloc(c, (most + (size_t)1) * sizeof *set->texts);
    set->items = ta_compile_alloc(c, (most + (size_t)1) * sizeof *set->items);
    return set->texts && set->items ? set : NULL;
}

static void enter_value(value_set *set, const ta_node *node) {
    if (node->kind == TA_TEXT)
        set->texts[set->count] = ta_node_text(set->record, node);
    set->items[set->count++] = node;
}

/* The table of a set that is not small. */
static void index_values(ta_compile *c, value_set *set) {
    uint32_t slot_count = 2;
    while (slot_count < set->count * 2)
        slot_count *= 2;
    set->hashes = ta_compile_alloc(c, set->count * sizeof *set->hashes);
    uint32_t *slots = ta_compile_alloc(c, slot_count * sizeof *set->slots);
    if (!set->hashes || !slots)
        return;
    set->mask = slot_count - 1;
    for (uint32_t i = 0; i < set->count; i++) {
        set->hashes[i] = ta_value_hash(set->record, set->items[i]);
        uint32_t at = (uint32_t)set->hashes[i] & set->mask;
        while (slots[at])
            at = (at + 1) & set->mask;
        slots[at] = i + 1;
    }
    set->slots = slots;
}

/* The values that are allowed, in words. */
static void say_values(const value_set *set, ta_buf *out) {
    uint32_t shown = 0;
    if (set->single) {
        ta_say_whole(set->record, set->value, out);
        return;
    }
    for (const ta_node *n = ta_node_first(set->value); n < ta_node_end(set->value);
         n = ta_node_next(n)) {
        if (shown == SHOWN_MAX) {
            ta_buf_printf(out, " … (%u in all)", set->value->count);
            break;
        }
        ta_buf_puts(out, shown++ ? ", " : "");
        ta_say_whole(set->record, n, out);
    }
}

static const value_set *word_set(ta_compile *c, value_set *set) {
    ta_buf words = {0};
    say_values(set, &words);
    ta_buf_text(&words);
    set->words = words.failed ? NULL : ta_compile_copy(c, (ta_text){words.data, words.len});
    c->nomem |= words.failed;
    ta_buf_fini(&words);
    return set->words ? set : NULL;
}

static const void *compile_enum(ta_compile *c, const ta_node *value) {
    if (value->kind != TA_ARRAY)
        return ta_compile_fault(c, value, "enum", "must be a list of values");
    value_set *set = new_set(c, value, value->count);
    if (!set)
        return NULL;
    for (const ta_node *n = ta_node_first(value); n < ta_node_end(value); n = ta_node_next(n))
        enter_value(set, n);
    if (set->count > LINEAR_MAX)
        index_values(c, set);
    return word_set(c, set);
}

static const void *compile_const(ta_compile *c, const ta_node *value) {
    value_set *set = new_set(c, value, 1);
    if (!set)
        return NULL;
    set->single = true;
    enter_value(set, value);
    return word_set(c, set);
}

/* The text of the set that is nearest to the node's, as a replacement. */
static void guess_value(ta_run *run, const value_set *set, const ta_node *node) {
    ta_text text = ta_node_text(run->record, node);
    ta_nearest nearest = {.word = text.data, .len = text.len};
    for (uint32_t i = 0; i < set->count; i++)
        if (set->texts[i].data)
            ta_nearest_try(&nearest, set->texts[i].data, set->texts[i].len);
    if (nearest.best)
        ta_say_guess(nearest.best, nearest.best_len, "", &run->replacement);
}

static bool run_values(ta_run *run, const void *data, const ta_node *node) {
    const value_set *set = data;
    if (has_value(set, run->record, node))
        return true;
    ta_code code = set->single ? TA_F_CONST : TA_F_ENUM;
    if (!ta_run_tells(run, node, code))
        return false;
    ta_run_reset_words(run);
    ta_say_whole(run->record, node, &run->found);
    if (!set->single && node->kind == TA_TEXT)
        guess_value(run, set, node);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = code,
                                     .expected = set->words,
                                     .found = ta_buf_text(&run->found),
                                     .replacement = ta_buf_text(&run->replacement)});
}

uint32_t ta_values_count(const void *data) {
    return ((const value_set *)data)->count;
}

const ta_node *ta_values_item(const void *data, uint32_t index, const ta_record **record) {
    const value_set *set = data;
    *record = set->record;
    return set->items[index];
}

ta_code ta_values_say(ta_run *run, const void *data) {
    const value_set *set = data;
    ta_buf_puts(&run->expected, set->words);
    return set->single ? TA_F_CONST : TA_F_ENUM;
}

const ta_keyword ta_keyword_enum = {"enum", compile_enum, run_values, TA_KINDS_ALL, false};
const ta_keyword ta_keyword_const = {"const", compile_const, run_values, TA_KINDS_ALL, false};
