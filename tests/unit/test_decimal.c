/* SPDX-License-Identifier: MIT */
/* Exact numbers: fixed cases at the edges, and random ones against arithmetic on plain 128-bit
 * integers. */
#include "base/decimal.h"
#include "unit.h"

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 wide_digits;

static int compare_texts(const char *a, const char *b) {
    return ta_number_compare(a, strlen(a), b, strlen(b));
}

static void test_scan(void) {
    static const struct {
        const char *text;
        size_t len;
    } rows[] = {{"0", 1},     {"-0", 2},   {"-", 0},   {"01", 1},         {"1.", 1},
                {"1.5", 3},   {".5", 0},   {"1e", 1},  {"1e+", 1},        {"1e+5", 4},
                {"12E-3", 5}, {"+1", 0},   {"", 0},    {"-12.50e10x", 9}, {"1.e5", 1},
                {"NaN", 0},   {"0x1F", 1}, {"1,5", 1}, {"-.5", 0},        {"0.0e0", 5}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        TA_CHECK_NUMBER(ta_number_scan(rows[i].text, strlen(rows[i].text)), rows[i].len);
    TA_CHECK(ta_number_is("1e400", 5));
    TA_CHECK(!ta_number_is("1e400 ", 6));
    TA_CHECK(!ta_number_is("", 0));
}

static void test_integer(void) {
    static const char *const yes[] = {"0",
                                      "-0",
                                      "0.0",
                                      "1.0",
                                      "1e2",
                                      "1.5e1",
                                      "10e-1",
                                      "12.3400e2",
                                      "100e-2",
                                      "1e99999999999999999999",
                                      "0e-99999999999999999999",
                                      "0.00e-5",
                                      "123456789012345678901234567890"};
    static const char *const no[] = {
        "0.5", "1.25e1", "1e-1", "10e-2", "1e-99999999999999999999", "0.001e2", "100.00001"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (!TA_CHECK(ta_number_is_integer(yes[i], strlen(yes[i]))))
            fprintf(stderr, "    %s\n", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (!TA_CHECK(!ta_number_is_integer(no[i], strlen(no[i]))))
            fprintf(stderr, "    %s\n", no[i]);
}

static void test_order(void) {
    /* In rising order; equal ones share a line. */
    static const char *const rows[][3] = {
        {"-1e99999999999999999999999999999999999999999"},
        {"-1e400", "-10e399", "-0.1e401"},
        {"-123456789012345678901234567890.5"},
        {"-1", "-1.0", "-10e-1"},
        {"-1e-400"},
        {"0", "-0.0", "0e999"},
        {"1e-99999999999999999999999999999999999999999"},
        {"10e-99999999999999999999999999999999999999999"},
        {"1e-400", "0.1e-399"},
        {"0.1", "1e-1", "0.10"},
        {"0.30000000000000000000000000000000000000000000001"},
        {"1", "1.0", "0.01e2"},
        {"19.99", "1999e-2"},
        {"20"},
        {"123456789012345678901234567890"},
        {"123456789012345678901234567890.1", "1234567890123456789012345678901e-1"},
        {"1e400", "1E+400", "0.01e402"},
        {"1.0000000000000000000000000000000000000000000000001e400"},
        {"1e99999999999999999999999999999999999999999"},
        {"1e100000000000000000000000000000000000000000",
         "0.1e100000000000000000000000000000000000000001"},
    };
    size_t count = sizeof rows / sizeof *rows;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            for (int a = 0; a < 3 && rows[i][a]; a++)
                for (int b = 0; b < 3 && rows[j][b]; b++)
                    if (!TA_CHECK_NUMBER(compare_texts(rows[i][a], rows[j][b]),
                                         (i > j) - (i < j)))
                        fprintf(stderr, "    %s %s\n", rows[i][a], rows[j][b]);
}

static uint64_t next_random(void) {
    static uint64_t state = 0x853C49E6748FEA9Bu;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static wide power_of(int n) {
    wide power = 1;
    while (n-- > 0)
        power *= 10;
    return power;
}

/* mantissa x 10^-places, spelt in one of several ways. */
static void spell_number(char out[64], int64_t mantissa, int places) {
    uint64_t size = mantissa < 0 ? -(uint64_t)mantissa : (uint64_t)mantissa;
    const char *sign = mantissa < 0 ? "-" : "";
    uint64_t unit = (uint64_t)power_of(places);
    switch (next_random() % 3) {
    case 0:
        snprintf(out, 64, "%s%llue-%d", sign, (unsigned long long)size, places);
        break;
    case 1:
        if (places) {
            snprintf(out, 64, "%s%llu.%0*llu", sign, (unsigned long long)(size / unit), places,
                     (unsigned long long)(size % unit));
            break;
        }
        __attribute__((fallthrough));
    default:
        snprintf(out, 64, "%s%llu00E-%d", sign, (unsigned long long)size, places + 2);
    }
}

static wide random_operand(char text[64], int *places) {
    int64_t mantissa =
        (int64_t)(next_random() % (uint64_t)power_of((int)(next_random() % 16) + 1));
    if (next_random() % 2)
        mantissa = -mantissa;
    *places = (int)(next_random() % 9);
    spell_number(text, mantissa, *places);
    return mantissa;
}

static bool is_value(const ta_decimal *got, wide mantissa, int places) {
    ta_decimal want = {.digits = (wide_digits)(mantissa < 0 ? -mantissa : mantissa),
                       .exponent = -places,
                       .negative = mantissa < 0};
    char text[TA_DECIMAL_TEXT];
    ta_decimal again;
    ta_decimal_print(got, text);
    return ta_decimal_compare(got, &want) == 0 && ta_number_is(text, strlen(text)) &&
           ta_decimal_parse(text, strlen(text), &again) && !ta_decimal_compare(got, &again);
}

static void test_random(void) {
    for (int i = 0; i < 20000; i++) {
        char a[64], b[64];
        int pa, pb;
        wide x = random_operand(a, &pa), y = random_operand(b, &pb);
        ta_decimal p, q, sum, product;
        bool ok = ta_decimal_parse(a, strlen(a), &p) && ta_decimal_parse(b, strlen(b), &q) &&
                  ta_decimal_add(&p, &q, &sum) && ta_decimal_multiply(&p, &q, &product);
        wide up_x = x * power_of(8 - pa), up_y = y * power_of(8 - pb);
        ok = ok && is_value(&sum, up_x + up_y, 8) && is_value(&product, x * y, pa + pb);
        int order = (up_x > up_y) - (up_x < up_y);
        ok = ok && ta_decimal_compare(&p, &q) == order && compare_texts(a, b) == order;
        ok = ok && ta_number_is_integer(a, strlen(a)) == (x % power_of(pa) == 0);
        if (!TA_CHECK(ok))
            fprintf(stderr, "    %s %s\n", a, b);
    }
}

static void check_sum(const char *a, const char *b, const char *want) {
    ta_decimal x, y, sum;
    char text[TA_DECIMAL_TEXT];
    bool ok = ta_decimal_parse(a, strlen(a), &x) && ta_decimal_parse(b, strlen(b), &y) &&
              ta_decimal_add(&x, &y, &sum);
    TA_CHECK_TEXT(ok ? ta_decimal_print(&sum, text) : NULL, want);
}

static void check_product(const char *a, const char *b, const char *want) {
    ta_decimal x, y, product;
    char text[TA_DECIMAL_TEXT];
    bool ok = ta_decimal_parse(a, strlen(a), &x) && ta_decimal_parse(b, strlen(b), &y) &&
              ta_decimal_multiply(&x, &y, &product);
    TA_CHECK_TEXT(ok ? ta_decimal_print(&product, text) : NULL, want);
}

static void test_edges(void) {
    check_sum("0.1", "0.2", "0.3");
    check_sum("0.30", "0", "0.3");
    check_sum("1415503.80", "447001.20", "1862505");
    check_sum("1", "-1", "0");
    check_sum("-0", "0", "0");
    check_sum("1e38", "-1", "99999999999999999999999999999999999999");
    check_sum("99999999999999999999999999999999999999", "1", "1e38");
    check_sum("1e38", "1", NULL);
    check_sum("1e40", "1", NULL);
    check_sum("1e400", "1e400", "2e400");
    check_sum("0.000001", "0", "0.000001");
    check_sum("1000000", "0", "1000000");
    check_sum("-1.5e-12", "0", "-1.5e-12");
    check_sum("100000000000000000000000000000000000000", "0", "1e38");
    check_sum("123456789012345678901234567890123456789", "0", NULL);
    check_product("99999999999999999999", "99999999999999999999", NULL);
    check_product("4e20", "25e20", "1e42");
    check_product("20000000000000000000000000000000000001", "5", NULL);
    check_product("16777216", "59604644775390625", "1e24");
    check_product("1e999999", "1e999999", NULL);
    check_product("76", "0.01", "0.76");
    check_product("-0.5", "0", "0");
    ta_decimal x;
    TA_CHECK(!ta_decimal_parse("1e1000001", 9, &x));
    TA_CHECK(ta_decimal_parse("1e1000000", 9, &x));
    TA_CHECK(!ta_decimal_parse("1e-99999999999999999999", 23, &x));
    TA_CHECK(ta_decimal_parse("0e99999999999999999999", 22, &x) && !x.digits);
}

int main(void) {
    test_scan();
    test_integer();
    test_order();
    test_random();
    test_edges();
    return unit_end("decimal");
}
