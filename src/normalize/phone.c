/* SPDX-License-Identifier: MIT */
/*
 * Telephone numbers as ITU-T E.164 has them: + and at most fifteen digits. A number without its
 * country's code gets that of the record's country; the zero dialled inside a country goes,
 * except where it belongs to the number (Italy). Lengths are checked where dialplans.def knows
 * them; what else stands there (words, extensions, second numbers) is refused.
 */
#include "base/mask.h"
#include "base/utf8.h"
#include "normalize/plain.h"
#include "normalize/rule.h"

enum { DIGITS_MAX = 15, DIGITS_MIN = 7, DIALLED_MAX = 24 };

typedef struct dial_plan {
    const char *country, *code,
        *trunk;          /* trunk: dialled before the number inside the country */
    uint8_t least, most; /* digits behind the code */
} dial_plan;

static const dial_plan plans[] = {
#define TA_DIALPLAN(country, code, trunk, least, most) {#country, #code, trunk, least, most},
#define TA_DIALPLAN_TOO TA_DIALPLAN
#include "normalize/dialplans.def"
#undef TA_DIALPLAN_TOO
#undef TA_DIALPLAN
};

enum {
#define TA_DIALPLAN(country, code, trunk, least, most) PLAN_OF_##country,
#define TA_DIALPLAN_TOO TA_DIALPLAN
#include "normalize/dialplans.def"
#undef TA_DIALPLAN_TOO
#undef TA_DIALPLAN
    CODES_MAX = 1000
};

/* By code, the row and 1; 0: none. */
static const uint8_t rows_by_code[CODES_MAX] = {
#define TA_DIALPLAN(country, code, trunk, least, most) [code] = PLAN_OF_##country + 1,
#define TA_DIALPLAN_TOO(country, code, trunk, least, most)
#include "normalize/dialplans.def"
#undef TA_DIALPLAN_TOO
#undef TA_DIALPLAN
};

/* A number under work. */
typedef struct dialled {
    char digits[DIALLED_MAX + 1];
    size_t len;
    bool abroad; /* it begins with + or 00 */
    bool zero;   /* a (0) was left out */
} dialled;

static const dial_plan *plan_of_country(const char *country) {
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        if (!strcmp(plans[i].country, country))
            return &plans[i];
    return NULL;
}

/* The plan whose code the digits begin with; no code is the front of another. */
static const dial_plan *plan_of_digits(const char *digits, size_t len) {
    size_t code = 0;
    for (size_t i = 0; i < len && i < 3; i++) {
        code = code * 10 + (size_t)(digits[i] - '0');
        if (code && code < CODES_MAX && rows_by_code[code])
            return &plans[rows_by_code[code] - 1];
    }
    return NULL;
}

/* The same, behind 00 if the number begins so. */
static const dial_plan *plan_of_number(const dialled *number) {
    size_t skip = strncmp(number->digits, "00", 2) ? 0 : 2;
    return plan_of_digits(number->digits + skip, number->len - skip);
}

/* What may stand between digits. */
static bool is_between(uint32_t c) {
    return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || c == 0xA0 ||
           c == 0x202F || (c >= 0x2007 && c <= 0x2015) || c == 0xB7 || c == '\t';
}

/* "Tel.: ", "tel:", "Tél " in front; nothing else. */
static ta_text skip_label(ta_text text) {
    static const char *const labels[] = {
        "tel",     "t\xC3\xA9l", "telephone", "t\xC3\xA9l\xC3\xA9phone",
        "telefon", "telefono",   "phone",     "tlf"};
    size_t best = 0;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t len = strlen(labels[i]);
        if (len > best && len < text.len && !strncasecmp(text.data, labels[i], len))
            best = len;
    }
    while (best && best < text.len && strchr(".: ", text.data[best]))
        best++;
    return (ta_text){text.data + best, text.len - best};
}

static bool has_at(ta_text text, size_t at, const char *word) {
    size_t len = strlen(word);
    return text.len - at >= len && !memcmp(text.data + at, word, len);
}

/* "(0)" behind a country's code; returns how many bytes it takes, 0: none, or it belongs to the
 * number. */
static size_t skip_zero(ta_text text, size_t at, const dialled *number) {
    bool abroad = number->abroad || has_at((ta_text){number->digits, number->len}, 0, "00");
    const dial_plan *plan = abroad ? plan_of_number(number) : NULL;
    return has_at(text, at, "(0)") && plan && *plan->trunk == '0' ? 3 : 0;
}

/* The digits; false: something else stands there. */
static bool read_dialled(ta_text text, dialled *number) {
    int size;
    for (size_t i = 0; i < text.len; i += (size_t)size) {
        uint32_t c = ta_utf8_decode(text.data + i, text.len - i, &size);
        size_t zero = skip_zero(text, i, number);
        if (zero) {
            number->zero = true;
            size = (int)zero;
        } else if (c == '+' && !number->len && !number->abroad) {
            number->abroad = true;
        } else if (c >= '0' && c <= '9') {
            if (number->len == DIALLED_MAX)
                return false;
            number->digits[number->len++] = (char)c;
        } else if (!is_between(c)) {
            return false;
        }
    }
    return number->len > 0;
}

static void cut_front(dialled *number, size_t len) {
    number->len -= len;
    memmove(number->digits, number->digits + len, number->len + 1);
}

/* 00 is dialled in most of the world where + cannot be. */
static void read_prefix(dialled *number) {
    if (number->abroad || number->len < 3 || strncmp(number->digits, "00", 2) != 0)
        return;
    number->abroad = true;
    cut_front(number, 2);
}

/* The digits behind the code. No number begins with the zero that is dialled before it. */
static bool fits_plan(const dial_plan *plan, const char *digits, size_t len) {
    return len >= plan->least && len <= plan->most && (*plan->trunk != '0' || *digits != '0');
}

/* Takes off what is dialled inside the country only; `at`: behind the code. No number begins
 * with 0 where that is it; other digits may be the number's own. */
static bool cut_trunk(dialled *number, const dial_plan *plan, size_t at) {
    size_t len = strlen(plan->trunk);
    if (!len || strncmp(number->digits + at, plan->trunk, len) != 0 ||
        (*plan->trunk != '0' && fits_plan(plan, number->digits + at, number->len - at)))
        return false;
    number->len -= len;
    memmove(number->digits + at, number->digits + at + len, number->len - at + 1);
    return true;
}

static ta_verdict put_phone(const ta_normal_value *value, ta_normal_result *result,
                            const dialled *number, ta_code code) {
    ta_buf_printf(&result->text, "+%s", number->digits);
    return ta_normal_to(value, result, TA_TEXT, code);
}

static ta_verdict judge_abroad(const ta_normal_value *value, ta_normal_result *result,
                               dialled *number) {
    const dial_plan *plan = plan_of_number(number);
    size_t at = plan ? strlen(plan->code) : 0;
    ta_code code = number->zero ? TA_F_PHONE_TRUNK : TA_F_PHONE_FORM;
    if (plan && !number->zero && number->len > at && cut_trunk(number, plan, at))
        code = TA_F_PHONE_TRUNK;
    bool fits = plan ? fits_plan(plan, number->digits + at, number->len - at)
                     : number->len >= DIGITS_MIN && number->digits[0] != '0';
    if (!fits || number->len > DIGITS_MAX)
        return ta_normal_refuse(result, TA_F_PHONE_LENGTH, "");
    if (code == TA_F_PHONE_TRUNK)
        ta_buf_puts(&result->detail, "the zero is dialled inside the country only");
    return put_phone(value, result, number, code);
}

static ta_verdict judge_home(const ta_normal_value *value, ta_normal_result *result,
                             dialled *number) {
    char country[3] = "";
    if (!ta_normal_country_of(value, country) && value->options->country)
        memcpy(country, value->options->country, 2);
    const dial_plan *plan = plan_of_country(country);
    if (!plan)
        return ta_normal_refuse(result, TA_F_PHONE_ABROAD, "");
    bool cut = cut_trunk(number, plan, 0);
    if (!fits_plan(plan, number->digits, number->len))
        return ta_normal_refuse(result, TA_F_PHONE_LENGTH, "");
    if (!strcmp(plan->trunk, "0") && !cut)
        return ta_normal_refuse(result, TA_F_PHONE_TEXT, "the zero at the front is missing");
    dialled whole = {.len = number->len};
    memcpy(whole.digits, plan->code, strlen(plan->code));
    memcpy(whole.digits + strlen(plan->code), number->digits, number->len + 1);
    ta_buf_printf(&result->detail, "the code of %s", country);
    return put_phone(value, result, &whole, TA_F_PHONE_COUNTRY);
}

bool ta_plain_phone(ta_text text) {
    if (text.len < 2 || text.len > DIGITS_MAX + 1 || *text.data != '+' ||
        ta_mask_between(text.data, text.len, '0', '9') != ta_mask_full(text.len) - 1)
        return false;
    const char *digits = text.data + 1;
    const dial_plan *plan = plan_of_digits(digits, text.len - 1);
    size_t code = plan ? strlen(plan->code) : 0;
    return plan && fits_plan(plan, digits + code, text.len - 1 - code);
}

ta_verdict ta_normal_phone(const ta_normal_value *value, ta_normal_result *result) {
    dialled number = {.len = 0};
    if (!read_dialled(skip_label(value->text), &number))
        return ta_normal_refuse(result, TA_F_PHONE_TEXT, "");
    read_prefix(&number);
    return number.abroad ? judge_abroad(value, result, &number)
                         : judge_home(value, result, &number);
}
