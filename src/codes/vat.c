/* SPDX-License-Identifier: MIT */
/*
 * VAT numbers of the EU by country: form and check digits, as the members' administrations
 * describe them. Other countries' numbers are let through: unchecked, never wrong.
 */
#include "codes/identifiers.h"

#include <string.h>

/* The number behind the country's two letters. */
typedef bool vat_check(ta_text number);

static int digit_at(ta_text number, size_t i) {
    return number.data[i] - '0';
}

static uint64_t number_of(ta_text number, size_t from, size_t to) {
    uint64_t value = 0;
    for (size_t i = from; i < to; i++)
        value = value * 10 + (uint64_t)digit_at(number, i);
    return value;
}

/* The digits times weights; a NUL weight ends them. */
static int weigh_digits(ta_text number, const char *weights) {
    int sum = 0;
    for (size_t i = 0; i < number.len && weights[i]; i++)
        sum += weights[i] * digit_at(number, i);
    return sum;
}

/* ISO 7064 MOD 11,10. */
static bool is_mod_11_10(ta_text number) {
    int check = 5;
    for (size_t i = 0; i < number.len; i++)
        check = ((check ? check : 10) * 2 % 11 + digit_at(number, i)) % 10;
    return check == 1;
}

static bool is_vat_at(ta_text n) {
    if (n.len != 9 || n.data[0] != 'U' || !ta_all_digits((ta_text){n.data + 1, 8}, 8))
        return false;
    /* Luhn's sum of the first seven, with 4 added */
    return (ta_luhn_sum((ta_text){n.data + 1, 7}) + 4 + digit_at(n, 8)) % 10 == 0;
}

static bool is_vat_be(ta_text n) {
    return ta_all_digits(n, 10) && n.data[0] <= '1' &&
           97 - number_of(n, 0, 8) % 97 == number_of(n, 8, 10);
}

static bool is_vat_bg(ta_text n) {
    if (ta_all_digits(n, 10)) /* of persons, in several forms */
        return true;
    if (!ta_all_digits(n, 9))
        return false;
    int check = weigh_digits(n, "\1\2\3\4\5\6\7\10") % 11;
    if (check == 10)
        check = weigh_digits(n, "\3\4\5\6\7\10\11\12") % 11 % 10;
    return check == digit_at(n, 8);
}

static bool is_vat_cy(ta_text n) {
    static const int odd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
    int sum = 0;
    if (n.len != 9 || !ta_all_digits((ta_text){n.data, 8}, 8))
        return false;
    for (size_t i = 0; i < 8; i++)
        sum += i % 2 ? digit_at(n, i) : odd[digit_at(n, i)];
    return n.data[8] == 'A' + sum % 26;
}

static bool is_vat_cz(ta_text n) {
    if (ta_all_digits(n, 9) || ta_all_digits(n, 10)) /* of persons */
        return true;
    if (!ta_all_digits(n, 8) || n.data[0] == '9')
        return false;
    int check = (11 - weigh_digits(n, "\10\7\6\5\4\3\2") % 11) % 11;
    return (check ? check : 1) % 10 == digit_at(n, 7);
}

static bool is_vat_de(ta_text n) {
    return ta_all_digits(n, 9) && n.data[0] != '0' && is_mod_11_10(n);
}

static bool is_vat_dk(ta_text n) {
    return ta_all_digits(n, 8) && n.data[0] != '0' &&
           weigh_digits(n, "\2\7\6\5\4\3\2\1") % 11 == 0;
}

static bool is_vat_ee(ta_text n) {
    return ta_all_digits(n, 9) && weigh_digits(n, "\3\7\1\3\7\1\3\7\1") % 10 == 0;
}

static bool is_vat_el(ta_text n) {
    int sum = 0;
    if (!ta_all_digits(n, 9))
        return false;
    for (size_t i = 0; i < 8; i++)
        sum = sum * 2 + digit_at(n, i);
    return sum * 2 % 11 % 10 == digit_at(n, 8);
}

static bool is_letter_of_23(uint64_t value, char letter) {
    return "TRWAGMYFPDXBNJZSQVHLCKE"[value % 23] == letter;
}

/* Of persons (DNI, NIE and K, L, M), with a letter; of companies, with a digit or a letter. */
static bool is_vat_es(ta_text n) {
    if (n.len != 9 || !ta_all_digits((ta_text){n.data + 1, 7}, 7))
        return false;
    char first = n.data[0], last = n.data[8];
    if (first >= '0' && first <= '9')
        return is_letter_of_23(number_of(n, 0, 8), last);
    if (first >= 'X' && first <= 'Z')
        return is_letter_of_23(number_of(n, 1, 8) + (uint64_t)(first - 'X') * 10000000, last);
    if (first >= 'K' && first <= 'M')
        return is_letter_of_23(number_of(n, 1, 8), last);
    char digits[8];
    memcpy(digits, n.data + 1, 7);
    digits[7] = '0';
    int check = (10 - ta_luhn_sum((ta_text){digits, 8})) % 10;
    return strchr("ABCDEFGHJNPQRSUVW", first) &&
           (last == '0' + check || last == "JABCDEFGHI"[check]);
}

static bool is_vat_fi(ta_text n) {
    return ta_all_digits(n, 8) && weigh_digits(n, "\7\11\12\5\10\4\2\1") % 11 == 0;
}

/* The key is two digits, or has a letter; Monaco's numbers hold no SIREN. */
static bool is_vat_fr(ta_text n) {
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    ta_text siren = {n.data + 2, n.len - 2};
    if (n.len != 11 || !ta_all_digits(siren, 9))
        return false;
    const char *first = strchr(alphabet, n.data[0]), *second = strchr(alphabet, n.data[1]);
    if (!first || !second || !*first || !*second)
        return false;
    uint64_t number = number_of(n, 2, 11);
    bool known = !memcmp(siren.data, "000", 3) || ta_luhn_sum(siren) == 0;
    if (n.data[0] <= '9' && n.data[1] <= '9')
        return known && (12 + 3 * (number % 97)) % 97 == number_of(n, 0, 2);
    uint64_t x = (uint64_t)(first - alphabet), y = (uint64_t)(second - alphabet);
    uint64_t key = n.data[0] <= '9' ? x * 24 + y - 10 : x * 34 + y - 100;
    return known && (number + 1 + key / 11) % 11 == key % 11;
}

static bool is_vat_hr(ta_text n) {
    return ta_all_digits(n, 11) && is_mod_11_10(n);
}

static bool is_vat_hu(ta_text n) {
    return ta_all_digits(n, 8) && weigh_digits(n, "\11\7\3\1\11\7\3\1") % 10 == 0;
}

/* Seven digits, a letter that checks them, perhaps one more; the old form has a letter in the
 * second place. */
static bool is_vat_ie(ta_text n) {
    static const char alphabet[] = "WABCDEFGHIJKLMNOPQRSTUV";
    char digits[8];
    if (n.len < 8 || n.len > 9)
        return false;
    bool old = n.data[1] < '0' || n.data[1] > '9';
    if (old) {
        digits[0] = '0';
        memcpy(digits + 1, n.data + 2, 5);
        digits[6] = n.data[0];
    } else {
        memcpy(digits, n.data, 7);
    }
    const char *more = n.len == 9 ? strchr(alphabet, n.data[8]) : alphabet;
    if (!ta_all_digits((ta_text){digits, 7}, 7) || !more || !*more)
        return false;
    int sum =
        weigh_digits((ta_text){digits, 7}, "\10\7\6\5\4\3\2") + 9 * (int)(more - alphabet);
    return alphabet[sum % 23] == n.data[7];
}

static bool is_vat_it(ta_text n) {
    return ta_all_digits(n, 11) && ta_luhn_sum(n) == 0;
}

static bool is_vat_lt(ta_text n) {
    if (!ta_all_digits(n, 9) && !ta_all_digits(n, 12))
        return false;
    int sum = 0, other = 0, count = (int)n.len - 1;
    for (int i = 0; i < count; i++) {
        sum += (1 + i % 9) * digit_at(n, (size_t)i);
        other += (1 + (i + 2) % 9) * digit_at(n, (size_t)i);
    }
    int check = sum % 11 == 10 ? other % 11 % 10 : sum % 11;
    return n.data[count - 1] == '1' && check == digit_at(n, (size_t)count);
}

static bool is_vat_lu(ta_text n) {
    return ta_all_digits(n, 8) && number_of(n, 0, 6) % 89 == number_of(n, 6, 8);
}

/* Numbers of persons begin with their day of birth. */
static bool is_vat_lv(ta_text n) {
    return ta_all_digits(n, 11) &&
           (n.data[0] <= '3' || weigh_digits(n, "\11\1\4\10\3\12\2\5\7\6\1") % 11 == 3);
}

static bool is_vat_mt(ta_text n) {
    return ta_all_digits(n, 8) && n.data[0] != '0' &&
           weigh_digits(n, "\3\4\6\7\10\11\12\1") % 37 == 0;
}

/* By the tax office's test of eleven, or (of sole traders) by ISO 7064 over all of it. */
static bool is_vat_nl(ta_text n) {
    if (n.len != 12 || !ta_all_digits((ta_text){n.data, 9}, 9) || n.data[9] != 'B' ||
        !ta_all_digits((ta_text){n.data + 10, 2}, 2))
        return false;
    int sum = weigh_digits(n, "\11\10\7\6\5\4\3\2") - digit_at(n, 8);
    return sum % 11 == 0 || ta_alnum_rest(n, ta_alnum_rest((ta_text){"NL", 2}, 0)) == 1;
}

static bool is_vat_pl(ta_text n) {
    return ta_all_digits(n, 10) && weigh_digits(n, "\6\5\7\2\3\4\5\6\7") % 11 == digit_at(n, 9);
}

static bool is_vat_pt(ta_text n) {
    return ta_all_digits(n, 9) && n.data[0] != '0' &&
           (11 - weigh_digits(n, "\11\10\7\6\5\4\3\2") % 11) % 11 % 10 == digit_at(n, 8);
}

/* Two to ten digits, the last of which checks those before it. */
static bool is_vat_ro(ta_text n) {
    static const char weights[] = "\7\5\3\2\1\7\5\3\2";
    if (n.len < 2 || n.len > 10 || !ta_all_digits(n, n.len) || n.data[0] == '0')
        return false;
    ta_text front = {n.data, n.len - 1};
    return weigh_digits(front, weights + (10 - n.len)) * 10 % 11 % 10 == digit_at(n, n.len - 1);
}

static bool is_vat_se(ta_text n) {
    return ta_all_digits(n, 12) && !memcmp(n.data + 10, "01", 2) &&
           ta_luhn_sum((ta_text){n.data, 10}) == 0;
}

static bool is_vat_si(ta_text n) {
    return ta_all_digits(n, 8) && n.data[0] != '0' &&
           (11 - weigh_digits(n, "\10\7\6\5\4\3\2") % 11) % 11 % 10 == digit_at(n, 7);
}

static bool is_vat_sk(ta_text n) {
    return ta_all_digits(n, 10) && n.data[0] != '0' && strchr("234789", n.data[2]) &&
           number_of(n, 0, 10) % 11 == 0;
}

static const struct {
    const char *country;
    vat_check *check;
} members[] = {
    {"AT", is_vat_at}, {"BE", is_vat_be}, {"BG", is_vat_bg}, {"CY", is_vat_cy},
    {"CZ", is_vat_cz}, {"DE", is_vat_de}, {"DK", is_vat_dk}, {"EE", is_vat_ee},
    {"EL", is_vat_el}, {"ES", is_vat_es}, {"FI", is_vat_fi}, {"FR", is_vat_fr},
    {"HR", is_vat_hr}, {"HU", is_vat_hu}, {"IE", is_vat_ie}, {"IT", is_vat_it},
    {"LT", is_vat_lt}, {"LU", is_vat_lu}, {"LV", is_vat_lv}, {"MT", is_vat_mt},
    {"NL", is_vat_nl}, {"PL", is_vat_pl}, {"PT", is_vat_pt}, {"RO", is_vat_ro},
    {"SE", is_vat_se}, {"SI", is_vat_si}, {"SK", is_vat_sk},
};

static vat_check *check_of_country(ta_text text) {
    for (size_t i = 0; text.len >= 2 && i < sizeof members / sizeof *members; i++)
        if (!memcmp(members[i].country, text.data, 2))
            return members[i].check;
    return NULL;
}

bool ta_vat_is_checked(ta_text text) {
    return check_of_country(text) != NULL;
}

bool ta_is_vat(ta_text text) {
    if (text.len < 4 || text.data[0] < 'A' || text.data[0] > 'Z' || text.data[1] < 'A' ||
        text.data[1] > 'Z')
        return false;
    vat_check *check = check_of_country(text);
    return !check || check((ta_text){text.data + 2, text.len - 2});
}
