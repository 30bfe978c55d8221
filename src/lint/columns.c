/* SPDX-License-Identifier: MIT */
/*
 * The table of columns. A column is the column around it and a key (none for the items of a
 * list). Those of the record itself stand in a table by key; of the others which comes next is
 * guessed from what came next last time, and looked up where the guess is wrong. Of each form
 * the first value is kept, for the finding at the end.
 */
#include "lint/columns.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "record/path.h"
#include "record/screen.h"
#include "schema/words.h"

static ta_column_lint_fn *const column_lints[] = {
#define TA_LINT(NAME, function, where)
#define TA_COLUMN_LINT(function) ta_column_lint_##function,
#include "lint/lints.def"
#undef TA_LINT
#undef TA_COLUMN_LINT
};

void ta_columns_clear(ta_columns *s) {
    ta_arena_reset(&s->arena);
    memset(s->slots, 0, sizeof s->slots);
    memset(s->columns, 0, 2 * sizeof *s->columns);
    s->count = 2;
    memset(s->top, 0, sizeof s->top);
    s->last = TA_ROOT_COLUMN;
}

static uint32_t enter_column(ta_columns *s, uint32_t *slot, const ta_keys *keys,
                             uint32_t parent, uint32_t key) {
    if (s->count - 2 == TA_LINT_COLUMNS_MAX)
        return TA_NO_COLUMN;
    if (!ta_array_grow(&s->columns, &s->cap, s->count + (size_t)1, sizeof *s->columns)) {
        s->nomem = true;
        return TA_NO_COLUMN;
    }
    const ta_key *name = &keys->items[key];
    bool code = key ? ta_lint_is_code_name(name->text, name->len) : s->columns[parent].code;
    s->columns[s->count] = (ta_column){.parent = parent, .key = key, .code = code};
    if (key && ta_lint_is_country_name(name->text, name->len))
        s->columns[parent].has_country = true;
    return *slot = s->count++;
}

static uint32_t find_column(ta_columns *s, const ta_keys *keys, uint32_t parent, uint32_t key) {
    if (parent == TA_NO_COLUMN)
        return TA_NO_COLUMN;
    uint32_t at = (parent * 0x9E3779B1U + key * 0x85EBCA77U) % TA_COLUMN_SLOTS;
    for (;; at = (at + 1) % TA_COLUMN_SLOTS) {
        uint32_t index = s->slots[at];
        if (!index)
            return enter_column(s, &s->slots[at], keys, parent, key);
        if (s->columns[index].parent == parent && s->columns[index].key == key)
            return index;
    }
}

/* The column of a node whose parent's column is known. */
static uint32_t next_column(ta_columns *s, const ta_keys *keys, uint32_t parent, uint32_t key) {
    uint32_t guess = s->columns[s->last].next;
    const ta_column *column = &s->columns[guess];
    if (guess == TA_NO_COLUMN || column->parent != parent || column->key != key) {
        guess = find_column(s, keys, parent, key);
        s->columns[s->last].next = guess;
    }
    if (guess != TA_NO_COLUMN)
        s->last = guess;
    return guess;
}

/* Takes the words out of the buffer. */
static const char *copy_words(ta_columns *s, ta_buf *words) {
    const char *copy =
        words->failed ? NULL : ta_arena_copy(&s->arena, ta_buf_text(words), words->len);
    s->nomem |= !copy;
    words->len = 0;
    return copy;
}

static uint32_t leading_digits(ta_text text) {
    uint32_t len = 0;
    while (len < text.len && text.data[len] >= '0' && text.data[len] <= '9')
        len++;
    return len;
}

static __attribute__((noinline)) ta_witness *
make_witness(ta_columns *s, const ta_record *record, const ta_node *node) {
    ta_witness *witness = ta_arena_alloc(&s->arena, sizeof *witness);
    ta_buf words = {0};
    ta_located at = {0};
    if (!witness) {
        s->nomem = true;
        return NULL;
    }
    if (record->head && record->head->locate)
        record->head->locate(record, node, &at);
    witness->place = ta_place_of(record, node, TA_PART_VALUE);
    witness->place.line = NULL;
    witness->row = at.row;
    if (at.column) {
        ta_buf_puts(&words, at.column);
        witness->column = copy_words(s, &words);
    }
    witness->record_no = record->number;
    ta_path_print(record, node, &words);
    witness->path = copy_words(s, &words);
    ta_path_print_pointer(record, node, &words);
    witness->pointer = copy_words(s, &words);
    ta_say_value(record, node, &words);
    witness->found = copy_words(s, &words);
    ta_text text = ta_node_text(record, node);
    witness->len = leading_digits(text);
    if (witness->len == text.len && !ta_screen_covers(record, node))
        witness->digits = ta_arena_copy(&s->arena, text.data, text.len);
    ta_buf_fini(&words);
    return witness;
}

void ta_columns_note(ta_columns *s, uint32_t index, const ta_record *record,
                     const ta_node *node) {
    ta_column *column = &s->columns[index];
    ta_text text = ta_node_text(record, node);
    ta_lint_form form = ta_lint_form_of(text);
    if (form == TA_LOOKS_ZEROS) {
        uint32_t len = (uint32_t)text.len, least = column->zeros_min;
        column->zeros_min = !least || len < least ? len : least;
        column->zeros_max = len > column->zeros_max ? len : column->zeros_max;
    }
    if (!column->counts[form]++ && form != TA_LOOKS_TEXT)
        column->first[form] = make_witness(s, record, node);
}

uint32_t ta_columns_find(ta_columns *s, const ta_keys *keys, uint32_t depth, uint32_t key) {
    if (!depth)
        return TA_ROOT_COLUMN;
    if (depth > 1)
        return next_column(s, keys, s->around[depth - 1], key);
    uint32_t found = find_column(s, keys, TA_ROOT_COLUMN, key);
    if (key < TA_COLUMN_KEYS)
        s->top[key] = found;
    return found;
}

static void tell_verdict(ta_columns *s, const ta_verdict *verdict) {
    const ta_witness *wrong = verdict->wrong;
    char detail[48] = "";
    ta_buf guess = {0};
    ta_related related = {.label = verdict->label};
    if (verdict->other)
        related.place = verdict->other->place;
    if (verdict->count > 1)
        snprintf(detail, sizeof detail, "%" PRIu64 " such values in all", verdict->count);
    if (*verdict->replacement)
        ta_say_guess(verdict->replacement, strlen(verdict->replacement), "\"", &guess);
    ta_finding finding = {.code = verdict->code,
                          .place = wrong->place,
                          .path = wrong->path,
                          .pointer = wrong->pointer,
                          .record_no = wrong->record_no,
                          .row = wrong->row,
                          .column = wrong->column,
                          .found = wrong->found,
                          .name = verdict->name,
                          .expected = verdict->expected,
                          .replacement = ta_buf_text(&guess),
                          .detail = *detail ? detail : NULL,
                          .related = &related,
                          .related_count = verdict->other != NULL};
    ta_find(s->finder, &finding);
    s->nomem |= guess.failed;
    ta_buf_fini(&guess);
}

void ta_columns_tell(ta_columns *s) {
    for (uint32_t i = TA_ROOT_COLUMN; i < s->count; i++) {
        ta_column *column = &s->columns[i];
        column->abroad = s->columns[column->parent].has_country;
        for (size_t k = 0; k < sizeof column_lints / sizeof *column_lints; k++) {
            ta_verdict verdict = {.code = TA_CODE_COUNT};
            if (column_lints[k](column, &verdict))
                tell_verdict(s, &verdict);
        }
    }
}

void ta_columns_begin(ta_columns *s, const ta_record *record) {
    if (s->generation != record->keys->generation) {
        ta_columns_tell(s); /* endless new names */
        ta_columns_clear(s);
        s->generation = record->keys->generation;
    }
    s->keys = record->keys;
}

/* What a worker has seen of a form is later than what was seen before. */
static ta_witness *absorb_witness(ta_columns *s, const ta_witness *from, const ta_shift *by) {
    ta_witness *witness = ta_arena_alloc(&s->arena, sizeof *witness);
    if (!witness) {
        s->nomem = true;
        return NULL;
    }
    *witness = *from;
    witness->record_no += by->numbers;
    witness->row += from->row ? by->rows : 0;
    ta_place_shift(&witness->place, by);
    const char **const words[] = {&witness->path, &witness->pointer, &witness->column,
                                  &witness->found, &witness->digits};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *text = *words[i];
        *words[i] = text ? ta_arena_copy(&s->arena, text, strlen(text)) : NULL;
        s->nomem |= text && !*words[i];
    }
    return witness;
}

static void absorb_column(ta_columns *s, ta_column *to, const ta_column *from,
                          const ta_shift *by) {
    uint32_t least = from->zeros_min;
    if (least && (!to->zeros_min || least < to->zeros_min))
        to->zeros_min = least;
    to->zeros_max = from->zeros_max > to->zeros_max ? from->zeros_max : to->zeros_max;
    for (int i = 0; i < TA_LOOKS_COUNT; i++) {
        to->counts[i] += from->counts[i];
        if (from->first[i] && !to->first[i])
            to->first[i] = absorb_witness(s, from->first[i], by);
    }
}

static uint32_t absorb_key(ta_columns *s, const ta_columns *o, uint32_t key) {
    const ta_key *from = &o->keys->items[key];
    uint32_t same = ta_keys_get(s->keys, from->text, from->len);
    s->nomem |= same == TA_KEY_NONE;
    return same;
}

ta_status ta_columns_absorb(ta_columns *s, ta_columns *o, const ta_shift *by) {
    if (s && !by)
        return s->count + o->count < TA_LINT_COLUMNS_MAX ? TA_OK : TA_STOP;
    for (uint32_t i = TA_ROOT_COLUMN; s && i < o->count && !s->nomem; i++) {
        ta_column *from = &o->columns[i];
        uint32_t key = from->key ? absorb_key(s, o, from->key) : 0;
        from->same = i == TA_ROOT_COLUMN
                         ? TA_ROOT_COLUMN
                         : find_column(s, s->keys, o->columns[from->parent].same, key);
        if (from->same != TA_NO_COLUMN)
            absorb_column(s, &s->columns[from->same], from, by);
    }
    ta_columns_clear(o);
    return s && s->nomem ? TA_ERR_NOMEM : TA_OK;
}

bool ta_columns_init(ta_columns *s, ta_finder *finder) {
    s->finder = finder;
    if (!ta_array_grow(&s->columns, &s->cap, 64, sizeof *s->columns))
        return false;
    ta_columns_clear(s);
    return true;
}

void ta_columns_fini(ta_columns *s) {
    ta_arena_fini(&s->arena);
    free(s->columns);
}
