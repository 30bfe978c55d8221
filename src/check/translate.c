/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions of ECMA-262 (2023, section 22.2.1, with the flag u) as PCRE2 writes the
 * same. They differ in \s, in the dot, in the names of properties and in escapes; what PCRE2
 * has and ECMA-262 has not (\A, \Z, possessive quantifiers, atomic groups, verbs) is refused.
 * Escaped characters that need no escape are let through, as the patterns in use have them.
 */
#include <stdlib.h>

#include "check/pattern.h"

static const char blanks[] = "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}"
                             "\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
static const char no_blanks[] = "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}"
                                "\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}"
                                "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}"
                                "\\x{ff00}-\\x{10ffff}";

/* Long names of general categories, which PCRE2 knows by their letters (UAX 44, table 12). */
static const struct {
    const char *name, *letters;
} categories[] = {
    {"Letter", "L"},
    {"Cased_Letter", "L&"},
    {"Uppercase_Letter", "Lu"},
    {"Lowercase_Letter", "Ll"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Mark", "M"},
    {"Combining_Mark", "M"},
    {"Nonspacing_Mark", "Mn"},
    {"Spacing_Mark", "Mc"},
    {"Enclosing_Mark", "Me"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Letter_Number", "Nl"},
    {"Other_Number", "No"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Connector_Punctuation", "Pc"},
    {"Dash_Punctuation", "Pd"},
    {"Open_Punctuation", "Ps"},
    {"Close_Punctuation", "Pe"},
    {"Initial_Punctuation", "Pi"},
    {"Final_Punctuation", "Pf"},
    {"Other_Punctuation", "Po"},
    {"Symbol", "S"},
    {"Math_Symbol", "Sm"},
    {"Currency_Symbol", "Sc"},
    {"Modifier_Symbol", "Sk"},
    {"Other_Symbol", "So"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Line_Separator", "Zl"},
    {"Paragraph_Separator", "Zp"},
    {"Other", "C"},
    {"Control", "Cc"},
    {"cntrl", "Cc"},
    {"Format", "Cf"},
    {"Surrogate", "Cs"},
    {"Private_Use", "Co"},
    {"Unassigned", "Cn"},
};

typedef struct translation {
    const char *at, *end;
    ta_buf *out;
    bool in_class;
    bool can_repeat; /* something stands before that a quantifier may follow */
    const char *fault;
} translation;

static void put_code_point(translation *t, uint32_t code_point) {
    ta_buf_printf(t->out, "\\x{%x}", (unsigned)code_point);
}

/* So many hexadecimal digits; false: there are fewer. */
static bool read_hex(translation *t, int count, uint32_t *out) {
    char digits[9] = {0};
    if (t->end - t->at < count)
        return false;
    memcpy(digits, t->at, (size_t)count);
    for (int i = 0; i < count; i++)
        if (!strchr("0123456789abcdefABCDEF", digits[i]))
            return false;
    *out = (uint32_t)strtoul(digits, NULL, 16);
    t->at += count;
    return true;
}

/* {X…}, from the brace on. */
static bool read_braced_hex(translation *t, uint32_t *out) {
    static const char digits[] = "0123456789abcdef";
    uint32_t value = 0;
    for (t->at++; t->at < t->end && *t->at != '}'; t->at++) {
        const char *digit = strchr(digits, *t->at >= 'A' ? *t->at | 32 : *t->at);
        if (!digit || !*digit || value > 0x10FFFF)
            return false;
        value = value * 16 + (uint32_t)(digit - digits);
    }
    bool closed = t->at < t->end && t->at[-1] != '{';
    t->at += closed;
    *out = value;
    return closed;
}

/* \uXXXX, a pair of them, or \u{X…}. */
static void translate_unicode(translation *t) {
    uint32_t code = 0, low = 0;
    bool ok =
        t->at < t->end && *t->at == '{' ? read_braced_hex(t, &code) : read_hex(t, 4, &code);
    if (ok && code >= 0xD800 && code < 0xDC00 && t->end - t->at >= 6 && t->at[0] == '\\' &&
        t->at[1] == 'u') {
        t->at += 2;
        ok = read_hex(t, 4, &low) && low >= 0xDC00 && low < 0xE000;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (!ok || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        t->fault = "\\u needs four hexadecimal digits, or a code point in {}";
    else
        put_code_point(t, code);
}

static const char *category_letters(const char *name, size_t len) {
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (strlen(categories[i].name) == len && !memcmp(categories[i].name, name, len))
            return categories[i].letters;
    return NULL;
}

/* \p{…} and \P{…}. */
static void translate_property(translation *t, char letter) {
    const char *end =
        t->at < t->end && *t->at == '{' ? memchr(t->at, '}', (size_t)(t->end - t->at)) : NULL;
    if (!end) {
        t->fault = "\\p needs the name of a property in {}";
        return;
    }
    const char *name = t->at + 1, *equals = memchr(name, '=', (size_t)(end - name));
    size_t key = equals ? (size_t)(equals - name) : 0;
    bool category = !equals || (key == 2 && !memcmp(name, "gc", 2)) ||
                    (key == 16 && !memcmp(name, "General_Category", 16));
    if (equals && category)
        name = equals + 1;
    const char *letters = category ? category_letters(name, (size_t)(end - name)) : NULL;
    ta_buf_printf(t->out, "\\%c{", letter);
    if (letters)
        ta_buf_puts(t->out, letters);
    else
        ta_buf_put(t->out, name, (size_t)(end - name));
    ta_buf_puts(t->out, "}");
    t->at = end + 1;
}

static void put_blanks(translation *t, bool are) {
    const char *set = are || !t->in_class ? blanks : no_blanks;
    if (t->in_class)
        ta_buf_puts(t->out, set);
    else
        ta_buf_printf(t->out, are ? "[%s]" : "[^%s]", set);
}

static void translate_control(translation *t) {
    char c = t->at < t->end ? *t->at : 0;
    if ((c | 32) < 'a' || (c | 32) > 'z') {
        t->fault = "\\c needs a letter";
        return;
    }
    t->at++;
    put_code_point(t, (uint32_t)(c & 31));
}

static void translate_hex(translation *t) {
    uint32_t code = 0;
    if (read_hex(t, 2, &code))
        put_code_point(t, code);
    else
        t->fault = "\\x needs two hexadecimal digits";
}

/* A back reference, \0, or what is no digit. */
static void translate_number(translation *t, char c) {
    if (c == '0' && (t->at == t->end || *t->at < '0' || *t->at > '9'))
        put_code_point(t, 0);
    else if (c == '0' || t->in_class)
        t->fault = "numbers behind a backslash name groups";
    else
        ta_buf_printf(t->out, "\\%c", c);
}

static void translate_letter(translation *t, char c) {
    static const char plain[] = "dDwW";
    if (strchr(plain, c))
        ta_buf_printf(t->out, "\\%c", c);
    else if ((c == 'b' || c == 'B') && (!t->in_class || c == 'b'))
        ta_buf_printf(t->out, t->in_class ? "\\x{8}" : "\\%c", c);
    else if (c == 'k' && !t->in_class && t->at < t->end && *t->at == '<')
        ta_buf_puts(t->out, "\\k");
    else
        t->fault = "an escape that ECMA-262 does not have";
}

static void translate_escape(translation *t) {
    static const char from[] = "tnvfr";
    static const uint32_t to[] = {9, 10, 11, 12, 13};
    if (t->at == t->end) {
        t->fault = "a backslash at the end";
        return;
    }
    char c = *t->at++;
    const char *simple = strchr(from, c);
    if (simple && c)
        put_code_point(t, to[simple - from]);
    else if (c == 's' || c == 'S')
        put_blanks(t, c == 's');
    else if (c == 'u')
        translate_unicode(t);
    else if (c == 'x')
        translate_hex(t);
    else if (c == 'c')
        translate_control(t);
    else if (c == 'p' || c == 'P')
        translate_property(t, c);
    else if (c >= '0' && c <= '9')
        translate_number(t, c);
    else if ((c | 32) >= 'a' && (c | 32) <= 'z')
        translate_letter(t, c);
    else if ((unsigned char)c >= 0x80) /* needs no escape */
        ta_buf_put(t->out, &c, 1);
    else
        ta_buf_printf(t->out, "\\%c", c);
}

static void translate_class(translation *t) {
    ta_buf_puts(t->out, "[");
    if (t->at < t->end && *t->at == '^') {
        ta_buf_puts(t->out, "^");
        t->at++;
    }
    t->in_class = true;
    while (t->at < t->end && *t->at != ']' && !t->fault) {
        char c = *t->at++;
        if (c == '\\')
            translate_escape(t);
        else if (c == '[') /* PCRE2 would look for [:alpha:] */
            ta_buf_puts(t->out, "\\[");
        else
            ta_buf_put(t->out, &c, 1);
    }
    t->in_class = false;
    if (!t->fault && t->at == t->end)
        t->fault = "a [ that is never closed";
    t->at++;
    ta_buf_puts(t->out, "]");
}

/* What may follow (? : the groups that ECMA-262 has. */
static void translate_group(translation *t) {
    size_t rest = (size_t)(t->end - t->at);
    ta_buf_puts(t->out, "(");
    if (rest && *t->at == '*') {
        t->fault = "nothing to repeat";
        return;
    }
    if (!rest || *t->at != '?')
        return;
    bool plain = rest > 1 && strchr(":=!", t->at[1]) && t->at[1];
    bool named = rest > 2 && t->at[1] == '<';
    if (!plain && !named) {
        t->fault = "a kind of group that ECMA-262 does not have";
        return;
    }
    size_t len = plain ? 2 : t->at[2] == '=' || t->at[2] == '!' ? 3 : 2;
    ta_buf_put(t->out, t->at, len);
    t->at += len;
}

/* Whether {…} at t->at is a quantifier, and its length. */
static size_t braces_len(const translation *t) {
    const char *at = t->at;
    while (at < t->end && *at >= '0' && *at <= '9')
        at++;
    if (at == t->at)
        return 0;
    if (at < t->end && *at == ',')
        at++;
    while (at < t->end && *at >= '0' && *at <= '9')
        at++;
    return at < t->end && *at == '}' ? (size_t)(at - t->at) + 1 : 0;
}

static void translate_quantifier(translation *t, char c) {
    size_t len = c == '{' ? braces_len(t) : 0;
    if (c == '{' && !len) { /* a brace that stands for itself */
        ta_buf_puts(t->out, "\\{");
        t->can_repeat = true;
        return;
    }
    if (!t->can_repeat) {
        t->fault = "nothing to repeat";
        return;
    }
    ta_buf_put(t->out, &c, 1);
    ta_buf_put(t->out, t->at, len);
    t->at += len;
    if (t->at < t->end && *t->at == '?')
        ta_buf_put(t->out, t->at++, 1);
    t->can_repeat = false;
}

static void translate_one(translation *t) {
    char c = *t->at++;
    if (strchr("*+?{", c) && c) {
        translate_quantifier(t, c);
        return;
    }
    t->can_repeat = c != '(' && c != '|' && c != '^';
    if (c == '\\')
        translate_escape(t);
    else if (c == '[')
        translate_class(t);
    else if (c == '(')
        translate_group(t);
    else if (c == '.')
        ta_buf_puts(t->out, "[^\\n\\r\\x{2028}\\x{2029}]");
    else if (c == '}' || c == ']')
        ta_buf_printf(t->out, "\\%c", c);
    else
        ta_buf_put(t->out, &c, 1);
}

const char *ta_pattern_translate(ta_text text, ta_buf *out, size_t *bad) {
    translation t = {.at = text.data, .end = text.data + text.len, .out = out};
    while (t.at < t.end && !t.fault)
        translate_one(&t);
    *bad = (size_t)(t.at - text.data);
    return t.fault;
}
