/* SPDX-License-Identifier: MIT */
/* Looking things up in a list that was read: rows, cells, days, and what a text means. */
#include <pthread.h>
#include <stdlib.h>

#include "codes/list.h"
#include "codes/nearest.h"

enum {
    GUESS_LEN_MIN = 4,      /* shorter words are near to too many */
    GUESS_WORDS_MAX = 40000 /* the search for one wrong letter reads all words */
};

size_t ta_code_list_count(const ta_code_list *list) {
    return list->count;
}

const ta_code_item *ta_code_list_at(const ta_code_list *list, size_t index) {
    return &list->items[index];
}

const char *ta_code_list_head(const ta_code_list *list, size_t column) {
    return column < list->head_count ? list->heads[column] : NULL;
}

size_t ta_code_list_column(const ta_code_list *list, const char *head) {
    size_t other = SIZE_MAX;
    for (size_t i = 0; i < list->head_count; i++) {
        if (!strcmp(list->heads[i], head))
            return i;
        if (!strncmp(list->heads[i], "code:", 5) && !strcmp(list->heads[i] + 5, head))
            other = i;
    }
    return other;
}

const char *ta_code_item_cell(const ta_code_item *item, size_t column) {
    return column != SIZE_MAX && item->cells[column] ? item->cells[column] : "";
}

const ta_code_item *ta_code_list_item(const ta_code_list *list, const char *code, size_t len) {
    const ta_word *word = ta_words_find(&list->codes, code, len);
    return word ? word->item : NULL;
}

ta_code_time ta_code_valid_at(const ta_code_list *list, ta_text code, const ta_date *date,
                              const ta_code_item **item) {
    const ta_code_item *at = *item = ta_code_list_item(list, code.data, code.len);
    ta_code_time time = TA_CODE_UNKNOWN;
    for (; at; at = at->next) {
        if (at->first_day <= date->last_day && date->first_day <= at->last_day) {
            *item = at;
            return TA_CODE_VALID;
        }
        /* What ended last before the date says more than what begins after it. */
        bool late = at->last_day < date->first_day;
        bool better = late && (time != TA_CODE_LATE || at->last_day > (*item)->last_day);
        if (better || time == TA_CODE_UNKNOWN) {
            *item = at;
            time = late ? TA_CODE_LATE : TA_CODE_EARLY;
        }
    }
    return time;
}

/* "FI;FI": the one part; else the text. */
static ta_text join_equal_parts(ta_text text) {
    ta_text rest = text, first = ta_word_next(&rest);
    if (!rest.len)
        return text;
    while (rest.len) {
        ta_text part = ta_word_next(&rest);
        if (part.len != first.len || memcmp(part.data, first.data, first.len) != 0)
            return text;
    }
    return first;
}

static bool add_word(const ta_code_list *list, ta_text text, const ta_code_item *item,
                     ta_match match, ta_buf *scratch) {
    scratch->len = 0;
    ta_word_fold(text, scratch);
    if (!scratch->len)
        return !scratch->failed;
    char *folded = ta_arena_copy(&list->words->text, scratch->data, scratch->len);
    return folded && ta_words_add(list->words, (ta_text){folded, scratch->len}, item, match);
}

static bool add_aliases(const ta_code_list *list, ta_text text, const ta_code_item *item,
                        ta_buf *scratch) {
    while (text.len)
        if (!add_word(list, ta_word_next(&text), item, TA_MATCH_ALIAS, scratch))
            return false;
    return true;
}

static bool begins_with(const char *head, const char *word) {
    size_t len = strlen(word);
    return !strncmp(head, word, len) && (!head[len] || head[len] == ':');
}

ta_code_column ta_code_list_kind(const ta_code_list *list, size_t column) {
    static const char *const words[] = {"code", "name", "aliases"};
    static const ta_code_column kinds[] = {TA_COLUMN_CODE, TA_COLUMN_NAME, TA_COLUMN_ALIASES};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins_with(list->heads[column], words[i]))
            return kinds[i];
    return TA_COLUMN_OTHER;
}

static bool add_cell(const ta_code_list *list, const ta_code_item *item, size_t column,
                     ta_buf *scratch) {
    static const ta_match matches[] = {TA_MATCH_NONE, TA_MATCH_SPELLING, TA_MATCH_NAME,
                                       TA_MATCH_ALIAS};
    ta_code_column kind = ta_code_list_kind(list, column);
    const char *cell = ta_code_item_cell(item, column);
    ta_text text = {cell, strlen(cell)};
    if (kind == TA_COLUMN_ALIASES)
        return add_aliases(list, text, item, scratch);
    return kind == TA_COLUMN_OTHER || add_word(list, text, item, matches[kind], scratch);
}

static bool make_words(const ta_code_list *list) {
    ta_buf scratch = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < list->count; i++) {
        const ta_code_item *item = &list->items[i];
        ta_text code = {item->code, strlen(item->code)};
        ok = add_word(list, code, item, TA_MATCH_SPELLING, &scratch);
        for (size_t column = 0; ok && column < list->head_count; column++)
            ok = add_cell(list, item, column, &scratch);
    }
    ta_buf_fini(&scratch);
    if (!ok)
        ta_words_fini(list->words);
    return ok;
}

/* Makes the words once, whoever comes first. */
static bool have_words(const ta_code_list *list) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    if (__atomic_load_n(&list->words->ready, __ATOMIC_ACQUIRE))
        return true;
    pthread_mutex_lock(&lock);
    bool ready = list->words->ready || make_words(list);
    __atomic_store_n(&list->words->ready, ready, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&lock);
    return ready;
}

/* Whether two words may be at a distance of 1: but for one character, or two that changed
 * places, all of them is alike at the beginning and at the end. Most words are told so. */
static bool may_be_near(const char *a, size_t a_len, const char *b, size_t b_len) {
    enum { CHARACTER_MAX = 4 };
    size_t less = a_len < b_len ? a_len : b_len, head = 0, tail = 0;
    if (a_len + b_len - 2 * less > CHARACTER_MAX)
        return false;
    while (head < less && a[head] == b[head])
        head++;
    while (tail < less - head && a[a_len - 1 - tail] == b[b_len - 1 - tail])
        tail++;
    return less - head - tail <= 2 * CHARACTER_MAX;
}

/* The one row that all words at a distance of 1 lead to. */
static ta_code_found guess_item(const ta_code_list *list, const char *text, size_t len) {
    ta_code_found found = {NULL, TA_MATCH_NONE};
    if (len < GUESS_LEN_MIN || list->words->count > GUESS_WORDS_MAX)
        return found;
    for (size_t i = 0; i < list->words->slot_count; i++) {
        const ta_word *word = &list->words->slots[i];
        if (!word->text || word->len < GUESS_LEN_MIN ||
            !may_be_near(text, len, word->text, word->len) ||
            ta_edit_distance(text, len, word->text, word->len, 1) > 1)
            continue;
        if (!word->item || (found.item && strcmp(found.item->code, word->item->code) != 0))
            return (ta_code_found){NULL, TA_MATCH_SEVERAL};
        found = (ta_code_found){word->item, TA_MATCH_NEAREST};
    }
    return found;
}

ta_code_found ta_code_list_find(const ta_code_list *list, const char *text, size_t len) {
    const ta_code_item *item = ta_code_list_item(list, text, len);
    if (item)
        return (ta_code_found){item, TA_MATCH_CODE};
    if (!have_words(list))
        return (ta_code_found){NULL, TA_MATCH_LOST};
    ta_code_found found = {NULL, TA_MATCH_NONE};
    ta_buf folded = {0};
    ta_word_fold(join_equal_parts(ta_word_trim((ta_text){text, len})), &folded);
    if (folded.failed) {
        found.match = TA_MATCH_LOST;
    } else if (folded.len) {
        const ta_word *word = ta_words_find(list->words, folded.data, folded.len);
        if (!word)
            found = ta_code_list_find_parts(list, ta_word_trim((ta_text){text, len}));
        else
            found = word->item ? (ta_code_found){word->item, word->match}
                               : (ta_code_found){NULL, TA_MATCH_SEVERAL};
        if (!word && found.match == TA_MATCH_NONE)
            found = guess_item(list, folded.data, folded.len);
    }
    ta_buf_fini(&folded);
    return found;
}
