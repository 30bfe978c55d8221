/* SPDX-License-Identifier: MIT */
/* What a value looks like: its runs of digits, and what stands between them. */
#include <stdio.h>
#include <strings.h>

#include "base/mask.h"
#include "lint/column.h"

enum { FORM_BYTES_MAX = 40, RUNS_MAX = 6, LONG_DIGITS = 6 };

/* Whether it may follow the first digits of a form. */
static bool is_mark(char c) {
    return (c >= ',' && c <= '/') || c == 'E';
}

/* Runs of digits: 1,234.50 is {1, 3, 2} with marks ",.". */
typedef struct runs {
    unsigned len[RUNS_MAX];
    unsigned first[RUNS_MAX]; /* the value of a run's first two digits */
    char marks[RUNS_MAX];
    unsigned count;
    size_t end; /* where they end in the text */
} runs;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* False: too many. */
static bool read_runs(ta_text text, runs *out) {
    size_t at = 0;
    memset(out, 0, sizeof *out);
    while (true) {
        unsigned i = out->count++;
        for (; at < text.len && is_digit(text.data[at]); at++, out->len[i]++)
            if (out->len[i] < 2)
                out->first[i] = out->first[i] * 10 + (unsigned)(text.data[at] - '0');
        out->end = at;
        if (at + 1 >= text.len || !memchr(".,/-", text.data[at], 4) ||
            !is_digit(text.data[at + 1]))
            return true;
        if (out->count == RUNS_MAX)
            return false;
        out->marks[i] = text.data[at++];
    }
}

/* 2024-12-31, 31.12.2024 and so on; behind it nothing or a time. */
static ta_lint_form date_form(ta_text text, const runs *r) {
    char mark = r->marks[0];
    bool ends = r->end == text.len || text.data[r->end] == 'T' || text.data[r->end] == ' ';
    if (r->count != 3 || !ends || mark != r->marks[1] || mark == ',' || r->len[1] > 2)
        return TA_LOOKS_TEXT;
    bool middle_month = r->first[1] >= 1 && r->first[1] <= 12;
    if (r->len[0] == 4 && r->len[2] <= 2)
        return middle_month ? TA_LOOKS_YEAR_FIRST : TA_LOOKS_TEXT;
    if (r->len[0] > 2 || r->len[2] != 4 || !r->first[0] || r->first[0] > 31 || !r->first[1] ||
        r->first[1] > 31)
        return TA_LOOKS_TEXT;
    if (r->first[0] > 12 || mark == '.')
        return middle_month ? TA_LOOKS_DAY_FIRST : TA_LOOKS_TEXT;
    return middle_month ? TA_LOOKS_DAY_OR_MONTH : TA_LOOKS_MONTH_FIRST;
}

/* 1,234.5: the last mark is the decimal one, and the others stand before three digits. */
static ta_lint_form decimal_form(const runs *r) {
    unsigned last = r->count - 1;
    char mark = r->marks[last - 1], group = r->marks[0];
    if (last < 2 || mark == group || !memchr(".,", mark, 2) || !memchr(".,", group, 2) ||
        r->len[0] > 3)
        return TA_LOOKS_TEXT;
    for (unsigned i = 1; i < last; i++)
        if (r->len[i] != 3 || (i < last - 1 && r->marks[i] != group))
            return TA_LOOKS_TEXT;
    return mark == '.' ? TA_LOOKS_POINT : TA_LOOKS_COMMA;
}

/* 1E+10, 1.23E+10: one digit, few behind the mark, a sign and two digits. */
static bool is_exponent(ta_text text, const runs *r) {
    if (text.len != r->end + 4 || r->len[0] != 1 || r->count > 2 || r->len[1] > 5)
        return false;
    const char *tail = text.data + r->end;
    return tail[0] == 'E' && tail[1] == '+' && is_digit(tail[2]) && is_digit(tail[3]) &&
           (r->count == 1 || memchr(".,", r->marks[0], 2));
}

/* The name of a month as spreadsheets shorten it in English, French, German, Italian, Spanish,
 * in lower case but for its first letter. */
static bool is_month_name(ta_text text) {
    static const char names[] =
        " jan feb mar apr may jun jul aug sep oct nov dec janv mars avr "
        "mai juin juil sept déc févr août mrz okt dez gen mag giu lug "
        "ago set ott dic ene abr ";
    char name[8];
    if (text.len < 3 || text.len > 5)
        return false;
    snprintf(name, sizeof name, " %.*s ", (int)text.len, text.data);
    if (name[1] >= 'A' && name[1] <= 'Z')
        name[1] = (char)(name[1] + 32);
    return strstr(names, name) != NULL;
}

/* Mar-21 and 1-Sep. */
static __attribute__((noinline)) bool is_month(ta_text text) {
    const char *dash = text.len > 9 ? NULL : memchr(text.data, '-', text.len);
    if (!dash)
        return false;
    ta_text before = {text.data, (size_t)(dash - text.data)};
    ta_text after = {dash + 1, text.len - before.len - 1};
    bool leads = before.len && is_digit(before.data[0]);
    ta_text digits = leads ? before : after, name = leads ? after : before;
    for (size_t i = 0; i < digits.len; i++)
        if (!is_digit(digits.data[i]))
            return false;
    return digits.len >= 1 && digits.len <= 2 && (leads || digits.len == 2) &&
           is_month_name(name);
}

/* Digits with one mark among them; three behind it may be a group of thousands. */
static ta_lint_form one_mark_form(char mark, size_t before, size_t behind, bool zero) {
    if (behind == 3 && before <= 3 && !zero)
        return TA_LOOKS_TEXT;
    if (mark == '.')
        return before >= LONG_DIGITS ? TA_LOOKS_LONG_POINT : TA_LOOKS_POINT;
    return before >= LONG_DIGITS ? TA_LOOKS_LONG_COMMA : TA_LOOKS_COMMA;
}

/* What begins with digits and is more than a number. Rare: kept out of what all values pass. */
static __attribute__((noinline)) ta_lint_form mixed_form(ta_text text, bool sign) {
    runs r;
    if (!read_runs(text, &r))
        return TA_LOOKS_TEXT;
    if (is_exponent(text, &r))
        return TA_LOOKS_EXPONENT;
    if (r.count == 1)
        return !sign && is_month(text) ? TA_LOOKS_MONTH : TA_LOOKS_TEXT;
    ta_lint_form form = sign ? TA_LOOKS_TEXT : date_form(text, &r);
    return form == TA_LOOKS_TEXT && r.end == text.len ? decimal_form(&r) : form;
}

/* Nothing but digits. */
static ta_lint_form whole_form(ta_text text) {
    if (text.len > TA_LOOKS_DIGITS_MAX)
        return TA_LOOKS_TEXT;
    return text.len > 1 && *text.data == '0' ? TA_LOOKS_ZEROS
                                             : (ta_lint_form)(TA_LOOKS_DIGITS + text.len);
}

/* Whether this is 2024-12-31, which most dates are; `digits`: the mask of its digits. */
static bool is_plain_date(ta_text text, uint64_t digits) {
    const char *t = text.data;
    return text.len == 10 && digits == 0x36F && t[4] == '-' && t[7] == '-' &&
           (t[5] == '0' ? t[6] != '0' : t[5] == '1' && t[6] <= '2');
}

ta_lint_form ta_lint_form_of(ta_text text) {
    if (!text.len || text.len > FORM_BYTES_MAX)
        return TA_LOOKS_TEXT;
    uint64_t all = ta_mask_full(text.len);
    uint64_t digits = ta_mask_between(text.data, text.len, '0', '9');
    if (digits == all)
        return whole_form(text);
    if (is_plain_date(text, digits))
        return TA_LOOKS_YEAR_FIRST;
    size_t sign = text.len > 1 && (*text.data == '-' || *text.data == '+');
    if (!(digits >> sign & 1))
        return digits && is_month(text) ? TA_LOOKS_MONTH : TA_LOOKS_TEXT;
    uint64_t others = ~digits & all & ~(uint64_t)sign;
    if (!others)
        return TA_LOOKS_TEXT; /* a number with its sign */
    size_t at = (size_t)__builtin_ctzll(others);
    char mark = text.data[at];
    if ((mark == '.' || mark == ',') && !(others & (others - 1)) && at + 1 < text.len)
        return one_mark_form(mark, at - sign, text.len - at - 1, text.data[sign] == '0');
    return is_mark(mark) ? mixed_form((ta_text){text.data + sign, text.len - sign}, sign)
                         : TA_LOOKS_TEXT;
}

bool ta_lint_is_code_name(const char *text, size_t len) {
    static const char names[] =
        " id ids identifier identifiant code codes siren siret nic lei pic vat tva iban isni "
        "orcid "
        "ror rcn nuts postcode postalcode zip zipcode plz cap phone telephone fax mobile ";
    char last[24] = " ";
    size_t start = len;
    /* the last word of organisationID, postal_code, "Recipient Org:Identifier" */
    while (start && ((text[start - 1] | 0x20) >= 'a' && (text[start - 1] | 0x20) <= 'z')) {
        bool hump = text[start - 1] <= 'Z' && start < len && text[start] >= 'a';
        start--;
        if (hump || (start && text[start] <= 'Z' && text[start - 1] >= 'a'))
            break;
    }
    if (start == len || len - start > sizeof last - 3)
        return false;
    size_t n = 1;
    for (size_t i = start; i < len; i++)
        last[n++] = (char)(text[i] | 0x20);
    last[n] = ' ';
    return strstr(names, last) != NULL;
}

bool ta_lint_is_country_name(const char *text, size_t len) {
    static const char *const names[] = {"country", "pays", "land", "paese", "pais", "nation"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t at = 0, n = strlen(names[i]); at + n <= len; at++)
            if (!strncasecmp(text + at, names[i], n) && (n > 4 || len == n))
                return true;
    return false;
}
