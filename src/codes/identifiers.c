/* SPDX-License-Identifier: MIT */
/*
 * Identifiers by their check digits: SIREN and SIRET (INSEE), LEI (ISO 17442), ROR, ORCID and
 * ISNI (ISO 27729), IBAN (ISO 13616), PIC. VAT numbers stand in vat.c.
 */
#include "codes/identifiers.h"

#include <string.h>

enum { RADIX = 97 };

bool ta_all_digits(ta_text text, size_t len) {
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.len == len;
}

int ta_luhn_sum(ta_text digits) {
    int sum = 0;
    bool twice = false;
    for (size_t i = digits.len; i-- > 0; twice = !twice) {
        int digit = digits.data[i] - '0';
        digit += twice ? digit : 0;
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10;
}

int ta_alnum_rest(ta_text text, int rest) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c >= '0' && c <= '9')
            rest = (rest * 10 + (c - '0')) % RADIX;
        else if (c >= 'A' && c <= 'Z')
            rest = (rest * 100 + (c - 'A' + 10)) % RADIX;
        else
            return -1;
    }
    return rest;
}

bool ta_is_siren(ta_text text) {
    return ta_all_digits(text, 9) && ta_luhn_sum(text) == 0;
}

/* The establishments of La Poste are too many for the usual check: their digits sum up to a
 * multiple of 5. */
static bool is_post_office(ta_text text) {
    int sum = 0;
    for (size_t i = 0; i < text.len; i++)
        sum += text.data[i] - '0';
    return !memcmp(text.data, "356000000", 9) && sum % 5 == 0;
}

bool ta_is_siret(ta_text text) {
    return ta_all_digits(text, 14) && (ta_luhn_sum(text) == 0 || is_post_office(text));
}

bool ta_is_lei(ta_text text) {
    return text.len == 20 && ta_alnum_rest(text, 0) == 1;
}

/* Where the registry of ISO 13616 knows the country, its length; others: 0, unchecked. */
static size_t length_of_iban(const char *country) {
    static const char registry[] =
        "NO15BE16DK18FI18FK18FO18GL18NL18SD18MK19SI19AT20BA20EE20KZ20LT20LU20XK20MN20"
        "CH21HR21LI21LV21BG22BH22CR22DE22GB22GE22IE22ME22RS22VA22AE23GI23IL23IQ23OM23SO23"
        "TL23AD24CZ24ES24MD24PK24RO24SA24SE24SK24TN24VG24PT25LY25ST25IS26TR26BI27DJ27"
        "FR27GR27IT27MC27MR27SM27AL28AZ28BY28CY28DO28GT28HN28HU28LB28NI28PL28SV28"
        "BR29EG29PS29QA29UA29JO30KW30MU30MT31SC31LC32RU33";
    for (const char *row = registry; *row; row += 4)
        if (!memcmp(row, country, 2))
            return (size_t)(row[2] - '0') * 10 + (size_t)(row[3] - '0');
    return 0;
}

bool ta_is_iban(ta_text text) {
    if (text.len < 15 || text.len > 34)
        return false;
    for (int i = 0; i < 4; i++)
        if (i < 2 ? text.data[i] < 'A' : text.data[i] > '9')
            return false;
    size_t length = length_of_iban(text.data);
    int rest = ta_alnum_rest((ta_text){text.data + 4, text.len - 4}, 0);
    return (!length || length == text.len) && rest >= 0 &&
           ta_alnum_rest((ta_text){text.data, 4}, rest) == 1;
}

/* Behind https://ror.org/ or alone: Crockford's base 32, then 98 - (n x 100 mod 97). */
bool ta_is_ror(ta_text text) {
    static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz",
                      site[] = "https://ror.org/";
    uint64_t value = 0;
    if (text.len > sizeof site - 1 && !memcmp(text.data, site, sizeof site - 1))
        text = (ta_text){text.data + sizeof site - 1, text.len - (sizeof site - 1)};
    if (text.len != 9 || text.data[0] != '0')
        return false;
    for (int i = 0; i < 7; i++) {
        const char *digit = text.data[i] ? strchr(alphabet, text.data[i]) : NULL;
        if (!digit)
            return false;
        value = value * 32 + (uint64_t)(digit - alphabet);
    }
    ta_text check = {text.data + 7, 2};
    return ta_all_digits(check, 2) && (check.data[0] - '0') * 10 + (check.data[1] - '0') ==
                                          (int)(98 - value * 100 % RADIX);
}

/* ISO 7064 MOD 11-2 over 16 digits, with so many between marks. */
static bool is_mod_11_2(ta_text text, char mark) {
    int sum = 0, count = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (mark && c == mark && count && count % 4 == 0 && text.data[i - 1] != mark)
            continue;
        int digit = c == 'X' && count == 15 ? 10 : c >= '0' && c <= '9' ? c - '0' : -1;
        if (digit < 0 || ++count > 16)
            return false;
        sum = count < 16 ? (sum + digit) * 2 % 11 : sum + digit;
    }
    return count == 16 && sum % 11 == 1;
}

bool ta_is_orcid(ta_text text) {
    static const char site[] = "https://orcid.org/";
    if (text.len > sizeof site - 1 && !memcmp(text.data, site, sizeof site - 1))
        text = (ta_text){text.data + sizeof site - 1, text.len - (sizeof site - 1)};
    return text.len == 19 && is_mod_11_2(text, '-');
}

bool ta_is_isni(ta_text text) {
    return (text.len == 16 || text.len == 19) && is_mod_11_2(text, ' ');
}

/* No check digit of it is public. */
bool ta_is_pic(ta_text text) {
    return ta_all_digits(text, 9);
}
