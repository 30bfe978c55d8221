/* SPDX-License-Identifier: MIT */
/*
 * libxml2's messages about a file and its XML Schema, made plain. They follow patterns with one
 * or two values in them ("'x' is not a valid value of the atomic type 'xs:int'."), each a row;
 * a message without a row keeps libxml2's words.
 */
#include "format/xml/valid.h"

#define XS "{http://www.w3.org/2001/XMLSchema}"

/* {1} and {2}: the values; {n}: the element's name; {t}: the type {2} in plain words. */
static const struct {
    ta_code code;
    const char *before, *between, *after; /* between NULL: one value; after NULL: none */
    const char *words;
} verdict_rows[] = {
    {TA_F_XSD_ELEMENT, "This element is not expected. Expected is one of ( ", NULL, " ).",
     "<{n}> is not expected here: expected one of {1}"},
    {TA_F_XSD_ELEMENT, "This element is not expected. Expected is ( ", NULL, " ).",
     "<{n}> is not expected here: expected {1}"},
    {TA_F_XSD_ELEMENT, "This element is not expected.", NULL, NULL,
     "<{n}> is not expected here"},
    {TA_F_XSD_ELEMENT, "Missing child element(s). Expected is one of ( ", NULL, " ).",
     "<{n}> ends too early: expected one of {1}"},
    {TA_F_XSD_ELEMENT, "Missing child element(s). Expected is ( ", NULL, " ).",
     "<{n}> ends too early: expected {1}"},
    {TA_F_XSD_ELEMENT, "Missing child element(s).", NULL, NULL, "<{n}> ends too early"},
    {TA_F_XSD_ELEMENT, "No matching global declaration available for the validation root.",
     NULL, NULL, "the schema has no root element <{n}> (in this namespace)"},
    {TA_F_XSD_ELEMENT, "No matching global element declaration available, but demanded by", "",
     "", "the schema does not know <{n}>, and must here"},
    {TA_F_XSD_ELEMENT, "Character content other than whitespace is not allowed because", "", "",
     "text stands in <{n}>, where only elements are expected"},
    {TA_F_XSD_ELEMENT, "Character content is not allowed, because the content type is empty.",
     NULL, NULL, "<{n}> must be empty, but text stands in it"},
    {TA_F_XSD_ELEMENT, "Element content is not allowed, because the content type is a simple",
     "", "", "<{n}> holds a value, but an element stands in it"},
    {TA_F_XSD_ELEMENT, "Element content is not allowed, because", "", "",
     "<{n}> must be empty, but an element stands in it"},
    {TA_F_XSD_ELEMENT, "The element declaration is abstract.", NULL, NULL,
     "<{n}> is abstract: an element that stands for it is expected"},
    {TA_F_XSD_ELEMENT, "The type definition is abstract.", NULL, NULL,
     "the type of <{n}> is abstract: xsi:type names the one that is meant"},
    {TA_F_XSD_ELEMENT, "The element is not 'nillable'.", NULL, NULL,
     "<{n}> may not be xsi:nil"},
    {TA_F_XSD_ATTRIBUTE, "The attribute '", NULL, "' is not allowed.",
     "the attribute {1} is not expected in <{n}>"},
    {TA_F_XSD_ATTRIBUTE, "The attribute '", NULL, "' is required but missing.",
     "the attribute {1} of <{n}> is missing"},
    {TA_F_XSD_VALUE, "'", "' is not a valid value of the atomic type '", "'.",
     "\"{1}\" is not {t}"},
    {TA_F_XSD_VALUE, "'", "' is not a valid value of the union type '", "'.",
     "\"{1}\" is not {t}"},
    {TA_F_XSD_VALUE, "'", "' is not a valid value of the list type '", "'.",
     "\"{1}\" is not a list of {2}"},
    {TA_F_XSD_VALUE, "'", "' is not a valid value of the local ", " type.",
     "\"{1}\" is not what the schema allows here"},
    {TA_F_XSD_VALUE, "The value '", "' is not accepted by the pattern '", "'.",
     "\"{1}\" does not match {2}"},
    {TA_F_XSD_VALUE, "The value '", "' is not an element of the set {", "}.",
     "\"{1}\" is none of {2}"},
    {TA_F_XSD_VALUE, "The value '", "' is greater than the maximum value allowed ('", "').",
     "{1} is more than {2}"},
    {TA_F_XSD_VALUE, "The value '", "' is less than the minimum value allowed ('", "').",
     "{1} is less than {2}"},
    {TA_F_XSD_VALUE, "The value '", "' must be less than '", "'.", "{1} is not less than {2}"},
    {TA_F_XSD_VALUE, "The value '", "' must be greater than '", "'.",
     "{1} is not more than {2}"},
    {TA_F_XSD_VALUE, "The value '", "' has more digits than are allowed ('", "').",
     "{1} has more than {2} digits"},
    {TA_F_XSD_VALUE, "The value '", "' has more fractional digits than are allowed ('", "').",
     "{1} has more than {2} digits behind the point"},
    {TA_F_XSD_VALUE, "The value has a length of '",
     "'; this underruns the allowed minimum length of '", "'.",
     "a length of {1}, expected at least {2}"},
    {TA_F_XSD_VALUE, "The value has a length of '",
     "'; this exceeds the allowed maximum length of '", "'.",
     "a length of {1}, expected at most {2}"},
    {TA_F_XSD_VALUE, "The value has a length of '",
     "'; this differs from the allowed length of '", "'.", "a length of {1}, expected {2}"},
    {TA_F_XSD_VALUE, "The actual value '", "' does not match the fixed value constraint '",
     "'.", "expected \"{2}\", found \"{1}\""},
    {TA_F_XSD_VALUE, "The value '", "' does not match the fixed value constraint '", "'.",
     "expected \"{2}\", found \"{1}\""},
    {TA_F_XSD_KEY, "Duplicate key-sequence [", "] in unique identity-constraint '", "'.",
     "the key {1} stands twice (xs:unique {2})"},
    {TA_F_XSD_KEY, "Duplicate key-sequence [", "] in key identity-constraint '", "'.",
     "the key {1} stands twice (xs:key {2})"},
    {TA_F_XSD_KEY, "No match found for key-sequence [", "] of keyref '", "'.",
     "a <{n}> in here refers to {1}, and nothing has that key (xs:keyref {2})"},
    {TA_F_XSD_KEY, "Not all fields of key identity-constraint '", NULL, "' evaluate to a node.",
     "a part of the key is missing in <{n}> (xs:key {1})"},
    {TA_F_XSD_KEY, "Duplicate key value '", NULL, "' of type 'xs:ID'.",
     "the ID \"{1}\" stands twice"},
};

/* The commonest types of XML Schema, as they follow "is not". */
static const struct {
    const char *type, *words;
} type_rows[] = {
    {"xs:int", "a whole number"},
    {"xs:integer", "a whole number"},
    {"xs:long", "a whole number"},
    {"xs:short", "a whole number"},
    {"xs:nonNegativeInteger", "a whole number from 0 on"},
    {"xs:positiveInteger", "a whole number from 1 on"},
    {"xs:unsignedInt", "a whole number from 0 on"},
    {"xs:decimal", "a decimal number"},
    {"xs:double", "a number"},
    {"xs:float", "a number"},
    {"xs:boolean", "true or false"},
    {"xs:date", "a date (2024-12-31)"},
    {"xs:dateTime", "a date with a time (2024-12-31T23:59:59Z)"},
    {"xs:time", "a time (23:59:59)"},
    {"xs:gYear", "a year (2024)"},
    {"xs:anyURI", "a URI"},
    {"xs:ID", "an ID: a name with a letter first"},
};

typedef struct span {
    const char *at;
    size_t len;
} span;

static bool ends_in(span text, const char *end) {
    size_t len = strlen(end);
    return text.len >= len && !memcmp(text.at + text.len - len, end, len);
}

/* The last place of a mark in a text: values may hold anything, the words behind them do not.
 */
static const char *find_last(span text, const char *mark) {
    size_t len = strlen(mark);
    for (const char *p = text.at + text.len - (len < text.len ? len : text.len); p >= text.at;
         p--)
        if ((size_t)(text.at + text.len - p) >= len && !memcmp(p, mark, len))
            return p;
    return NULL;
}

/* Whether a message is of a row's form, and its values. */
static bool match_row(size_t i, span message, span values[2]) {
    const char *before = verdict_rows[i].before, *between = verdict_rows[i].between;
    const char *after = verdict_rows[i].after;
    size_t len = strlen(before);
    if (!message.at || message.len < len || memcmp(message.at, before, len) != 0)
        return false;
    if (!after)
        return message.len == len;
    if (!ends_in(message, after) || message.len < len + strlen(after))
        return false;
    span rest = {message.at + len, message.len - len - strlen(after)};
    values[0] = rest;
    if (!between)
        return true;
    const char *mid = find_last(rest, between);
    if (!mid)
        return false;
    values[0].len = (size_t)(mid - rest.at);
    values[1].at = mid + strlen(between);
    values[1].len = (size_t)(rest.at + rest.len - values[1].at);
    return true;
}

/* Names as people write them: of the schemas' own namespace with xs:, others bare. */
static void put_names(ta_buf *out, span text) {
    const size_t xs = sizeof XS - 1;
    const char *end = text.at + text.len;
    for (const char *p = text.at; p < end; p++) {
        const char *close = *p == '{' ? memchr(p, '}', (size_t)(end - p)) : NULL;
        bool name = close && (p == text.at || strchr(" '", p[-1])) && close + 1 < end &&
                    !strchr(" '}", close[1]);
        if (!name) {
            ta_buf_put(out, p, 1);
            continue;
        }
        ta_buf_puts(out, (size_t)(close + 1 - p) == xs && !memcmp(p, XS, xs) ? "xs:" : "");
        p = close;
    }
}

static void put_type(ta_buf *out, span type) {
    for (size_t i = 0; i < sizeof type_rows / sizeof *type_rows; i++) {
        if (strlen(type_rows[i].type) != type.len ||
            memcmp(type_rows[i].type, type.at, type.len) != 0)
            continue;
        ta_buf_puts(out, type_rows[i].words);
        return;
    }
    ta_buf_puts(out, "of the type ");
    put_names(out, type);
}

static void put_verdict(ta_xml_verdict *verdict, const char *words, const span values[2]) {
    for (const char *p = words; *p; p++) {
        if (*p != '{') {
            ta_buf_put(&verdict->words, p, 1);
            continue;
        }
        char hole = p[1];
        if (hole == 'n')
            ta_buf_put(&verdict->words, verdict->element.data, verdict->element.len);
        else if (hole == 't')
            put_type(&verdict->words, values[1]);
        else if (verdict->code == TA_F_XSD_VALUE)
            ta_buf_put(&verdict->words, values[hole - '1'].at, values[hole - '1'].len);
        else
            put_names(&verdict->words, values[hole - '1']);
        p += 2;
    }
}

/* Takes "Element 'NAME', attribute 'NAME': " and "[facet 'NAME'] " off the message. */
static span take_names(ta_xml_verdict *verdict, span text) {
    if (!text.at)
        return text;
    static const char marks[2][14] = {"Element '", ", attribute '"};
    ta_buf *names[2] = {&verdict->element, &verdict->attribute};
    for (int i = 0; i < 2; i++) {
        size_t len = strlen(marks[i]);
        if (text.len < len || memcmp(text.at, marks[i], len) != 0)
            continue;
        const char *end = memchr(text.at + len, '\'', text.len - len);
        if (!end)
            return text;
        put_names(names[i], (span){text.at + len, (size_t)(end - text.at) - len});
        text.len -= (size_t)(end + 1 - text.at);
        text.at = end + 1;
    }
    static const char *const rests[2] = {": ", "[facet '"};
    for (int i = 0; i < 2; i++) {
        const char *end = i ? memmem(text.at, text.len, "] ", 2) : text.at;
        if (!end || text.len < strlen(rests[i]) ||
            memcmp(text.at, rests[i], strlen(rests[i])) != 0)
            continue;
        text.len -= (size_t)(end + 2 - text.at);
        text.at = end + 2;
    }
    return text;
}

/* Without its line end; a value in it may have others. */
static span trim_message(const char *message) {
    size_t len = message ? strlen(message) : 0;
    return (span){message, len - (len && message[len - 1] == '\n')};
}

bool ta_xml_verdict_read(ta_xml_verdict *verdict, const char *message) {
    span text = take_names(verdict, trim_message(message));
    span values[2] = {{"", 0}, {"", 0}};
    if (text.len >= 9 && !memcmp(text.at, "Warning: ", 9))
        return false;
    for (size_t i = 0; i < sizeof verdict_rows / sizeof *verdict_rows; i++) {
        if (!match_row(i, text, values))
            continue;
        verdict->code = verdict_rows[i].code;
        verdict->list = strstr(verdict_rows[i].words, "a list of") != NULL;
        verdict->item = verdict->code == TA_F_XSD_VALUE;
        put_verdict(verdict, verdict_rows[i].words, values);
        return true;
    }
    verdict->code = TA_F_XSD_ELEMENT;
    ta_buf_printf(&verdict->words, "<%s>: ", ta_buf_text(&verdict->element));
    put_names(&verdict->words, text);
    return true;
}

void ta_xml_verdict_fini(ta_xml_verdict *verdict) {
    ta_buf_fini(&verdict->words);
    ta_buf_fini(&verdict->element);
    ta_buf_fini(&verdict->attribute);
}

void ta_xml_put_schema_words(ta_buf *out, const char *message) {
    ta_xml_verdict names = {.code = TA_F_XSD_ELEMENT};
    span text = take_names(&names, trim_message(message));
    if (names.element.len)
        ta_buf_printf(out, "%s: ", ta_buf_text(&names.element));
    put_names(out, text);
    if (ends_in(text, ".") && out->len)
        out->len--;
    ta_xml_verdict_fini(&names);
}
