/* SPDX-License-Identifier: MIT */
/* Open addressing with doubling; the texts are the list's. */
#include "codes/words.h"

#include <stdlib.h>

#include "base/fold.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "codes/nearest.h"

static ta_word *find_slot(const ta_words *words, const char *text, size_t len, uint64_t hash) {
    size_t mask = words->slot_count - 1;
    for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
        ta_word *slot = &words->slots[at];
        if (!slot->text ||
            (slot->hash == hash && slot->len == len && !memcmp(slot->text, text, len)))
            return slot;
    }
}

const ta_word *ta_words_find(const ta_words *words, const char *text, size_t len) {
    if (!words->slot_count)
        return NULL;
    const ta_word *slot = find_slot(words, text, len, ta_hash(text, len));
    return slot->text ? slot : NULL;
}

static bool grow_words(ta_words *words) {
    ta_words grown = *words;
    grown.slot_count = words->slot_count ? words->slot_count * 2 : 64;
    grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < words->slot_count; i++) {
        const ta_word *old = &words->slots[i];
        if (old->text)
            *find_slot(&grown, old->text, old->len, old->hash) = *old;
    }
    free(words->slots);
    *words = grown;
    return true;
}

/* Negative: the row goes before what the word leads to now. */
static int compare_claims(const ta_word *word, const ta_code_item *item, ta_match match) {
    if (word->withdrawn != item->withdrawn)
        return item->withdrawn ? 1 : -1;
    return (int)match - (int)word->match;
}

bool ta_words_add(ta_words *words, ta_text text, const ta_code_item *item, ta_match match) {
    if ((words->count + 1) * 2 > words->slot_count && !grow_words(words))
        return false;
    uint64_t hash = ta_hash(text.data, text.len);
    ta_word *slot = find_slot(words, text.data, text.len, hash);
    int order = slot->text ? compare_claims(slot, item, match) : -1;
    words->count += !slot->text;
    if (order < 0)
        *slot = (ta_word){text.data, text.len, hash, item, match, item->withdrawn};
    else if (!order && slot->item && strcmp(slot->item->code, item->code) != 0)
        slot->item = NULL;
    return true;
}

void ta_words_fini(ta_words *words) {
    free(words->slots);
    ta_arena_fini(&words->text);
    *words = (ta_words){0};
}

ta_text ta_word_trim(ta_text text) {
    while (text.len && (text.data[0] == ' ' || text.data[0] == '\t'))
        text = (ta_text){text.data + 1, text.len - 1};
    while (text.len && (text.data[text.len - 1] == ' ' || text.data[text.len - 1] == '\t'))
        text.len--;
    return text;
}

ta_text ta_word_next(ta_text *rest) {
    const char *stop = rest->len ? memchr(rest->data, ';', rest->len) : NULL;
    size_t len = stop ? (size_t)(stop - rest->data) : rest->len;
    ta_text part = {rest->data, len};
    len += stop != NULL;
    *rest = (ta_text){rest->data + len, rest->len - len};
    return ta_word_trim(part);
}

static bool holds_money_sign(ta_text text) {
    for (size_t at = 0; at < text.len;) {
        int size;
        uint32_t c = ta_utf8_decode(text.data + at, text.len - at, &size);
        if (c == '$' || (c >= 0xA2 && c <= 0xA5) || (c >= 0x20A0 && c <= 0x20CF))
            return true;
        at += (size_t)size;
    }
    return false;
}

void ta_word_fold(ta_text text, ta_buf *out) {
    if (holds_money_sign(text))
        ta_fold(text.data, text.len, out);
    else
        ta_fold_text(text.data, text.len, out);
}
