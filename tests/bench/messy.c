/* SPDX-License-Identifier: MIT */
/*
 * messy FORMAT(csv|jsonl) N: writes a list of members of the built-in schema to standard
 * output, the same bytes every time. About one value in fifty is as people type it (a country's
 * name, 1.500,00 EUR, 27/05/2014, blanks); all others are canonical.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252ULL;

static uint32_t draw(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % below;
}

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define PICK(a) (a)[draw((uint32_t)COUNT(a))]

/* One value in so many. */
enum { MESSY = 50 };

/* What goes together: a country, how it is written otherwise, and what is found there. */
typedef struct land {
    const char *code, *other, *dial, *form, *form_other, *nuts, *region, *town, *postal;
} land;

static const land lands[] = {
    {"FR", "France", "+3347", "SAS", "S.A.S.", "FRK2", "Auvergne-Rhône-Alpes", "Grenoble",
     "380"},
    {"FR", "FRA", "+3314", "SARL", "S.A.R.L.", "FR10", "Île-de-France", "Évry", "910"},
    {"DE", "Allemagne", "+4989", "GmbH", "G.m.b.H.", "DE21", "Oberbayern", "München", "803"},
    {"DE", "Deutschland", "+4930", "GmbH", "G.m.b.H.", "DE30", "Berlin", "Berlin", "101"},
    {"IT", "Italie", "+39011", "SpA", "S.p.A.", "ITC1", "Piemonte", "Ivrea", "100"},
    {"IT", "Italia", "+3902", "Srl", "S.r.l.", "ITC4", "Lombardia", "Milano", "201"},
    {"ES", "Espagne", "+3493", "SL", "S.L.", "ES51", "Cataluña", "Barcelona", "080"},
    {"NL", "Pays-Bas", "+3120", "BV", "B.V.", "NL32", "Noord-Holland", "'s-Graveland", "124"},
    {"AT", "Österreich", "+4351", "GmbH", "Ges.m.b.H.", "AT33", "Tirol", "Innsbruck", "602"},
    {"CH", "Suisse", "+4121", "Sàrl", "Sàrl", "CH01", "Vaud", "Lausanne", "100"},
    {"GB", "UK", "+44131", "Ltd", "Limited", "", "Scotland", "Edinburgh", "EH"},
    {"SE", "Sweden", "+4631", "AB", "AB", "SE23", "Västra Götaland", "Göteborg", "411"}};

static const char *const first[] = {"Alpine",  "Müller", "Élan",   "Baltic", "Nordic",
                                    "Helios",  "Rhône",  "Danube", "Smart",  "Quantum",
                                    "Ibérica", "Green",  "Catalan"};
static const char *const second[] = {"Technologies", "Innovation", "Énergie",  "Systems",
                                     "Maschinenbau", "Biotech",    "Robotics", "Solutions",
                                     "Diagnostics",  "Forschung"};
static const char *const kinds[] = {"company", "company", "company", "university", "research"};
static const char *const kinds_other[] = {"PME", "entreprise", "PRC", "Unternehmen"};
static const char *const roles[] = {"member", "member", "partner", "founder"};
static const char *const roles_other[] = {"Member", "membre", "MEMBER", "Partner"};
static const char *const states[] = {"active", "active", "active", "signed", "left"};
static const char *const months[] = {"janvier", "mars", "May", "Juni", "settembre", "Dec."};

typedef struct row {
    unsigned number;
    bool csv;
    const land *at;
    const char *mark; /* before the next value */
} row;

/* Doubles the quotes of CSV, puts \ before those of JSON. */
static void put_quoted(const row *r, const char *text) {
    putchar_unlocked('"');
    for (; *text; text++) {
        if (*text == '"')
            putchar_unlocked(r->csv ? '"' : '\\');
        putchar_unlocked(*text);
    }
    putchar_unlocked('"');
}

/* `bare`: a number or true and false in JSON. An empty value is none. */
static void put_value(row *r, const char *name, const char *text, bool bare) {
    if (r->csv || *text)
        fputs_unlocked(r->mark, stdout);
    if (r->csv || *text)
        r->mark = ",";
    if (!r->csv && *text)
        printf("\"%s\":", name);
    if (*text && ((!r->csv && !bare) || (r->csv && strpbrk(text, ",\"\n"))))
        put_quoted(r, text);
    else
        fputs_unlocked(text, stdout);
}

static void put_text(row *r, const char *name, const char *text) {
    put_value(r, name, text, false);
}

static bool is_messy(void) {
    return !draw(MESSY);
}

/* Left out of the row one time in `most`. */
static const char *maybe(const char *text, uint32_t most) {
    return draw(most) ? text : "";
}

static void put_name(row *r) {
    static const char *const forms[] = {"%s %s %s", "%s %s, %s", "%s \"%s\" %s", "%s & %s %s"};
    static const char *const messy[] = {" %s %s %s", "%s  %s %s", "%s %s %s ", "%s\u00a0%s %s"};
    char name[120];
    const char *form = is_messy() ? PICK(messy) : forms[draw(12) ? 0 : draw(COUNT(forms))];
    snprintf(name, sizeof name, form, PICK(first), PICK(second), r->at->form);
    put_text(r, "name", name);
}

static void put_kind(row *r) {
    static const char *const yes[] = {"oui", "ja", "yes", "x"};
    bool known = draw(10) > 0, messy = is_messy();
    put_text(r, "legalForm", is_messy() ? r->at->form_other : r->at->form);
    put_text(r, "kind", is_messy() ? PICK(kinds_other) : PICK(kinds));
    put_value(r, "sme", !known ? "" : messy ? PICK(yes) : draw(3) ? "true" : "false", !messy);
    put_text(r, "role", is_messy() ? PICK(roles_other) : PICK(roles));
    put_text(r, "status", PICK(states));
}

static void put_seat(row *r) {
    char text[40];
    put_text(r, "country", is_messy() ? r->at->other : r->at->code);
    put_text(r, "region", maybe(r->at->region, 3));
    put_text(r, "nuts", maybe(r->at->nuts, 3));
    snprintf(text, sizeof text, is_messy() ? "%s " : "%s", r->at->town);
    put_text(r, "locality", text);
    snprintf(text, sizeof text, "%s%u%u", r->at->postal, draw(10), draw(10));
    put_text(r, "postalCode", text);
    snprintf(text, sizeof text, "%u rue de l’Exemple", 1 + draw(200));
    put_text(r, "street", maybe(text, 3));
}

static void put_contact(row *r) {
    char text[80];
    unsigned site = draw(1000000);
    snprintf(text, sizeof text,
             is_messy() ? "HTTPS://Exemple-%u.org" : "https://exemple-%u.org/", site);
    put_text(r, "url", maybe(text, 10));
    snprintf(text, sizeof text,
             is_messy() ? "Contact@Exemple-%u.ORG" : "contact@exemple-%u.org", site);
    put_text(r, "email", maybe(text, 4));
    snprintf(text, sizeof text, is_messy() ? "%.3s %s %03u %02u %02u" : "%.3s%s%03u%02u%02u",
             r->at->dial, r->at->dial + 3, 100 + draw(900), draw(100), draw(100));
    put_text(r, "telephone", maybe(text, 3));
}

static void put_joined(row *r) {
    char text[40];
    uint32_t year = 1990 + draw(35), month = 1 + draw(12), day = 1 + draw(28);
    if (!is_messy())
        snprintf(text, sizeof text, "%u-%02u-%02u", year, month, day);
    else if (draw(2))
        snprintf(text, sizeof text, "%02u/%02u/%u", 13 + draw(15), month, year);
    else
        snprintf(text, sizeof text, "%u %s %u", day, PICK(months), year);
    put_text(r, "joined", maybe(text, 8));
}

static void put_numbers(row *r) {
    char text[40];
    uint32_t euros = 100 + draw(900), cents = draw(100);
    bool messy = is_messy(), known = draw(5) > 0;
    uint32_t people = draw(10) ? 1 + draw(250) : 1000 + draw(9000);
    snprintf(text, sizeof text, messy ? "1 %03u" : "%u", people % 1000);
    put_value(r, "employees", maybe(text, 8), !messy);
    messy = is_messy();
    snprintf(text, sizeof text, messy ? "%u.%03u,%02u €" : "%u%03u.%02u", 1 + draw(9), euros,
             cents);
    put_value(r, "fee", known ? text : "", !messy);
    put_text(r, "currency", !known ? "" : is_messy() ? "€" : "EUR");
}

static void put_row(row *r) {
    char id[20];
    r->at = &PICK(lands);
    r->mark = "";
    if (!r->csv)
        putchar_unlocked('{');
    snprintf(id, sizeof id, "M-%07u", r->number);
    put_text(r, "id", id);
    put_name(r);
    put_kind(r);
    put_seat(r);
    put_contact(r);
    put_joined(r);
    put_numbers(r);
    fputs_unlocked(r->csv ? "\n" : "}\n", stdout);
}

int main(int count, char **words) {
    if (count != 3)
        return 2;
    row r = {.csv = !strcmp(words[1], "csv")};
    unsigned rows = (unsigned)strtoul(words[2], NULL, 10);
    if (r.csv)
        puts("id,name,legalForm,kind,sme,role,status,country,region,nuts,locality,postalCode,"
             "street,url,email,telephone,joined,employees,fee,currency");
    for (r.number = 1; r.number <= rows; r.number++)
        put_row(&r);
    return 0;
}
