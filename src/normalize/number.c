/* SPDX-License-Identifier: MIT */
/* Numbers: 1 862 505 and 1.862.505,00 and "trois", in places that want a plain number. */
#include "normalize/measure.h"

ta_verdict ta_normal_number(const ta_normal_value *value, ta_normal_result *result) {
    static const ta_measure_codes codes = {TA_F_NUMBER_FORM, TA_F_NUMBER_AMBIGUOUS,
                                           TA_F_NUMBER_UNCLEAR, TA_F_NUMBER_PLACE};
    ta_measure measure;
    ta_verdict verdict;
    if (ta_measure_is_plain(value))
        return TA_NORMAL_SAME;
    if (!ta_measure_settle(value, &codes, &measure, result, &verdict))
        return verdict;
    return ta_measure_to_number(value, &measure, &codes, result);
}
