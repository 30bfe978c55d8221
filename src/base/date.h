/* SPDX-License-Identifier: MIT */
/*
 * Dates as far as they are written (ISO 8601 with reduced precision: 2008, 2008-10, 2008-10-24,
 * 2008-10-24T12:00Z) and durations (P3Y, P18M, P2W, P1Y6M10D). A date is the stretch of time
 * that it may mean; the calendar is Gregorian throughout.
 */
#ifndef TA_BASE_DATE_H
#define TA_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days count from 1970-01-01, moments in microseconds (UTC where the text has a zone). */
typedef struct ta_date {
    int64_t first_day, last_day;
    int64_t first_moment, last_moment; /* both inclusive */
    bool whole_days;                   /* no time of day was written */
} ta_date;

typedef struct ta_duration {
    int32_t months, days;
} ta_duration;

/* False: it is no date that exists. */
bool ta_date_parse(const char *text, size_t len, ta_date *out);

/* False: it is none, or of more than 10,000 years or of times of day. */
bool ta_duration_parse(const char *text, size_t len, ta_duration *out);

/* The day so much later; a day that its month does not have becomes the month's last. */
int64_t ta_day_add(int64_t day, ta_duration duration);

/* From a day to a later one, in whole months and days: ta_day_add(from, it) is `to`. */
ta_duration ta_day_between(int64_t from, int64_t to);

enum { TA_DURATION_TEXT = 48 };
/* "P3Y", "P1Y6M10D"; "P0D" for nothing. Returns text. */
char *ta_duration_print(ta_duration duration, char text[TA_DURATION_TEXT]);

#endif
