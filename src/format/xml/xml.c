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

static bool declare_xml(const char *data, size_t len, char out[TA_ENCODING_BYTES]) {
    const char *end = len > 5 && !memcmp(data, "<?xml", 5) ? memmem(data, len, "?>", 2) : NULL;
    const char *name;
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
