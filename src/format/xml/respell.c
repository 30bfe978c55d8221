/* SPDX-License-Identifier: MIT */
/*
 * New values in the place of old ones: an attribute keeps its quotes, a CDATA section stays
 * one. Text with comments or markup in it is left alone, and so is a value whose type the place
 * does not say: a start tag gets no hint, and loses none.
 */
#include "format/xml/scan.h"
#include "format/xml/write.h"

/* What a start tag says of the type; any prefix will do, since it may be bound far above. */
static const char *check_hint(const char *tag, const char *end, const ta_respelling *wish,
                              bool *hinted) {
    static const ta_kind kinds[TA_XML_HINT_COUNT] = {[TA_XML_HINT_NUMBER] = TA_NUMBER,
                                                     [TA_XML_HINT_BOOLEAN] = TA_TRUE,
                                                     [TA_XML_HINT_TEXT] = TA_TEXT};
    ta_xml_token token;
    ta_xml_attribute a;
    bool broken = false;
    ta_xml_scan(tag, end, &token);
    const char *at = token.name ? token.name + token.name_len : NULL;
    ta_kind kind = wish->kind == TA_FALSE ? TA_TRUE : wish->kind;
    while (token.kind == TA_XML_OPEN && ta_xml_next_attribute(&token, &at, &a, &broken)) {
        const char *colon = memchr(a.name, ':', a.name_len);
        ta_text name = {colon ? colon + 1 : "",
                        colon ? (size_t)(a.name + a.name_len - colon - 1) : 0};
        if (name.len == 6 && !memcmp(name.data, "escape", 6))
            return "its tag says that it is escaped";
        if (name.len != 4 || memcmp(name.data, "type", 4) != 0)
            continue;
        for (int hint = 1; hint < TA_XML_HINT_COUNT; hint++) {
            const char *word = ta_xml_hint_words[hint];
            if (strlen(word) != a.value_len || memcmp(word, a.value, a.value_len) != 0)
                continue;
            *hinted = true;
            if (kinds[hint] != kind)
                return "its tag says what type it has";
        }
    }
    return NULL;
}

/* Whether the text alone would be read as what is wished. */
static const char *check_type(const ta_respelling *wish, ta_text content) {
    ta_text read = content;
    ta_kind kind = ta_xml_kind_of(wish->types, &read);
    if (kind == wish->kind && read.len == content.len)
        return NULL;
    return wish->kind == TA_TEXT ? "it would be read as another type"
                                 : "the schema takes it for text there";
}

/* What may stand in the old text: CDATA sections. *whole: one of them is all of it. */
static const char *check_markup(const char *raw, const char *end, bool *whole) {
    *whole = false;
    for (const char *p = raw; p < end; p++) {
        p = memchr(p, '<', (size_t)(end - p));
        if (!p)
            return NULL;
        ta_xml_token token;
        ta_xml_scan(p, end, &token);
        if (token.kind == TA_XML_COMMENT || token.kind == TA_XML_PI)
            return "a comment or an instruction stands in it";
        if (token.kind != TA_XML_CDATA)
            return "markup stands in it";
        *whole = p == raw && token.end == end;
        p = token.end - 1;
    }
    return NULL;
}

/* How a character is written: NULL: as it is. */
static const char *escape_of(ta_text text, size_t at, char quote, bool gt) {
    switch (text.data[at]) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return gt || (at >= 2 && !memcmp(text.data + at - 2, "]]", 2)) ? "&gt;" : NULL;
    case '"':
        return quote == '"' ? "&quot;" : NULL;
    case '\'':
        return quote == '\'' ? "&apos;" : NULL;
    case '\r':
        return "&#13;";
    case '\t':
        return quote ? "&#9;" : NULL;
    case '\n':
        return quote ? "&#10;" : NULL;
    default:
        return NULL;
    }
}

/* `quote`: of an attribute; 0: an element's text. Line ends and &gt; are as in the old text. */
static void put_escaped(const char *raw, size_t len, ta_text text, char quote, ta_buf *out) {
    bool gt = memmem(raw, len, "&gt;", 4), crlf = memmem(raw, len, "\r\n", 2);
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *word = escape_of(text, i, quote, gt);
        if (!word && text.data[i] == '\n' && crlf)
            word = "\r\n";
        if (!word)
            continue;
        ta_buf_put(out, text.data + from, i - from);
        ta_buf_puts(out, word);
        from = i + 1;
    }
    ta_buf_put(out, text.data + from, text.len - from);
}

static void put_cdata(ta_text text, ta_buf *out) {
    ta_buf_puts(out, "<![CDATA[");
    ta_buf_put(out, text.data, text.len);
    ta_buf_puts(out, "]]>");
}

static bool is_inner_text(const ta_record *record, const ta_node *node) {
    const ta_key *key = &record->keys->items[node->key];
    return key->len == 5 && !memcmp(key->text, "#text", 5);
}

static const char *respell_element(const ta_record *record, const ta_node *node,
                                   const ta_respelling *wish, ta_text content, ta_buf *out) {
    const char *raw = record->raw + node->src, *end = raw + node->src_len;
    bool whole, hinted = false;
    const char *why = check_markup(raw, end, &whole);
    const char *tag = why ? NULL : ta_xml_find_tag_back(record->raw, raw);
    if (tag)
        why = check_hint(tag, raw, wish, &hinted);
    if (!why && !hinted)
        why = check_type(wish, content);
    if (!why && !content.len && is_inner_text(record, node))
        why = "an empty text would be read as no value";
    if (why)
        return why;
    bool coded =
        memchr(content.data, '\r', content.len) || memmem(content.data, content.len, "]]>", 3);
    if (whole && !coded)
        put_cdata(content, out);
    else
        put_escaped(raw, node->src_len, content, 0, out);
    return NULL;
}

const char *ta_xml_respell(const ta_record *record, const ta_node *node,
                           const ta_respelling *wish, ta_buf *out) {
    const char *raw = record->raw + node->src;
    ta_text content = wish->text;
    if (wish->kind == TA_TRUE || wish->kind == TA_FALSE)
        content = wish->kind == TA_TRUE ? (ta_text){"true", 4} : (ta_text){"false", 5};
    if (wish->kind == TA_TEXT && ta_xml_is_odd(content))
        return "XML has no place for a character of it";
    char quote = node->src && (raw[-1] == '"' || raw[-1] == '\'') ? raw[-1] : 0;
    if (!quote)
        return respell_element(record, node, wish, content, out);
    const char *why = check_type(wish, content);
    if (!why)
        put_escaped(raw, node->src_len, content, quote, out);
    return why;
}
