/* SPDX-License-Identifier: MIT */
/*
 * integer, minimum and maximum (JSON Schema validation, sections 6.1.1, 6.2.4 and 6.2.2),
 * exactly: short plain numbers as integers with a count of places, all others as digit strings.
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
    bool given, is_short;
} number_bound;

/* One test for all of the keywords, so that a number is read once. */
typedef struct ta_number_test {
    const ta_plan *plan;
    number_bound min, max;
    bool integer;
} number_test;

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

static int compare_bound(ta_text text, const short_number *number, const number_bound *bound) {
    if (bound->is_short && number)
        return compare_short(number, &bound->number);
    return ta_number_compare(text.data, text.len, bound->text.data, bound->text.len);
}

static const void *enter_number(ta_compile *c, number_test **test) {
    bool is_new = !c->number;
    if (is_new)
        c->number = ta_compile_alloc(c, sizeof *c->number);
    if (c->number)
        c->number->plan = c->plan;
    *test = c->number;
    return is_new ? c->number : NULL;
}

const void *ta_compile_integer(ta_compile *c) {
    number_test *test;
    const void *data = enter_number(c, &test);
    if (test)
        test->integer = true;
    return data;
}

static void read_bound_number(const ta_compile *c, const ta_node *value, number_bound *bound) {
    bound->given = true;
    bound->text = ta_node_text(c->record, value);
    bound->is_short = read_short(bound->text, &bound->number);
}

static const void *compile_minimum(ta_compile *c, const ta_node *value) {
    number_test *test;
    if (value->kind != TA_NUMBER)
        return ta_compile_fault(c, value, "minimum", "must be a number");
    const void *data = enter_number(c, &test);
    if (test)
        read_bound_number(c, value, &test->min);
    return data;
}

static const void *compile_maximum(ta_compile *c, const ta_node *value) {
    number_test *test;
    if (value->kind != TA_NUMBER)
        return ta_compile_fault(c, value, "maximum", "must be a number");
    const void *data = enter_number(c, &test);
    if (test)
        read_bound_number(c, value, &test->max);
    return data;
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

bool ta_run_number(ta_run *run, const void *data, const ta_node *node) {
    const number_test *test = data;
    ta_text text = ta_node_text(run->record, node);
    short_number read;
    const short_number *number = read_short(text, &read) ? &read : NULL;
    bool ok = !test->integer || (number && !number->places) ||
              ta_number_is_integer(text.data, text.len) ||
              ta_plan_refuse(run, test->plan, node);
    if (test->min.given && (ok || run->report) && compare_bound(text, number, &test->min) < 0)
        ok = refuse_number(run, &test->min, node, TA_F_MINIMUM);
    if (test->max.given && (ok || run->report) && compare_bound(text, number, &test->max) > 0)
        ok = refuse_number(run, &test->max, node, TA_F_MAXIMUM);
    return ok;
}

const ta_keyword ta_keyword_minimum = {"minimum", compile_minimum, ta_run_number,
                                       1 << TA_NUMBER};
const ta_keyword ta_keyword_maximum = {"maximum", compile_maximum, ta_run_number,
                                       1 << TA_NUMBER};
