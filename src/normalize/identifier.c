/* SPDX-License-Identifier: MIT */
/*
 * Identifiers that check themselves: what people put around and between their characters goes,
 * and only if the rest checks. What does not check stays as it is, since nobody can know which
 * character is wrong; what a spreadsheet takes away (zeros at the front) is suggested.
 */
#include "base/utf8.h"
#include "codes/identifiers.h"
#include "normalize/host.h"
#include "normalize/rule.h"

enum { IDENTIFIER_MAX = 40 };

/* What one kind of identifier is made of. */
typedef struct identifier_kind {
    const char *const *labels; /* what may stand in front, in small letters; ends in NULL */
    bool (*holds)(ta_text text);
    size_t len;  /* where zeros at the front may be missing: of the whole; 0: never */
    char letter; /* 'A' or 'a': which case its letters have */
    ta_code form, wrong, suggested;
} identifier_kind;

/* Blanks, dots, hyphens and the like, between and around. */
static bool is_separator(uint32_t c) {
    return c <= ' ' || c == '.' || c == '-' || c == '_' || c == 0xA0 || c == 0x202F ||
           (c >= 0x2007 && c <= 0x2015) || c == 0x200B || c == 0xFEFF;
}

/* Behind the longest label that stands in front. */
static ta_text skip_labels(ta_text text, const char *const *labels) {
    size_t best = 0;
    for (; *labels; labels++) {
        size_t len = strlen(*labels);
        if (len > best && len < text.len && !strncasecmp(text.data, *labels, len))
            best = len;
    }
    while (best && best < text.len && strchr(" :#", text.data[best]))
        best++;
    return (ta_text){text.data + best, text.len - best};
}

static char change_case(char c, char like) {
    bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
    return !letter ? c : like == 'A' ? (char)(c & ~32) : (char)(c | 32);
}

/* Whether a dot parts groups, of three characters at least: what has fewer behind it is a
 * number. */
static bool parts_groups(ta_text text, size_t dot) {
    size_t end = dot + 1;
    while (end < text.len && !is_separator((unsigned char)text.data[end]))
        end++;
    return end - dot > 3;
}

/* Appends the characters without separators; false: others stand there, or a number with
 * decimals. */
static bool put_compact(ta_text text, char like, ta_buf *out) {
    size_t start = out->len;
    int size;
    for (size_t i = 0; i < text.len && out->len - start < IDENTIFIER_MAX; i += (size_t)size) {
        uint32_t c = ta_utf8_decode(text.data + i, text.len - i, &size);
        if (c == '.' && !parts_groups(text, i))
            return false;
        if (is_separator(c))
            continue;
        if (c >= 0x80)
            return false;
        char byte = change_case((char)c, like);
        ta_buf_put(out, &byte, 1);
    }
    return out->len > start && out->len - start < IDENTIFIER_MAX;
}

static bool holds_in(const identifier_kind *kind, const ta_buf *text) {
    return !text->failed && kind->holds((ta_text){text->data, text->len});
}

static ta_verdict put_identifier(const ta_normal_value *value, ta_normal_result *result,
                                 ta_code code) {
    bool number = value->kind == TA_NUMBER && value->shape->types & TA_TYPE_NUMBER;
    return ta_normal_to(value, result, number ? TA_NUMBER : TA_TEXT, code);
}

/* Zeros in front, up to the full length; at most three are likely. */
static bool put_zeros(const identifier_kind *kind, ta_buf *text) {
    size_t missing = kind->len > text->len ? kind->len - text->len : 0;
    char full[IDENTIFIER_MAX + 1] = "";
    if (!missing || missing > 3 || text->failed)
        return false;
    memset(full, '0', missing);
    memcpy(full + missing, text->data, text->len);
    text->len = 0;
    ta_buf_put(text, full, kind->len);
    return holds_in(kind, text);
}

static ta_verdict judge_identifier(const ta_normal_value *value, ta_normal_result *result,
                                   const identifier_kind *kind) {
    if (kind->holds(value->text) && put_compact(value->text, kind->letter, &result->text) &&
        result->text.len == value->text.len && value->kind == TA_TEXT)
        return TA_NORMAL_SAME;
    result->text.len = 0;
    ta_text text = skip_labels(ta_normal_trim(value->text), kind->labels);
    if (!put_compact(text, kind->letter, &result->text))
        return ta_normal_refuse(result, kind->wrong, "");
    if (holds_in(kind, &result->text))
        return put_identifier(value, result, kind->form);
    if (!put_zeros(kind, &result->text))
        return ta_normal_refuse(result, kind->wrong, "");
    return ta_normal_suggest(value, result, kind->wrong, kind->suggested);
}

static const char *const siren_labels[] = {"siren", "rcs", "n\xC2\xB0 siren", NULL};
static const char *const siret_labels[] = {"siret", "n\xC2\xB0 siret", NULL};
static const char *const lei_labels[] = {"lei", "https://search.gleif.org/#/record/", NULL};
static const char *const ror_labels[] = {
    "https://ror.org/", "http://ror.org/", "https://www.ror.org/", "ror.org/", "ror", NULL};
static const char *const isni_labels[] = {"isni",
                                          "https://isni.org/isni/",
                                          "http://isni.org/isni/",
                                          "https://www.isni.org/isni/",
                                          "http://www.isni.org/isni/",
                                          "http://www.isni.org/",
                                          "https://www.isni.org/",
                                          NULL};
static const char *const iban_labels[] = {"iban", NULL};
static const char *const pic_labels[] = {"pic", NULL};

static const identifier_kind siren_kind = {
    siren_labels, ta_is_siren, 9, 'A', TA_F_SIREN_FORM, TA_F_SIREN_CHECK, TA_F_SIREN_SUGGESTED};
static const identifier_kind siret_kind = {
    siret_labels,     ta_is_siret,         14, 'A', TA_F_SIRET_FORM,
    TA_F_SIRET_CHECK, TA_F_SIRET_SUGGESTED};
static const identifier_kind lei_kind = {lei_labels,     ta_is_lei,     0, 'A', TA_F_LEI_FORM,
                                         TA_F_LEI_CHECK, TA_F_LEI_CHECK};
static const identifier_kind ror_kind = {ror_labels,     ta_is_ror,     0, 'a', TA_F_ROR_FORM,
                                         TA_F_ROR_CHECK, TA_F_ROR_CHECK};
static const identifier_kind isni_kind = {
    isni_labels, ta_is_isni, 0, 'A', TA_F_ISNI_FORM, TA_F_ISNI_CHECK, TA_F_ISNI_CHECK};
static const identifier_kind iban_kind = {
    iban_labels, ta_is_iban, 0, 'A', TA_F_IBAN_FORM, TA_F_IBAN_CHECK, TA_F_IBAN_CHECK};
static const identifier_kind pic_kind = {pic_labels,     ta_is_pic,     0, 'A', TA_F_PIC_FORM,
                                         TA_F_PIC_CHECK, TA_F_PIC_CHECK};

ta_verdict ta_normal_siren(const ta_normal_value *value, ta_normal_result *result) {
    return judge_identifier(value, result, &siren_kind);
}

ta_verdict ta_normal_siret(const ta_normal_value *value, ta_normal_result *result) {
    return judge_identifier(value, result, &siret_kind);
}

ta_verdict ta_normal_lei(const ta_normal_value *value, ta_normal_result *result) {
    return judge_identifier(value, result, &lei_kind);
}

ta_verdict ta_normal_ror(const ta_normal_value *value, ta_normal_result *result) {
    return judge_identifier(value, result, &ror_kind);
}

ta_verdict ta_normal_isni(const ta_normal_value *value, ta_normal_result *result) {
    return judge_identifier(value, result, &isni_kind);
}

ta_verdict ta_normal_iban(const ta_normal_value *value, ta_normal_result *result) {
    return judge_identifier(value, result, &iban_kind);
}

ta_verdict ta_normal_pic(const ta_normal_value *value, ta_normal_result *result) {
    return judge_identifier(value, result, &pic_kind);
}

/* In groups of four, as ORCID's own form has it. */
ta_verdict ta_normal_orcid(const ta_normal_value *value, ta_normal_result *result) {
    static const char *const labels[] = {"https://orcid.org/",
                                         "http://orcid.org/",
                                         "https://www.orcid.org/",
                                         "orcid.org/",
                                         "orcid",
                                         NULL};
    char digits[16];
    ta_text text = skip_labels(ta_normal_trim(value->text), labels);
    if (!put_compact(text, 'A', &result->text) || result->text.len != sizeof digits)
        return ta_normal_refuse(result, TA_F_ORCID_CHECK, "");
    memcpy(digits, result->text.data, sizeof digits);
    result->text.len = 0;
    for (size_t i = 0; i < sizeof digits; i += 4) {
        ta_buf_put(&result->text, "-", i != 0);
        ta_buf_put(&result->text, digits + i, 4);
    }
    if (!ta_is_orcid((ta_text){result->text.data, result->text.len}))
        return ta_normal_refuse(result, TA_F_ORCID_CHECK, "");
    return put_identifier(value, result, TA_F_ORCID_FORM);
}
