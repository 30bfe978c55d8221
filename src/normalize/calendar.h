/* SPDX-License-Identifier: MIT */
/*
 * Dates as people write them: 24 octobre 2008, 1er mai 2010, 27.05.2014, fin 2007. For the
 * rules date and period. Private to src/normalize.
 */
#ifndef TA_NORMALIZE_CALENDAR_H
#define TA_NORMALIZE_CALENDAR_H

#include "normalize/lexicon.h"
#include "normalize/rule.h"

typedef struct ta_calendar_date {
    int year, month, day; /* 0: not written */
    int other;            /* the day, where it may be the month too: 02/07/2010; 0: certain */
    char shown;           /* 'd', 'm': this one shows which comes first; 0: it does not */
    bool vague;           /* "fin 2007": some time in it */
    bool century;         /* the year has two digits */
    bool worded;          /* the month is a word */
    bool timed;           /* a time of day that is not midnight stands behind it */
    int weekday;          /* -1: none written */
} ta_calendar_date;

/* Takes a date, or the part of one (a day, a day and month) that stands before another. */
bool ta_calendar_take(ta_scan *scan, bool part, ta_calendar_date *out);

/* Day or month first where either is possible: by the options, or the column. False: refused
 * with `code`. Says why in the detail. */
bool ta_calendar_settle(const ta_normal_value *value, ta_calendar_date *date, ta_code code,
                        ta_normal_result *result);

/* Appends as ISO 8601, with the precision that was written. False: there is no such day. */
bool ta_calendar_put(const ta_calendar_date *date, ta_buf *out);

/* What the date shows of its column. */
void ta_calendar_note(const ta_calendar_date *date, ta_evidence *evidence);

#endif
