/* SPDX-License-Identifier: MIT */
/*
 * The types of cells: a text that has a number's or boolean's form, where one is allowed.
 * Numbers of spreadsheets (+1, .5, with a decimal comma 3499076,25) are rewritten digit by
 * digit, never computed.
 */
#include "base/decimal.h"
#include "format/csv/read.h"

static bool may_begin_number(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == ',';
}

/* Rewrites a number to JSON's form; out has room for len + 1 bytes. 0: it is none. */
static size_t rewrite_number(const char *text, size_t len, char decimal, char *out) {
    size_t at = 0, n = 0;
    if (text[0] == '+' || text[0] == '-')
        at++;
    if (text[0] == '-')
        out[n++] = '-';
    if (at < len && text[at] == decimal)
        out[n++] = '0';
    if (at < len && (text[at] == '-' || text[at] == '+'))
        return 0;
    for (; at < len; at++) {
        if (text[at] == '.' && decimal != '.')
            return 0;
        out[n++] = text[at] == decimal ? '.' : text[at];
    }
    return ta_number_is(out, n) ? n : 0;
}

/* A number that stands in JSON's form already; with a decimal comma a point is no decimal sign.
 */
static bool is_json_number(const char *text, size_t len, char decimal) {
    return ta_number_is(text, len) && (decimal == '.' || !memchr(text, '.', len));
}

static bool type_csv_number(ta_record *record, ta_node *node, char decimal) {
    ta_text text = ta_node_text(record, node);
    if (is_json_number(text.data, text.len, decimal)) {
        node->kind = TA_NUMBER;
        return true;
    }
    char *out = ta_record_room(record, text.len + 1);
    if (!out)
        return false;
    text = ta_node_text(record, node); /* the arena may have moved */
    size_t len = rewrite_number(text.data, text.len, decimal, out);
    if (!len)
        return true;
    node->kind = TA_NUMBER;
    node->flags |= TA_NODE_ARENA;
    node->text = (uint32_t)record->arena.len;
    node->text_len = (uint32_t)len;
    record->arena.len += len;
    return true;
}

static bool is_word(const char *text, size_t len, const char *word) {
    return len == strlen(word) && !memcmp(text, word, len);
}

bool ta_csv_type(ta_record *record, ta_node *node, uint8_t types, char decimal) {
    ta_text text = ta_node_text(record, node);
    if (types & TA_TYPE_NUMBER && text.len && may_begin_number(*text.data))
        return type_csv_number(record, node, decimal ? decimal : '.');
    if (!(types & TA_TYPE_BOOLEAN))
        return true;
    if (is_word(text.data, text.len, "true"))
        node->kind = TA_TRUE;
    else if (is_word(text.data, text.len, "false"))
        node->kind = TA_FALSE;
    return true;
}

/* Whether text would be rewritten to a number. Longer texts than people write count as such:
 * quoting them does no harm. */
static bool is_rewritable(const char *text, size_t len, char decimal) {
    char out[512];
    return len + 1 >= sizeof out || rewrite_number(text, len, decimal, out) != 0;
}

static bool looks_like_number(const char *text, size_t len, char decimal) {
    if (ta_number_is(text, len))
        return true;
    bool signless = *text == '+' || *text == '.' || (*text == '-' && len > 1 && text[1] == '.');
    return (signless && is_rewritable(text, len, '.')) ||
           (decimal == ',' && is_rewritable(text, len, ','));
}

bool ta_csv_looks_typed(const char *text, size_t len, uint8_t types, char decimal) {
    if (!len)
        return false;
    if (types & TA_TYPE_NUMBER && may_begin_number(*text) &&
        looks_like_number(text, len, decimal))
        return true;
    return types & TA_TYPE_BOOLEAN &&
           (is_word(text, len, "true") || is_word(text, len, "false"));
}
