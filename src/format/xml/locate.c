/* SPDX-License-Identifier: MIT */
/*
 * Where a name was written, found from where its value was: what stands before a value says
 * what it is. Behind a quote it is an attribute's; behind '>' an element's text, whose start
 * tag ends there or before some comments and instructions; else the value is an element and
 * begins with
 * '<'. Attributes hold no '<' (XML 1.0 section 3.1), so a tag is found backwards.
 */
#include "format/xml/scan.h"
#include "format/xml/xml.h"

/* The last `mark` that begins before `end`; NULL: none. */
static const char *find_back(const char *from, const char *end, const char *mark) {
    size_t len = strlen(mark);
    const char *p = end;
    while ((p = memrchr(from, mark[0], (size_t)(p - from))))
        if ((size_t)(end - p) >= len && !memcmp(p, mark, len))
            return p;
    return NULL;
}

static bool ends_with(const char *from, const char *end, const char *mark) {
    size_t len = strlen(mark);
    return (size_t)(end - from) >= len && !memcmp(end - len, mark, len);
}

const char *ta_xml_find_tag_back(const char *from, const char *p) {
    for (;;) {
        const char *before = NULL;
        if (ends_with(from, p, "-->"))
            before = find_back(from, p - 3, "<!--");
        else if (ends_with(from, p, "?>"))
            before = find_back(from, p - 2, "<?");
        if (!before)
            return find_back(from, p, "<");
        p = before;
    }
}

/* An attribute's name, from behind its opening quote. */
static const char *find_attribute_back(const char *from, const char *p, size_t *len) {
    const char *end = p - 1;
    while (end > from && (ta_xml_is_blank(end[-1]) || end[-1] == '='))
        end--;
    const char *name = end;
    while (name > from && !ta_xml_is_blank(name[-1]))
        name--;
    *len = (size_t)(end - name);
    return name;
}

void ta_xml_locate(const ta_record *record, const ta_node *node, ta_located *out) {
    const char *raw = record->raw, *p = raw + node->src, *name = NULL;
    size_t len = 0;
    if (node->flags & TA_NODE_KEYLESS || !record->raw_len || node->src >= record->raw_len)
        return;
    bool tag_here = *p == '<' && p[1] != '!' && p[1] != '/';
    if (!tag_here && node->src && (p[-1] == '"' || p[-1] == '\'')) {
        name = find_attribute_back(raw, p, &len);
    } else {
        const char *tag = tag_here ? p : ta_xml_find_tag_back(raw, p);
        ta_xml_token token;
        if (!tag)
            return;
        ta_xml_scan(tag, raw + record->raw_len, &token);
        name = token.name;
        len = token.name_len;
    }
    if (!name)
        return;
    out->key.start = out->value.start - (uint64_t)(p - name);
    if (name > p)
        out->key.start = out->value.start + (uint64_t)(name - p);
    out->key.end = out->key.start + len;
}
