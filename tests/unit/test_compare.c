/* SPDX-License-Identifier: MIT */
/* Aligning: small cases by hand, random ones by what must hold of each. The canonical form of
 * numbers, against comparing them. */

#include "base/decimal.h"
#include "base/number.h"
#include "compare/align.h"
#include "unit.h"

enum { MOST = 64 };

/* Entries whose hashes are the letters of a text. */
static size_t enter(ta_entry *entries, const char *letters) {
    size_t count = strlen(letters);
    for (size_t i = 0; i < count; i++)
        entries[i] = (ta_entry){.value = (unsigned char)letters[i],
                                .key = (unsigned char)letters[i] | 32u};
    return count;
}

/* The partners of b in words: "0 - 2" for a's first, none, a's third. */
static const char *align_letters(const char *old, const char *new, bool by_key, char *out) {
    ta_entry a[MOST], b[MOST];
    size_t a_count = enter(a, old), b_count = enter(b, new);
    bool ok = (by_key ? ta_align_keys : ta_align_order)(a, a_count, b, b_count);
    char *at = out;
    *at = 0;
    for (size_t j = 0; TA_CHECK(ok) && j < b_count; j++) {
        if (b[j].partner == TA_NO_PARTNER)
            at += sprintf(at, "%s-", j ? " " : "");
        else
            at += sprintf(at, "%s%zu%s", j ? " " : "", b[j].partner, b[j].twin ? "!" : "");
        if (b[j].partner != TA_NO_PARTNER)
            TA_CHECK_NUMBER(a[b[j].partner].partner, j);
    }
    return out;
}

static void test_order(void) {
    static const struct {
        const char *old, *new, *partners;
    } rows[] = {
        {"abc", "abc", "0 1 2"},
        {"abc", "ac", "0 2"},
        {"abc", "axbc", "0 - 1 2"},
        {"abc", "axc", "0 1 2"},
        {"abc", "xyz", "0 1 2"},
        {"", "ab", "- -"},
        {"ab", "", ""},
        {"aab", "ab", "0 2"},
        {"abcdef", "bcdefa", "1 2 3 4 5 -"},
        {"abcdefg", "gabXdef", "- 0 1 2 3 4 5"},
        {"abcd", "dcba", "3 - - -"},
    };
    char out[4 * MOST];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        TA_CHECK_TEXT(align_letters(rows[i].old, rows[i].new, false, out), rows[i].partners);
}

static void test_keys(void) {
    char out[4 * MOST];
    TA_CHECK_TEXT(align_letters("abc", "CAx", true, out), "2 0 -");
    TA_CHECK_TEXT(align_letters("aba", "baA", true, out), "1 0 2!");
    TA_CHECK_TEXT(align_letters("a", "aa", true, out), "0 -");
    TA_CHECK_TEXT(align_letters("", "", true, out), "");
}

/* Partners of one value stand in the same order on both sides. */
static void check_random(void) {
    ta_entry a[MOST], b[MOST];
    size_t n = (size_t)rand() % MOST, m = (size_t)rand() % MOST;
    for (size_t i = 0; i < n; i++)
        a[i] = (ta_entry){.value = (uint64_t)(rand() % 40)};
    for (size_t j = 0; j < m; j++)
        b[j] = rand() % 4 && j < n ? a[j] : (ta_entry){.value = (uint64_t)(rand() % 40)};
    TA_CHECK(ta_align_order(a, n, b, m));
    size_t next = 0, met = 0;
    for (size_t j = 0; j < m; j++) {
        size_t i = b[j].partner;
        if (i == TA_NO_PARTNER)
            continue;
        met++;
        if (!TA_CHECK(i < n && i >= next && a[i].partner == j))
            return;
        next = i + 1;
    }
    for (size_t i = 0; i < n; i++)
        met -= a[i].partner != TA_NO_PARTNER;
    TA_CHECK_NUMBER(met, 0);
}

static size_t random_number(char *out) {
    static const char *const digits[] = {"0", "1", "10", "100", "12", "120", "5", "50"};
    char *at = out;
    at += sprintf(at, "%s%s", rand() % 3 ? "" : "-", digits[rand() % 8]);
    if (rand() % 2)
        at += sprintf(at, ".%0*d", rand() % 9 + 1, rand() % 3 * 10);
    if (rand() % 2)
        at += sprintf(at, "e%s%d", rand() % 2 ? "-" : "", rand() % 25);
    else if (rand() % 4 == 0)
        at += sprintf(at, "e%s%s%d", rand() % 2 ? "-" : "", "99999999999999999", rand() % 100);
    return (size_t)(at - out);
}

/* Two numbers have one form if and only if they are equal, and the form is one of them. */
static void check_numbers(void) {
    char x[128], y[128];
    size_t x_len = random_number(x), y_len = random_number(y);
    ta_buf a = {0}, b = {0};
    ta_number_put_canonical(&a, x, x_len);
    ta_number_put_canonical(&b, y, y_len);
    bool same = a.len == b.len && !memcmp(a.data, b.data, a.len);
    TA_CHECK(same == !ta_number_compare(x, x_len, y, y_len));
    TA_CHECK(ta_number_is(a.data, a.len));
    TA_CHECK_NUMBER(ta_number_compare(x, x_len, a.data, a.len), 0);
    ta_buf_fini(&a);
    ta_buf_fini(&b);
}

int main(void) {
    const char *seed = getenv("SEED");
    srand(seed ? (unsigned)strtoul(seed, NULL, 10) : 1);
    test_order();
    test_keys();
    for (int i = 0; i < 20000; i++)
        check_random();
    for (int i = 0; i < 20000; i++)
        check_numbers();
    return unit_end("comparing");
}
