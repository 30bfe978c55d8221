/* SPDX-License-Identifier: MIT */
/*
 * What is told at a glance to be canonical is what the rules leave as it is when they look
 * closely: the same text with a blank in front, which they do not pass at a glance, comes out
 * without it.
 */
#include "base/date.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "normalize/plain.h"
#include "normalize/rule.h"
#include "unit.h"

/* Bytes that may be read behind a text. */
#define TA_PADDING "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

/* Whether a rule makes `wanted` of a text. */
static bool comes_to(ta_rule_fn *rule, const char *text, const char *wanted) {
    static const ta_shape shape = {.types = TA_TYPE_STRING};
    static const ta_normal_options options = {.country = NULL};
    char room[128] = "";
    snprintf(room, sizeof room, "%s", text);
    ta_normal_value value = {
        .text = {room, strlen(room)}, .kind = TA_TEXT, .shape = &shape, .options = &options};
    ta_normal_result result = {.kind = TA_TEXT};
    ta_verdict verdict = rule(&value, &result);
    bool same = verdict == TA_NORMAL_SAME && !strcmp(text, wanted);
    bool changed = verdict == TA_NORMAL_CHANGED && !strcmp(ta_buf_text(&result.text), wanted);
    ta_buf_fini(&result.text);
    ta_buf_fini(&result.detail);
    return same || changed;
}

/* All texts of `len` characters of an alphabet behind a front; returns how many were plain. */
static unsigned try_texts(ta_rule_fn *rule, bool (*is_plain)(ta_text), const char *front,
                          const char *alphabet, unsigned len) {
    unsigned count = 1, plain = 0, letters = (unsigned)strlen(alphabet);
    for (unsigned i = 0; i < len; i++)
        count *= letters;
    for (unsigned n = 0; n < count; n++) {
        char text[128] = "", blank[160];
        size_t at = (size_t)snprintf(text, sizeof text, "%s", front);
        for (unsigned i = 0, rest = n; i < len; i++, rest /= letters)
            text[at++] = alphabet[rest % letters];
        if (!is_plain((ta_text){text, at}))
            continue;
        plain++;
        snprintf(blank, sizeof blank, " %s", text);
        if (!comes_to(rule, blank, text) && !TA_CHECK(false))
            fprintf(stderr, "    %s\n", text);
    }
    return plain;
}

static void test_net(void) {
    TA_CHECK(try_texts(ta_normal_url, ta_plain_url, "http://", "a.-/:@", 6) > 1000);
    TA_CHECK(try_texts(ta_normal_url, ta_plain_url, "https://", "z9.#H?", 6) > 1000);
    TA_CHECK(try_texts(ta_normal_url, ta_plain_url, "http", "s:/a.", 7) > 100);
    TA_CHECK(try_texts(ta_normal_email, ta_plain_mail, "", "a.-@A", 8) > 300);
    TA_CHECK(try_texts(ta_normal_email, ta_plain_mail, "x@", "b.-_@", 6) > 10);
    TA_CHECK(ta_plain_url((ta_text){"https://www.exemple-1.org/a?b#c" TA_PADDING, 31}));
    TA_CHECK(ta_plain_mail((ta_text){"a.b+c@exemple-1.org" TA_PADDING, 19}));
}

static bool is_settled_phone(ta_text text) {
    char room[64] = "";
    memcpy(room, text.data, text.len);
    return comes_to(ta_normal_phone, room, room);
}

static void test_phone(void) {
    unsigned state = 1, fits = 0;
    for (unsigned i = 0; i < 200000; i++) {
        char text[32] = "+", spaced[40];
        state = state * 1103515245 + 12345;
        size_t len = 6 + (state >> 16) % 10;
        for (size_t at = 1; at <= len; at++) {
            state = state * 1103515245 + 12345;
            text[at] = (char)('0' + (state >> 16) % 10);
        }
        if (!is_settled_phone((ta_text){text, len + 1}))
            continue;
        fits++;
        snprintf(spaced, sizeof spaced, "+ %s", text + 1);
        TA_CHECK(comes_to(ta_normal_phone, spaced, text));
    }
    TA_CHECK(fits > 1000);
}

static void test_days(void) {
    for (int n = 0; n < 1000000; n++) {
        char text[48] = "";
        ta_date date;
        snprintf(text, sizeof text, "%04d-%02d-%02d", n / 10000 % 3, n / 100 % 100, n % 100);
        if (ta_plain_day((ta_text){text, 10}))
            TA_CHECK(ta_date_parse(text, 10, &date) && date.whole_days);
    }
    TA_CHECK(ta_plain_day((ta_text){"2008-10-24" TA_PADDING, 10}));
    TA_CHECK(!ta_plain_day((ta_text){"2008-10-29" TA_PADDING, 10}));
}

/* Composed text is the same with other letters before it. */
static void test_composed(void) {
    static const char *const before[] = {"", "A", "e\xCC\x81", "\xCE\xB1", "\xD0\xB8"};
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        for (size_t i = 0; i < 5 && ta_fold_is_composed(c); i++) {
            char text[64], head[32] = "";
            ta_buf front = {0}, whole = {0};
            size_t len = strlen(before[i]);
            memcpy(text, before[i], len);
            len += (size_t)ta_utf8_encode(c, text + len);
            ta_fold_compose(before[i], strlen(before[i]), &front);
            ta_fold_compose(text, len, &whole);
            size_t tail = len - strlen(before[i]);
            memcpy(head, text + strlen(before[i]), tail);
            TA_CHECK(whole.len == front.len + tail &&
                     !memcmp(whole.data + front.len, head, tail));
            ta_buf_fini(&front);
            ta_buf_fini(&whole);
        }
    }
}

static void test_blanks(void) {
    static const char *const texts[] = {"a", "a b", "\xC3\xA9lan b", "a\xE2\x80\x99z"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char blank[80];
        snprintf(blank, sizeof blank, " %s", texts[i]);
        TA_CHECK(comes_to(ta_normal_blanks, texts[i], texts[i]));
        TA_CHECK(comes_to(ta_normal_blanks, blank, texts[i]));
    }
    TA_CHECK(comes_to(ta_normal_blanks, "a  b", "a b"));
    TA_CHECK(comes_to(ta_normal_blanks,
                      "a\xC2\xA0"
                      "b",
                      "a b"));
    TA_CHECK(comes_to(ta_normal_blanks,
                      "a\xC2\xAD"
                      "b",
                      "ab"));
    TA_CHECK(comes_to(ta_normal_blanks, "e\xCC\x81", "\xC3\xA9"));
}

int main(void) {
    test_net();
    test_phone();
    test_days();
    test_composed();
    test_blanks();
    return unit_end("plain");
}
