/* SPDX-License-Identifier: MIT */
/*
 * Dates in words and numbers. Points stand between day, month and year in this order only;
 * 02/07/2010 and 02-07-2010 may be either unless a number above 12 shows it. Years have four
 * digits: what century 08 is in is not said.
 */
#include "normalize/calendar.h"

#include <stdio.h>

#include "base/date.h"
#include "normalize/witness.h"

static bool take_year(ta_scan *scan, ta_calendar_date *out) {
    if (ta_scan_digits(scan, 4, 4, &out->year))
        return out->year > 0;
    ta_scan_mark(scan, "'");
    out->century = ta_scan_digits(scan, 2, 2, &out->year);
    return out->century;
}

static void skip_ordinal(ta_scan *scan) {
    static const char *const endings[] = {"er", "ers", "st", "nd", "rd", "th", "e", "o"};
    const ta_token *token = ta_scan_peek(scan);
    if (ta_scan_near(scan, "^") || ta_scan_near(scan, "."))
        return;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (!token->spaced && !strcmp(token->word, endings[i])) {
            scan->at++;
            return;
        }
}

static bool take_day(ta_scan *scan, int *day) {
    ta_scan next = *scan;
    if (!ta_scan_digits(&next, 1, 2, day))
        return false;
    skip_ordinal(&next);
    *scan = next;
    return *day >= 1 && *day <= 31;
}

static bool take_month(ta_scan *scan, ta_calendar_date *out) {
    ta_scan next = *scan;
    while (ta_scan_phrase(&next, TA_WORDS_OF, NULL) || ta_scan_mark(&next, "'"))
        continue;
    if (!ta_scan_phrase(&next, TA_WORDS_MONTH, &out->month))
        return false;
    ta_scan_near(&next, ".");
    *scan = next;
    out->worded = true;
    return true;
}

static bool take_year_behind(ta_scan *scan, ta_calendar_date *out) {
    ta_scan next = *scan;
    ta_scan_mark(&next, ",");
    ta_scan_phrase(&next, TA_WORDS_OF, NULL);
    if (!take_year(&next, out))
        return false;
    *scan = next;
    return true;
}

/* "24 octobre 2008", "le 2 de julio de 2010"; part: "1er", "1er juillet". */
static bool take_day_first(ta_scan *scan, bool part, ta_calendar_date *out) {
    ta_scan next = *scan;
    if (!take_day(&next, &out->day))
        return false;
    if (!take_month(&next, out) ? !part : !take_year_behind(&next, out) && !part)
        return false;
    *scan = next;
    return true;
}

/* "octobre 2008", "October 24, 2008". */
static bool take_month_first(ta_scan *scan, ta_calendar_date *out) {
    ta_scan next = *scan;
    if (!take_month(&next, out))
        return false;
    ta_scan whole = next;
    if (take_day(&whole, &out->day) && take_year_behind(&whole, out)) {
        *scan = whole;
        return true;
    }
    out->day = 0;
    *scan = next;
    return take_year_behind(scan, out);
}

/* A mark between numbers, as it was before if *mark is set. */
static bool take_between(ta_scan *scan, char *mark) {
    static const char *const marks[] = {"-", "/", "."};
    for (size_t i = 0; i < 3; i++)
        if ((!*mark || *mark == *marks[i]) && ta_scan_near(scan, marks[i])) {
            *mark = *marks[i];
            return true;
        }
    return false;
}

/* 2008-10-24, 2008/10/24, 2008-10, 20081024. */
static bool take_year_first(ta_scan *scan, ta_calendar_date *out) {
    ta_scan next = *scan;
    char mark = 0;
    int whole;
    if (ta_scan_digits(&next, 8, 8, &whole)) {
        *out = (ta_calendar_date){.year = whole / 10000,
                                  .month = whole / 100 % 100,
                                  .day = whole % 100,
                                  .weekday = out->weekday};
        *scan = next;
        return true;
    }
    if (!ta_scan_digits(&next, 4, 4, &out->year) || !take_between(&next, &mark) ||
        ta_scan_peek(&next)->spaced || !ta_scan_digits(&next, 1, 2, &out->month))
        return false;
    *scan = next;
    if (take_between(&next, &mark) && ta_scan_digits(&next, 1, 2, &out->day))
        *scan = next;
    else
        return mark == '-' && ta_scan_peek(scan)[-1].len == 2;
    return true;
}

/* Which of two numbers is the day, as far as they tell. */
static void order_day(int first, int second, char mark, ta_calendar_date *out) {
    bool month_first = second > 12 && mark != '.';
    out->day = month_first ? second : first;
    out->month = month_first ? first : second;
    if (mark == '.' || first == second)
        return;
    out->shown = month_first ? 'm' : first > 12 ? 'd' : 0;
    if (!out->shown)
        out->other = first;
}

/* 27.05.2014, 1. 4. 2008, 02/07/2010, 10/2011. */
static bool take_numbers(ta_scan *scan, ta_calendar_date *out) {
    ta_scan next = *scan;
    char mark = 0;
    int first, second;
    if (!ta_scan_digits(&next, 1, 2, &first) || !take_between(&next, &mark))
        return false;
    if (ta_scan_digits(&next, 4, 4, &out->year)) {
        out->month = first;
        *scan = next;
        return first >= 1 && first <= 12;
    }
    if (!ta_scan_digits(&next, 1, 2, &second) || !take_between(&next, &mark) ||
        !take_year(&next, out))
        return false;
    order_day(first, second, mark, out);
    *scan = next;
    return true;
}

/* +02:00, +0200, +02: the day is that of the place, as it is written. */
static void skip_offset(ta_scan *scan) {
    ta_scan next = *scan;
    int part;
    if (!ta_scan_near(&next, "+") && !ta_scan_near(&next, "-"))
        return;
    if (!ta_scan_digits(&next, 4, 4, &part) && !ta_scan_digits(&next, 2, 2, &part))
        return;
    *scan = next;
    if (ta_scan_near(&next, ":") && ta_scan_digits(&next, 2, 2, &part))
        *scan = next;
}

/* "T12:30:05Z", " 00:00". */
static void take_clock(ta_scan *scan, ta_calendar_date *out) {
    ta_scan next = *scan;
    int part, sum = 0;
    if (!strcmp(ta_scan_peek(&next)->word, "t"))
        next.at++;
    if (!ta_scan_digits(&next, 2, 2, &part) || !ta_scan_near(&next, ":"))
        return;
    for (sum = part; ta_scan_digits(&next, 1, 9, &part); sum += part)
        if (!ta_scan_near(&next, ":") && !ta_scan_near(&next, "."))
            break;
    sum += part;
    if (!strcmp(ta_scan_peek(&next)->word, "z"))
        next.at++;
    else
        skip_offset(&next);
    out->timed = sum != 0;
    *scan = next;
}

static void skip_before(ta_scan *scan, ta_calendar_date *out) {
    for (;;) {
        if (ta_scan_phrase(scan, TA_WORDS_VAGUE, NULL)) {
            out->vague = true;
            if (!ta_scan_mark(scan, "."))
                ta_scan_near(scan, "-");
        } else if (ta_scan_phrase(scan, TA_WORDS_WEEKDAY, &out->weekday)) {
            ta_scan_mark(scan, ",");
            ta_scan_mark(scan, ".");
        } else if (!ta_scan_phrase(scan, TA_WORDS_BEFORE_DATE, NULL) &&
                   !ta_scan_mark(scan, "'")) {
            return;
        }
    }
}

bool ta_calendar_take(ta_scan *scan, bool part, ta_calendar_date *out) {
    ta_scan next = *scan;
    ta_calendar_date empty = {.weekday = -1};
    skip_before(&next, &empty);
    *out = empty;
    bool found = take_year_first(&next, out);
    if (!found && (*out = empty, take_numbers(&next, out)))
        found = true;
    if (!found && (*out = empty, take_day_first(&next, false, out)))
        found = true;
    if (!found && (*out = empty, take_month_first(&next, out)))
        found = true;
    if (!found && (*out = empty, ta_scan_digits(&next, 4, 4, &out->year)))
        found = true;
    if (!found && part && (*out = empty, take_day_first(&next, true, out)))
        found = true;
    if (!found)
        return false;
    if (out->day && out->year)
        take_clock(&next, out);
    *scan = next;
    return true;
}

/* 'd' or 'm', and the detail says why; 0: the column does not show it. */
static char find_order(const ta_normal_value *value, ta_normal_result *result) {
    const ta_evidence *evidence = ta_normal_evidence(value);
    bool day = evidence && ta_witness_decides(&evidence->day_first, &evidence->month_first);
    bool month = evidence && ta_witness_decides(&evidence->month_first, &evidence->day_first);
    if (day == month) {
        ta_buf_puts(&result->detail, "day or month first: ");
        ta_witness_conflict(value, evidence ? &evidence->day_first : NULL,
                            evidence ? &evidence->month_first : NULL,
                            "--date-order dmy or mdy decides", &result->detail);
        return 0;
    }
    ta_buf_puts(&result->detail, day ? "day first" : "month first");
    ta_witness_put(value, day ? &evidence->day_first : &evidence->month_first, &result->detail);
    return day ? 'd' : 'm';
}

bool ta_calendar_settle(const ta_normal_value *value, ta_calendar_date *date, ta_code code,
                        ta_normal_result *result) {
    char order = value->options->date_order;
    if (!date->other)
        return true;
    if (!order)
        order = find_order(value, result);
    if (!order) {
        result->code = code;
        return false;
    }
    if (order == 'm') {
        date->day = date->month;
        date->month = date->other;
    }
    date->other = 0;
    return true;
}

bool ta_calendar_put(const ta_calendar_date *date, ta_buf *out) {
    char text[40];
    ta_date parsed;
    int len = snprintf(text, sizeof text, "%04d", date->year);
    if (date->month)
        len += snprintf(text + len, sizeof text - (size_t)len, "-%02d", date->month);
    if (date->day)
        len += snprintf(text + len, sizeof text - (size_t)len, "-%02d", date->day);
    ta_buf_put(out, text, (size_t)len);
    if (!ta_date_parse(text, (size_t)len, &parsed))
        return false;
    int64_t weekday = ((parsed.first_day + 4) % 7 + 7) % 7;
    return date->weekday < 0 || !date->day || date->weekday == weekday;
}

void ta_calendar_note(const ta_calendar_date *date, ta_evidence *evidence) {
    evidence->day_first.count += date->shown == 'd';
    evidence->month_first.count += date->shown == 'm';
}
