/* SPDX-License-Identifier: MIT */
/*
 * integer, minimum, maximum and their exclusive forms, multipleOf (2020-12 validation,
 * sections 6.1.1 and 6.2), exactly: short plain numbers as integers with a count of places, all
 * others as digit strings.
 */
#include "base/decimal.h"
#include "check/compile.h"
#include "schema/words.h"

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
    bool exclusive; /* the bound itself is not allowed */
} number_bound;

/* One test for all of the keywords, so that a number is read once. */
typedef struct number_test {
    const ta_plan *plan;
    number_bound min, max, above, below; /* the last two: exclusiveMinimum, -Maximum */
    ta_text divisor;                     /* NULL data: none */
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
    const void *data = ta_compile_share(c, TA_SHARED_NUMBER, sizeof **test, test);
    if (data)
        (*test)->plan = c->plan;
    return data;
}

const void *ta_compile_integer(ta_compile *c) {
    number_test *test;
    const void *data = enter_number(c, &test);
    if (test)
        test->integer = true;
    return data;
}

/* One of the four bounds; `offset`: where in the test it stands. */
static const void *compile_bound(ta_compile *c, const ta_node *value, const char *name,
                                 size_t offset) {
    number_test *test;
    if (value->kind != TA_NUMBER)
        return ta_compile_fault(c, value, name, "must be a number");
    const void *data = enter_number(c, &test);
    if (!test)
        return NULL;
    number_bound *bound = (number_bound *)((char *)test + offset);
    bound->given = true;
    bound->text = ta_node_text(c->record, value);
    bound->is_short = read_short(bound->text, &bound->number);
    return data;
}

static const void *compile_minimum(ta_compile *c, const ta_node *value) {
    return compile_bound(c, value, "minimum", offsetof(number_test, min));
}

static const void *compile_maximum(ta_compile *c, const ta_node *value) {
    return compile_bound(c, value, "maximum", offsetof(number_test, max));
}

/* In draft 4 these are booleans, and change what minimum and maximum mean. */
static const void *compile_exclusive(ta_compile *c, const ta_node *value, const char *name,
                                     bool below) {
    number_test *test;
    size_t offset = below ? offsetof(number_test, below) : offsetof(number_test, above);
    bool boolean = value->kind == TA_TRUE || value->kind == TA_FALSE;
    if (ta_compile_draft(c) > TA_DRAFT_D4)
        return compile_bound(c, value, name, offset);
    if (!boolean)
        return ta_compile_fault(c, value, name, "must be true or false in draft 4");
    const void *data = enter_number(c, &test);
    if (test)
        (below ? &test->max : &test->min)->exclusive = value->kind == TA_TRUE;
    return data;
}

static const void *compile_exclusive_minimum(ta_compile *c, const ta_node *value) {
    return compile_exclusive(c, value, "exclusiveMinimum", false);
}

static const void *compile_exclusive_maximum(ta_compile *c, const ta_node *value) {
    return compile_exclusive(c, value, "exclusiveMaximum", true);
}

static const void *compile_multiple_of(ta_compile *c, const ta_node *value) {
    number_test *test;
    ta_text text = ta_node_text(c->record, value);
    if (value->kind != TA_NUMBER || ta_number_compare(text.data, text.len, "0", 1) <= 0)
        return ta_compile_fault(c, value, "multipleOf", "must be a number above 0");
    const void *data = enter_number(c, &test);
    if (test)
        test->divisor = text;
    return data;
}

static bool refuse_number(ta_run *run, ta_text bound, const ta_node *node, ta_code code) {
    if (!ta_run_tells(run, node, code))
        return false;
    ta_run_reset_words(run);
    ta_buf_put(&run->expected, bound.data, bound.len);
    ta_say_value(run->record, node, &run->found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = code,
                                     .expected = ta_buf_text(&run->expected),
                                     .found = ta_buf_text(&run->found)});
}

/* Whether a number is on the right side of a bound: sign 1 above it, -1 below. */
static bool holds_bound(ta_text text, const short_number *number, const number_bound *bound,
                        int sign, bool exclusive) {
    if (!bound->given)
        return true;
    int side = compare_bound(text, number, bound) * sign;
    return side > 0 || (side == 0 && !exclusive);
}

static bool is_whole(ta_text text, const short_number *number) {
    return (number && !number->places) || ta_number_is_integer(text.data, text.len);
}

/* What is left when all is well. */
static bool holds_all(const number_test *test, ta_text text, const short_number *number) {
    return (!test->integer || is_whole(text, number)) &&
           holds_bound(text, number, &test->min, 1, test->min.exclusive) &&
           holds_bound(text, number, &test->max, -1, test->max.exclusive) &&
           holds_bound(text, number, &test->above, 1, true) &&
           holds_bound(text, number, &test->below, -1, true) &&
           (!test->divisor.data ||
            ta_number_is_multiple(text.data, text.len, test->divisor.data, test->divisor.len));
}

static void report_number(ta_run *run, const number_test *test, const ta_node *node) {
    ta_text text = ta_node_text(run->record, node);
    const struct {
        const number_bound *bound;
        int sign;
        bool exclusive;
        ta_code code;
    } rows[] = {{&test->min, 1, test->min.exclusive,
                 test->min.exclusive ? TA_F_EXCLUSIVE_MINIMUM : TA_F_MINIMUM},
                {&test->max, -1, test->max.exclusive,
                 test->max.exclusive ? TA_F_EXCLUSIVE_MAXIMUM : TA_F_MAXIMUM},
                {&test->above, 1, true, TA_F_EXCLUSIVE_MINIMUM},
                {&test->below, -1, true, TA_F_EXCLUSIVE_MAXIMUM}};
    if (test->integer && !is_whole(text, NULL))
        ta_plan_refuse(run, test->plan, node);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!holds_bound(text, NULL, rows[i].bound, rows[i].sign, rows[i].exclusive))
            refuse_number(run, rows[i].bound->text, node, rows[i].code);
    if (test->divisor.data &&
        !ta_number_is_multiple(text.data, text.len, test->divisor.data, test->divisor.len))
        refuse_number(run, test->divisor, node, TA_F_MULTIPLE_OF);
}

bool ta_run_number(ta_run *run, const void *data, const ta_node *node) {
    const number_test *test = data;
    ta_text text = ta_node_text(run->record, node);
    short_number read;
    const short_number *number = read_short(text, &read) ? &read : NULL;
    if (holds_all(test, text, number))
        return true;
    if (run->report)
        report_number(run, test, node);
    return false;
}

const ta_keyword ta_keyword_minimum = {"minimum", compile_minimum, ta_run_number,
                                       1 << TA_NUMBER, false};
const ta_keyword ta_keyword_maximum = {"maximum", compile_maximum, ta_run_number,
                                       1 << TA_NUMBER, false};
const ta_keyword ta_keyword_exclusive_minimum = {"exclusiveMinimum", compile_exclusive_minimum,
                                                 ta_run_number, 1 << TA_NUMBER, false};
const ta_keyword ta_keyword_exclusive_maximum = {"exclusiveMaximum", compile_exclusive_maximum,
                                                 ta_run_number, 1 << TA_NUMBER, false};
const ta_keyword ta_keyword_multiple_of = {"multipleOf", compile_multiple_of, ta_run_number,
                                           1 << TA_NUMBER, false};
