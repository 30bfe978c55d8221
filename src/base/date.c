/* SPDX-License-Identifier: MIT */
/* ISO 8601-1:2019, 5.2.2 (dates), 5.4 (with time of day), 5.5.2 (durations); years 0001 to
 * 9999. */
#include "base/date.h"

#include <stdio.h>

enum { DAY_SECONDS = 86400, YEARS_MAX = 10000 };
static const int64_t SECOND = 1000000;

typedef struct scan {
    const char *at, *end;
} date_scan;

static bool take_char(date_scan *scan, char c) {
    bool is = scan->at < scan->end && *scan->at == c;
    scan->at += is;
    return is;
}

/* Exactly so many digits. */
static bool take_digits(date_scan *scan, int count, int32_t *out) {
    *out = 0;
    for (int i = 0; i < count; i++, scan->at++) {
        if (scan->at == scan->end || (unsigned)(*scan->at - '0') > 9)
            return false;
        *out = *out * 10 + (*scan->at - '0');
    }
    return true;
}

/* Days since 1970-01-01, after Howard Hinnant's days_from_civil. */
static int64_t day_of(int64_t year, int32_t month, int32_t day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void split_day(int64_t days, int64_t *year, int32_t *month, int32_t *day) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int32_t part = (int32_t)((5 * of_year + 2) / 153);
    *day = (int32_t)of_year - (153 * part + 2) / 5 + 1;
    *month = part < 10 ? part + 3 : part - 9;
    *year = years + era * 400 + (*month <= 2);
}

static int32_t days_in_month(int64_t year, int32_t month) {
    return (int32_t)(month == 12 ? 31 : day_of(year, month + 1, 1) - day_of(year, month, 1));
}

/* ",5" or ".123456": microseconds; *rest: there were further digits. */
static bool take_fraction(date_scan *scan, int64_t *micro, bool *rest) {
    int64_t unit = SECOND;
    *rest = false;
    if (!take_char(scan, '.') && !take_char(scan, ','))
        return true;
    const char *start = scan->at;
    for (; scan->at < scan->end && (unsigned)(*scan->at - '0') <= 9; scan->at++) {
        unit /= 10;
        *micro += unit * (*scan->at - '0');
        *rest = *rest || (!unit && *scan->at != '0');
    }
    return scan->at > start;
}

/* "Z", "+01:00", "-0530" or nothing. */
static bool take_zone(date_scan *scan, int64_t *seconds) {
    int32_t hours, minutes = 0;
    if (scan->at == scan->end || take_char(scan, 'Z'))
        return true;
    bool west = take_char(scan, '-');
    if ((!west && !take_char(scan, '+')) || !take_digits(scan, 2, &hours))
        return false;
    take_char(scan, ':');
    if (scan->at < scan->end && !take_digits(scan, 2, &minutes))
        return false;
    *seconds = (hours * 60 + minutes) * (west ? 60 : -60);
    return hours < 24 && minutes < 60;
}

/* "T12:30", "T12:30:05.25+01:00". */
static bool take_time(date_scan *scan, ta_date *out) {
    int32_t hours, minutes, seconds = 0;
    int64_t micro = 0, zone = 0, length = 60 * SECOND - 1;
    bool rest = false;
    if (!take_digits(scan, 2, &hours) || !take_char(scan, ':') ||
        !take_digits(scan, 2, &minutes))
        return false;
    if (take_char(scan, ':')) {
        if (!take_digits(scan, 2, &seconds) || !take_fraction(scan, &micro, &rest))
            return false;
        length = rest;
    }
    if (!take_zone(scan, &zone) || hours > 23 || minutes > 59 || seconds > 60)
        return false;
    int64_t second =
        out->first_day * DAY_SECONDS + hours * 3600 + minutes * 60 + seconds + zone;
    out->first_moment = second * SECOND + micro;
    out->last_moment = out->first_moment + length;
    out->whole_days = false;
    return true;
}

bool ta_date_parse(const char *text, size_t len, ta_date *out) {
    date_scan scan = {text, text + len};
    int32_t year, month = 1, day = 1, last_month = 12;
    if (!take_digits(&scan, 4, &year) || !year)
        return false;
    bool has_month = take_char(&scan, '-');
    if (has_month && (!take_digits(&scan, 2, &month) || month < 1 || month > 12))
        return false;
    if (has_month)
        last_month = month;
    int32_t last = days_in_month(year, last_month);
    bool has_day = has_month && take_char(&scan, '-');
    if (has_day && (!take_digits(&scan, 2, &day) || day < 1 || day > last))
        return false;
    out->first_day = day_of(year, month, day);
    out->last_day = has_day ? out->first_day : day_of(year, last_month, last);
    out->first_moment = out->first_day * DAY_SECONDS * SECOND;
    out->last_moment = (out->last_day + 1) * DAY_SECONDS * SECOND - 1;
    out->whole_days = true;
    if (has_day && (take_char(&scan, 'T') || take_char(&scan, ' ')) && !take_time(&scan, out))
        return false;
    return scan.at == scan.end;
}

/* A number of at most 7 digits. */
static bool take_amount(date_scan *scan, int32_t *out) {
    const char *start = scan->at;
    *out = 0;
    while (scan->at < scan->end && (unsigned)(*scan->at - '0') <= 9 && scan->at - start < 8)
        *out = *out * 10 + (*scan->at++ - '0');
    return scan->at > start && scan->at - start < 8;
}

bool ta_duration_parse(const char *text, size_t len, ta_duration *out) {
    static const char units[] = "YMWD";
    date_scan scan = {text, text + len};
    int64_t months = 0, days = 0;
    if (!take_char(&scan, 'P') || scan.at == scan.end)
        return false;
    for (const char *unit = units; scan.at < scan.end; unit++) {
        int32_t amount;
        if (!take_amount(&scan, &amount) || scan.at == scan.end)
            return false;
        while (*unit && *unit != *scan.at)
            unit++;
        if (!*unit)
            return false;
        scan.at++;
        months += *unit == 'Y' ? (int64_t)amount * 12 : *unit == 'M' ? amount : 0;
        days += *unit == 'W' ? (int64_t)amount * 7 : *unit == 'D' ? amount : 0;
    }
    *out = (ta_duration){(int32_t)months, (int32_t)days};
    return months <= YEARS_MAX * 12 && days <= YEARS_MAX * 366;
}

int64_t ta_day_add(int64_t day, ta_duration duration) {
    int64_t year;
    int32_t month, of_month;
    split_day(day, &year, &month, &of_month);
    int64_t months = year * 12 + month - 1 + duration.months;
    year = months / 12;
    month = (int32_t)(months % 12) + 1;
    int32_t last = days_in_month(year, month);
    return day_of(year, month, of_month < last ? of_month : last) + duration.days;
}

ta_duration ta_day_between(int64_t from, int64_t to) {
    int64_t years[2];
    int32_t months[2], days[2];
    split_day(from, &years[0], &months[0], &days[0]);
    split_day(to, &years[1], &months[1], &days[1]);
    ta_duration between = {(int32_t)((years[1] - years[0]) * 12) + months[1] - months[0], 0};
    if (between.months && ta_day_add(from, between) > to)
        between.months--;
    between.days = (int32_t)(to - ta_day_add(from, between));
    return between;
}

char *ta_duration_print(ta_duration duration, char text[TA_DURATION_TEXT]) {
    const struct {
        int32_t amount;
        char unit;
    } parts[] = {
        {duration.months / 12, 'Y'}, {duration.months % 12, 'M'}, {duration.days, 'D'}};
    size_t len = (size_t)snprintf(text, TA_DURATION_TEXT, "P");
    for (int i = 0; i < 3; i++)
        if (parts[i].amount || (i == 2 && len == 1))
            len += (size_t)snprintf(text + len, TA_DURATION_TEXT - len, "%d%c",
                                    (int)parts[i].amount, parts[i].unit);
    return text;
}
