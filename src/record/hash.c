/* SPDX-License-Identifier: MIT */
/* Hashes of values: 1.0 and 1 have one, the order of members does not count. */
#include "record/hash.h"

#include "base/hash.h"
#include "base/number.h"

enum {
    EXPONENT_DIGITS = 15, /* beyond, the canonical form is hashed */
    PORTION_DIGITS = 18   /* that 64 bits hold */
};

/* The digits of a number without the zeros at its ends, hashed in portions. */
typedef struct digit_hash {
    uint64_t hash, portion, zeros; /* zeros: that another digit has to follow to count */
    int held;                      /* digits in the portion */
    bool any;
} digit_hash;

static void put_digit(digit_hash *digits, unsigned digit) {
    digits->portion = digits->portion * 10 + digit;
    if (++digits->held < PORTION_DIGITS)
        return;
    digits->hash = ta_hash_more(digits->hash, &digits->portion, sizeof digits->portion);
    digits->portion = 0;
    digits->held = 0;
}

static void take_digit(digit_hash *digits, char digit) {
    if (digit == '0') {
        digits->zeros += digits->any;
        return;
    }
    for (; digits->zeros; digits->zeros--)
        put_digit(digits, 0);
    put_digit(digits, (unsigned)(digit - '0'));
    digits->any = true;
}

/* The exponent as written, from its sign on; false: it is too long. */
static bool read_exponent(ta_text text, int64_t *out) {
    size_t i = text.len && (text.data[0] == '-' || text.data[0] == '+');
    bool down = i && text.data[0] == '-';
    while (i < text.len && text.data[i] == '0')
        i++;
    if (text.len - i > EXPONENT_DIGITS)
        return false;
    for (*out = 0; i < text.len; i++)
        *out = *out * 10 + (text.data[i] - '0');
    *out = down ? -*out : *out;
    return true;
}

/* Of numbers beyond all use; without memory they share a hash. */
static uint64_t hash_canonical(ta_text text) {
    ta_buf form = {0};
    ta_number_put_canonical(&form, text.data, text.len);
    uint64_t hash = form.failed ? 2 : ta_hash(form.data, form.len);
    ta_buf_fini(&form);
    return hash;
}

static uint64_t hash_number(ta_text text) {
    digit_hash digits = {.hash = 3};
    int64_t fraction = 0, exponent = 0;
    bool point = false, negative = text.data[0] == '-';
    size_t i = negative;
    for (; i < text.len && (text.data[i] | 32) != 'e'; i++) {
        if (text.data[i] == '.') {
            point = true;
            continue;
        }
        fraction += point;
        take_digit(&digits, text.data[i]);
    }
    if (!digits.any)
        return 1;
    if (i < text.len &&
        !read_exponent((ta_text){text.data + i + 1, text.len - i - 1}, &exponent))
        return hash_canonical(text);
    exponent += (int64_t)digits.zeros - fraction;
    uint64_t parts[4] = {digits.hash, digits.portion, (uint64_t)exponent, negative};
    return ta_hash(parts, sizeof parts);
}

static uint64_t hash_items(const ta_record *record, const ta_node *node) {
    uint64_t hash = node->count;
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c)) {
        uint64_t item = ta_value_hash(record, c);
        hash = ta_hash_more(hash, &item, sizeof item);
    }
    return hash;
}

static uint64_t hash_members(const ta_record *record, const ta_node *node) {
    uint64_t hash = node->count;
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c)) {
        const ta_key *key = &record->keys->items[c->key];
        hash += ta_hash_more(ta_value_hash(record, c), key->text, key->len);
    }
    return hash;
}

uint64_t ta_value_hash(const ta_record *record, const ta_node *node) {
    ta_text text = {NULL, 0};
    switch ((ta_kind)node->kind) {
    case TA_NUMBER:
        return hash_number(ta_node_text(record, node));
    case TA_TEXT:
        text = ta_node_text(record, node);
        return ta_hash(text.data, text.len);
    case TA_ARRAY:
        return hash_items(record, node);
    case TA_OBJECT:
        return hash_members(record, node);
    case TA_NULL:
    case TA_FALSE:
    case TA_TRUE:
        break;
    }
    return (uint64_t)node->kind + 11;
}
