/* SPDX-License-Identifier: MIT */
/* Shares: percent is for places from 0 to 100, fraction for places from 0 to 1. */
#include "normalize/measure.h"

ta_verdict ta_normal_percent(const ta_normal_value *value, ta_normal_result *result) {
    static const ta_measure_codes codes = {TA_F_PERCENT_FORM, TA_F_PERCENT_AMBIGUOUS,
                                           TA_F_PERCENT_UNCLEAR, TA_F_PERCENT_PLACE};
    ta_measure measure;
    ta_verdict verdict;
    if (ta_measure_is_plain(value))
        return TA_NORMAL_SAME;
    if (!ta_measure_settle(value, &codes, &measure, result, &verdict))
        return verdict;
    measure.percent = false;
    return ta_measure_to_number(value, &measure, &codes, result);
}

/* Whether a number as read stands from 0 to 1. */
static bool is_small_share(const ta_figure *figure) {
    ta_figure one;
    ta_figure_of_int(&one, 1);
    return ta_figure_in_order(figure, &one);
}

ta_verdict ta_normal_fraction(const ta_normal_value *value, ta_normal_result *result) {
    static const ta_measure_codes codes = {TA_F_FRACTION_FORM, TA_F_FRACTION_AMBIGUOUS,
                                           TA_F_FRACTION_UNCLEAR, TA_F_FRACTION_PLACE};
    ta_measure measure;
    ta_verdict verdict;
    if (value->typed && value->kind == TA_NUMBER)
        return TA_NORMAL_SAME;
    if (!ta_measure_settle(value, &codes, &measure, result, &verdict))
        return verdict;
    if (!measure.percent && !is_small_share(&measure.value))
        return ta_normal_refuse(result, codes.unclear,
                                "above 1: percent perhaps, but no sign says so");
    if (measure.percent && !ta_figure_scale(&measure.value, -2))
        return ta_normal_refuse(result, codes.unclear, "too long");
    measure.percent = false;
    return ta_measure_to_number(value, &measure, &codes, result);
}
