/* SPDX-License-Identifier: MIT */
/* Yes and no in six languages, crosses and 0/1, in places that want true or false. */
#include "normalize/lexicon.h"
#include "normalize/rule.h"

ta_verdict ta_normal_yesno(const ta_normal_value *value, ta_normal_result *result) {
    ta_tokens tokens;
    ta_scan scan = {&tokens, 0};
    bool read = ta_tokens_read(value->text, &tokens);
    bool yes = read && tokens.count == 1 && ta_scan_phrase(&scan, TA_WORDS_YES, NULL);
    bool no = read && tokens.count == 1 && ta_scan_phrase(&scan, TA_WORDS_NO, NULL);
    if (read && tokens.count == 1 && ta_scan_peek(&scan)->kind == TA_TOKEN_DIGITS) {
        yes = value->text.len == 1 && *value->text.data == '1';
        no = value->text.len == 1 && *value->text.data == '0';
    }
    result->reach = TA_REACH_TEXT;
    if (!yes && !no)
        return ta_normal_refuse(result, TA_F_YESNO_UNCLEAR, "");
    ta_buf_puts(&result->text, yes ? "true" : "false");
    result->kind = yes ? TA_TRUE : TA_FALSE;
    result->code = TA_F_YESNO_FORM;
    return TA_NORMAL_CHANGED;
}
