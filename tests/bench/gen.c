/* SPDX-License-Identifier: MIT */
/* gen FORMAT(csv|json|ndjson|yaml|xml) KIND(members|clusters) N: writes benchmark data to
 * standard output, the same bytes every time. */
/* One table of words and one printf a line read best as they are. */
/* clang-format off */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static uint64_t s = 88172645463325252ULL;
static uint32_t rnd(void) {
    s ^= s << 13;
    s ^= s >> 7;
    s ^= s << 17;
    return (uint32_t)(s >> 32);
}
#define N_(a) (sizeof a / sizeof *a)
#define PICK(a) a[rnd() % N_(a)]
static const char *w1[] = {
    "Acier",   "Øresund", "Łódź",    "Müller", "São",    "Catalan", "Baltic", "Nordic", "Élan",
    "Ibérica", "Śląsk",   "Kärnten", "Aegean", "Danube", "Rhône",   "Västra", "Açores", "Čech",
    "Gaia",    "Helios",  "Quantum", "Blue",   "Green",  "Smart",   "Agri"};
static const char *w2[] = {"Technologies", "Innovation", "Énergie",    "Maschinenbau",
                           "Foods",        "Textiles",   "Systems",    "Biotech",
                           "Logistics",    "Robotics",   "Consulting", "Werke",
                           "Industria",    "Solutions",  "Plásticos",  "Forschung",
                           "Medical",      "Marine",     "Optics",     "Materials"};
static const char *lf[] = {"GmbH", "S.A.", "SARL", "Sp. z o.o.", "AB",  "Oy",     "S.p.A.",
                           "B.V.", "Lda.", "e.V.", "A/S",        "SAS", "s.r.o.", "University"};
static const char *cc[] = {"DE", "FR", "ES", "IT", "PL", "SE", "FI", "NL", "PT",
                           "AT", "DK", "CZ", "BE", "GR", "NO", "IE", "RO", "HU"};
static const char *city[] = {"München",
                             "Köln",
                             "Saint-Étienne",
                             "A Coruña",
                             "Łódź",
                             "Göteborg",
                             "Jyväskylä",
                             "'s-Hertogenbosch",
                             "Évora",
                             "Århus",
                             "Brno",
                             "Liège",
                             "Thessaloniki",
                             "Tromsø",
                             "Lyon",
                             "Bilbao",
                             "Torino",
                             "Graz",
                             "Cluj-Napoca",
                             "Győr",
                             "Frankfurt am Main",
                             "L'Hospitalet de Llobregat"};
static const char *role[] = {"coordinator", "partner",     "associate",
                             "observer",    "full member", "technology provider"};
static const char *dom[] = {"de", "fr", "es", "it", "pl", "se", "eu", "com", "org"};
static const char *prog[] = {"Horizon Europe", "ERDF",  "Interreg",
                             "Digital Europe", "COSME", "LIFE"};
static const char *fmt;
typedef struct {
    char id[16], name[160], legal[24], country[4], region[8], city_[48], post[12], role_[32],
        founded[16], web[80], email[96];
    int sme, emp;
    long cents;
    int hasweb, hasmail;
} M;
static void mk(M *m, unsigned i) {
    sprintf(m->id, "M%07u", i);
    uint32_t r = rnd() % 100;
    const char *a = PICK(w1), *b = PICK(w2), *l = PICK(lf);
    if (r < 8)
        sprintf(m->name, "%s %s, %s", a, b, PICK(w2));
    else if (r < 11)
        sprintf(m->name, "%s \"%s\" %s", a, PICK(w1), b);
    else if (r < 14)
        sprintf(m->name, "%s & %s %s", a, PICK(w1), b);
    else if (r < 15)
        sprintf(m->name, "%s: %s #%u", a, b, rnd() % 90);
    else
        sprintf(m->name, "%s %s %s", a, b, rnd() & 1 ? PICK(w2) : "Group");
    strcpy(m->legal, l);
    strcpy(m->country, PICK(cc));
    sprintf(m->region, "%s%c%u", m->country, 'A' + rnd() % 20, rnd() % 10);
    strcpy(m->city_, PICK(city));
    sprintf(m->post, "%05u", rnd() % 100000);
    strcpy(m->role_, PICK(role));
    m->sme = rnd() % 3 != 0;
    m->emp = rnd() % 10 ? rnd() % 250 : rnd() % 20000;
    sprintf(m->founded, "%04u-%02u-%02u", 1900 + rnd() % 125, 1 + rnd() % 12, 1 + rnd() % 28);
    m->cents = rnd() % 100000000;
    m->hasweb = rnd() % 10 != 0;
    m->hasmail = rnd() % 20 != 0;
    char lw[32];
    int k = 0;
    for (const char *p = b; *p; p++)
        if ((*p | 32) >= 'a' && (*p | 32) <= 'z')
            lw[k++] = *p | 32;
    lw[k] = 0;
    sprintf(m->web, "https://www.%s-%u.%s/", lw, i % 9973, PICK(dom));
    sprintf(m->email, "info%u@%s-%u.%s", rnd() % 100, lw, i % 9973, PICK(dom));
}
static char ob[1 << 16];
static void csvs(const char *t) {
    if (strpbrk(t, ",\"\n")) {
        putchar_unlocked('"');
        for (; *t; t++) {
            if (*t == '"')
                putchar_unlocked('"');
            putchar_unlocked(*t);
        }
        putchar_unlocked('"');
    } else
        fputs_unlocked(t, stdout);
}
static void js(const char *t) {
    putchar_unlocked('"');
    for (; *t; t++) {
        if (*t == '"' || *t == '\\')
            putchar_unlocked('\\');
        if (*t == '\n') {
            fputs_unlocked("\\n", stdout);
            continue;
        }
        putchar_unlocked(*t);
    }
    putchar_unlocked('"');
}
static void xs(const char *t) {
    for (; *t; t++) {
        if (*t == '&')
            fputs_unlocked("&amp;", stdout);
        else if (*t == '<')
            fputs_unlocked("&lt;", stdout);
        else
            putchar_unlocked(*t);
    }
}
static void ys(const char *t) { // plain unless ambiguous, single-quoted otherwise
    int q = 0;
    if (!*t)
        q = 1;
    if (strchr("'\"&*!|>%@`#-?:,[]{} ", *t))
        q = 1;
    if (strstr(t, ": ") || strstr(t, " #"))
        q = 1;
    int dig = 1;
    for (const char *p = t; *p; p++)
        if (!((*p >= '0' && *p <= '9') || *p == '-' || *p == '.'))
            dig = 0;
    if (dig)
        q = 1;
    if (!strcmp(t, "NO"))
        q = 1;
    if (!q) {
        fputs_unlocked(t, stdout);
        return;
    }
    putchar_unlocked('\'');
    for (; *t; t++) {
        if (*t == '\'')
            putchar_unlocked('\'');
        putchar_unlocked(*t);
    }
    putchar_unlocked('\'');
}
static void member(M *m, int first) {
    if (!strcmp(fmt, "csv")) {
        printf("%s,", m->id);
        csvs(m->name);
        printf(",%s,%s,%s,%s,%s,%s,%s,%d,%s,%ld.%02ld,%s,%s\n", m->legal, m->country, m->region,
               m->city_, m->post, m->role_, m->sme ? "true" : "false", m->emp, m->founded,
               m->cents / 100, m->cents % 100, m->hasweb ? m->web : "",
               m->hasmail ? m->email : "");
    } else if (!strcmp(fmt, "json") || !strcmp(fmt, "ndjson")) {
        if (*fmt == 'j')
            fputs_unlocked(first ? "  " : ",\n  ", stdout);
        const char *sp = *fmt == 'j' ? " " : "";
        printf("{\"id\":%s\"%s\",%s\"name\":%s", sp, m->id, sp, sp);
        js(m->name);
#define K(k, v)                                                                                \
    printf(",%s\"%s\":%s", sp, k, sp);                                                         \
    js(v);
        K("legal_form", m->legal)
        K("country", m->country) K("region", m->region) K("city", m->city_)
            K("postal_code", m->post) K("role", m->role_)
                printf(",%s\"sme\":%s%s,%s\"employees\":%s%d", sp, sp,
                       m->sme ? "true" : "false", sp, sp, m->emp);
        K("founded", m->founded)
        printf(",%s\"contribution\":%s%ld.%02ld", sp, sp, m->cents / 100, m->cents % 100);
        if (m->hasweb) {
            K("website", m->web)
        } else
            printf(",%s\"website\":%snull", sp, sp);
        if (m->hasmail) {
            K("email", m->email)
        } else
            printf(",%s\"email\":%snull", sp, sp);
        putchar_unlocked('}');
        if (*fmt == 'n')
            putchar_unlocked('\n');
    } else if (!strcmp(fmt, "yaml")) {
        printf("- id: %s\n  name: ", m->id);
        ys(m->name);
#define Y(k, v)                                                                                \
    printf("\n  " k ": ");                                                                     \
    ys(v);
        Y("legal_form", m->legal)
        Y("country", m->country) Y("region", m->region) Y("city", m->city_)
            Y("postal_code", m->post) Y("role", m->role_)
                printf("\n  sme: %s\n  employees: %d", m->sme ? "true" : "false", m->emp);
        Y("founded", m->founded)
        printf("\n  contribution: %ld.%02ld", m->cents / 100, m->cents % 100);
        if (m->hasweb) {
            Y("website", m->web)
        } else
            printf("\n  website: null");
        if (m->hasmail) {
            Y("email", m->email)
        } else
            printf("\n  email: null");
        putchar_unlocked('\n');
    } else { // xml
        printf("  <member id=\"%s\">\n    <name>", m->id);
        xs(m->name);
#define X(k, v)                                                                                \
    printf("</%s>\n    <%s>", pk, k);                                                          \
    pk = k;                                                                                    \
    xs(v);
        const char *pk = "name";
        X("legal_form", m->legal)
        X("country", m->country) X("region", m->region) X("city", m->city_)
            X("postal_code", m->post) X("role", m->role_) char b[40];
        X("sme", m->sme ? "true" : "false") sprintf(b, "%d", m->emp);
        X("employees", b)
        X("founded", m->founded) sprintf(b, "%ld.%02ld", m->cents / 100, m->cents % 100);
        X("contribution", b)
        if (m->hasweb) {
            X("website", m->web)
        }
        if (m->hasmail) {
            X("email", m->email)
        }
        printf("</%s>\n  </member>\n", pk);
    }
}
static void cluster(unsigned i, int first) {
    M m;
    mk(&m, i);
    int np = 4 + rnd() % 5, ns = 1 + rnd() % 4;
    M p[8];
    for (int k = 0; k < np; k++)
        mk(&p[k], rnd() % 1000000);
    const char *spr[4];
    long amt[4];
    int yr[4];
    long tot = 0;
    for (int k = 0; k < ns; k++) {
        spr[k] = PICK(prog);
        amt[k] = rnd() % 500000000;
        tot += amt[k];
        yr[k] = 2014 + rnd() % 12;
    }
    char desc[400];
    sprintf(desc,
            "%s is a cluster organisation in %s (%s) supporting members with innovation "
            "services, internationalisation & training.\nFunded under \"%s\" since %d.",
            m.name, m.city_, m.country, spr[0], yr[0]);
    int nt = 2 + rnd() % 3;
    const char *th[4];
    for (int k = 0; k < nt; k++)
        th[k] = PICK(w2);
    if (!strcmp(fmt, "json") || !strcmp(fmt, "ndjson")) {
        const char *sp = *fmt == 'j' ? " " : "";
        if (*fmt == 'j')
            fputs_unlocked(first ? "  " : ",\n  ", stdout);
        printf("{\"id\":%s\"C%06u\"", sp, i);
        K("name", m.name)
        K("country", m.country) K("region", m.region) K("established", m.founded)
            K("description", desc) printf(",%s\"themes\":%s[", sp, sp);
        for (int k = 0; k < nt; k++) {
            if (k)
                printf(",%s", sp);
            js(th[k]);
        }
        printf("],%s\"contact\":%s{\"email\":%s", sp, sp, sp);
        js(m.email);
        K("city", m.city_) K("postal_code", m.post) printf("},%s\"partners\":%s[", sp, sp);
        for (int k = 0; k < np; k++) {
            if (k)
                printf(",%s", sp);
            printf("{\"id\":%s\"%s\"", sp, p[k].id);
            K("name", p[k].name)
            K("country", p[k].country) K("role", p[k].role_)
                printf(",%s\"sme\":%s%s,%s\"contribution\":%s%ld.%02ld}", sp, sp,
                       p[k].sme ? "true" : "false", sp, sp, p[k].cents / 100, p[k].cents % 100);
        }
        printf("],%s\"funding\":%s{\"total\":%s%ld.%02ld,%s\"currency\":%s\"EUR\",%"
               "s\"sources\":%s[",
               sp, sp, sp, tot / 100, tot % 100, sp, sp, sp, sp);
        for (int k = 0; k < ns; k++) {
            if (k)
                printf(",%s", sp);
            printf("{\"programme\":%s\"%s\",%s\"amount\":%s%ld.%02ld,%s\"year\":%s%d}", sp,
                   spr[k], sp, sp, amt[k] / 100, amt[k] % 100, sp, sp, yr[k]);
        }
        printf("]}}");
        if (*fmt == 'n')
            putchar_unlocked('\n');
    } else if (!strcmp(fmt, "yaml")) {
        printf("- id: C%06u", i);
        Y("name", m.name)
        Y("country", m.country) Y("region", m.region) Y("established", m.founded)
            printf("\n  description: \"");
        for (char *t = desc; *t; t++) {
            if (*t == '"' || *t == '\\')
                putchar_unlocked('\\');
            if (*t == '\n')
                fputs_unlocked("\\n", stdout);
            else
                putchar_unlocked(*t);
        }
        printf("\"\n  themes:");
        for (int k = 0; k < nt; k++) {
            printf("\n  - ");
            ys(th[k]);
        }
        printf("\n  contact:\n    email: ");
        ys(m.email);
        printf("\n    city: ");
        ys(m.city_);
        printf("\n    postal_code: ");
        ys(m.post);
        printf("\n  partners:");
        for (int k = 0; k < np; k++) {
            printf("\n  - id: %s\n    name: ", p[k].id);
            ys(p[k].name);
            printf("\n    country: ");
            ys(p[k].country);
            printf("\n    role: %s\n    sme: %s\n    contribution: %ld.%02ld", p[k].role_,
                   p[k].sme ? "true" : "false", p[k].cents / 100, p[k].cents % 100);
        }
        printf("\n  funding:\n    total: %ld.%02ld\n    currency: EUR\n    sources:", tot / 100,
               tot % 100);
        for (int k = 0; k < ns; k++)
            printf("\n    - programme: %s\n      amount: %ld.%02ld\n      year: %d", spr[k],
                   amt[k] / 100, amt[k] % 100, yr[k]);
        putchar_unlocked('\n');
    } else {
        const char *pk = "name";
        printf("  <cluster id=\"C%06u\">\n    <name>", i);
        xs(m.name);
        X("country", m.country)
        X("region", m.region) X("established", m.founded) X("description", desc)
            printf("</%s>\n    <themes>\n", pk);
        for (int k = 0; k < nt; k++) {
            printf("      <theme>");
            xs(th[k]);
            printf("</theme>\n");
        }
        printf("    </themes>\n    <contact>\n      <email>");
        xs(m.email);
        printf("</email>\n      <city>");
        xs(m.city_);
        printf("</city>\n      <postal_code>%s</postal_code>\n    </contact>\n    <partners>\n",
               m.post);
        for (int k = 0; k < np; k++) {
            printf("      <partner id=\"%s\">\n        <name>", p[k].id);
            xs(p[k].name);
            printf("</name>\n        <country>%s</country>\n        <role>%s</role>\n        "
                   "<sme>%s</sme>\n        <contribution>%ld.%02ld</contribution>\n      "
                   "</partner>\n",
                   p[k].country, p[k].role_, p[k].sme ? "true" : "false", p[k].cents / 100,
                   p[k].cents % 100);
        }
        printf("    </partners>\n    <funding>\n      <total>%ld.%02ld</total>\n      "
               "<currency>EUR</currency>\n      <sources>\n",
               tot / 100, tot % 100);
        for (int k = 0; k < ns; k++)
            printf("        <source>\n          <programme>%s</programme>\n          "
                   "<amount>%ld.%02ld</amount>\n          <year>%d</year>\n        </source>\n",
                   spr[k], amt[k] / 100, amt[k] % 100, yr[k]);
        printf("      </sources>\n    </funding>\n  </cluster>\n");
    }
}
int main(int c, char **v) {
    (void)c;
    fmt = v[1];
    int mem = !strcmp(v[2], "members");
    unsigned n = atoi(v[3]);
    static char buf[1 << 20];
    setvbuf(stdout, buf, _IOFBF, sizeof buf);
    if (!strcmp(fmt, "csv"))
        puts("id,name,legal_form,country,region,city,postal_code,role,sme,employees,founded,"
             "contribution,website,email");
    if (!strcmp(fmt, "json"))
        puts("[");
    if (!strcmp(fmt, "xml"))
        printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s>\n",
               mem ? "members" : "clusters");
    for (unsigned i = 0; i < n; i++) {
        if (mem) {
            M m;
            mk(&m, i + 1);
            member(&m, i == 0);
        } else
            cluster(i + 1, i == 0);
    }
    if (!strcmp(fmt, "json"))
        puts("\n]");
    if (!strcmp(fmt, "xml"))
        printf("</%s>\n", mem ? "members" : "clusters");
    return 0;
}
