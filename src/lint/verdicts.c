/* SPDX-License-Identifier: MIT */
/* The lints of columns: what the counts of its forms say. A form is damage only beside others
 * that show what the column holds. */
#include <stdio.h>

#include "lint/column.h"

enum { ZEROS_WIDTH_MIN = 3, ID_WIDTH_MIN = 6 };

static uint64_t sum_of(const ta_column *column, int from, int to) {
    uint64_t sum = 0;
    for (int i = from; i <= to; i++)
        sum += column->counts[i];
    return sum;
}

static uint64_t digits_of(const ta_column *column) {
    return sum_of(column, TA_LOOKS_ZEROS, TA_LOOKS_COUNT - 1);
}

/* The first witness of the forms, NULL: none. */
static const ta_witness *first_of(const ta_column *column, int from, int to) {
    for (int i = from; i <= to; i++)
        if (column->first[i])
            return column->first[i];
    return NULL;
}

/* In a column of codes, or where most others are no such numbers and no decimals. */
bool ta_column_lint_exponent(const ta_column *column, ta_verdict *out) {
    uint64_t count = column->counts[TA_LOOKS_EXPONENT];
    uint64_t decimals = sum_of(column, TA_LOOKS_POINT, TA_LOOKS_EXPONENT);
    if (!count || (!column->code && decimals * 2 > sum_of(column, 0, TA_LOOKS_COUNT - 1)))
        return false;
    out->code = TA_F_LINT_EXPONENT;
    out->wrong = column->first[TA_LOOKS_EXPONENT];
    out->count = count;
    return true;
}

/* The length that nearly all whole numbers of a column have; 0: none. */
static int common_length(const ta_column *column) {
    uint64_t all = digits_of(column);
    for (int len = ID_WIDTH_MIN; len <= TA_LOOKS_DIGITS_MAX; len++) {
        uint64_t zeros =
            column->zeros_min == (unsigned)len && column->zeros_max == (unsigned)len
                ? column->counts[TA_LOOKS_ZEROS]
                : 0;
        if (all > 2 && (column->counts[TA_LOOKS_DIGITS + len] + zeros) * 10 >= all * 9)
            return len;
    }
    return 0;
}

bool ta_column_lint_decimal_part(const ta_column *column, ta_verdict *out) {
    uint64_t decimals = sum_of(column, TA_LOOKS_POINT, TA_LOOKS_LONG_COMMA);
    int len = common_length(column);
    const ta_witness *wrong = first_of(column, TA_LOOKS_LONG_POINT, TA_LOOKS_LONG_COMMA);
    bool same = wrong && len && wrong->len == (unsigned)len;
    if (!same && column->code)
        wrong = first_of(column, TA_LOOKS_POINT, TA_LOOKS_LONG_COMMA);
    if (!wrong || !(same || column->code) || decimals * 2 > digits_of(column))
        return false;
    out->code = TA_F_LINT_DECIMAL_PART;
    out->wrong = wrong;
    out->count = decimals;
    return true;
}

/* Where all with a zero in front have one length, and none is longer, shorter ones are odd; by
 * one digit only, they may be postal codes of another country. */
bool ta_column_lint_leading_zeros(const ta_column *column, ta_verdict *out) {
    uint64_t zeros = column->counts[TA_LOOKS_ZEROS];
    int width = (int)column->zeros_max, digits = TA_LOOKS_DIGITS;
    if (!zeros || column->zeros_min != column->zeros_max || width < ZEROS_WIDTH_MIN ||
        width > TA_LOOKS_DIGITS_MAX)
        return false;
    int most = digits + width - (column->abroad ? 2 : 1);
    uint64_t shorter = sum_of(column, digits + 2, most);
    uint64_t longer = sum_of(column, digits + width + 1, TA_LOOKS_COUNT - 1);
    const ta_witness *wrong = first_of(column, digits + 2, most);
    if (!wrong || longer || shorter * 2 > zeros + column->counts[digits + width])
        return false;
    out->code = TA_F_LINT_LEADING_ZEROS;
    out->wrong = wrong;
    out->other = column->first[TA_LOOKS_ZEROS];
    out->label = "one with its zeros";
    out->count = shorter;
    snprintf(out->expected, sizeof out->expected, "%d", width);
    if (wrong->digits)
        snprintf(out->replacement, sizeof out->replacement, "%0*d%s",
                 width - (int)strlen(wrong->digits), 0, wrong->digits);
    return true;
}

bool ta_column_lint_month(const ta_column *column, ta_verdict *out) {
    uint64_t count = column->counts[TA_LOOKS_MONTH];
    if (!count || count * 2 >= sum_of(column, 0, TA_LOOKS_COUNT - 1))
        return false;
    out->code = TA_F_LINT_MONTH;
    out->wrong = column->first[TA_LOOKS_MONTH];
    out->count = count;
    return true;
}

/* The rarer of two kinds is the wrong one. */
static void set_against(ta_verdict *out, const ta_witness *a, uint64_t a_count,
                        const ta_witness *b, uint64_t b_count) {
    bool first = a_count < b_count;
    out->wrong = first ? a : b;
    out->other = first ? b : a;
    out->count = first ? a_count : b_count;
    out->label = "one of the others";
}

bool ta_column_lint_decimal_mark(const ta_column *column, ta_verdict *out) {
    const uint64_t *counts = column->counts;
    uint64_t points = counts[TA_LOOKS_POINT] + counts[TA_LOOKS_LONG_POINT];
    uint64_t commas = counts[TA_LOOKS_COMMA] + counts[TA_LOOKS_LONG_COMMA];
    const ta_witness *const *first = (const ta_witness *const *)column->first;
    if (!points || !commas)
        return false;
    out->code = TA_F_LINT_DECIMAL_MARK;
    set_against(out, first[counts[TA_LOOKS_POINT] ? TA_LOOKS_POINT : TA_LOOKS_LONG_POINT],
                points, first[counts[TA_LOOKS_COMMA] ? TA_LOOKS_COMMA : TA_LOOKS_LONG_COMMA],
                commas);
    snprintf(out->name, sizeof out->name, "%s", points < commas ? "point" : "comma");
    snprintf(out->expected, sizeof out->expected, "%s", points < commas ? "comma" : "point");
    return true;
}

bool ta_column_lint_date_order(const ta_column *column, ta_verdict *out) {
    static const char *const names[] = {"the year", "the day", "the month"};
    const uint64_t *counts = column->counts;
    uint64_t years = counts[TA_LOOKS_YEAR_FIRST], days = counts[TA_LOOKS_DAY_FIRST],
             months = counts[TA_LOOKS_MONTH_FIRST];
    int a, b;
    if (days && months) {
        a = 1;
        b = 2;
        set_against(out, column->first[TA_LOOKS_DAY_FIRST], days,
                    column->first[TA_LOOKS_MONTH_FIRST], months);
    } else if (years && days + months + counts[TA_LOOKS_DAY_OR_MONTH]) {
        a = 0;
        b = months ? 2 : 1;
        set_against(out, column->first[TA_LOOKS_YEAR_FIRST], years,
                    first_of(column, TA_LOOKS_DAY_FIRST, TA_LOOKS_DAY_OR_MONTH),
                    days + months + counts[TA_LOOKS_DAY_OR_MONTH]);
    } else {
        return false;
    }
    bool first = a == 0 ? out->wrong == column->first[TA_LOOKS_YEAR_FIRST]
                        : out->wrong == column->first[TA_LOOKS_DAY_FIRST];
    out->code = TA_F_LINT_DATE_ORDER;
    snprintf(out->name, sizeof out->name, "%s", names[first ? a : b]);
    snprintf(out->expected, sizeof out->expected, "%s", names[first ? b : a]);
    return true;
}
