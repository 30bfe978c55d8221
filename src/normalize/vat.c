/* SPDX-License-Identifier: MIT */
/*
 * VAT numbers: the country in front, then what its check takes. Greece is EL. A number without
 * its country is suggested with the record's; numbers from outside the EU are let be.
 */
#include "codes/identifiers.h"
#include "normalize/host.h"
#include "normalize/rule.h"

enum { VAT_MAX = 20 };

static bool is_vat_letter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '+' || c == '*';
}

/* Capitals and digits, + and * (Ireland's old form); what stands between goes. */
static bool put_vat(ta_text text, ta_buf *out) {
    size_t start = out->len;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (strchr(" .-/_:", c) || c & 0x80)
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char)(c & ~32);
        if (!is_vat_letter(c))
            return false;
        ta_buf_put(out, &c, 1);
    }
    return out->len - start >= 4 && out->len - start <= VAT_MAX;
}

static ta_text skip_vat_label(ta_text text) {
    static const char *const labels[] = {"vat", "tva",   "ust-idnr",     "ust-id",
                                         "uid", "p.iva", "p. iva",       "partita iva",
                                         "btw", "nif",   "n\xC2\xB0 tva"};
    size_t best = 0;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t len = strlen(labels[i]);
        if (len > best && len < text.len && !strncasecmp(text.data, labels[i], len))
            best = len;
    }
    while (best && best < text.len && strchr(" .:#", text.data[best]))
        best++;
    return (ta_text){text.data + best, text.len - best};
}

static void set_front(ta_buf *text, const char *country) {
    memcpy(text->data, country, 2);
}

/* Whether it begins with two letters. */
static bool has_country(const ta_buf *text) {
    return text->len > 2 && text->data[0] >= 'A' && text->data[0] <= 'Z' &&
           text->data[1] >= 'A' && text->data[1] <= 'Z';
}

/* The number with the record's country in front, if it checks so. */
static ta_verdict add_country(const ta_normal_value *value, ta_normal_result *result) {
    char country[3], whole[VAT_MAX + 3];
    size_t len = result->text.len;
    if (!ta_normal_country_of(value, country))
        return ta_normal_refuse(result, TA_F_VAT_CHECK, "the country is missing in front");
    memcpy(whole, strcmp(country, "GR") ? country : "EL", 2);
    memcpy(whole + 2, result->text.data, len);
    ta_text text = {whole, len + 2};
    if (!ta_vat_is_checked(text) || !ta_is_vat(text))
        return ta_normal_refuse(result, TA_F_VAT_CHECK, "the country is missing in front");
    result->text.len = 0;
    ta_buf_put(&result->text, whole, text.len);
    return ta_normal_suggest(value, result, TA_F_VAT_CHECK, TA_F_VAT_SUGGESTED);
}

ta_verdict ta_normal_vat(const ta_normal_value *value, ta_normal_result *result) {
    ta_text text = skip_vat_label(ta_normal_trim(value->text));
    bool good = put_vat(text, &result->text);
    if (has_country(&result->text) && !memcmp(result->text.data, "GR", 2))
        set_front(&result->text, "EL");
    ta_text found = {result->text.data, result->text.len};
    bool abroad = has_country(&result->text) && !ta_vat_is_checked(found);
    if (abroad || result->text.failed) /* nobody here knows the forms of other countries */
        return TA_NORMAL_SAME;
    if (!good)
        return ta_normal_refuse(result, TA_F_VAT_CHECK, "");
    if (!has_country(&result->text))
        return add_country(value, result);
    if (!ta_is_vat(found))
        return ta_normal_refuse(result, TA_F_VAT_CHECK, "");
    return ta_normal_to(value, result, TA_TEXT, TA_F_VAT_FORM);
}
