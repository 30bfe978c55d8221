/* SPDX-License-Identifier: MIT */
/* What the rows of the formats csv and tsv are made of. */
#ifndef TA_FORMAT_CSV_PARTS_H
#define TA_FORMAT_CSV_PARTS_H

#include "format/cursor.h"

ta_status ta_csv_read(const ta_reading *reading, ta_stage *next, uint64_t *records);
extern const ta_cursor_ops ta_csv_cursor;
ta_locate_fn ta_csv_locate;
ta_respell_fn ta_csv_respell;
bool ta_csv_needs_survey(const ta_writing *writing);
ta_stage *ta_csv_survey_new(const ta_writing *writing, const ta_survey **out);
ta_stage *ta_csv_writer_new(const ta_writing *writing);

/* The formats themselves; formats.def names them. */
extern const ta_format ta_format_csv, ta_format_tsv;

#endif
