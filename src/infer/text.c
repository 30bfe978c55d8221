/* SPDX-License-Identifier: MIT */
/* Texts: their lengths, which formats and code lists hold for all so far, which of them would
 * be numbers, and the distinct ones as long as they are few. */
#include "base/decimal.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "infer/note.h"

static void note_formats(const ta_infer_options *options, ta_spot_texts *t, ta_text text) {
    for (uint32_t i = 0; i < options->format_count; i++) {
        const ta_infer_format *format = &options->formats[i];
        bool implied = i && format->follows && t->formats & 1U << (i - 1);
        if (t->formats & 1U << i && !implied && !format->holds(text))
            t->formats &= ~(1U << i);
    }
    t->formats &= (uint32_t)((UINT64_C(1) << options->format_count) - 1);
}

static void note_codes(const ta_infer_options *options, ta_spot_texts *t, ta_text text) {
    for (uint32_t i = 0; i < options->list_count; i++)
        if (t->codes & 1U << i &&
            !ta_code_list_item(options->lists[i].codes, text.data, text.len))
            t->codes &= ~(1U << i);
    t->codes &= (1U << options->list_count) - 1;
}

static size_t count_text_digits(ta_text text) {
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++)
        digits += text.data[i] >= '0' && text.data[i] <= '9';
    return digits;
}

/* Digits with what people put between them. */
static bool is_dialled(ta_text text, size_t digits) {
    if (digits < 6 || digits > 15 || text.len > 30)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!text.data[i] || !strchr("0123456789 +-./()", text.data[i]))
            return false;
    return true;
}

/* Mail to an office rather than to a person. */
static bool is_office(ta_text local) {
    static const char *const names[] = {"info",    "contact", "office", "hello",  "mail",
                                        "accueil", "kontakt", "post",   "admin",  "sales",
                                        "service", "team",    "press",  "support"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == local.len && !memcmp(names[i], local.data, local.len))
            return true;
    return false;
}

static bool is_personal_mail(ta_text text) {
    const char *at = memchr(text.data, '@', text.len);
    return at && !is_office((ta_text){text.data, (size_t)(at - text.data)});
}

ta_text ta_note_number_of(const ta_infer *infer, ta_text text, char out[TA_NOTE_NUMBER_MAX]) {
    bool comma = infer->csv && infer->options->decimal == ',';
    if (!text.len || text.len > TA_NOTE_NUMBER_MAX ||
        (comma && memchr(text.data, '.', text.len)))
        return (ta_text){NULL, 0};
    char *point = comma ? memchr(text.data, ',', text.len) : NULL;
    if (point) {
        memcpy(out, text.data, text.len);
        out[point - text.data] = '.';
        text.data = out;
    }
    return ta_number_is(text.data, text.len) ? text : (ta_text){NULL, 0};
}

/* A text of CSV or XML: what else it may stand for. */
static void note_soft(ta_infer *infer, ta_spot *spot, const ta_noted *noted) {
    ta_spot_texts *t = &spot->texts;
    ta_text text = noted->text, number = noted->number;
    uint64_t filled = t->soft - t->soft_empty;
    t->soft++;
    t->soft_empty += !text.len;
    if (!text.len)
        return;
    if (t->numeric == filled && number.data) {
        t->numeric++;
        t->whole += ta_note_whole(number);
        t->quoted += noted->quoted;
        t->digits += count_text_digits(text) == text.len;
        ta_note_number(infer, spot, number);
    }
    t->words += text.data && ((text.len == 4 && !memcmp(text.data, "true", 4)) ||
                              (text.len == 5 && !memcmp(text.data, "false", 5)));
}

/* A character has one to four bytes: they are counted only where that can matter. */
static void note_lengths(ta_spot_texts *t, ta_text text) {
    if (t->count && text.len <= t->len_max && text.len / 4 >= t->len_min)
        return;
    uint64_t len = ta_utf8_count(text.data, text.len);
    if (!t->count || len < t->len_min)
        t->len_min = len;
    if (len > t->len_max)
        t->len_max = len;
}

static bool is_value(const ta_spot_value *value, uint64_t hash, ta_text text, bool number) {
    return value->hash == hash && value->len == text.len && value->number == number &&
           !memcmp(value->text, text.data, text.len);
}

void ta_note_distinct(ta_infer *infer, ta_spot *spot, ta_text text, bool number) {
    if (!spot->values) {
        spot->values =
            ta_arena_alloc(&infer->arena, TA_INFER_VALUES_MAX * sizeof *spot->values);
        infer->no_memory |= !spot->values;
    }
    uint64_t hash = ta_hash(text.data, text.len);
    for (uint32_t i = 0; spot->values && i < spot->value_count; i++)
        if (is_value(&spot->values[i], hash, text, number))
            return;
    spot->many |= spot->value_count == TA_INFER_VALUES_MAX || text.len > TA_SPOT_TEXT_MAX;
    if (spot->many || !spot->values)
        return;
    char *copy = ta_arena_copy(&infer->arena, text.data, text.len);
    infer->no_memory |= !copy;
    if (copy)
        spot->values[spot->value_count++] =
            (ta_spot_value){hash, copy, (uint32_t)text.len, number};
}

void ta_note_text(ta_infer *infer, ta_spot *spot, const ta_noted *noted) {
    ta_spot_texts *t = &spot->texts;
    ta_text text = noted->text;
    note_lengths(t, text);
    if (infer->soft)
        note_soft(infer, spot, noted);
    if (t->formats)
        note_formats(infer->options, t, text);
    if (t->codes)
        note_codes(infer->options, t, text);
    t->count++;
    t->empty += !text.len;
    if (t->count == t->dialled + 1)
        t->dialled += is_dialled(text, count_text_digits(text));
    if (t->formats && !t->mailed)
        t->mailed += is_personal_mail(text);
    if (!spot->many)
        ta_note_distinct(infer, spot, text, false);
    if (spot->seen)
        ta_note_seen(infer, spot, ta_hash(text.data, text.len));
}
