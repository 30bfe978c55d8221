/* SPDX-License-Identifier: MIT */
/* XML (XML 1.0, fifth edition; Namespaces in XML 1.0) as a format. */
#include "format/xml/xml.h"
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

const ta_format ta_format_xml = {
    .name = "xml",
    .summary = "XML 1.0: elements, attributes and namespaces; no DTD is loaded",
    .suffixes = "xml",
    .sniff = sniff_xml,
    .read = ta_xml_read,
    .writer_new = ta_xml_writer_new,
    .locate = ta_xml_locate,
};
