/* SPDX-License-Identifier: MIT */
/*
 * What the short texts of a column came to: countries, roles and forms come again and again.
 * Only results that go by the text are kept, or by the text and the country (result->reach), a
 * few dozen, and each may be forgotten at any time. Private to src/normalize.
 */
#ifndef TA_NORMALIZE_RECALL_H
#define TA_NORMALIZE_RECALL_H

#include "normalize/rule.h"

enum { TA_RECALL_SLOTS = 256, TA_RECALL_WORDS = 100, TA_SHORT_MAX = 16 };

/* A text of at most 16 bytes is two numbers and its length. */
typedef struct ta_short_text {
    uint64_t head, tail, rest; /* rest: the length, and the country where that matters */
} ta_short_text;

typedef struct ta_recall_slot {
    ta_short_text key; /* rest 0: none */
    uint8_t verdict, kind, text_len, detail_len;
    ta_code code;
    const char *suggestion;      /* REFUSED: a code of a list; NULL */
    char words[TA_RECALL_WORDS]; /* the text, then the detail */
} ta_recall_slot;

typedef struct ta_recall {
    bool by_country; /* some slots are */
    ta_recall_slot slots[TA_RECALL_SLOTS];
} ta_recall;

/* The first `keep` of 8 bytes; without a branch, since lengths go up and down. */
static inline uint64_t ta_short_bytes(const char *data, size_t keep) {
    uint64_t bytes;
    unsigned cut = keep < 8 ? 8 * (8 - (unsigned)keep) : 0;
    memcpy(&bytes, data, sizeof bytes);
    return bytes << cut >> cut;
}

/* Of a text that is not empty; 15 bytes behind it can be read. */
static inline ta_short_text ta_short_load(ta_text text) {
    bool more = text.len > 8;
    uint64_t tail = ta_short_bytes(text.data + 8, more ? text.len - 8 : 8);
    return (ta_short_text){ta_short_bytes(text.data, text.len), more ? tail : 0, text.len};
}

/* The first of the two places that a text has in the table; the other is that ^ 1. */
static inline size_t ta_recall_index(const ta_short_text *key) {
    uint64_t mixed = (key->head ^ key->tail * 31 ^ key->rest >> 8) * 0x9E3779B97F4A7C15u;
    return (size_t)(mixed >> 56) % TA_RECALL_SLOTS;
}

static inline const ta_recall_slot *ta_recall_slot_of(const ta_recall *recall,
                                                      const ta_short_text *key) {
    size_t first = ta_recall_index(key);
    for (size_t i = 0; i < 2; i++) {
        const ta_recall_slot *slot = &recall->slots[first ^ i];
        if (slot->key.rest == key->rest && slot->key.head == key->head &&
            slot->key.tail == key->tail)
            return slot;
    }
    return NULL;
}

/* Whether a text is known to stay as it is, in any country; false says nothing. */
static inline bool ta_recall_stays(const ta_recall *recall, ta_text text) {
    if (!text.len || text.len > TA_SHORT_MAX)
        return false;
    ta_short_text key = ta_short_load(text);
    const ta_recall_slot *slot = ta_recall_slot_of(recall, &key);
    return slot && slot->verdict == TA_NORMAL_SAME;
}

/* NULL: no memory; nothing is kept then. free() it. */
ta_recall *ta_recall_new(void);
/* Keeps what a text came to, if it is short enough. */
void ta_recall_keep(ta_recall *recall, const ta_normal_value *value, ta_verdict verdict,
                    const ta_normal_result *result);
/* Fills the result, which was cleared. False: it is not known. */
bool ta_recall_find(const ta_recall *recall, const ta_normal_value *value, ta_verdict *verdict,
                    ta_normal_result *result);

#endif
