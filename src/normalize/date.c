/* SPDX-License-Identifier: MIT */
/*
 * Dates: to ISO 8601 with the precision that was written, never a day or month that was not.
 * "fin 2007" is the year 2007 where its words can be kept beside it, else refused.
 */
#include "base/date.h"

#include "normalize/calendar.h"
#include "normalize/measure.h"
#include "normalize/plain.h"

/* Reads all of the value as one date. */
static bool read_whole_date(const ta_normal_value *value, ta_calendar_date *date) {
    ta_tokens tokens;
    if (!ta_tokens_read(value->text, &tokens))
        return false;
    ta_scan scan = {&tokens, 0};
    if (!ta_calendar_take(&scan, false, date))
        return false;
    ta_scan_mark(&scan, ".");
    return ta_scan_at_end(&scan);
}

static bool is_iso_date(const ta_normal_value *value) {
    ta_date date;
    return value->kind == TA_TEXT &&
           (ta_plain_day(value->text) ||
            (ta_date_parse(value->text.data, value->text.len, &date) && date.whole_days));
}

/* Whether the schema wants a day, and the date has none. */
static bool is_too_coarse(const ta_normal_value *value, const ta_calendar_date *date) {
    return !date->day && value->shape->format && !strcmp(value->shape->format, "date");
}

static ta_verdict put_vague(const ta_normal_value *value, ta_normal_result *result) {
    if (value->options->suggested)
        return ta_normal_to(value, result, TA_TEXT, TA_F_DATE_FORM);
    ta_buf_printf(&result->detail, "some time in %.*s: --fix-suggested takes that",
                  (int)result->text.len, result->text.len ? result->text.data : "");
    result->code = TA_F_DATE_VAGUE;
    return TA_NORMAL_REFUSED;
}

static ta_verdict put_date_object(const ta_normal_value *value, ta_normal_result *result) {
    const char *name = ta_normal_has_part(value, "date") ? "date" : "value";
    ta_normal_part_put(result, name, TA_TEXT, 0);
    ta_normal_part_text(value, result, "raw", value->text.data, value->text.len);
    result->kind = TA_OBJECT;
    result->code = TA_F_DATE_FORM;
    return TA_NORMAL_CHANGED;
}

/* A date that was understood. */
static ta_verdict put_date(const ta_normal_value *value, const ta_calendar_date *date,
                           ta_normal_result *result) {
    if (!ta_calendar_put(date, &result->text))
        return ta_normal_refuse(result, TA_F_DATE_IMPOSSIBLE,
                                date->weekday < 0 ? "" : "on that weekday");
    if (date->timed)
        return ta_normal_refuse(result, TA_F_DATE_PRECISION,
                                "the time of day has no place here");
    if (is_too_coarse(value, date))
        return ta_normal_refuse(result, TA_F_DATE_PRECISION,
                                "the schema wants a day, and none is written");
    if (ta_normal_wants_object(value) && (!date->vague || ta_normal_has_part(value, "raw")))
        return put_date_object(value, result);
    if (date->vague)
        return put_vague(value, result);
    return ta_normal_to(value, result, TA_TEXT, TA_F_DATE_FORM);
}

ta_verdict ta_normal_date(const ta_normal_value *value, ta_normal_result *result) {
    ta_calendar_date date;
    if (is_iso_date(value) && !ta_normal_wants_object(value))
        return TA_NORMAL_SAME;
    if (!read_whole_date(value, &date))
        return ta_normal_refuse(result, TA_F_DATE_UNCLEAR, "");
    if (date.century)
        return ta_normal_refuse(result, TA_F_DATE_CENTURY, "");
    if (!ta_calendar_settle(value, &date, TA_F_DATE_AMBIGUOUS, result))
        return TA_NORMAL_REFUSED;
    return put_date(value, &date, result);
}

void ta_date_observe(const ta_normal_value *value, ta_evidence *evidence) {
    ta_calendar_date date;
    if (!is_iso_date(value) && read_whole_date(value, &date) && !date.century)
        ta_calendar_note(&date, evidence);
}
