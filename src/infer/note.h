/* SPDX-License-Identifier: MIT */
/* Looking at values: what each adds to its place. Private to src/infer. */
#ifndef TA_INFER_NOTE_H
#define TA_INFER_NOTE_H

#include "infer/spot.h"

/* A value with all in it. */
void ta_note_value(ta_infer *infer, ta_spot *spot, const ta_record *record,
                   const ta_node *node);

/* A text, and for soft ones the number that it stands for; number.data NULL: none. */
typedef struct ta_noted {
    ta_text text, number;
    bool quoted; /* in CSV */
} ta_noted;

void ta_note_text(ta_infer *infer, ta_spot *spot, const ta_noted *noted);
/* The number for which a text stands that nobody has typed; `out` is for one with a decimal
 * comma. data NULL: it is none. */
enum { TA_NOTE_NUMBER_MAX = 64 }; /* a longer text is not taken for a number */
ta_text ta_note_number_of(const ta_infer *infer, ta_text text, char out[TA_NOTE_NUMBER_MAX]);
/* Whether a number is written as a whole one: no point, no exponent. */
bool ta_note_whole(ta_text number);
/* A number as written: digits and bounds. */
void ta_note_number(ta_infer *infer, ta_spot *spot, ta_text number);
void ta_note_bound(ta_infer *infer, ta_spot *spot, ta_spot_bound number);
void ta_note_distinct(ta_infer *infer, ta_spot *spot, ta_text text, bool number);
/* A cell of CSV, as a list with `;`. */
void ta_note_cell(ta_infer *infer, ta_spot *spot, ta_text text);

/* Whether the values of a new member of the records may be their key: then repeats are looked
 * for. */
void ta_note_watch(ta_infer *infer, ta_spot *spot);
void ta_note_seen(ta_infer *infer, ta_spot *spot, uint64_t hash);

#endif
