/* SPDX-License-Identifier: MIT */
/* What a text is in its row: which of the columns has it, and what that is called. */
#include "codes/list.h"

static const struct {
    const char *code, *name;
} tongues[] = {{"de", "German"},  {"el", "Greek"},      {"en", "English"},
               {"es", "Spanish"}, {"fr", "French"},     {"it", "Italian"},
               {"nl", "Dutch"},   {"pt", "Portuguese"}, {NULL, NULL}};

/* Whether one of the parts of a cell, folded, is the folded text. */
static bool cell_has(const char *cell, bool parted, const ta_buf *folded, ta_buf *scratch) {
    ta_text rest = {cell, strlen(cell)};
    while (rest.len) {
        ta_text part = rest;
        if (parted)
            part = ta_word_next(&rest);
        else
            rest.len = 0;
        scratch->len = 0;
        ta_word_fold(part, scratch);
        if (scratch->len && scratch->len == folded->len &&
            !memcmp(scratch->data, folded->data, folded->len))
            return true;
    }
    return false;
}

static bool column_has(const ta_code_list *list, const ta_code_item *item, size_t column,
                       const ta_buf *folded, ta_buf *scratch) {
    bool parted = ta_code_list_kind(list, column) == TA_COLUMN_ALIASES;
    return cell_has(ta_code_item_cell(item, column), parted, folded, scratch);
}

/* The first column of names, codes and aliases that has the text; SIZE_MAX: none. *lost: no
 * memory to tell. */
static size_t find_column(const ta_code_list *list, const ta_code_item *item, ta_text text,
                          bool *lost) {
    ta_buf folded = {0}, scratch = {0};
    size_t found = SIZE_MAX;
    ta_word_fold(text, &folded);
    for (size_t i = 0; i < list->head_count && found == SIZE_MAX; i++)
        if (ta_code_list_kind(list, i) != TA_COLUMN_OTHER &&
            column_has(list, item, i, &folded, &scratch))
            found = i;
    *lost |= folded.failed || scratch.failed;
    ta_buf_fini(&folded);
    ta_buf_fini(&scratch);
    return found;
}

static void tell_name(const char *tongue, ta_buf *out) {
    for (size_t i = 0; tongues[i].code; i++)
        if (!strcmp(tongues[i].code, tongue)) {
            ta_buf_printf(out, "the name in %s", tongues[i].name);
            return;
        }
    ta_buf_printf(out, "the name in %s", tongue);
}

void ta_code_list_tell(const ta_code_list *list, const ta_code_item *item, ta_text text,
                       ta_buf *out) {
    size_t column = find_column(list, item, text, &out->failed);
    if (column == SIZE_MAX)
        return;
    const char *head = list->heads[column], *colon = strchr(head, ':');
    switch (ta_code_list_kind(list, column)) {
    case TA_COLUMN_NAME:
        if (colon)
            tell_name(colon + 1, out);
        else
            ta_buf_puts(out, "the name");
        return;
    case TA_COLUMN_CODE:
        ta_buf_puts(out, colon ? "its " : "the code in other letters");
        ta_buf_printf(out, "%s%s", colon ? colon + 1 : "", colon ? " code" : "");
        return;
    case TA_COLUMN_ALIASES:
        ta_buf_puts(out, "another name");
        return;
    case TA_COLUMN_OTHER:
        return;
    }
}

/* NUTS: what is not divided has the code of the whole with zeros behind it. */
static bool is_undivided(const char *whole, const char *part) {
    size_t len = strlen(whole);
    return !strncmp(part, whole, len) && strspn(part + len, "0") == strlen(part + len);
}

/* The deeper code, down to regions of level 2. */
static const ta_code_item *choose_level(const ta_code_item *whole, const ta_code_item *part) {
    enum { LEVEL_2_LEN = 4 };
    return strlen(part->code) <= LEVEL_2_LEN ? part : whole;
}

/* Of two rows the one to stay; NULL: they are different things. Valid ones go first. */
static const ta_code_item *choose_item(const ta_code_item *a, const ta_code_item *b) {
    if (!a || (a->withdrawn && !b->withdrawn))
        return b;
    if (b->withdrawn && !a->withdrawn)
        return a;
    return is_undivided(a->code, b->code)   ? choose_level(a, b)
           : is_undivided(b->code, a->code) ? choose_level(b, a)
                                            : NULL;
}

static bool row_has(const ta_code_list *list, const ta_code_item *item, const ta_buf *folded,
                    ta_buf *scratch) {
    for (size_t i = 0; i < list->head_count; i++)
        if (ta_code_list_kind(list, i) != TA_COLUMN_OTHER &&
            column_has(list, item, i, folded, scratch))
            return true;
    return false;
}

bool ta_code_list_row_has(const ta_code_list *list, const ta_code_item *item, ta_text text,
                          bool *lost) {
    ta_buf folded = {0}, scratch = {0};
    ta_word_fold(text, &folded);
    bool has = folded.len && row_has(list, item, &folded, &scratch);
    *lost |= folded.failed || scratch.failed;
    ta_buf_fini(&folded);
    ta_buf_fini(&scratch);
    return has;
}

ta_code_found ta_code_list_find_in(const ta_code_list *list, const char *country,
                                   ta_text text) {
    size_t column = ta_code_list_column(list, "country");
    ta_buf folded = {0}, scratch = {0};
    const ta_code_item *best = NULL;
    bool several = false;
    ta_word_fold(text, &folded);
    for (size_t i = 0; folded.len && i < list->count; i++) {
        const ta_code_item *item = &list->items[i];
        if (strcmp(ta_code_item_cell(item, column), country) != 0 ||
            !row_has(list, item, &folded, &scratch))
            continue;
        const ta_code_item *chosen = choose_item(best, item);
        several |= !chosen;
        best = chosen ? chosen : best;
    }
    bool lost = folded.failed || scratch.failed;
    ta_buf_fini(&folded);
    ta_buf_fini(&scratch);
    if (lost || several)
        return (ta_code_found){NULL, lost ? TA_MATCH_LOST : TA_MATCH_SEVERAL};
    return (ta_code_found){best, best ? TA_MATCH_NAME : TA_MATCH_NONE};
}

/* The same letters and digits, whatever stands between: "S.A.S.", "SAS". */
static bool same_letters(const ta_buf *a, const ta_buf *b) {
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        i += i < a->len && a->data[i] == ' ';
        j += j < b->len && b->data[j] == ' ';
        if (i >= a->len || j >= b->len)
            return i >= a->len && j >= b->len;
        if (a->data[i] != b->data[j])
            return false;
    }
}

/* Whether a folded text is the row's name, or spells its short form. */
static bool row_spells(const ta_code_item *item, const char *form, const ta_buf *folded,
                       ta_buf *scratch) {
    if (cell_has(item->name, false, folded, scratch))
        return true;
    scratch->len = 0;
    ta_word_fold((ta_text){form, strlen(form)}, scratch);
    return same_letters(folded, scratch);
}

const char *ta_code_list_short(const ta_code_list *list, const char *country, ta_text text) {
    size_t where = ta_code_list_column(list, "country"),
           column = ta_code_list_column(list, "short");
    ta_buf folded = {0}, scratch = {0};
    const char *found = NULL;
    bool agree = true;
    ta_word_fold(text, &folded);
    for (size_t i = 0; i < list->count && folded.len && agree; i++) {
        const ta_code_item *item = &list->items[i];
        const char *form = ta_code_item_cell(item, column);
        bool apart = *country && strcmp(ta_code_item_cell(item, where), country) != 0;
        if (!*form || apart || !row_spells(item, form, &folded, &scratch))
            continue;
        agree = !found || !strcmp(found, form);
        found = form;
    }
    agree = agree && !folded.failed && !scratch.failed;
    ta_buf_fini(&folded);
    ta_buf_fini(&scratch);
    return agree ? found : NULL;
}
