/* SPDX-License-Identifier: MIT */
/*
 * Amounts of money: 870 M€, 15 millions d'euros, 1.862.505,00 €, EUR 1,862,505. Where the place
 * is a plain number, the currency must be the one that stands beside it, if one does.
 */
#include "normalize/measure.h"

/* A currency beside the value that is another one; false: it is the same, or there is none,
 * which is said. */
static bool is_other_currency(const ta_normal_value *value, const ta_measure *measure,
                              ta_normal_result *result) {
    const ta_node *beside =
        value->object ? ta_node_named(value->record, value->object, "currency") : NULL;
    if (!*measure->currency)
        return false;
    const char *joint = result->detail.len ? "; " : "";
    if (!beside || beside->kind != TA_TEXT || !beside->text_len) {
        ta_buf_printf(&result->detail, "%sits currency, %s, stands nowhere beside it", joint,
                      measure->currency);
        return false;
    }
    ta_tokens tokens;
    ta_scan scan = {&tokens, 0};
    int letters, written = (measure->currency[0] - 'A') * 676 +
                           (measure->currency[1] - 'A') * 26 + measure->currency[2] - 'A';
    ta_text text = ta_node_text(value->record, beside);
    if (ta_tokens_read(text, &tokens) && ta_scan_phrase(&scan, TA_WORDS_CURRENCY, &letters) &&
        letters == written)
        return false;
    ta_buf_printf(&result->detail, "%s%s, and the currency beside it is %.*s", joint,
                  measure->currency, (int)(text.len < 40 ? text.len : 40), text.data);
    return true;
}

ta_verdict ta_normal_amount(const ta_normal_value *value, ta_normal_result *result) {
    static const ta_measure_codes codes = {TA_F_AMOUNT_FORM, TA_F_AMOUNT_AMBIGUOUS,
                                           TA_F_AMOUNT_UNCLEAR, TA_F_AMOUNT_PLACE};
    ta_measure measure;
    ta_verdict verdict;
    bool object = ta_normal_wants_object(value);
    if (!object && ta_measure_is_plain(value))
        return TA_NORMAL_SAME;
    if (!ta_measure_settle(value, &codes, &measure, result, &verdict))
        return verdict;
    if (measure.percent)
        return ta_normal_refuse(result, codes.unclear, "a percentage");
    if (!*measure.currency && measure.unit_end > measure.unit_start)
        return ta_normal_refuse(result, codes.unclear, "no currency is understood in it");
    if (object)
        return ta_measure_to_object(value, &measure, &codes, result);
    if (is_other_currency(value, &measure, result)) {
        result->code = TA_F_AMOUNT_CURRENCY;
        return TA_NORMAL_REFUSED;
    }
    *measure.currency = 0;
    return ta_measure_to_number(value, &measure, &codes, result);
}
