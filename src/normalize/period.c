/* SPDX-License-Identifier: MIT */
/*
 * Periods: 2008–2011, "du 1er au 2 juillet 2010", "3 ans (2008–2011)", "depuis 2009" to an
 * object {start, end, duration, raw}, or to an interval as ISO 8601 writes it.
 */
#include "base/date.h"

#include "normalize/calendar.h"
#include "normalize/lapse.h"
#include "normalize/measure.h"

typedef struct period_parts {
    ta_calendar_date start, end;
    ta_lapse lapse;
    bool has_start, has_end, has_lapse;
    bool either; /* 2008-10: a month, or to 2010 */
} period_parts;

/* "2014-20" is 2014 to 2020: what was read as a month is none. */
static void read_short_end(period_parts *parts) {
    ta_calendar_date *start = &parts->start;
    int month = start->month, year = start->year % 100;
    if (!month || start->day || start->worded || month <= year)
        return;
    parts->either = month <= 12;
    parts->has_end = true;
    parts->end = (ta_calendar_date){.year = start->year - year + month, .weekday = -1};
    start->month = 0;
}

static bool take_to(ta_scan *scan, bool both) {
    return ta_scan_mark(scan, "-") || ta_scan_mark(scan, "_") || ta_scan_mark(scan, "/") ||
           ta_scan_phrase(scan, TA_WORDS_TO, NULL) ||
           (both && ta_scan_phrase(scan, TA_WORDS_BOTH, NULL));
}

/* What the first date leaves to the second: "1er et 2 juillet 2010". */
static bool complete_start(period_parts *parts) {
    ta_calendar_date *start = &parts->start;
    const ta_calendar_date *end = parts->has_end ? &parts->end : NULL;
    if (start->year)
        return true;
    if (!end)
        return false;
    start->year = end->year;
    if (!start->month)
        start->month = end->month;
    return start->month != 0;
}

static bool take_dates(ta_scan *scan, period_parts *parts) {
    ta_scan next = *scan;
    if (ta_scan_phrase(&next, TA_WORDS_UNTIL, NULL) &&
        ta_calendar_take(&next, false, &parts->end)) {
        parts->has_end = true;
        *scan = next;
        return true;
    }
    next = *scan;
    bool since = ta_scan_phrase(&next, TA_WORDS_SINCE, NULL);
    bool opened = !since && ta_scan_phrase(&next, TA_WORDS_FROM, NULL);
    if (!ta_calendar_take(&next, true, &parts->start))
        return false;
    parts->has_start = true;
    *scan = next;
    if (take_to(&next, opened || !parts->start.year) &&
        ta_calendar_take(&next, false, &parts->end)) {
        parts->has_end = true;
        *scan = next;
        return complete_start(parts);
    }
    read_short_end(parts);
    if (!since && !parts->has_end) {
        parts->end = parts->start;
        parts->has_end = true;
    }
    return parts->start.year != 0;
}

static bool take_lapse(ta_scan *scan, period_parts *parts) {
    parts->has_lapse = !parts->has_lapse && ta_lapse_take(scan, &parts->lapse);
    return parts->has_lapse;
}

/* Dates and a duration, in brackets or not, in either order. */
static bool read_period(const ta_normal_value *value, period_parts *parts) {
    ta_tokens tokens;
    *parts = (period_parts){0};
    if (!ta_tokens_read(value->text, &tokens))
        return false;
    ta_scan scan = {&tokens, 0};
    bool lapse = take_lapse(&scan, parts);
    bool open = ta_scan_mark(&scan, "(");
    if (!lapse || !ta_scan_at_end(&scan)) {
        ta_scan_mark(&scan, ",");
        if (!take_dates(&scan, parts))
            return false;
    }
    if (!lapse && !open && ta_scan_mark(&scan, "(")) {
        open = true;
        take_lapse(&scan, parts);
    }
    return (!open || ta_scan_mark(&scan, ")")) && ta_scan_at_end(&scan);
}

/* ISO 8601 dates at both ends, or a single one. */
static bool is_iso_period(const ta_normal_value *value) {
    const char *text = value->text.data;
    const char *slash = memchr(text, '/', value->text.len);
    size_t first = slash ? (size_t)(slash - text) : value->text.len;
    size_t rest = slash ? value->text.len - first - 1 : 0;
    ta_date date;
    if (value->kind != TA_TEXT || !(ta_date_parse(text, first, &date) && date.whole_days))
        return slash && first == 2 && !memcmp(text, "..", 2) &&
               ta_date_parse(slash + 1, rest, &date);
    return !slash || (rest == 2 && !memcmp(slash + 1, "..", 2)) ||
           (ta_date_parse(slash + 1, rest, &date) && date.whole_days);
}

static ta_verdict put_period_object(const ta_normal_value *value, const period_parts *parts,
                                    ta_normal_result *result) {
    char lapse[TA_LAPSE_TEXT];
    size_t start = result->text.len;
    if (parts->has_start && !ta_calendar_put(&parts->start, &result->text))
        return ta_normal_refuse(result, TA_F_PERIOD_UNCLEAR, "there is no such day");
    if (parts->has_start)
        ta_normal_part_put(result, "start", TA_TEXT, start);
    start = result->text.len;
    if (parts->has_end && !ta_calendar_put(&parts->end, &result->text))
        return ta_normal_refuse(result, TA_F_PERIOD_UNCLEAR, "there is no such day");
    if (parts->has_end)
        ta_normal_part_put(result, "end", TA_TEXT, start);
    if (parts->has_lapse) {
        ta_lapse_print(&parts->lapse, lapse);
        ta_normal_part_text(value, result, "duration", lapse, strlen(lapse));
    }
    ta_normal_part_text(value, result, "raw", value->text.data, value->text.len);
    result->kind = TA_OBJECT;
    result->code = TA_F_PERIOD_FORM;
    return TA_NORMAL_CHANGED;
}

static bool is_one_date(const period_parts *parts) {
    return parts->has_start && parts->has_end && parts->start.year == parts->end.year &&
           parts->start.month == parts->end.month && parts->start.day == parts->end.day;
}

static ta_verdict put_period_text(const ta_normal_value *value, const period_parts *parts,
                                  ta_normal_result *result) {
    bool good = true;
    if (parts->has_lapse)
        return ta_normal_refuse(result, TA_F_PERIOD_PLACE, "the duration has no place");
    if (parts->start.vague || parts->end.vague)
        return ta_normal_refuse(result, TA_F_PERIOD_PLACE,
                                "not exact, and there is no place for its words");
    if (parts->has_start)
        good = ta_calendar_put(&parts->start, &result->text);
    else
        ta_buf_puts(&result->text, "..");
    if (!is_one_date(parts)) {
        ta_buf_puts(&result->text, "/");
        if (parts->has_end)
            good = ta_calendar_put(&parts->end, &result->text) && good;
        else
            ta_buf_puts(&result->text, "..");
    }
    if (!good)
        return ta_normal_refuse(result, TA_F_PERIOD_UNCLEAR, "there is no such day");
    return ta_normal_to(value, result, TA_TEXT, TA_F_PERIOD_FORM);
}

/* A member that is needed and is not there; NULL: none. */
static const char *find_absent(const ta_normal_value *value, const period_parts *parts) {
    bool vague = parts->start.vague || parts->end.vague;
    if (parts->has_start && !ta_normal_has_part(value, "start"))
        return "start";
    if (parts->has_end && !ta_normal_has_part(value, "end"))
        return "end";
    if (parts->has_lapse && !ta_normal_has_part(value, "duration"))
        return "duration";
    return vague && !ta_normal_has_part(value, "raw") ? "raw" : NULL;
}

/* What forbids any result; TA_NORMAL_SAME: nothing. */
static ta_verdict judge_period(const ta_normal_value *value, period_parts *parts,
                               ta_normal_result *result) {
    if (parts->start.century || parts->end.century)
        return ta_normal_refuse(result, TA_F_PERIOD_UNCLEAR, "a year of two digits");
    if (parts->start.timed || parts->end.timed)
        return ta_normal_refuse(result, TA_F_PERIOD_PLACE, "the time of day has no place");
    if (parts->either)
        return ta_normal_refuse(result, TA_F_PERIOD_AMBIGUOUS,
                                "a month, or two years: write 2008-2010 or 2008/2010");
    if (!ta_calendar_settle(value, &parts->start, TA_F_PERIOD_AMBIGUOUS, result))
        return TA_NORMAL_REFUSED;
    result->detail.len = 0;
    if (!ta_calendar_settle(value, &parts->end, TA_F_PERIOD_AMBIGUOUS, result))
        return TA_NORMAL_REFUSED;
    return TA_NORMAL_SAME;
}

ta_verdict ta_normal_period(const ta_normal_value *value, ta_normal_result *result) {
    period_parts parts;
    bool object = ta_normal_wants_object(value);
    if (!object && is_iso_period(value))
        return TA_NORMAL_SAME;
    if (!read_period(value, &parts))
        return ta_normal_refuse(result, TA_F_PERIOD_UNCLEAR, "");
    if (judge_period(value, &parts, result) == TA_NORMAL_REFUSED)
        return TA_NORMAL_REFUSED;
    if (!object)
        return put_period_text(value, &parts, result);
    const char *absent = find_absent(value, &parts);
    if (absent) {
        ta_buf_printf(&result->detail, "the schema has no member %s here", absent);
        result->code = TA_F_PERIOD_PLACE;
        return TA_NORMAL_REFUSED;
    }
    return put_period_object(value, &parts, result);
}

void ta_period_observe(const ta_normal_value *value, ta_evidence *evidence) {
    period_parts parts;
    if (!read_period(value, &parts))
        return;
    ta_calendar_note(&parts.start, evidence);
    ta_calendar_note(&parts.end, evidence);
}
