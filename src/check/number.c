/* SPDX-License-Identifier: MIT */
/*
 * minimum and maximum (JSON Schema validation, sections 6.2.4 and 6.2.2), exactly: short plain
 * numbers as integers with a count of places, all others as digit strings.
 */
#include "base/decimal.h"
#include "check/compile.h"
#include "check/words.h"

enum { SHORT_MAX = 18 }; /* digits that a 64-bit integer holds in any case */

__extension__ typedef __int128 wide_int;

/* mantissa / 10^places */
typedef struct short_number {
    int64_t mantissa;
    int places;
} short_number;

typedef struct number_bound {
    ta_text text;
    short_number number;
    bool is_short;
} number_bound;

/* False: it is long, or has an exponent. */
static bool read_short(ta_text text, short_number *out) {
    const char *at = text.data, *end = at + text.len, *point = NULL;
    bool negative = at < end && *at == '-';
    uint64_t mantissa = 0;
    at += negative;
    if (end - at > SHORT_MAX)
        return false;
    for (; at < end; at++) {
        unsigned digit = (unsigned)(*at - '0');
        if (digit < 10)
            mantissa = mantissa * 10 + digit;
        else if (*at == '.')
            point = at + 1;
        else
            return false;
    }
    out->mantissa = negative ? -(int64_t)mantissa : (int64_t)mantissa;
    out->places = point ? (int)(end - point) : 0;
    return true;
}

static int compare_short(const short_number *a, const short_number *b) {
    static const int64_t powers[] = {1,
                                     10,
                                     100,
                                     1000,
                                     10000,
                                     100000,
                                     1000000,
                                     10000000,
                                     100000000,
                                     1000000000,
                                     10000000000,
                                     100000000000,
                                     1000000000000,
                                     10000000000000,
                                     100000000000000,
                                     1000000000000000,
                                     10000000000000000,
                                     100000000000000000,
                                     1000000000000000000};
    wide_int x = a->mantissa, y = b->mantissa;
    if (a->places < b->places)
        x *= powers[b->places - a->places];
    else if (b->places < a->places)
        y *= powers[a->places - b->places];
    return (x > y) - (x < y);
}

static int compare_bound(const ta_run *run, const ta_node *node, const number_bound *bound) {
    ta_text text = ta_node_text(run->record, node);
    short_number number;
    if (bound->is_short && read_short(text, &number))
        return compare_short(&number, &bound->number);
    return ta_number_compare(text.data, text.len, bound->text.data, bound->text.len);
}

static const void *compile_bound(ta_compile *c, const ta_node *value, const char *name) {
    if (value->kind != TA_NUMBER)
        return ta_compile_fault(c, value, name, "must be a number");
    number_bound *bound = ta_compile_alloc(c, sizeof *bound);
    if (!bound)
        return NULL;
    bound->text = ta_node_text(c->record, value);
    bound->is_short = read_short(bound->text, &bound->number);
    return bound;
}

static const void *compile_minimum(ta_compile *c, const ta_node *value) {
    return compile_bound(c, value, "minimum");
}

static const void *compile_maximum(ta_compile *c, const ta_node *value) {
    return compile_bound(c, value, "maximum");
}

static bool refuse_number(ta_run *run, const number_bound *bound, const ta_node *node,
                          ta_code code) {
    if (!run->report)
        return false;
    ta_run_reset_words(run);
    ta_buf_put(&run->expected, bound->text.data, bound->text.len);
    ta_say_value(run->record, node, &run->found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = code,
                                     .expected = ta_buf_text(&run->expected),
                                     .found = ta_buf_text(&run->found)});
}

static bool run_minimum(ta_run *run, const void *data, const ta_node *node) {
    return compare_bound(run, node, data) >= 0 || refuse_number(run, data, node, TA_F_MINIMUM);
}

static bool run_maximum(ta_run *run, const void *data, const ta_node *node) {
    return compare_bound(run, node, data) <= 0 || refuse_number(run, data, node, TA_F_MAXIMUM);
}

const ta_keyword ta_keyword_minimum = {"minimum", compile_minimum, run_minimum, 1 << TA_NUMBER};
const ta_keyword ta_keyword_maximum = {"maximum", compile_maximum, run_maximum, 1 << TA_NUMBER};
