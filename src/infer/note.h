/* SPDX-License-Identifier: MIT */
/* Looking at values: what each adds to its place. Private to src/infer. */
#ifndef TA_INFER_NOTE_H
#define TA_INFER_NOTE_H

#include "infer/spot.h"

/* A value with all in it. */
void ta_note_value(ta_infer *infer, ta_spot *spot, const ta_record *record,
                   const ta_node *node);

/* A text; soft ones of CSV may be quoted. */
void ta_note_text(ta_infer *infer, ta_spot *spot, ta_text text, bool quoted);
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
