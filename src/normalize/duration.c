/* SPDX-License-Identifier: MIT */
/* Durations: 3 ans, 18 mois, 2 ans et demi to ISO 8601. What is not exact is refused. */
#include "base/date.h"
#include "normalize/lapse.h"
#include "normalize/rule.h"

/* A bare number: of what? */
static bool is_bare_number(const ta_tokens *tokens) {
    return tokens->count == 1 && tokens->items[0].kind == TA_TOKEN_DIGITS;
}

ta_verdict ta_normal_duration(const ta_normal_value *value, ta_normal_result *result) {
    ta_duration duration;
    ta_tokens tokens;
    ta_lapse lapse;
    char text[TA_LAPSE_TEXT];
    if (ta_duration_parse(value->text.data, value->text.len, &duration))
        return TA_NORMAL_SAME;
    if (!ta_tokens_read(value->text, &tokens))
        return ta_normal_refuse(result, TA_F_DURATION_UNCLEAR, "");
    ta_scan scan = {&tokens, 0};
    if (!ta_lapse_take(&scan, &lapse) || !ta_scan_at_end(&scan))
        return ta_normal_refuse(result, TA_F_DURATION_UNCLEAR,
                                is_bare_number(&tokens) ? "years or months, it does not say"
                                                        : "");
    ta_buf_puts(&result->text, ta_lapse_print(&lapse, text));
    return ta_normal_to(value, result, TA_TEXT, TA_F_DURATION_FORM);
}
