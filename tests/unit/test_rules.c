/* SPDX-License-Identifier: MIT */
/* What rules stand on: dates, durations, folded names, tables of keys, places in any order. */
#include <stdlib.h>

#include "base/date.h"
#include "base/fold.h"
#include "base/source.h"
#include "check/marks.h"
#include "unit.h"

static void expect_date(const char *text, bool is, int64_t first, int64_t last) {
    ta_date date;
    TA_CHECK(ta_date_parse(text, strlen(text), &date) == is);
    if (!is)
        return;
    TA_CHECK_NUMBER(date.first_day, first);
    TA_CHECK_NUMBER(date.last_day, last);
}

static void test_dates(void) {
    expect_date("1970-01-01", true, 0, 0);
    expect_date("1970", true, 0, 364);
    expect_date("2000-02", true, 10988, 11016);
    expect_date("1900-03-01", true, -25508, -25508);
    expect_date("9999-12-31", true, 2932896, 2932896);
    expect_date("0001-01-01", true, -719162, -719162);
    expect_date("2008-10-24T12:00:00.5+02:00", true, 14176, 14176);
    static const char *const none[] = {"",           "0000",        "200",
                                       "2008-",      "2008-13",     "2008-00",
                                       "2008-02-30", "1900-02-29",  "2008-1-1",
                                       "20081024",   "2008-10-24T", "2008-10-24T25:00",
                                       "2008/10/24", "2008-10-24x", "2008-10-24T12:00+99:00"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        expect_date(none[i], false, 0, 0);
}

static void expect_moments(const char *a, const char *b, int64_t difference) {
    ta_date x = {0}, y = {0};
    TA_CHECK(ta_date_parse(a, strlen(a), &x) && ta_date_parse(b, strlen(b), &y));
    TA_CHECK_NUMBER(x.first_moment - y.first_moment, difference);
}

static void test_moments(void) {
    expect_moments("2008-10-24T12:00:00+02:00", "2008-10-24T10:00:00Z", 0);
    expect_moments("2008-10-24T00:30:00+01:00", "2008-10-23T23:30:00.000001", -1);
    expect_moments("2008-10-24 12:00:01", "2008-10-24T12:00", 1000000);
}

static void expect_duration(const char *text, bool is, const char *printed) {
    ta_duration duration;
    char out[TA_DURATION_TEXT];
    TA_CHECK(ta_duration_parse(text, strlen(text), &duration) == is);
    if (is)
        TA_CHECK_TEXT(ta_duration_print(duration, out), printed);
}

static void test_durations(void) {
    expect_duration("P3Y", true, "P3Y");
    expect_duration("P18M", true, "P1Y6M");
    expect_duration("P2W", true, "P14D");
    expect_duration("P1Y2M3D", true, "P1Y2M3D");
    expect_duration("P0D", true, "P0D");
    static const char *const none[] = {"",     "P",     "3Y",    "P3",  "PT1H",      "P1D1Y",
                                       "P-1Y", "P1.5Y", "P1Y1Y", "p1Y", "P99999999Y"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        expect_duration(none[i], false, "");
    /* What lies between two days leads from one to the other. */
    for (int i = 0; i < 2000; i++) {
        int64_t from = -30000 + i * 37, to = from + i * 13 % 5000;
        TA_CHECK_NUMBER(ta_day_add(from, ta_day_between(from, to)), to);
    }
}

static void expect_folded(const char *text, const char *folded, const char *name) {
    ta_buf out = {0};
    ta_buf_puts(&out, "x");
    ta_fold_text(text, strlen(text), &out);
    TA_CHECK_TEXT(ta_buf_text(&out) + 1, folded);
    out.len = 0;
    ta_fold_name(text, strlen(text), &out);
    TA_CHECK_TEXT(ta_buf_text(&out), name);
    ta_buf_fini(&out);
}

static void test_folding(void) {
    expect_folded("  L\xE2\x80\x99Is\xC3\xA8re -- S.A.S. ", "l isere s a s", "l isere");
    expect_folded("Stra\xC3\x9F"
                  "e GmbH & Co. KG",
                  "strasse gmbh co kg", "strasse");
    expect_folded("\xC5\x81\xC3\xB3"
                  "d\xC5\xBA \xC5\x92uvre",
                  "lodz oeuvre", "lodz oeuvre");
    expect_folded("\xCE\x95\xCE\xBB\xCE\xBB\xCE\xAC\xCF\x82",
                  "\xCE\xB5\xCE\xBB\xCE\xBB\xCE\xB1\xCF\x83",
                  "\xCE\xB5\xCE\xBB\xCE\xBB\xCE\xB1\xCF\x83");
    expect_folded("SAS", "sas", "sas");
    expect_folded("\xEF\xAC\x81n \xC2\xBD", "fin 1 2", "fin 1 2");
    expect_folded("*", "", "");
    expect_folded("", "", "");
}

typedef struct key_entry {
    ta_mark mark;
    int number;
} key_entry;

static void test_marks(void) {
    ta_marks marks = {.entry_bytes = sizeof(key_entry)};
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 5000; i++) {
            bool is_new, expected = i < 2500;
            int number = i % 2500;
            key_entry *entry =
                ta_marks_enter(&marks, ta_mark_of(&number, sizeof number), &is_new);
            TA_CHECK(entry && is_new == expected);
            if (is_new)
                entry->number = number;
            TA_CHECK_NUMBER(entry->number, number);
        }
        int none = -1;
        TA_CHECK(!ta_marks_find(&marks, ta_mark_of(&none, sizeof none)));
        TA_CHECK_NUMBER(marks.count, 2500);
        ta_marks_clear(&marks);
        TA_CHECK(!ta_marks_find(&marks, ta_mark_of(&none, sizeof none)));
    }
    ta_marks_fini(&marks);
}

/* Line and column of an offset, counted from the start. */
static ta_where count_where(const char *text, size_t offset) {
    ta_where where = {1, 1};
    for (size_t i = 0; i < offset; i++) {
        bool begins = ((unsigned char)text[i] & 0xC0) != 0x80;
        where = text[i] == '\n' ? (ta_where){where.line + 1, 1}
                                : (ta_where){where.line, where.column + begins};
    }
    return where;
}

static void test_places(void) {
    static char text[40000];
    unsigned seed = 7;
    for (size_t i = 0; i + 1 < sizeof text; i += 2) {
        seed = seed * 1103515245 + 12345;
        memcpy(text + i, seed >> 16 & 7 ? "\xC3\xA9" : "a\n", 2);
    }
    ta_source source;
    ta_source_options options = {.window_max = 1 << 20};
    TA_CHECK(ta_source_open_memory(&source, "text", text, sizeof text, &options) == TA_OK);
    TA_CHECK(ta_source_more(&source, 0) == TA_OK);
    for (int i = 0; i < 3000; i++) {
        seed = seed * 1103515245 + 12345;
        size_t offset = (seed >> 8) % sizeof text & ~(size_t)1;
        ta_where got = ta_window_where(&source.window, offset),
                 want = count_where(text, offset);
        TA_CHECK(got.line == want.line && got.column == want.column);
    }
    ta_source_fini(&source);
}

int main(void) {
    test_dates();
    test_moments();
    test_durations();
    test_folding();
    test_marks();
    test_places();
    return unit_end("rules");
}
