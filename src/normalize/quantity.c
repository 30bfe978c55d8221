/* SPDX-License-Identifier: MIT */
/* Quantities as texts give them: près de 3000, 20 à 25%, une soixantaine, 7 des 20 pôles. */
#include "normalize/measure.h"

ta_verdict ta_normal_quantity(const ta_normal_value *value, ta_normal_result *result) {
    static const ta_measure_codes codes = {TA_F_QUANTITY_FORM, TA_F_QUANTITY_AMBIGUOUS,
                                           TA_F_QUANTITY_UNCLEAR, TA_F_QUANTITY_PLACE};
    ta_measure measure;
    ta_verdict verdict;
    bool object = ta_normal_wants_object(value);
    if (!object && ta_measure_is_plain(value))
        return TA_NORMAL_SAME;
    if (!ta_measure_settle(value, &codes, &measure, result, &verdict))
        return verdict;
    return object ? ta_measure_to_object(value, &measure, &codes, result)
                  : ta_measure_to_number(value, &measure, &codes, result);
}
