/* SPDX-License-Identifier: MIT */
/*
 * Numbers that a text gives vaguely: "nearly 3000" is at most that, "20 to 25" lies between. A
 * quantity is an object {value, min, max, qualifier} as in the schema `cluster`; rules fail
 * only on what is certain of it. A plain number is a range of one.
 */
#ifndef TA_CHECK_RANGE_H
#define TA_CHECK_RANGE_H

#include "check/operate.h"

/* A number that may be vague (range.h): it lies between two; one of them may be missing, or be
 * what it is not itself (above, below). */
typedef struct ta_range {
    ta_decimal low, high; /* the same unless it is vague */
    bool vague, no_low, no_high, above, below;
} ta_range;

static inline ta_range ta_range_of(ta_decimal value) {
    return (ta_range){.low = value, .high = value};
}
/* False where the exact result needs more than 38 digits. */
bool ta_range_add(const ta_range *a, const ta_range *b, ta_range *out);
/* Whether whatever a means is more than whatever b means (or_equal: or the same). */
bool ta_range_is_above(const ta_range *a, const ta_range *b, bool or_equal);
/* "3000", "20 to 25", "less than 3000". */
void ta_range_say(const ta_range *range, ta_buf *out);
/* The end that others may not pass: "at most 25", "more than 20" (strict, or it is not in the
 * range itself). */
void ta_range_say_end(const ta_range *range, bool high, bool strict, ta_buf *out);

/* A number, a number in a text, or a quantity. */
ta_operand_state ta_range_read(const ta_record *record, const ta_node *node, ta_range *out);
/* The same for an operand that leads to one value or is a literal. */
ta_operand_state ta_operand_range(const ta_run *run, const ta_scene *scene,
                                  const ta_operand *operand, ta_range *out, ta_value *value);

#endif
