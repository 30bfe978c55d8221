/* SPDX-License-Identifier: MIT */
/* enum and const (JSON Schema validation, sections 6.1.2 and 6.1.3): 1.0 equals 1, objects have
 * no order. */
#include "base/hash.h"
#include "check/compile.h"
#include "check/words.h"
#include "codes/nearest.h"

enum {
    LINEAR_MAX = 8, /* so few texts are compared one by one */
    SHOWN_MAX = 8   /* values shown in a message */
};

typedef struct value_set {
    const ta_record *record;
    const ta_node *value; /* the keyword's, for messages */
    ta_text *texts;
    const ta_node **others; /* what is no text */
    uint32_t text_count, other_count;
    uint32_t *slots; /* by the text's hash: text + 1; NULL: few */
    uint32_t mask;
} value_set;

static uint32_t *find_text_slot(const value_set *set, ta_text text) {
    uint32_t at = (uint32_t)ta_hash(text.data, text.len) & set->mask;
    for (;; at = (at + 1) & set->mask) {
        uint32_t slot = set->slots[at];
        if (!slot)
            return &set->slots[at];
        const ta_text *other = &set->texts[slot - 1];
        if (other->len == text.len && !memcmp(other->data, text.data, text.len))
            return &set->slots[at];
    }
}

static bool has_text(const value_set *set, ta_text text) {
    if (set->slots)
        return *find_text_slot(set, text) != 0;
    for (uint32_t i = 0; i < set->text_count; i++)
        if (set->texts[i].len == text.len && !memcmp(set->texts[i].data, text.data, text.len))
            return true;
    return false;
}

static bool has_value(const value_set *set, const ta_record *record, const ta_node *node) {
    if (node->kind == TA_TEXT)
        return has_text(set, ta_node_text(record, node));
    for (uint32_t i = 0; i < set->other_count; i++)
        if (ta_node_equal(record, node, set->record, set->others[i]))
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
    set->others = ta_compile_alloc(c, (most + (size_t)1) * sizeof *set->others);
    return set->texts && set->others ? set : NULL;
}

static void enter_value(value_set *set, const ta_node *node) {
    if (node->kind == TA_TEXT)
        set->texts[set->text_count++] = ta_node_text(set->record, node);
    else
        set->others[set->other_count++] = node;
}

static const void *compile_enum(ta_compile *c, const ta_node *value) {
    if (value->kind != TA_ARRAY)
        return ta_compile_fault(c, value, "enum", "must be a list of values");
    value_set *set = new_set(c, value, value->count);
    if (!set)
        return NULL;
    for (const ta_node *n = ta_node_first(value); n < ta_node_end(value); n = ta_node_next(n))
        enter_value(set, n);
    if (set->text_count <= LINEAR_MAX)
        return set;
    uint32_t slot_count = 2;
    while (slot_count < set->text_count * 2)
        slot_count *= 2;
    set->mask = slot_count - 1;
    set->slots = ta_compile_alloc(c, slot_count * sizeof *set->slots);
    for (uint32_t i = 0; set->slots && i < set->text_count; i++)
        *find_text_slot(set, set->texts[i]) = i + 1;
    return set;
}

static const void *compile_const(ta_compile *c, const ta_node *value) {
    value_set *set = new_set(c, value, 1);
    if (set)
        enter_value(set, value);
    return set;
}

/* The values that are allowed, and the one that was meant. */
static void say_values(ta_run *run, const value_set *set) {
    uint32_t shown = 0;
    for (const ta_node *n = ta_node_first(set->value); n < ta_node_end(set->value);
         n = ta_node_next(n)) {
        if (shown == SHOWN_MAX) {
            ta_buf_printf(&run->expected, " … (%u in all)", set->value->count);
            break;
        }
        ta_buf_puts(&run->expected, shown++ ? ", " : "");
        ta_say_value(set->record, n, &run->expected);
    }
}

static bool run_enum(ta_run *run, const void *data, const ta_node *node) {
    const value_set *set = data;
    if (has_value(set, run->record, node))
        return true;
    if (!run->report)
        return false;
    ta_run_reset_words(run);
    say_values(run, set);
    ta_say_value(run->record, node, &run->found);
    if (node->kind == TA_TEXT) {
        ta_text text = ta_node_text(run->record, node);
        ta_nearest nearest = {.word = text.data, .len = text.len};
        for (uint32_t i = 0; i < set->text_count; i++)
            ta_nearest_try(&nearest, set->texts[i].data, set->texts[i].len);
        if (nearest.best)
            ta_say_guess(nearest.best, nearest.best_len, "", &run->replacement);
    }
    return ta_run_fail(run, node,
                       &(ta_finding){.code = TA_F_ENUM,
                                     .expected = ta_buf_text(&run->expected),
                                     .found = ta_buf_text(&run->found),
                                     .replacement = ta_buf_text(&run->replacement)});
}

static bool run_const(ta_run *run, const void *data, const ta_node *node) {
    const value_set *set = data;
    if (has_value(set, run->record, node))
        return true;
    if (!run->report)
        return false;
    ta_run_reset_words(run);
    ta_say_value(set->record, set->value, &run->expected);
    ta_say_value(run->record, node, &run->found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = TA_F_CONST,
                                     .expected = ta_buf_text(&run->expected),
                                     .found = ta_buf_text(&run->found)});
}

const ta_keyword ta_keyword_enum = {"enum", compile_enum, run_enum, TA_KINDS_ALL, false};
const ta_keyword ta_keyword_const = {"const", compile_const, run_const, TA_KINDS_ALL, false};
