/* SPDX-License-Identifier: MIT */
/*
 * Lengths of time. Half a year is six months; a half of anything shorter is no whole number of
 * what ISO 8601 counts here. Weeks are seven days.
 */
#include "normalize/lapse.h"

#include <stdio.h>

#include "normalize/figure.h"

/* Months that so many halves, tenths ... of a year or month make; false: no whole number. */
static bool part_months(const ta_figure *figure, int of, int *months) {
    int64_t digits = 0, unit = 1;
    if (figure->decimals > 4 || figure->count > 9)
        return false;
    for (int i = 0; i < figure->count; i++)
        digits = digits * 10 + (figure->digits[i] - '0');
    for (int i = 0; i < figure->decimals; i++)
        unit *= 10;
    if (digits * of % unit || digits * of / unit > 9999 * 12)
        return false;
    *months = (int)(digits * of / unit);
    return true;
}

static bool take_count(ta_scan *scan, ta_figure *figure) {
    int value;
    if (ta_scan_phrase(scan, TA_WORDS_HALVES, &value)) {
        ta_figure_of_int(figure, value * 5);
        figure->decimals = 1;
        return true;
    }
    if (ta_scan_cardinal(scan, &value)) {
        ta_figure_of_int(figure, value);
        return true;
    }
    return ta_figure_take(scan, figure) && !figure->negative && !figure->mark;
}

/* Adds a half. False: it has decimals already. */
static bool add_half(ta_figure *figure) {
    if (figure->decimals || figure->count >= 9)
        return false;
    figure->digits[figure->count++] = '5';
    figure->decimals = 1;
    return true;
}

static bool add_part(const ta_figure *figure, int unit, ta_lapse *out) {
    int amount;
    bool whole = ta_figure_is_whole(figure);
    if (!part_months(figure, unit == 1200 ? 12 : unit == 7 ? 7 : 1, &amount))
        return false;
    if (unit == 1200 && whole)
        out->years += amount / 12;
    else if (unit >= 100)
        out->months += amount;
    else
        out->days += amount;
    return whole || unit >= 100;
}

static bool take_lapse_part(ta_scan *scan, ta_lapse *out) {
    ta_scan next = *scan;
    ta_figure figure;
    int unit;
    if (!take_count(&next, &figure))
        return false;
    bool half = ta_scan_phrase(&next, TA_WORDS_HALF, NULL);
    ta_scan_near(&next, "-");
    if (!ta_scan_phrase(&next, TA_WORDS_TIME_UNIT, &unit))
        return false;
    half = half || ta_scan_phrase(&next, TA_WORDS_HALF, NULL);
    if ((half && !add_half(&figure)) || !add_part(&figure, unit, out))
        return false;
    *scan = next;
    return true;
}

bool ta_lapse_take(ta_scan *scan, ta_lapse *out) {
    *out = (ta_lapse){0};
    if (!take_lapse_part(scan, out))
        return false;
    for (;;) {
        ta_scan next = *scan;
        if (!ta_scan_mark(&next, ","))
            ta_scan_phrase(&next, TA_WORDS_AND, NULL);
        if (!take_lapse_part(&next, out))
            return true;
        *scan = next;
    }
}

const char *ta_lapse_print(const ta_lapse *lapse, char text[TA_LAPSE_TEXT]) {
    size_t len = (size_t)snprintf(text, TA_LAPSE_TEXT, "P");
    if (lapse->years)
        len += (size_t)snprintf(text + len, TA_LAPSE_TEXT - len, "%dY", lapse->years);
    if (lapse->months)
        len += (size_t)snprintf(text + len, TA_LAPSE_TEXT - len, "%dM", lapse->months);
    if (lapse->days || len == 1)
        snprintf(text + len, TA_LAPSE_TEXT - len, "%dD", lapse->days);
    return text;
}
