/* SPDX-License-Identifier: MIT */
/*
 * Text as it is meant: XML 1.0 sections 2.11 (line ends), 3.3.3 (blanks in attributes) and 4.4
 * (references). Entities that the DOCTYPE declares expand within a budget; those with markup in
 * them or outside of the file are refused.
 */
#include "base/utf8.h"
#include "format/xml/build.h"

enum { ENTITY_DEPTH_MAX = 20, WORD_MAX = 40 };

typedef struct decoder {
    ta_xml_build *build;
    bool attribute;
    const char *place; /* of the reference in the file that is being expanded; NULL */
    int depth;
} decoder;

static bool decode_run(decoder *d, const char *from, const char *to);

static bool fail_memory(const decoder *d) {
    d->build->problem->memory = d->build->problem->set = true;
    return false;
}

static bool put_decoded(const decoder *d, const char *data, size_t len) {
    char *room = ta_record_room(d->build->record, len);
    if (!room)
        return fail_memory(d);
    memcpy(room, data, len);
    d->build->record->arena.len += len;
    return true;
}

static ta_span reference_span(const decoder *d, const char *p, const char *end) {
    uint64_t at = ta_xml_offset(d->build->input, d->place ? d->place : p);
    return (ta_span){at, d->place ? at + 1 : at + (uint64_t)(end - p)};
}

static bool may_stand_in_xml(uint32_t c) {
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/* p: behind "&#"; end: the semicolon. */
static bool parse_reference(const char *p, const char *end, uint32_t *c) {
    unsigned base = 10;
    if (p < end && *p == 'x') {
        base = 16;
        p++;
    }
    *c = 0;
    for (const char *q = p; q < end && *c <= 0x10FFFF; q++) {
        char low = (char)(*q | 0x20);
        unsigned digit = 99;
        if (*q >= '0' && *q <= '9')
            digit = (unsigned)(*q - '0');
        else if (low >= 'a' && low <= 'f')
            digit = (unsigned)(low - 'a') + 10;
        if (digit >= base)
            return false;
        *c = *c * base + digit;
    }
    return p < end;
}

static bool decode_number(decoder *d, const char *p, const char *end) {
    uint32_t c;
    char bytes[4] = {0};
    bool right = parse_reference(p + 2, end, &c);
    if (right && may_stand_in_xml(c))
        return put_decoded(d, bytes, (size_t)ta_utf8_encode(c, bytes));
    ta_span span = reference_span(d, p, end + 1);
    if (right)
        ta_xml_problem_set(
            d->build->problem, TA_F_XML_SYNTAX, span,
            "XML 1.0 does not allow the character U+%04X, not even as a reference", c);
    else
        ta_xml_problem_set(d->build->problem, TA_F_XML_SYNTAX, span,
                           "a character reference is written &#233; or &#xE9;");
    return false;
}

static bool expand_entity(decoder *d, const ta_xml_entity *entity, const char *p,
                          const char *end) {
    ta_xml_build *b = d->build;
    const char *why = NULL;
    if (!entity)
        why = "is not declared: write the character itself, or &#NUMBER;";
    else if (!entity->text)
        why = "is outside of the file, and is not loaded";
    else if (memchr(entity->text, '<', entity->len))
        why = "has markup in it, which is not read: write it out";
    else if (d->depth >= ENTITY_DEPTH_MAX)
        why = "contains itself, or is nested too deeply";
    else if ((b->expanded_bytes += entity->len + 1) > TA_XML_EXPANDED_MAX)
        why = "expands to more than 8 MiB, with those before it";
    int len = end - p - 1 < WORD_MAX ? (int)(end - p - 1) : WORD_MAX;
    if (why) {
        ta_xml_problem_set(b->problem, TA_F_XML_ENTITY, reference_span(d, p, end + 1),
                           "the entity &%.*s; %s", len, p + 1, why);
        return false;
    }
    bool outer = !d->place;
    if (outer)
        d->place = p;
    d->depth++;
    bool done = decode_run(d, entity->text, entity->text + entity->len);
    d->depth--;
    if (outer)
        d->place = NULL;
    return done;
}

/* p: the '&'. Returns behind the reference; NULL: the problem is set. */
static const char *decode_reference(decoder *d, const char *p, const char *to) {
    static const struct {
        const char *name;
        size_t len;
        char c;
    } rows[] = {
        {"amp", 3, '&'}, {"lt", 2, '<'}, {"gt", 2, '>'}, {"quot", 4, '"'}, {"apos", 4, '\''}};
    const char *end = p + 1;
    while (end < to && *end != ';' && *end != '&' && *end != '<' && !ta_xml_is_blank(*end))
        end++;
    size_t len = (size_t)(end - p - 1);
    if (end == to || *end != ';' || !len) {
        ta_xml_problem_set(d->build->problem, TA_F_XML_SYNTAX, reference_span(d, p, p + 1),
                           "a bare &: write &amp;");
        return NULL;
    }
    if (p[1] == '#')
        return decode_number(d, p, end) ? end + 1 : NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].len == len && !memcmp(rows[i].name, p + 1, len))
            return put_decoded(d, &rows[i].c, 1) ? end + 1 : NULL;
    const ta_xml_entity *entity = ta_xml_check_entity(d->build->input->check, p + 1, len);
    return expand_entity(d, entity, p, end) ? end + 1 : NULL;
}

/* A line end, or a blank in an attribute, at p. Returns behind it. */
static const char *decode_blank(decoder *d, const char *p, const char *to) {
    const char *blank = d->attribute ? " " : "\n";
    const char *next = p + (*p == '\r' && p + 1 < to && p[1] == '\n' ? 2 : 1);
    return put_decoded(d, blank, 1) ? next : NULL;
}

/* Text without references: line ends only. */
static bool decode_lines(decoder *d, const char *p, const char *to) {
    while (p && p < to) {
        const char *stop = memchr(p, '\r', (size_t)(to - p));
        const char *end = stop ? stop : to;
        if (!put_decoded(d, p, (size_t)(end - p)))
            return false;
        p = stop ? decode_blank(d, stop, to) : to;
    }
    return p;
}

/* A CDATA section, comment or instruction at p, which is whole. */
static const char *decode_markup(decoder *d, const char *p, const char *to) {
    ta_xml_token token;
    ta_xml_scan(p, to, &token);
    if (token.kind == TA_XML_CDATA)
        return decode_lines(d, p + 9, token.end - 3) ? token.end : NULL;
    return token.kind == TA_XML_COMMENT || token.kind == TA_XML_PI ? token.end : to;
}

static bool is_special(const decoder *d, char c) {
    if (c == '&' || c == '\r')
        return true;
    return d->attribute ? c == '\n' || c == '\t' : c == '<';
}

static bool decode_run(decoder *d, const char *p, const char *to) {
    while (p && p < to) {
        const char *stop = p;
        while (stop < to && !is_special(d, *stop))
            stop++;
        if (stop > p && !put_decoded(d, p, (size_t)(stop - p)))
            return false;
        if (stop == to)
            return true;
        if (*stop == '&')
            p = decode_reference(d, stop, to);
        else if (*stop == '<')
            p = decode_markup(d, stop, to);
        else
            p = decode_blank(d, stop, to);
    }
    return p;
}

/* Texts are looked at by sixteens: what is behind them should be the same each time. */
static bool end_text(ta_record *record) {
    memset(record->arena.data + record->arena.len, 0, 16);
    return true;
}

bool ta_xml_decode(ta_xml_build *build, const char *from, const char *to, bool attribute) {
    decoder d = {.build = build, .attribute = attribute};
    /* Once for all, so that the common case grows the arena once. */
    if (!ta_record_room(build->record, (size_t)(to - from) + 1))
        return fail_memory(&d);
    return decode_run(&d, from, to) && end_text(build->record);
}

bool ta_xml_decode_lines(ta_xml_build *build, const char *from, const char *to) {
    decoder d = {.build = build};
    return decode_lines(&d, from, to) && end_text(build->record);
}

static bool parse_hex(const char *p, uint32_t *out) {
    *out = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i], low = (char)(c | 0x20);
        if (c >= '0' && c <= '9')
            *out = *out * 16 + (uint32_t)(c - '0');
        else if (low >= 'a' && low <= 'f')
            *out = *out * 16 + (uint32_t)(low - 'a' + 10);
        else
            return false;
    }
    return true;
}

/* An escape at p (a backslash): its bytes, 0 if it is none. *c gets what it means. */
static size_t match_json_escape(const char *p, const char *end, uint32_t *c) {
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    uint32_t low;
    if (p + 1 >= end)
        return 0;
    const char *letter = p[1] ? strchr(letters, p[1]) : NULL;
    if (letter) {
        *c = (unsigned char)meant[letter - letters];
        return 2;
    }
    if (p[1] != 'u' || end - p < 6 || !parse_hex(p + 2, c))
        return 0;
    if (*c < 0xD800 || *c > 0xDFFF)
        return 6;
    bool pair = *c < 0xDC00 && end - p >= 12 && p[6] == '\\' && p[7] == 'u' &&
                parse_hex(p + 8, &low) && low >= 0xDC00 && low <= 0xDFFF;
    *c = pair ? 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00) : 0;
    return pair ? 12 : 0;
}

bool ta_xml_unescape(ta_record *record, uint32_t from) {
    char *data = record->arena.data, *to = data + from;
    const char *p = to, *end = data + record->arena.len;
    while (p < end) {
        uint32_t c;
        if (*p != '\\') {
            *to++ = *p++;
            continue;
        }
        size_t len = match_json_escape(p, end, &c);
        if (!len)
            return false;
        to += ta_utf8_encode(c, to);
        p += len;
    }
    record->arena.len = (size_t)(to - data);
    return end_text(record);
}
