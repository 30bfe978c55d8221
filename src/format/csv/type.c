/* SPDX-License-Identifier: MIT */
/*
 * The types of cells: a text that has a number's or boolean's form, where one is allowed.
 * Numbers of spreadsheets (+1, .5, with a decimal comma 3499076,25) are rewritten digit by
 * digit, never computed.
 */
#include "format/csv/type.h"

#include "base/decimal.h"
#include "base/mask.h"

static bool may_begin_number(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == ',';
}

/* Rewrites a number without groups to JSON's form. */
static size_t rewrite_plain(const char *text, size_t len, char decimal, char *out) {
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

/* The bytes of the group sign at `at`; 0: none stands there. The blanks are those that programs
 * put into numbers: U+0020, U+00A0, U+2009, U+202F. */
static size_t group_sign(const char *text, size_t len, size_t at, char group) {
    static const char *const blanks[] = {" ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};
    if (group != ' ')
        return text[at] == group;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        size_t size = strlen(blanks[i]);
        if (len - at >= size && !memcmp(text + at, blanks[i], size))
            return size;
    }
    return 0;
}

static size_t count_digits(const char *text, size_t len, size_t at) {
    size_t from = at;
    while (at < len && text[at] >= '0' && text[at] <= '9')
        at++;
    return at - from;
}

/* Leaves out the signs of well-formed groups: up to three digits, then three in each. Returns
 * the length; 0: the groups are not well-formed. */
static size_t strip_groups(const char *text, size_t len, char group, char *out) {
    size_t at = *text == '-' || *text == '+', n = at;
    memcpy(out, text, at);
    size_t digits = count_digits(text, len, at), size = 0;
    bool first = true;
    for (;;) {
        memcpy(out + n, text + at, digits);
        n += digits;
        at += digits;
        size = at < len ? group_sign(text, len, at, group) : 0;
        if (!size)
            break;
        if (first && (!digits || digits > 3))
            return 0;
        first = false;
        at += size;
        digits = count_digits(text, len, at);
        if (digits != 3)
            return 0;
    }
    memcpy(out + n, text + at, len - at);
    return n + len - at;
}

size_t ta_csv_rewrite_number(const char *text, size_t len, ta_csv_signs signs, char *out) {
    if (!len || !signs.group)
        return len ? rewrite_plain(text, len, signs.decimal, out) : 0;
    size_t stripped = strip_groups(text, len, signs.group, out);
    if (stripped == len || !stripped)
        return rewrite_plain(text, len, signs.decimal, out);
    /* A sign in front goes, or stays, and a point without digits before it has no groups: the
     * text only becomes shorter where it stands. */
    return rewrite_plain(out, stripped, signs.decimal, out);
}

/* What signs stand in digits: the first kind, how often, and the other, which ends them. */
typedef struct sign_marks {
    char first, other;
    size_t count, before; /* of the first kind; digits before it */
    size_t behind;        /* digits behind the last sign */
    bool power;           /* an exponent follows: no groups are written so */
} sign_marks;

static bool mark_signs(const char *text, size_t len, sign_marks *marks) {
    size_t start = *text == '-' || *text == '+', digits = 0;
    *marks = (sign_marks){0};
    for (size_t at = start; at < len; at++) {
        char c = text[at];
        marks->behind++;
        if (c >= '0' && c <= '9') {
            digits++;
            continue;
        }
        if ((c == 'e' || c == 'E') && digits) {
            marks->power = true; /* what follows is held against a number's form later */
            break;
        }
        if ((c != '.' && c != ',') || marks->other)
            return false;
        marks->before = marks->first ? marks->before : at - start;
        marks->other = marks->first && c != marks->first ? c : 0;
        marks->first = marks->first ? marks->first : c;
        marks->count += c == marks->first;
        marks->behind = 0;
    }
    return digits && marks->first;
}

/* One kind of sign twice is between groups; the second of two kinds is the decimal sign. */
ta_csv_shown ta_csv_read_signs(const char *text, size_t len, ta_csv_signs *signs) {
    enum { LONGEST = 64 };
    char out[LONGEST + 1];
    sign_marks marks;
    if (!len || len > LONGEST || !mark_signs(text, len, &marks))
        return TA_CSV_SHOWS_NOTHING;
    bool zero = text[*text == '-' || *text == '+'] == '0';
    if (!marks.other && marks.count == 1) {
        if (!marks.power && marks.behind == 3 && marks.before >= 1 && marks.before <= 3 &&
            !zero)
            return TA_CSV_SHOWS_EITHER;
        *signs = (ta_csv_signs){.decimal = marks.first};
    } else {
        char decimal = marks.other ? marks.other : marks.first == '.' ? ',' : '.';
        *signs = (ta_csv_signs){.decimal = decimal, .group = marks.first};
    }
    return ta_csv_rewrite_number(text, len, *signs, out) ? TA_CSV_SHOWS_SIGNS
                                                         : TA_CSV_SHOWS_NOTHING;
}

/* Digits, and perhaps one point among them, as JSON has it; told at a glance. Only records'
 * texts can be read so far. */
static bool is_plain_number(const char *text, size_t len) {
    if (len > TA_MASK_BYTES || !len)
        return false;
    uint64_t digits = ta_mask_between(text, len, '0', '9');
    uint64_t point = digits ^ ta_mask_full(len), ends = 1 | (uint64_t)1 << (len - 1);
    if (point & (point - 1) || point & ends || (*text == '0' && len > 1 && point != 2))
        return false;
    return !point || text[__builtin_ctzll(point)] == '.';
}

/* A number that stands in JSON's form already; with a decimal comma a point is no decimal sign.
 */
static bool is_json_number(const char *text, size_t len, ta_csv_signs signs) {
    bool plain = signs.decimal == '.' && !signs.open;
    return (is_plain_number(text, len) || ta_number_is(text, len)) &&
           (plain || !memchr(text, '.', len));
}

/* What an open column's value says of its signs. */
static bool settle_signs(ta_text text, ta_csv_signs *signs) {
    ta_csv_signs shown = {0};
    ta_csv_shown what = ta_csv_read_signs(text.data, text.len, &shown);
    if (what == TA_CSV_SHOWS_SIGNS && !signs->group)
        signs->group = shown.decimal == ',' ? '.' : ',';
    if (what == TA_CSV_SHOWS_SIGNS) {
        signs->decimal = shown.decimal;
        signs->open = false;
    }
    return what != TA_CSV_SHOWS_EITHER;
}

static bool is_digit_at(ta_text text, size_t at) {
    return at < text.len && text.data[at] >= '0' && text.data[at] <= '9';
}

/* Whether a text may say that the number beside it is less than nothing: - − – ( */
static bool may_negate(const char *text, size_t len) {
    return memchr(text, '-', len) || memchr(text, '(', len) ||
           memmem(text, len, "\xE2\x88\x92", 3) || memmem(text, len, "\xE2\x80\x93", 3);
}

/* A number without what is no part of it: `12 €`, `EUR -1.500,00`. Without digits, and where
 * something else may be a minus: the text. */
static ta_text undress_number(ta_text text, char decimal) {
    size_t from = 0, to = text.len;
    while (from < to && !is_digit_at(text, from))
        from++;
    while (to > from && !is_digit_at(text, to - 1))
        to--;
    if (from == to)
        return text;
    from -= from && text.data[from - 1] == decimal;
    from -= from && (text.data[from - 1] == '-' || text.data[from - 1] == '+');
    if (may_negate(text.data, from) || may_negate(text.data + to, text.len - to))
        return text;
    return (ta_text){text.data + from, to - from};
}

/* The same for a node's text. */
static void undress_node(const ta_record *record, ta_node *node, char decimal) {
    ta_text text = ta_node_text(record, node), number = undress_number(text, decimal);
    node->text += (uint32_t)(number.data - text.data);
    node->text_len = (uint32_t)number.len;
}

static bool type_csv_number(ta_record *record, ta_node *node, ta_csv_signs *signs,
                            bool *unclear) {
    ta_text text = ta_node_text(record, node);
    if (is_json_number(text.data, text.len, *signs)) {
        node->kind = TA_NUMBER;
        return true;
    }
    if (signs->open && !settle_signs(text, signs)) {
        *unclear = true;
        return true;
    }
    char *out = ta_record_room(record, text.len + 1);
    if (!out)
        return false;
    text = ta_node_text(record, node); /* the arena may have moved */
    size_t len = ta_csv_rewrite_number(text.data, text.len, *signs, out);
    ta_csv_signs shown;
    if (!len)
        *unclear = ta_csv_read_signs(text.data, text.len, &shown) == TA_CSV_SHOWS_EITHER;
    if (!len)
        return true;
    node->kind = TA_NUMBER;
    node->flags |= TA_NODE_ARENA;
    node->text = (uint32_t)record->arena.len;
    node->text_len = (uint32_t)len;
    record->arena.len += len;
    return true;
}

/* What is no number stays as it was. */
static bool type_dressed_number(ta_record *record, ta_node *node, ta_csv_signs *signs,
                                bool *unclear) {
    ta_node bare = *node;
    undress_node(record, &bare, signs->decimal);
    if (!type_csv_number(record, &bare, signs, unclear))
        return false;
    if (bare.kind == TA_NUMBER)
        *node = bare;
    return true;
}

static bool is_word(const char *text, size_t len, const char *word) {
    return len == strlen(word) && !memcmp(text, word, len);
}

bool ta_csv_type(ta_record *record, ta_node *node, uint8_t types, ta_csv_signs *signs,
                 bool *unclear) {
    ta_text text = ta_node_text(record, node);
    *unclear = false;
    if (types & TA_TYPE_NUMBER && text.len && signs->dressed)
        return type_dressed_number(record, node, signs, unclear);
    if (types & TA_TYPE_NUMBER && text.len && may_begin_number(*text.data))
        return type_csv_number(record, node, signs, unclear);
    if (!(types & TA_TYPE_BOOLEAN))
        return true;
    if (is_word(text.data, text.len, "true"))
        node->kind = TA_TRUE;
    else if (is_word(text.data, text.len, "false"))
        node->kind = TA_FALSE;
    return true;
}

bool ta_csv_is_formula(ta_text text) {
    size_t at = 0;
    while (at < text.len && text.data[at] == '\'')
        at++;
    return at < text.len && text.data[at] && strchr("=+-@\t\r", text.data[at]);
}

/* Whether text would be rewritten to a number. Longer texts than people write count as such:
 * quoting them does no harm. */
static bool is_rewritable(const char *text, size_t len, char decimal, char group) {
    char out[512];
    ta_csv_signs signs = {.decimal = decimal, .group = group};
    return len + 1 >= sizeof out || ta_csv_rewrite_number(text, len, signs, out) != 0;
}

static bool looks_like_number(const char *text, size_t len) {
    if (ta_number_is(text, len))
        return true;
    bool signless = *text == '+' || *text == '.' || *text == ',' ||
                    (*text == '-' && len > 1 && (text[1] == '.' || text[1] == ','));
    bool comma = memchr(text, ',', len) != NULL;
    return ((signless || comma) && is_rewritable(text, len, '.', ',')) ||
           ((signless || comma || memchr(text, '.', len)) &&
            is_rewritable(text, len, ',', '.'));
}

bool ta_csv_looks_typed(const char *text, size_t len, uint8_t types) {
    if (!len)
        return false;
    if (types & TA_TYPE_NUMBER && may_begin_number(*text) && looks_like_number(text, len))
        return true;
    return types & TA_TYPE_BOOLEAN &&
           (is_word(text, len, "true") || is_word(text, len, "false"));
}

bool ta_csv_looks_coded(const char *text, size_t len) {
    return len > 1 && *text == '0' && count_digits(text, len, 0) == len;
}
