/* SPDX-License-Identifier: MIT */
/* Texts that say one thing in several ways: "France (FR)", "Schweiz/Suisse", "AT33 - Tirol". */
#include "codes/list.h"

enum { PARTS_MAX = 4 };

typedef struct code_parts {
    ta_text parts[PARTS_MAX];
    size_t count; /* more than PARTS_MAX: too many */
} code_parts;

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* The length of a dash, 0: there is none; hyphen, en dash, em dash. */
static size_t dash_len(ta_text text) {
    bool is_long = text.len >= 3 && !memcmp(text.data, "\xE2\x80", 2) &&
                   (text.data[2] == '\x93' || text.data[2] == '\x94');
    return is_long ? 3 : text.len && *text.data == '-';
}

/* The length of what parts a text here: a mark, or a dash between blanks. */
static size_t mark_len(ta_text text, size_t at) {
    ta_text rest = {text.data + at, text.len - at};
    if (memchr("/|;(),", *rest.data, 6))
        return 1;
    size_t dash = dash_len(rest);
    bool stands_free =
        at && is_blank(rest.data[-1]) && dash < rest.len && is_blank(rest.data[dash]);
    return stands_free ? dash : 0;
}

static void add_part(code_parts *found, const char *data, size_t len) {
    ta_text part = ta_word_trim((ta_text){data, len});
    if (part.len && found->count < PARTS_MAX)
        found->parts[found->count] = part;
    found->count += part.len != 0;
}

static void cut_at_marks(ta_text text, code_parts *found) {
    size_t start = 0;
    for (size_t at = 0, mark; at < text.len; at += mark ? mark : 1) {
        mark = mark_len(text, at);
        if (!mark)
            continue;
        add_part(found, text.data + start, at - start);
        start = at + mark;
    }
    add_part(found, text.data + start, text.len - start);
}

/* "FR-France", "AT33 Tirol": a code, and what it stands for. */
static void cut_behind_code(const ta_code_list *list, ta_text text, code_parts *found) {
    size_t len = 0;
    while (len < text.len && text.data[len] != ':' && !is_blank(text.data[len]) &&
           !dash_len((ta_text){text.data + len, text.len - len}))
        len++;
    if (len == text.len || !ta_code_list_item(list, text.data, len))
        return;
    size_t dash = dash_len((ta_text){text.data + len, text.len - len});
    size_t skip = len + (dash ? dash : 1);
    found->count = 0;
    add_part(found, text.data, len);
    add_part(found, text.data + skip, text.len - skip);
}

/* The row that the parts may mean: that of the first code among them, else of the first. */
static const ta_code_item *lead_item(const ta_code_list *list, const code_parts *found,
                                     ta_buf *folded) {
    for (size_t i = 0; i < found->count; i++) {
        const ta_text *part = &found->parts[i];
        const ta_code_item *item = ta_code_list_item(list, part->data, part->len);
        if (item)
            return item;
    }
    folded->len = 0;
    ta_word_fold(found->parts[0], folded);
    const ta_word *word = ta_words_find(list->words, ta_buf_text(folded), folded->len);
    return word ? word->item : NULL;
}

static bool all_mean(const ta_code_list *list, const code_parts *found,
                     const ta_code_item *item, bool *lost) {
    for (size_t i = 0; i < found->count; i++)
        if (!ta_code_list_row_has(list, item, found->parts[i], lost))
            return false;
    return true;
}

ta_code_found ta_code_list_find_parts(const ta_code_list *list, ta_text text) {
    code_parts found = {.count = 0};
    ta_buf folded = {0};
    cut_at_marks(text, &found);
    if (found.count == 1)
        cut_behind_code(list, found.parts[0], &found);
    if (found.count < 2 || found.count > PARTS_MAX)
        return (ta_code_found){NULL, TA_MATCH_NONE};
    const ta_code_item *item = lead_item(list, &found, &folded);
    bool lost = folded.failed, sure = item && all_mean(list, &found, item, &lost);
    ta_buf_fini(&folded);
    return lost   ? (ta_code_found){NULL, TA_MATCH_LOST}
           : sure ? (ta_code_found){item, TA_MATCH_PARTS}
                  : (ta_code_found){NULL, TA_MATCH_NONE};
}
