/* SPDX-License-Identifier: MIT */
/* A text of at most 16 bytes is two numbers and its length. It has two places in the table, and
 * puts out what stands in the second where the first is taken. 15 bytes behind a text can be
 * read. */
#include "normalize/recall.h"

#include <stdlib.h>

enum { SLOTS = 256, SHORT_MAX = 16, WORDS_MAX = 100 };

typedef struct short_text {
    uint64_t head, tail, rest; /* rest: the length, and the country where that matters */
} short_text;

typedef struct recall_slot {
    short_text key; /* rest 0: none */
    uint8_t verdict, kind, text_len, detail_len;
    ta_code code;
    char words[WORDS_MAX]; /* the text, then the detail */
} recall_slot;

struct ta_recall {
    bool by_country; /* some slots are */
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
    short_text key = {.rest = text.len, .head = load_bytes(text.data, text.len)};
    if (text.len > 8)
        key.tail = load_bytes(text.data + 8, text.len - 8);
    return key;
}

static void add_country(const ta_normal_value *value, short_text *key) {
    char country[3] = "";
    if (!ta_normal_country_of(value, country))
        *country = country[1] = 0;
    key->rest |= (uint64_t)1 << 24 | (uint64_t)(unsigned char)country[0] << 16 |
                 (uint64_t)(unsigned char)country[1] << 8;
}

static size_t index_of(const short_text *key) {
    uint64_t mixed = (key->head ^ key->tail * 31 ^ key->rest >> 8) * 0x9E3779B97F4A7C15u;
    return (size_t)(mixed >> 56) % SLOTS;
}

void ta_recall_keep(ta_recall *recall, const ta_normal_value *value, ta_verdict verdict,
                    const ta_normal_result *result) {
    size_t said = result->text.len + result->detail.len;
    if (!value->text.len || value->text.len > SHORT_MAX || said > WORDS_MAX ||
        result->kind == TA_OBJECT)
        return;
    short_text key = load_short(value->text);
    if (result->reach == TA_REACH_COUNTRY) {
        recall->by_country = true;
        add_country(value, &key);
    }
    recall_slot *slot = &recall->slots[index_of(&key)];
    if (slot->key.rest)
        slot = &recall->slots[index_of(&key) ^ 1];
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

static bool is_same_short(const short_text *a, const short_text *b) {
    return a->rest == b->rest && a->head == b->head && a->tail == b->tail;
}

static const recall_slot *find_recalled(const ta_recall *recall, const short_text *key) {
    size_t first = index_of(key);
    if (is_same_short(&recall->slots[first].key, key))
        return &recall->slots[first];
    return is_same_short(&recall->slots[first ^ 1].key, key) ? &recall->slots[first ^ 1] : NULL;
}

bool ta_recall_find(const ta_recall *recall, const ta_normal_value *value, ta_verdict *verdict,
                    ta_normal_result *result) {
    if (!value->text.len || value->text.len > SHORT_MAX)
        return false;
    short_text key = load_short(value->text);
    const recall_slot *slot = find_recalled(recall, &key);
    if (!slot && recall->by_country) {
        add_country(value, &key);
        slot = find_recalled(recall, &key);
    }
    if (!slot)
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
