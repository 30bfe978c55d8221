/* SPDX-License-Identifier: MIT */
/* What the first rows of a file say of its columns. */
#ifndef TA_FORMAT_CSV_SAMPLE_H
#define TA_FORMAT_CSV_SAMPLE_H

#include "format/csv/read.h"

typedef struct ta_csv_visit {
    /* Called for each row with as many cells as the head; row: its first byte. */
    void (*row)(struct ta_csv_visit *visit, const ta_csv_scanner *scan, const char *row);
} ta_csv_visit;

/* Visits the whole rows among data[at..len) of the window. */
TA_MUST_CHECK ta_status ta_csv_visit_rows(const ta_csv_reader *reader, size_t at, size_t len,
                                          ta_csv_visit *visit);

/* Finds out the signs of numbers, column by column, from data[at..len) of the window. */
TA_MUST_CHECK ta_status ta_csv_vote(ta_csv_reader *reader, size_t at, size_t len, ta_buf *said);
/* Warns if the row that was taken for the head looks like those in data[at..len). */
TA_MUST_CHECK ta_status ta_csv_doubt_head(ta_csv_reader *reader, size_t at, size_t len);

#endif
