/* SPDX-License-Identifier: MIT */
/* Code lists: what a text means and how surely, and codes at dates. */
#include "check_kit.h"
#include "codes/codes.h"

static const char rows[] =
    "code,name,name:fr,code:alpha3,aliases,valid-from,valid-to,successor\n"
    "GB,United Kingdom,Royaume-Uni,GBR,UK;Great Britain,,,\n"
    "GR,Greece,Grèce,GRC,EL;Hellas,,,\n"
    "CS,Serbia and Montenegro,,SCG,,2003-02-04,2006-10-26,RS;ME\n"
    "CS,Czechoslovakia,Tchécoslovaquie,CSK,,1974-01-01,1993-01-01,CZ;SK\n"
    "USD,US dollar,,,US$;$;dollar,,,\n"
    "CAD,Canadian dollar,,,C$;dollar,,,\n";

static const struct {
    const char *text, *code;
    ta_match match;
} meant[] = {
    {"GB", "GB", TA_MATCH_CODE},
    {"gb", "GB", TA_MATCH_SPELLING},
    {" grc ", "GR", TA_MATCH_SPELLING},
    {"GREECE", "GR", TA_MATCH_NAME},
    {"royaume uni", "GB", TA_MATCH_NAME},
    {"Grece", "GR", TA_MATCH_NAME},
    {"uk", "GB", TA_MATCH_ALIAS},
    {"EL;EL", "GR", TA_MATCH_ALIAS},
    {"US$", "USD", TA_MATCH_ALIAS},
    {"$", "USD", TA_MATCH_ALIAS},
    {"Grrece", "GR", TA_MATCH_NEAREST},
    {"Tchécoslovaquie", "CS", TA_MATCH_NAME},
    {"dollar", NULL, TA_MATCH_SEVERAL},
    {"EL;GB", NULL, TA_MATCH_NONE},
    {"", NULL, TA_MATCH_NONE},
    {"!!!", NULL, TA_MATCH_NONE},
};

static void test_meaning(ta_code_list *list) {
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
        ta_code_found found = ta_code_list_find(list, meant[i].text, strlen(meant[i].text));
        TA_CHECK_NUMBER(found.match, meant[i].match);
        TA_CHECK((found.item != NULL) == (meant[i].code != NULL));
        if (found.item && meant[i].code)
            TA_CHECK_TEXT(found.item->code, meant[i].code);
    }
}

static const struct {
    const char *code, *date;
    ta_code_time time;
    const char *name;
} times[] = {
    {"GB", "1066", TA_CODE_VALID, "United Kingdom"},
    {"CS", "1973-12-31", TA_CODE_EARLY, "Serbia and Montenegro"},
    {"CS", "1974-01-01", TA_CODE_VALID, "Czechoslovakia"},
    {"CS", "1993", TA_CODE_VALID, "Czechoslovakia"},
    {"CS", "1993-01-02", TA_CODE_LATE, "Czechoslovakia"},
    {"CS", "2003-02", TA_CODE_VALID, "Serbia and Montenegro"},
    {"CS", "2006-10-26T23:00:00Z", TA_CODE_VALID, "Serbia and Montenegro"},
    {"CS", "2006-10-27", TA_CODE_LATE, "Serbia and Montenegro"},
    {"uk", "2020", TA_CODE_UNKNOWN, NULL},
};

static void test_times(const ta_code_list *list) {
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        ta_date date;
        const ta_code_item *item;
        ta_text code = {times[i].code, strlen(times[i].code)};
        if (!TA_CHECK(ta_date_parse(times[i].date, strlen(times[i].date), &date)))
            continue;
        TA_CHECK_NUMBER(ta_code_valid_at(list, code, &date, &item), times[i].time);
        TA_CHECK((item != NULL) == (times[i].name != NULL));
        if (item && times[i].name)
            TA_CHECK_TEXT(item->name, times[i].name);
    }
}

static void test_cells(const ta_code_list *list) {
    TA_CHECK_NUMBER(ta_code_list_count(list), 6);
    TA_CHECK_TEXT(ta_code_list_head(list, 0), "code");
    TA_CHECK(!ta_code_list_head(list, 8));
    const ta_code_item *item = ta_code_list_at(list, 1);
    TA_CHECK_TEXT(ta_code_item_cell(item, ta_code_list_column(list, "alpha3")), "GRC");
    TA_CHECK_TEXT(ta_code_item_cell(item, ta_code_list_column(list, "name:fr")), "Grèce");
    TA_CHECK_TEXT(ta_code_item_cell(item, ta_code_list_column(list, "name:el")), "");
    TA_CHECK_TEXT(ta_code_item_cell(item, ta_code_list_column(list, "successor")), "");
}

int main(void) {
    kit k;
    ta_code_list *list;
    if (!TA_CHECK(kit_init(&k)))
        return unit_end("codes");
    const char *path = kit_file(&k, "list.csv", rows, strlen(rows));
    if (TA_CHECK(ta_code_list_load(&k.library.loader, path, &list) == TA_OK)) {
        test_cells(list);
        test_meaning(list);
        test_times(list);
        ta_code_list_drop(list);
    }
    kit_fini(&k);
    return unit_end("codes");
}
