/* SPDX-License-Identifier: MIT */
#include "format/xml/scan.h"

#include <string.h>

#include "format/xml/run.h"

/* What ends a name in a tag. */
static const bool ends_name[256] = {
    [0] = true,   [' '] = true, ['\n'] = true, ['\t'] = true, ['\r'] = true, ['/'] = true,
    ['>'] = true, ['='] = true, ['<'] = true,  ['"'] = true,  ['\''] = true, ['&'] = true,
};

static inline const char *skip_name(const char *p) {
    while (!ends_name[(unsigned char)*p])
        p++;
    return p;
}

static inline const char *skip_tag_blanks(const char *p) {
    while (ta_xml_is_blank(*p))
        p++;
    return p;
}

/* Behind the mark that ends a token, looked for from p on. */
static void scan_to_mark(const char *p, const char *end, const char *mark, ta_xml_token *token,
                         ta_xml_kind kind) {
    size_t len = strlen(mark);
    const char *found = p < end ? memmem(p, (size_t)(end - p), mark, len) : NULL;
    token->kind = found ? kind : TA_XML_MORE;
    if (found)
        token->end = found + len;
}

/* Behind the quote that closes the one at p; NULL: not in sight. */
static const char *skip_quoted(const char *p, const char *end) {
    const char *close = p + 1 < end ? memchr(p + 1, *p, (size_t)(end - p - 1)) : NULL;
    return close ? close + 1 : NULL;
}

/* A step in a DOCTYPE: behind a quoted text, comment, instruction or single character. */
static const char *skip_doctype_part(const char *p, const char *end) {
    const char *found;
    size_t left = (size_t)(end - p);
    if (*p == '"' || *p == '\'')
        return skip_quoted(p, end);
    if (left >= 4 && !memcmp(p, "<!--", 4)) {
        found = memmem(p + 4, left - 4, "-->", 3);
        return found ? found + 3 : NULL;
    }
    if (left >= 2 && !memcmp(p, "<?", 2)) {
        found = memmem(p + 2, left - 2, "?>", 2);
        return found ? found + 2 : NULL;
    }
    return p + 1;
}

static void scan_doctype(const char *p, const char *end, ta_xml_token *token) {
    int depth = 0; /* of [ and < */
    p++;
    while (p && p < end) {
        if (*p == '>' && !depth) {
            token->kind = TA_XML_DOCTYPE;
            token->end = p + 1;
            return;
        }
        const char *next = skip_doctype_part(p, end);
        if (next == p + 1)
            depth += (*p == '[' || *p == '<') - (*p == ']' || *p == '>');
        p = next;
    }
    token->kind = TA_XML_MORE;
}

/* p is "<!". */
static void scan_mark(const char *p, const char *end, ta_xml_token *token) {
    static const char cdata[] = "<![CDATA[", doctype[] = "<!DOCTYPE";
    size_t left = (size_t)(end - p), word = sizeof cdata - 1;
    if (left >= 4 && !memcmp(p, "<!--", 4)) {
        scan_to_mark(p + 4, end, "-->", token, TA_XML_COMMENT);
    } else if (left < word) {
        bool may = !memcmp(p, cdata, left) || !memcmp(p, doctype, left) ||
                   !memcmp(p, "<!--", left < 4 ? left : 4);
        token->kind = may ? TA_XML_MORE : TA_XML_BROKEN;
    } else if (!memcmp(p, cdata, word)) {
        scan_to_mark(p + word, end, "]]>", token, TA_XML_CDATA);
    } else if (!memcmp(p, doctype, word)) {
        scan_doctype(p, end, token);
    } else {
        token->kind = TA_XML_BROKEN;
    }
}

/* From behind a start tag's name to its end. */
static void scan_tag_rest(const char *p, const char *end, ta_xml_token *token) {
    token->kind = TA_XML_MORE;
    while (p < end && *p != '>') {
        if (*p == '<') {
            token->kind = TA_XML_BROKEN;
            return;
        }
        p = *p == '"' || *p == '\'' ? skip_quoted(p, end) : p + 1;
        if (!p)
            return;
    }
    if (p >= end)
        return;
    token->kind = TA_XML_OPEN;
    token->empty = p[-1] == '/';
    token->end = p + 1;
}

static void scan_open(const char *p, const char *end, ta_xml_token *token) {
    const char *name_end = skip_name(p + 1);
    token->name = p + 1;
    token->name_len = (uint32_t)(name_end - token->name);
    if (name_end >= end) {
        token->kind = TA_XML_MORE;
    } else if (!token->name_len) {
        token->kind = TA_XML_BROKEN;
    } else if (*name_end == '>') {
        token->kind = TA_XML_OPEN;
        token->end = name_end + 1;
    } else {
        scan_tag_rest(name_end, end, token);
    }
}

static void scan_close(const char *p, const char *end, ta_xml_token *token) {
    const char *name_end = skip_name(p + 2);
    const char *last = skip_tag_blanks(name_end);
    token->name = p + 2;
    token->name_len = (uint32_t)(name_end - token->name);
    token->end = last + 1;
    token->kind = last >= end ? TA_XML_MORE : *last == '>' ? TA_XML_CLOSE : TA_XML_BROKEN;
}

void ta_xml_scan(const char *p, const char *end, ta_xml_token *token) {
    token->at = p;
    token->empty = false;
    token->seen = 0;
    token->name = NULL;
    if (p >= end) {
        token->kind = TA_XML_MORE;
        return;
    }
    if (*p != '<') {
        token->end = ta_xml_run(p, &token->seen);
        token->kind = token->end < end ? TA_XML_TEXT : TA_XML_MORE;
    } else if (p + 1 >= end) {
        token->kind = TA_XML_MORE;
    } else if (p[1] == '/') {
        scan_close(p, end, token);
    } else if (p[1] == '!') {
        scan_mark(p, end, token);
    } else if (p[1] == '?') {
        scan_to_mark(p + 2, end, "?>", token, TA_XML_PI);
    } else {
        scan_open(p, end, token);
    }
}

bool ta_xml_next_attribute(const ta_xml_token *tag, const char **at, ta_xml_attribute *out,
                           bool *broken) {
    const char *last = tag->end - (tag->empty ? 2 : 1);
    const char *p = skip_tag_blanks(*at);
    if (p >= last)
        return false;
    const char *name_end = skip_name(p);
    *broken = true;
    out->name = p;
    out->name_len = (uint32_t)(name_end - p);
    p = skip_tag_blanks(name_end);
    if (!out->name_len || *p != '=')
        return false;
    p = skip_tag_blanks(p + 1);
    if (p >= last || (*p != '"' && *p != '\''))
        return false;
    const char *end = skip_quoted(p, tag->end);
    if (!end || end > last)
        return false;
    out->value = p + 1;
    out->value_len = (uint32_t)(end - p - 2);
    *at = end;
    *broken = false;
    return true;
}
