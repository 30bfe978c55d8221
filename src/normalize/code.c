/* SPDX-License-Identifier: MIT */
/*
 * Codes of a list: what leads to one code for certain (a name in any language, another case,
 * another code of the same thing, "FI;FI") becomes that code; one wrong letter is no more than
 * a suggestion; what means several codes is refused. Regions go by the record's country too.
 */
#include "normalize/rule.h"

/* The codes of the findings of a rule. */
typedef struct code_findings {
    ta_code name, code, repeated, suggested, several, unknown;
} code_findings;

static const code_findings of_country = {TA_F_COUNTRY_NAME,     TA_F_COUNTRY_CODE,
                                         TA_F_COUNTRY_REPEATED, TA_F_COUNTRY_SUGGESTED,
                                         TA_F_COUNTRY_SEVERAL,  TA_F_COUNTRY_UNKNOWN};
static const code_findings of_code = {TA_F_CODE_NAME,     TA_F_CODE_SPELLING,
                                      TA_F_CODE_REPEATED, TA_F_CODE_SUGGESTED,
                                      TA_F_CODE_SEVERAL,  TA_F_CODE_NO_MATCH};
static const code_findings of_region = {TA_F_REGION_NAME,     TA_F_REGION_CODE,
                                        TA_F_REGION_REPEATED, TA_F_REGION_SUGGESTED,
                                        TA_F_REGION_SEVERAL,  TA_F_REGION_UNKNOWN};

static ta_verdict put_code(const ta_normal_value *value, ta_normal_result *result,
                           const char *code, ta_code finding) {
    ta_buf_puts(&result->text, code);
    return ta_normal_to(value, result, TA_TEXT, finding);
}

/* "FI;FI": the text has parts, and a code was found all the same. */
static bool is_repeated(ta_text text) {
    return memchr(text.data, ';', text.len) != NULL;
}

static ta_verdict suggest_code(const ta_normal_value *value, ta_normal_result *result,
                               const ta_code_item *item, const code_findings *findings) {
    if (value->options->suggested) {
        ta_buf_puts(&result->detail, "the nearest name");
        return put_code(value, result, item->code, findings->suggested);
    }
    result->suggestion = item->code;
    return ta_normal_refuse(result, findings->unknown, "");
}

/* What was found, as a verdict. */
static ta_verdict judge_found(const ta_normal_value *value, ta_normal_result *result,
                              ta_code_found found, const code_findings *findings) {
    ta_code code = found.match == TA_MATCH_SPELLING ? findings->code : findings->name;
    result->reach = TA_REACH_TEXT;
    if (!found.item && found.match <= TA_MATCH_NEAREST)
        return TA_NORMAL_SAME; /* never: these have one */
    switch (found.match) {
    case TA_MATCH_CODE:
        return TA_NORMAL_SAME;
    case TA_MATCH_SPELLING:
    case TA_MATCH_NAME:
    case TA_MATCH_ALIAS:
        ta_code_list_tell(value->codes, found.item, value->text, &result->detail);
        if (is_repeated(value->text))
            code = findings->repeated;
        return put_code(value, result, found.item->code, code);
    case TA_MATCH_PARTS:
        ta_buf_puts(&result->detail, "all of it means that");
        return put_code(value, result, found.item->code, findings->repeated);
    case TA_MATCH_NEAREST:
        return suggest_code(value, result, found.item, findings);
    case TA_MATCH_SEVERAL:
        return ta_normal_refuse(result, findings->several, "");
    case TA_MATCH_NONE:
        return ta_normal_refuse(result, findings->unknown, "");
    case TA_MATCH_LOST:
        result->text.failed = true;
    }
    return TA_NORMAL_SAME;
}

static ta_verdict find_code(const ta_normal_value *value, ta_normal_result *result,
                            const code_findings *findings) {
    if (!value->codes)
        return TA_NORMAL_SAME;
    return judge_found(value, result,
                       ta_code_list_find(value->codes, value->text.data, value->text.len),
                       findings);
}

ta_verdict ta_normal_country(const ta_normal_value *value, ta_normal_result *result) {
    return find_code(value, result, &of_country);
}

ta_verdict ta_normal_code(const ta_normal_value *value, ta_normal_result *result) {
    return find_code(value, result, &of_code);
}

/* A code of an old edition: its successor, if it is one. */
static ta_verdict renew_region(const ta_normal_value *value, ta_normal_result *result,
                               const ta_code_item *item) {
    bool parted = strchr(item->successor, ';') != NULL;
    if (parted || !*item->successor) {
        result->code = TA_F_REGION_OLD;
        if (parted)
            ta_buf_printf(&result->detail, "today it is in parts %s", item->successor);
        return TA_NORMAL_REFUSED;
    }
    ta_buf_puts(&result->detail, "what this region is called today");
    return put_code(value, result, item->successor, TA_F_REGION_RENEWED);
}

/* NUTS 3 of old editions is not in the list; NUTS 2, whose codes are its first four letters,
 * is. */
static bool is_old_part(const ta_normal_value *value, ta_match match) {
    enum { NUTS_2 = 4, NUTS_3 = 5 };
    ta_text text = value->text;
    bool is_known = match < TA_MATCH_NEAREST || match == TA_MATCH_LOST;
    return !is_known && text.len == NUTS_3 &&
           ta_code_list_find(value->codes, text.data, NUTS_2).match == TA_MATCH_CODE;
}

static bool lies_in(const ta_normal_value *value, const ta_code_item *item,
                    const char *country) {
    size_t column = ta_code_list_column(value->codes, "country");
    return !strcmp(ta_code_item_cell(item, column), country);
}

/* A name means what it does in the record's country: Vienne is a region of France, and in
 * Austria Wien. */
static ta_code_found find_region(const ta_normal_value *value, ta_reach *reach) {
    char country[3];
    ta_code_found found = ta_code_list_find(value->codes, value->text.data, value->text.len);
    bool several = found.match == TA_MATCH_SEVERAL;
    bool is_name = found.match == TA_MATCH_NAME || found.match == TA_MATCH_ALIAS;
    *reach = several || is_name ? TA_REACH_COUNTRY : TA_REACH_TEXT;
    if (*reach == TA_REACH_TEXT || !ta_normal_country_of(value, country) ||
        (is_name && lies_in(value, found.item, country)))
        return found;
    ta_code_found there = ta_code_list_find_in(value->codes, country, value->text);
    return several || there.match != TA_MATCH_NONE ? there : found;
}

ta_verdict ta_normal_region(const ta_normal_value *value, ta_normal_result *result) {
    ta_reach reach;
    if (!value->codes)
        return TA_NORMAL_SAME;
    ta_code_found found = find_region(value, &reach);
    result->reach = reach;
    if (is_old_part(value, found.match))
        return ta_normal_refuse(
            result, TA_F_REGION_UNKNOWN,
            "its first four letters are: a code of an older edition, or a slip");
    if (!found.item || !found.item->withdrawn) {
        ta_verdict verdict = judge_found(value, result, found, &of_region);
        result->reach = reach;
        return verdict;
    }
    if (found.match == TA_MATCH_NEAREST) /* nearly an old name: no help */
        return ta_normal_refuse(result, TA_F_REGION_UNKNOWN, "");
    return renew_region(value, result, found.item);
}

static bool is_short_form(const ta_normal_value *value) {
    size_t column = ta_code_list_column(value->codes, "short");
    for (size_t i = 0; i < ta_code_list_count(value->codes); i++) {
        const char *form = ta_code_item_cell(ta_code_list_at(value->codes, i), column);
        if (strlen(form) == value->text.len && !memcmp(form, value->text.data, value->text.len))
            return true;
    }
    return false;
}

/* What is in no list stays as it is: there are more forms than any list has. */
ta_verdict ta_normal_legalform(const ta_normal_value *value, ta_normal_result *result) {
    char country[3] = "";
    result->reach = TA_REACH_TEXT;
    if (!value->codes || is_short_form(value))
        return TA_NORMAL_SAME;
    result->reach = TA_REACH_COUNTRY;
    if (!ta_normal_country_of(value, country))
        *country = 0;
    const char *form = ta_code_list_short(value->codes, country, value->text);
    if (!form)
        return TA_NORMAL_SAME;
    ta_buf_puts(&result->detail, "the form as registers write it");
    return put_code(value, result, form, TA_F_LEGALFORM_SHORT);
}
