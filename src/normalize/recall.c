/* SPDX-License-Identifier: MIT */
/* Where the first place of a text is taken, it puts out what stands in the second. */
#include "normalize/recall.h"

#include <stdlib.h>

ta_recall *ta_recall_new(void) {
    return calloc(1, sizeof(ta_recall));
}

static void add_country(const ta_normal_value *value, ta_short_text *key) {
    char country[3] = "";
    if (!ta_normal_country_of(value, country))
        *country = country[1] = 0;
    key->rest |= (uint64_t)1 << 24 | (uint64_t)(unsigned char)country[0] << 16 |
                 (uint64_t)(unsigned char)country[1] << 8;
}

void ta_recall_keep(ta_recall *recall, const ta_normal_value *value, ta_verdict verdict,
                    const ta_normal_result *result) {
    size_t said = result->text.len + result->detail.len;
    bool lasts = !result->suggestion || result->suggestion != result->text.data;
    if (!value->text.len || value->text.len > TA_SHORT_MAX || said > TA_RECALL_WORDS ||
        result->kind == TA_OBJECT || !lasts)
        return;
    ta_short_text key = ta_short_load(value->text);
    if (result->reach == TA_REACH_COUNTRY) {
        recall->by_country = true;
        add_country(value, &key);
    }
    ta_recall_slot *slot = &recall->slots[ta_recall_index(&key)];
    if (slot->key.rest)
        slot = &recall->slots[ta_recall_index(&key) ^ 1];
    *slot = (ta_recall_slot){.key = key,
                             .verdict = (uint8_t)verdict,
                             .kind = (uint8_t)result->kind,
                             .code = result->code,
                             .suggestion = result->suggestion,
                             .text_len = (uint8_t)result->text.len,
                             .detail_len = (uint8_t)result->detail.len};
    if (result->text.len)
        memcpy(slot->words, result->text.data, result->text.len);
    if (result->detail.len)
        memcpy(slot->words + result->text.len, result->detail.data, result->detail.len);
}

bool ta_recall_find(const ta_recall *recall, const ta_normal_value *value, ta_verdict *verdict,
                    ta_normal_result *result) {
    if (!value->text.len || value->text.len > TA_SHORT_MAX)
        return false;
    ta_short_text key = ta_short_load(value->text);
    const ta_recall_slot *slot = ta_recall_slot_of(recall, &key);
    if (!slot && recall->by_country) {
        add_country(value, &key);
        slot = ta_recall_slot_of(recall, &key);
    }
    if (!slot)
        return false;
    *verdict = (ta_verdict)slot->verdict;
    if (*verdict == TA_NORMAL_SAME)
        return true;
    result->kind = (ta_kind)slot->kind;
    result->code = slot->code;
    result->suggestion = slot->suggestion;
    ta_buf_put(&result->text, slot->words, slot->text_len);
    ta_buf_put(&result->detail, slot->words + slot->text_len, slot->detail_len);
    return true;
}
