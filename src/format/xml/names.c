/* SPDX-License-Identifier: MIT */
/*
 * Names: XML 1.0 (fifth edition) productions 4 and 4a, as libxml2 has them, and the escapes of
 * ISO 9075-14 (SQL/XML): _xHHHH_ for a character that cannot stand in a name, _x005F_ for an
 * underscore that would begin such an escape.
 */
#include <stdio.h>

#include "base/utf8.h"
#include "format/xml/xml.h"

const char *const ta_xml_hint_words[TA_XML_HINT_COUNT] = {"",     "number", "boolean", "null",
                                                          "text", "object", "array"};

typedef struct range {
    uint32_t from, to;
} range;

static const range name_starts[] = {
    {':', ':'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
    {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};
static const range name_others[] = {
    {'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040},
};

static bool in_ranges(uint32_t c, const range *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (c <= rows[i].to)
            return c >= rows[i].from;
    return false;
}

static bool may_stand(uint32_t c, bool first) {
    return in_ranges(c, name_starts, sizeof name_starts / sizeof *name_starts) ||
           (!first && in_ranges(c, name_others, sizeof name_others / sizeof *name_others));
}

bool ta_xml_name_is(const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        int size;
        uint32_t c = ta_utf8_decode(text + at, len - at, &size);
        if (c == ':' || !may_stand(c, !at))
            return false;
        at += (size_t)size;
    }
    return len > 0;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The bytes of the escape at text, 0 if there is none: _xHHHH_ or _xHHHHHH_. */
static size_t match_escape(const char *text, size_t len, uint32_t *c) {
    if (len < 7 || text[0] != '_' || text[1] != 'x')
        return 0;
    size_t at = 2;
    *c = 0;
    for (; at < len && at < 8 && hex_digit(text[at]) >= 0; at++)
        *c = *c * 16 + (uint32_t)hex_digit(text[at]);
    bool right = (at == 6 || at == 8) && at < len && text[at] == '_';
    bool surrogate = *c >= 0xD800 && *c <= 0xDFFF;
    return right && !surrogate && *c <= 0x10FFFF ? at + 1 : 0;
}

void ta_xml_name_escape(const char *text, size_t len, ta_buf *out) {
    for (size_t at = 0; at < len;) {
        int size;
        uint32_t c = ta_utf8_decode(text + at, len - at, &size), ignored;
        bool bare =
            may_stand(c, !at) && c != ':' && !match_escape(text + at, len - at, &ignored);
        if (bare)
            ta_buf_put(out, text + at, (size_t)size);
        else
            ta_buf_printf(out, c > 0xFFFF ? "_x%06X_" : "_x%04X_", c);
        at += (size_t)size;
    }
}

bool ta_xml_name_is_escaped(const char *text, size_t len) {
    const char *at = text;
    while ((at = memchr(at, '_', (size_t)(text + len - at)))) {
        uint32_t c;
        if (match_escape(at, (size_t)(text + len - at), &c))
            return true;
        at++;
    }
    return false;
}

void ta_xml_name_unescape(const char *text, size_t len, ta_buf *out) {
    for (size_t at = 0; at < len;) {
        uint32_t c;
        char bytes[4];
        size_t size = match_escape(text + at, len - at, &c);
        if (size)
            ta_buf_put(out, bytes, (size_t)ta_utf8_encode(c, bytes));
        else
            ta_buf_put(out, text + at, 1);
        at += size ? size : 1;
    }
}

const char *ta_xml_list_name(const ta_shape *shape, ta_buf *out) {
    if (shape && shape->xml_list)
        ta_buf_puts(out, shape->xml_list);
    else if (shape && shape->xml_name)
        ta_buf_printf(out, "%ss", shape->xml_name);
    else
        return NULL;
    return ta_buf_text(out);
}

const char *ta_xml_item_name(const ta_shape *array) {
    const ta_shape *items = array->items;
    return items && items->xml_name ? items->xml_name : array->xml_name;
}
