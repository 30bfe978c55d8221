/* SPDX-License-Identifier: MIT */
#include "check/range.h"

#include "check/fields.h"

/* What a qualifier leaves of a number: which of its ends, and whether it is beyond them. */
typedef struct qualifier {
    const char *name;
    bool no_low, no_high, above, below;
} qualifier;

static const qualifier qualifiers[] = {
    {"exact", false, false, false, false},  {"about", true, true, false, false},
    {"nearly", true, false, false, false},  {"moreThan", false, true, true, false},
    {"lessThan", true, false, false, true}, {"atLeast", false, true, false, false},
    {"atMost", true, false, false, false},  {"upTo", true, false, false, false},
    {"range", true, true, false, false}};

enum { QUALIFIER_COUNT = sizeof qualifiers / sizeof *qualifiers };

bool ta_range_add(const ta_range *a, const ta_range *b, ta_range *out) {
    if (!a->vague && !b->vague) {
        bool fits = ta_decimal_add(&a->low, &b->low, &out->low);
        out->high = out->low;
        return fits;
    }
    ta_range sum = {.vague = true,
                    .no_low = a->no_low || b->no_low,
                    .no_high = a->no_high || b->no_high,
                    .above = a->above || b->above,
                    .below = a->below || b->below};
    bool ok = (sum.no_low || ta_decimal_add(&a->low, &b->low, &sum.low)) &&
              (sum.no_high || ta_decimal_add(&a->high, &b->high, &sum.high));
    *out = sum;
    return ok;
}

bool ta_range_is_above(const ta_range *a, const ta_range *b, bool or_equal) {
    if (a->no_low || b->no_high)
        return false;
    int sign = ta_decimal_compare(&a->low, &b->high);
    return sign > 0 || (!sign && (or_equal || a->above || b->below));
}

static void say_end(const ta_decimal *end, const char *before, ta_buf *out) {
    char text[TA_DECIMAL_TEXT];
    ta_buf_puts(out, before);
    ta_buf_puts(out, ta_decimal_print(end, text));
}

void ta_range_say_end(const ta_range *range, bool high, bool strict, ta_buf *out) {
    if (high)
        say_end(&range->high, strict || range->below ? "less than " : "at most ", out);
    else
        say_end(&range->low, strict || range->above ? "more than " : "at least ", out);
}

void ta_range_say(const ta_range *range, ta_buf *out) {
    if (range->no_low && range->no_high) {
        ta_buf_puts(out, "some number");
    } else if (range->no_high) {
        ta_range_say_end(range, false, false, out);
    } else if (range->no_low) {
        ta_range_say_end(range, true, false, out);
    } else {
        say_end(&range->low, "", out);
        if (ta_decimal_compare(&range->low, &range->high))
            say_end(&range->high, " to ", out);
    }
}

static const qualifier *find_qualifier(const ta_record *record, const ta_node *quantity) {
    const ta_node *node = ta_node_named(record, quantity, "qualifier");
    if (!node || ta_value_is_missing(node))
        return &qualifiers[0];
    for (int i = 0; i < QUALIFIER_COUNT; i++)
        if (ta_node_says(record, node, qualifiers[i].name))
            return &qualifiers[i];
    return NULL;
}

/* A member of a quantity, as both ends of the range, unless it is missing. */
static ta_operand_state read_end(const ta_record *record, const ta_node *quantity,
                                 const char *name, ta_decimal *out) {
    const ta_node *node = ta_node_named(record, quantity, name);
    return node ? ta_operand_read(record, node, out) : TA_OPERAND_MISSING;
}

static ta_operand_state read_min_max(const ta_record *record, const ta_node *quantity,
                                     ta_range *out) {
    ta_operand_state low = read_end(record, quantity, "min", &out->low);
    ta_operand_state high = read_end(record, quantity, "max", &out->high);
    out->no_low = low == TA_OPERAND_MISSING;
    out->no_high = high == TA_OPERAND_MISSING;
    if (low == TA_OPERAND_LONG || high == TA_OPERAND_LONG)
        return TA_OPERAND_LONG;
    bool turned =
        !out->no_low && !out->no_high && ta_decimal_compare(&out->low, &out->high) > 0;
    return turned || (out->no_low && out->no_high) ? TA_OPERAND_MISSING : TA_OPERAND_READ;
}

/* min and max say more than a value and its qualifier, where they are there. */
static ta_operand_state read_quantity(const ta_record *record, const ta_node *quantity,
                                      ta_range *out) {
    const qualifier *how = find_qualifier(record, quantity);
    ta_operand_state state = read_min_max(record, quantity, out);
    out->vague = true;
    if (state != TA_OPERAND_MISSING || !how || !out->no_low || !out->no_high)
        return state;
    state = read_end(record, quantity, "value", &out->low);
    out->high = out->low;
    out->no_low = how->no_low;
    out->no_high = how->no_high;
    out->above = how->above;
    out->below = how->below;
    return state;
}

ta_operand_state ta_range_read(const ta_record *record, const ta_node *node, ta_range *out) {
    *out = (ta_range){.no_low = false};
    if (node->kind == TA_OBJECT)
        return read_quantity(record, node, out);
    ta_operand_state state = ta_operand_read(record, node, &out->low);
    out->high = out->low;
    return state;
}

ta_operand_state ta_operand_range(const ta_run *run, const ta_scene *scene,
                                  const ta_operand *operand, ta_range *out, ta_value *value) {
    if (ta_operand_find(run, scene, operand, value) && value->node)
        return ta_range_read(run->record, value->node, out);
    ta_decimal number;
    ta_operand_state state = ta_operand_number(run, scene, operand, &number, value);
    *out = ta_range_of(number);
    return state;
}
