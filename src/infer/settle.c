/* SPDX-License-Identifier: MIT */
/*
 * Which types a place has. The column decides as a whole: cells of CSV and texts of XML are
 * numbers if all are, and are no codes (leading zeros, names such as postcode, many digits of
 * one length, numbers in quotes where other cells have none).
 */
#include "infer/settle.h"

#include "infer/names.h"

enum {
    LISTED_MIN = 2,  /* cells with a `;` that make a column of lists */
    CODE_DIGITS = 8, /* digits of one length from which on they are a code */
    DIGITS_MAX = 15, /* spreadsheets keep no more of a number */
    MAP_NAMES = 64,  /* names from which on an object may be a map ... */
    MAP_SHARE = 10   /* ... if a name is in one of so many of the objects at most */
};

static bool is_code_like(const ta_infer *infer, const ta_spot *spot) {
    const ta_spot_texts *t = &spot->texts;
    unsigned coded = TA_NAME_ID | TA_NAME_CODE | TA_NAME_PHONE | TA_NAME_VAT;
    if (spot->says & coded || (infer->bare && t->quoted))
        return true;
    bool digits = t->digits == t->numeric;
    bool same = t->len_min == t->len_max && t->count >= TA_INFER_FEW;
    return (digits && same && t->len_max >= CODE_DIGITS) ||
           (digits && t->len_max > DIGITS_MAX) || ta_spot_format(infer, spot);
}

/* The types of texts that are all soft. */
static void settle_soft(const ta_infer *infer, const ta_spot *spot, ta_verdict *v) {
    const ta_spot_texts *t = &spot->texts;
    uint64_t filled = t->soft - t->soft_empty;
    v->gaps = t->soft_empty;
    if (spot->cells && !spot->unlisted && spot->listed >= LISTED_MIN) {
        v->types |= TA_TYPE_ARRAY;
        v->cells = true;
    } else if (filled && t->numeric == filled && !is_code_like(infer, spot)) {
        v->integer = t->whole == filled && spot->integers == spot->numbers;
        v->types |= TA_TYPE_NUMBER | (v->gaps ? TA_TYPE_NULL : 0);
    } else if (filled && t->words == filled) {
        v->types |= TA_TYPE_BOOLEAN | (v->gaps ? TA_TYPE_NULL : 0);
    } else {
        v->types |= TA_TYPE_STRING;
        v->gaps = false;
    }
}

/* Whether empty texts are empty elements of XML at a place of objects or lists. */
static bool has_empty_elements(const ta_infer *infer, const ta_spot *spot) {
    const ta_spot_texts *t = &spot->texts;
    return infer->xml && spot->objects && t->count && t->count == t->soft_empty;
}

ta_verdict ta_spot_verdict(const ta_infer *infer, const ta_spot *spot) {
    const ta_spot_texts *t = &spot->texts;
    ta_verdict v = {0};
    v.types =
        (uint8_t)((spot->nulls ? TA_TYPE_NULL : 0) | (spot->booleans ? TA_TYPE_BOOLEAN : 0) |
                  (spot->numbers ? TA_TYPE_NUMBER : 0) | (spot->objects ? TA_TYPE_OBJECT : 0) |
                  (spot->arrays ? TA_TYPE_ARRAY : 0));
    v.integer = spot->numbers && spot->integers == spot->numbers;
    if (t->count > t->soft)
        v.types |= TA_TYPE_STRING;
    else if (t->count && !has_empty_elements(infer, spot))
        settle_soft(infer, spot, &v);
    return v;
}

const char *ta_spot_format(const ta_infer *infer, const ta_spot *spot) {
    const ta_spot_texts *t = &spot->texts;
    for (uint32_t i = 0; t->count >= TA_INFER_FEW && i < infer->options->format_count; i++)
        if (t->formats & 1U << i)
            return infer->options->formats[i].name;
    return NULL;
}

uint64_t ta_spot_objects(const ta_infer *infer, const ta_spot *spot) {
    return spot->objects + (has_empty_elements(infer, spot) ? spot->texts.count : 0);
}

void ta_spot_settle_map(ta_infer *infer, ta_spot *spot) {
    uint64_t present = 0;
    for (const ta_spot *m = spot->first; m; m = m->next)
        present += m->count;
    if (spot->depth && spot->member_count > MAP_NAMES && !infer->csv &&
        present / spot->member_count * MAP_SHARE < spot->objects)
        ta_spot_make_map(infer, spot);
}
