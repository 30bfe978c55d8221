/* SPDX-License-Identifier: MIT */
#include "cli/lookup.h"

#include <stdlib.h>

#include "base/fold.h"
#include "cli/columns.h"
#include "cli/say.h"

enum { PART_MIN = 3 }; /* letters that a word begins with */

/* How well a row answers a word. */
typedef enum fit { FIT_CODE, FIT_NAME, FIT_PART, FIT_NONE } fit;

void ta_lookup_add(ta_lookup *lookup, const ta_code_item *item) {
    if (!ta_array_grow(&lookup->items, &lookup->cap, lookup->count + 1, sizeof *lookup->items))
        lookup->failed = true;
    else
        lookup->items[lookup->count++] = item;
}

void ta_lookup_add_all(ta_lookup *lookup) {
    for (size_t i = 0; i < ta_code_list_count(lookup->list) && !lookup->failed; i++)
        ta_lookup_add(lookup, ta_code_list_at(lookup->list, i));
}

void ta_lookup_fini(ta_lookup *lookup) {
    free(lookup->items);
    *lookup = (ta_lookup){0};
}

/* The next word of a cell that is parted by `;`, or the whole cell. */
static ta_text next_word(ta_text *rest, bool parted) {
    const char *end = parted ? memchr(rest->data, ';', rest->len) : NULL;
    size_t len = end ? (size_t)(end - rest->data) : rest->len;
    ta_text word = {rest->data, len};
    len += end != NULL;
    *rest = (ta_text){rest->data + len, rest->len - len};
    return word;
}

/* Whether the folded word is all of a folded text, or words of it. */
static fit fit_text(ta_text text, const ta_buf *word, fit whole, ta_buf *scratch) {
    scratch->len = 0;
    ta_buf_puts(scratch, " ");
    ta_fold_text(text.data, text.len, scratch);
    ta_buf_puts(scratch, " ");
    if (scratch->len == word->len && !memcmp(scratch->data, word->data, word->len))
        return whole;
    /* The beginning of a word will do, if it is not too short; a part of a code means nothing.
     */
    return whole != FIT_CODE && word->len > PART_MIN + 1 &&
                   memmem(scratch->data, scratch->len, word->data, word->len - 1)
               ? FIT_PART
               : FIT_NONE;
}

static fit fit_item(const ta_lookup *lookup, const ta_code_item *item, const ta_buf *word,
                    ta_buf *scratch) {
    fit best = fit_text((ta_text){item->code, strlen(item->code)}, word, FIT_CODE, scratch);
    for (size_t i = 0; ta_code_list_head(lookup->list, i) && best != FIT_CODE; i++) {
        ta_code_column kind = ta_code_list_kind(lookup->list, i);
        const char *cell = ta_code_item_cell(item, i);
        ta_text rest = {cell, kind == TA_COLUMN_OTHER ? 0 : strlen(cell)};
        while (rest.len) {
            ta_text text = next_word(&rest, kind == TA_COLUMN_ALIASES);
            fit whole = kind == TA_COLUMN_CODE ? FIT_CODE : FIT_NAME;
            fit found = fit_text(text, word, whole, scratch);
            best = found < best ? found : best;
        }
    }
    return best;
}

/* Parts of names only where nothing fits whole. */
static size_t add_fitting(ta_lookup *lookup, const char *word) {
    size_t before = lookup->count;
    ta_buf folded = {0}, scratch = {0};
    ta_buf_puts(&folded, " ");
    ta_fold_text(word, strlen(word), &folded);
    ta_buf_puts(&folded, " ");
    for (int wanted = FIT_CODE; folded.len > 2 && wanted < FIT_NONE; wanted++) {
        if (wanted == FIT_PART && lookup->count > before)
            break;
        for (size_t i = 0; i < ta_code_list_count(lookup->list); i++) {
            const ta_code_item *item = ta_code_list_at(lookup->list, i);
            if (fit_item(lookup, item, &folded, &scratch) == (fit)wanted)
                ta_lookup_add(lookup, item);
        }
    }
    lookup->failed = lookup->failed || folded.failed || scratch.failed;
    ta_buf_fini(&folded);
    ta_buf_fini(&scratch);
    return lookup->count - before;
}

/* The row that the data would be taken to mean comes first. */
static void put_first(ta_lookup *lookup, size_t from, const ta_code_item *item) {
    for (size_t i = from; i < lookup->count; i++)
        if (lookup->items[i] == item) {
            memmove(lookup->items + from + 1, lookup->items + from,
                    (i - from) * sizeof *lookup->items);
            lookup->items[from] = item;
            return;
        }
    ta_lookup_add(lookup, item);
    if (!lookup->failed)
        put_first(lookup, from, item);
}

bool ta_lookup_word(ta_lookup *lookup, const char *word) {
    size_t from = lookup->count, count = add_fitting(lookup, word);
    ta_code_found found = ta_code_list_find(lookup->list, word, strlen(word));
    lookup->failed = lookup->failed || found.match == TA_MATCH_LOST;
    bool sure = found.item && (found.match != TA_MATCH_NEAREST || !count);
    if (sure && !lookup->failed)
        put_first(lookup, from, found.item);
    if (!sure && !count && !lookup->failed)
        ta_say("no code is meant by %s", word);
    return sure || count;
}

/* "; now FRK2 (since 2018-01-01)" */
static void put_successors(const ta_lookup *lookup, const ta_code_item *item, ta_buf *out) {
    size_t edition = ta_code_list_column(lookup->list, "first-edition");
    ta_text rest = {item->successor, strlen(item->successor)};
    for (const char *before = "; now "; rest.len; before = ", ") {
        ta_text code = next_word(&rest, true);
        const ta_code_item *next = ta_code_list_item(lookup->list, code.data, code.len);
        const char *since = next ? ta_code_item_cell(next, edition) : "";
        if (next && !*since)
            since = next->valid_from;
        ta_buf_puts(out, before);
        ta_buf_put(out, code.data, code.len);
        if (*since)
            ta_buf_printf(out, " (since %s)", since);
    }
}

static void put_note(const ta_lookup *lookup, const ta_code_item *item, ta_buf *out) {
    if (!item->withdrawn)
        return;
    ta_buf_puts(out, "withdrawn");
    if (*item->valid_from && *item->valid_to)
        ta_buf_printf(out, ", valid from %s to %s", item->valid_from, item->valid_to);
    else if (*item->valid_to)
        ta_buf_printf(out, ", valid until %s", item->valid_to);
    put_successors(lookup, item, out);
}

/* Whether one of the words parted by "; " is this one. */
static bool is_said(const ta_buf *out, size_t from, ta_text word) {
    for (size_t at = from; at + word.len <= out->len; at++)
        if ((at == from || (out->data[at - 1] == ' ' && out->data[at - 2] == ';')) &&
            !memcmp(out->data + at, word.data, word.len) &&
            (at + word.len == out->len || out->data[at + word.len] == ';'))
            return true;
    return false;
}

/* Other codes, names and aliases, each once. */
static void put_others(const ta_lookup *lookup, const ta_code_item *item, ta_buf *out) {
    size_t from = out->len;
    for (size_t i = 0; ta_code_list_head(lookup->list, i); i++) {
        ta_code_column kind = ta_code_list_kind(lookup->list, i);
        const char *cell = ta_code_item_cell(item, i);
        ta_text rest = {cell, kind == TA_COLUMN_OTHER ? 0 : strlen(cell)};
        while (rest.len) {
            ta_text word = next_word(&rest, kind == TA_COLUMN_ALIASES);
            bool known =
                (word.len == strlen(item->code) && !memcmp(word.data, item->code, word.len)) ||
                (word.len == strlen(item->name) && !memcmp(word.data, item->name, word.len));
            if (known || is_said(out, from, word))
                continue;
            ta_buf_puts(out, out->len > from ? "; " : "");
            ta_buf_put(out, word.data, word.len);
        }
    }
}

void ta_lookup_print(ta_lookup *lookup, ta_buf *out) {
    ta_columns table = {.columns = 3};
    ta_buf words = {0};
    ta_columns_puts(&table, "CODE");
    ta_columns_puts(&table, "NAME");
    ta_columns_puts(&table, "ALSO WRITTEN");
    for (size_t i = 0; i < lookup->count; i++) {
        const ta_code_item *item = lookup->items[i];
        words.len = 0;
        put_note(lookup, item, &words);
        size_t note = words.len;
        if (note)
            ta_buf_puts(&words, ". ");
        put_others(lookup, item, &words);
        if (words.len == note + 2 && note)
            words.len = note;
        ta_columns_puts(&table, item->code);
        ta_columns_puts(&table, item->name);
        ta_columns_puts(&table, ta_buf_text(&words));
    }
    table.failed = table.failed || words.failed || lookup->failed;
    ta_buf_fini(&words);
    ta_columns_print(&table, out);
}

bool ta_lookup_cell(ta_lookup *lookup, const char *word, size_t column, const char *head,
                    ta_buf *out) {
    ta_code_found found = ta_code_list_find(lookup->list, word, strlen(word));
    if (found.match == TA_MATCH_LOST)
        lookup->failed = true;
    else if (found.match == TA_MATCH_SEVERAL)
        ta_say("%s may mean several codes: `transalp codes` without --as shows them", word);
    else if (found.match == TA_MATCH_NEAREST)
        ta_say("no code is meant by %s: did you mean %s?", word, found.item->code);
    else if (!found.item)
        ta_say("no code is meant by %s", word);
    else if (!*ta_code_item_cell(found.item, column))
        ta_say("%s has no %s in this list", found.item->code, head);
    else
        ta_buf_printf(out, "%s\n", ta_code_item_cell(found.item, column));
    return found.match < TA_MATCH_NEAREST && *ta_code_item_cell(found.item, column);
}
