/* SPDX-License-Identifier: MIT */
/* XML (XML 1.0, fifth edition; Namespaces in XML 1.0) as a format. */
#include "format/xml/xml.h"
#include "format/xml/input.h"
#include "format/xml/scan.h"

/* The first bytes decide: "<?xml", or '<' and what may begin a name, a comment or a DOCTYPE. */
static int sniff_xml(const char *data, size_t len, bool whole) {
    (void)whole;
    const char *p = data, *end = data + len;
    while (p < end && ta_xml_is_blank(*p))
        p++;
    size_t left = (size_t)(end - p);
    if (left >= 6 && !memcmp(p, "<?xml", 5) && ta_xml_is_blank(p[5]))
        return 95;
    if (left < 2 || *p != '<')
        return 0;
    unsigned char c = (unsigned char)p[1];
    bool name = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return name || c == '_' || c == '!' || c == '?' || c >= 0x80 ? 80 : 0;
}

/* What begins in UTF-16 or UTF-32, with a mark or without (XML 1.0, 4.3.3 and appendix F). */
static const char *find_wide_start(const char *data, size_t len) {
    static const struct {
        const char *start;
        size_t len;
        const char *name;
    } rows[] = {{"\xFF\xFE\0\0<\0\0\0", 8, "UTF-32"},
                {"\0\0\xFE\xFF\0\0\0<", 8, "UTF-32"},
                {"<\0\0\0?\0\0\0", 8, "UTF-32LE"},
                {"\0\0\0<\0\0\0?", 8, "UTF-32BE"},
                {"\xFF\xFE<\0", 4, "UTF-16"},
                {"\xFE\xFF\0<", 4, "UTF-16"},
                {"<\0?\0", 4, "UTF-16LE"},
                {"\0<\0?", 4, "UTF-16BE"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (len >= rows[i].len && !memcmp(data, rows[i].start, rows[i].len))
            return rows[i].name;
    return NULL;
}

static bool declare_xml(const char *data, size_t len, char out[TA_ENCODING_BYTES]) {
    const char *end = len > 5 && !memcmp(data, "<?xml", 5) ? memmem(data, len, "?>", 2) : NULL;
    const char *name, *wide = find_wide_start(data, len);
    if (wide) {
        memcpy(out, wide, strlen(wide) + 1);
        return true;
    }
    ta_xml_token pi = {.at = data, .end = end};
    size_t size = end ? ta_xml_declared_encoding(&pi, &name) : 0;
    if (!size || size >= TA_ENCODING_BYTES || ta_xml_encoding_is_utf8(name, size))
        return false;
    memcpy(out, name, size);
    out[size] = 0;
    return true;
}

const ta_format ta_format_xml = {
    .name = "xml",
    .summary = "XML 1.0: elements, attributes and namespaces; no DTD is loaded",
    .suffixes = "xml",
    .sniff = sniff_xml,
    .declares = declare_xml,
    .read = ta_xml_read,
    .writer_new = ta_xml_writer_new,
    .locate = ta_xml_locate,
    .respell = ta_xml_respell,
};
