/* SPDX-License-Identifier: MIT */
/* The table of formats, and those that are short: dates and times (RFC 3339; durations: its
 * appendix A), UUIDs (RFC 4122), JSON Pointers (RFC 6901 and its relative form), patterns. */
#include "check/format.h"

#include "check/pattern.h"

static const ta_text_format formats[] = {
#define TA_TEXT_FORMAT(function, name, words) {name, words, ta_is_##function},
#include "check/formats.def"
#undef TA_TEXT_FORMAT
};

const ta_text_format *ta_text_format_find(ta_text name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strlen(formats[i].name) == name.len &&
            !memcmp(formats[i].name, name.data, name.len))
            return &formats[i];
    return NULL;
}

int ta_take_digits(ta_text *text, int count) {
    int value = 0;
    if (text->len < (size_t)count)
        return -1;
    for (int i = 0; i < count; i++) {
        char c = text->data[i];
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    *text = (ta_text){text->data + count, text->len - (size_t)count};
    return value;
}

bool ta_take_char(ta_text *text, char c) {
    if (!text->len || *text->data != c)
        return false;
    *text = (ta_text){text->data + 1, text->len - 1};
    return true;
}

static bool take_date(ta_text *text) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = ta_take_digits(text, 4);
    int month = ta_take_char(text, '-') ? ta_take_digits(text, 2) : -1;
    int day = ta_take_char(text, '-') ? ta_take_digits(text, 2) : -1;
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > days[month - 1])
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month != 2 || day < 29 || leap;
}

/* An offset in minutes: Z is 0; 1440 and more: it is none. */
static int take_offset(ta_text *text) {
    if (ta_take_char(text, 'Z') || ta_take_char(text, 'z'))
        return 0;
    int sign = ta_take_char(text, '-') ? -1 : ta_take_char(text, '+') ? 1 : 0;
    int hours = sign ? ta_take_digits(text, 2) : -1;
    int minutes = ta_take_char(text, ':') ? ta_take_digits(text, 2) : -1;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return 1440;
    return sign * (hours * 60 + minutes);
}

/* A leap second comes at the end of a day in UTC. */
static bool take_time(ta_text *text) {
    int hour = ta_take_digits(text, 2);
    int minute = ta_take_char(text, ':') ? ta_take_digits(text, 2) : -1;
    int second = ta_take_char(text, ':') ? ta_take_digits(text, 2) : -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return false;
    if (ta_take_char(text, '.')) {
        if (ta_take_digits(text, 1) < 0)
            return false;
        while (ta_take_digits(text, 1) >= 0)
            continue;
    }
    int offset = take_offset(text);
    if (offset >= 1440)
        return false;
    int utc = ((hour * 60 + minute - offset) % 1440 + 1440) % 1440;
    return second < 60 || utc == 1439;
}

bool ta_is_date(ta_text text) {
    return take_date(&text) && !text.len;
}

bool ta_is_time(ta_text text) {
    return take_time(&text) && !text.len;
}

bool ta_is_date_time(ta_text text) {
    return take_date(&text) && (ta_take_char(&text, 'T') || ta_take_char(&text, 't')) &&
           take_time(&text) && !text.len;
}

/* Numbers with these letters behind them, in this order and without a gap: 1Y2M, 3H. How many.
 */
static int take_parts(ta_text *text, const char *letters) {
    int count = 0;
    const char *next = NULL;
    while (text->len && *text->data >= '0' && *text->data <= '9') {
        while (ta_take_digits(text, 1) >= 0)
            continue;
        const char *letter = text->len && *text->data ? strchr(letters, *text->data) : NULL;
        if (!letter || (next && letter != next))
            return -1;
        next = letter + 1;
        ta_take_char(text, *letter);
        count++;
    }
    return count;
}

bool ta_is_duration(ta_text text) {
    if (!ta_take_char(&text, 'P'))
        return false;
    ta_text weeks = text;
    if (take_parts(&weeks, "W") == 1 && !weeks.len)
        return true;
    int days = take_parts(&text, "YMD");
    if (days < 0 || (!text.len && !days))
        return false;
    return !text.len || (ta_take_char(&text, 'T') && take_parts(&text, "HMS") > 0 && !text.len);
}

bool ta_is_uuid(ta_text text) {
    for (size_t i = 0; i < text.len; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool hex = text.data[i] && strchr("0123456789abcdefABCDEF", text.data[i]);
        if (dash ? text.data[i] != '-' : !hex)
            return false;
    }
    return text.len == 36;
}

bool ta_is_json_pointer(ta_text text) {
    if (text.len && text.data[0] != '/')
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '~' &&
            (i + 1 == text.len || (text.data[i + 1] != '0' && text.data[i + 1] != '1')))
            return false;
    return true;
}

bool ta_is_relative_json_pointer(ta_text text) {
    bool zero = text.len && *text.data == '0';
    if (ta_take_digits(&text, 1) < 0)
        return false;
    while (!zero && ta_take_digits(&text, 1) >= 0)
        continue;
    return (text.len == 1 && *text.data == '#') || ta_is_json_pointer(text);
}

bool ta_is_regex(ta_text text) {
    return ta_pattern_is(text);
}
