/* SPDX-License-Identifier: MIT */
/* A text of at most 16 bytes is two numbers and its length; what has the same place in the
 * table puts the other out. 15 bytes behind a text can be read. */
#include "normalize/recall.h"

#include <stdlib.h>

enum { SLOTS = 64, SHORT_MAX = 16, WORDS_MAX = 100 };

typedef struct short_text {
    uint64_t head, tail, len; /* len 0: none */
} short_text;

typedef struct recall_slot {
    short_text key;
    uint8_t verdict, kind, text_len, detail_len;
    ta_code code;
    char words[WORDS_MAX]; /* the text, then the detail */
} recall_slot;

struct ta_recall {
    recall_slot slots[SLOTS];
};

ta_recall *ta_recall_new(void) {
    return calloc(1, sizeof(ta_recall));
}

static uint64_t load_bytes(const char *data, size_t len) {
    uint64_t bytes;
    memcpy(&bytes, data, sizeof bytes);
    return len < 8 ? bytes & (((uint64_t)1 << (len * 8)) - 1) : bytes;
}

static short_text load_short(ta_text text) {
    short_text key = {.len = text.len, .head = load_bytes(text.data, text.len)};
    if (text.len > 8)
        key.tail = load_bytes(text.data + 8, text.len - 8);
    return key;
}

static size_t find_slot_of(const short_text *key) {
    uint64_t mixed = (key->head ^ key->tail * 31) * 0x9E3779B97F4A7C15u;
    return (size_t)(mixed >> 58) % SLOTS;
}

void ta_recall_keep(ta_recall *recall, ta_text text, ta_verdict verdict,
                    const ta_normal_result *result) {
    size_t said = result->text.len + result->detail.len;
    if (!text.len || text.len > SHORT_MAX || said > WORDS_MAX || result->kind == TA_OBJECT ||
        result->suggestion)
        return;
    short_text key = load_short(text);
    recall_slot *slot = &recall->slots[find_slot_of(&key)];
    *slot = (recall_slot){.key = key,
                          .verdict = (uint8_t)verdict,
                          .kind = (uint8_t)result->kind,
                          .code = result->code,
                          .text_len = (uint8_t)result->text.len,
                          .detail_len = (uint8_t)result->detail.len};
    if (result->text.len)
        memcpy(slot->words, result->text.data, result->text.len);
    if (result->detail.len)
        memcpy(slot->words + result->text.len, result->detail.data, result->detail.len);
}

bool ta_recall_find(const ta_recall *recall, ta_text text, ta_verdict *verdict,
                    ta_normal_result *result) {
    if (!text.len || text.len > SHORT_MAX)
        return false;
    short_text key = load_short(text);
    const recall_slot *slot = &recall->slots[find_slot_of(&key)];
    if (slot->key.len != key.len || slot->key.head != key.head || slot->key.tail != key.tail)
        return false;
    *verdict = (ta_verdict)slot->verdict;
    if (*verdict == TA_NORMAL_SAME)
        return true;
    result->kind = (ta_kind)slot->kind;
    result->code = slot->code;
    ta_buf_put(&result->text, slot->words, slot->text_len);
    ta_buf_put(&result->detail, slot->words + slot->text_len, slot->detail_len);
    return true;
}
