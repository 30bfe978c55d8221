/* SPDX-License-Identifier: MIT */
/*
 * Start tags. A member is an attribute if reading makes the same of it: a text under a key that
 * begins with '@', before all members that are elements; prefixes must be bound, and no two
 * attributes may have one name in one namespace. Hints stand where reading would not give the
 * value back.
 */
#include "format/xml/write.h"

enum {
    LEAD_MAX = 900,         /* attributes; the reader takes 1,000, hints included */
    VALUE_MAX = 1024 * 1024 /* bytes of one; libxml2 reads 10 MB */
};

static const char xml_uri[] = "http://www.w3.org/XML/1998/namespace";
static const char xmlns_uri[] = "http://www.w3.org/2000/xmlns/";

static bool same_text(ta_text a, const char *word) {
    return a.len == strlen(word) && !memcmp(a.data, word, a.len);
}

static const ta_key *key_of(const ta_xml_writer *w, const ta_node *node) {
    return &w->record->keys->items[node->key];
}

/* The prefix that "@xmlns:p" declares; NULL: the key is none such. */
static const char *declared_prefix(const ta_key *key, size_t *len) {
    if (key->len <= 7 || memcmp(key->text, "@xmlns:", 7) != 0)
        return NULL;
    *len = key->len - 7;
    return key->text + 7;
}

bool ta_xml_is_bound(const ta_xml_writer *w, const char *prefix, size_t len, ta_text *uri) {
    if (len == 3 && !memcmp(prefix, "xml", 3)) {
        *uri = (ta_text){xml_uri, sizeof xml_uri - 1};
        return true;
    }
    for (size_t i = w->bound_count; i-- > 0;) {
        const ta_node *node = &w->record->nodes[w->bound[i]];
        size_t n = 0;
        const char *p = declared_prefix(key_of(w, node), &n);
        if (n == len && !memcmp(p, prefix, len)) {
            *uri = ta_node_text(w->record, node);
            return true;
        }
    }
    return false;
}

/* Whether a declaration can stand as it is: what Namespaces in XML 1.0 reserves, and our own
 * prefix, cannot. */
static bool may_declare(const ta_key *key, ta_text uri) {
    size_t len;
    const char *prefix = declared_prefix(key, &len);
    bool reserved =
        same_text(uri, xml_uri) || same_text(uri, xmlns_uri) || same_text(uri, TA_XML_NS);
    if (!prefix)
        return !reserved;
    ta_text name = {prefix, len};
    return !reserved && uri.len && ta_xml_name_is(prefix, len) && !same_text(name, "xml") &&
           !same_text(name, "xmlns") && !same_text(name, "ta");
}

static bool is_declaration(const ta_key *key) {
    return (key->len == 6 || (key->len > 6 && key->text[6] == ':')) &&
           !memcmp(key->text, "@xmlns", 6);
}

/* Whether a member can be an attribute, its prefix aside. */
static bool may_lead(ta_xml_writer *w, const ta_node *node, const ta_shape *shape) {
    const ta_key *key = key_of(w, node);
    if (node->kind != TA_TEXT || key->len < 2 || *key->text != '@' ||
        key->len > TA_XML_NAME_MAX)
        return false;
    ta_text text = ta_node_text(w->record, node);
    if (text.len > VALUE_MAX || ta_xml_is_odd(text))
        return false;
    for (uint32_t i = 0; shape && i < shape->member_count; i++) {
        const ta_shape_member *m = &shape->members[i];
        if (m->key == node->key || (m->shape && m->shape->xml_attribute))
            return false; /* the schema has names of its own for attributes */
    }
    const ta_shape *place = ta_shape_member_of(shape, node->key);
    if (place && ta_xml_kind_of(place->types, &text) != TA_TEXT)
        return false;
    return !is_declaration(key) || may_declare(key, text);
}

/* The prefix of an attribute's name; 0: none. */
static size_t prefix_len(const ta_key *key) {
    const char *colon = memchr(key->text + 1, ':', key->len - 1);
    return colon && !is_declaration(key) ? (size_t)(colon - key->text - 1) : 0;
}

/* Whether two attributes mean one name: two prefixes for one namespace, and one local name. */
static bool clash(const ta_xml_writer *w, const ta_key *a, const ta_key *b) {
    size_t n = prefix_len(a), m = prefix_len(b);
    ta_text s, t;
    return n && m && a->len - n == b->len - m &&
           !memcmp(a->text + 1 + n, b->text + 1 + m, a->len - n - 1) &&
           ta_xml_is_bound(w, a->text + 1, n, &s) && ta_xml_is_bound(w, b->text + 1, m, &t) &&
           s.len == t.len && !memcmp(s.data, t.data, s.len);
}

/* Whether an attribute's name can stand as it is, among those before it. */
static bool name_stands(const ta_xml_writer *w, const ta_node *object, const ta_node *node) {
    const ta_key *key = key_of(w, node);
    size_t len = prefix_len(key);
    ta_text uri;
    if (!len || !ta_xml_is_bound(w, key->text + 1, len, &uri))
        return true; /* its colon is escaped then */
    for (const ta_node *c = ta_node_first(object); c < node; c++)
        if (clash(w, key_of(w, c), key))
            return false;
    return true;
}

static void bind_declarations(ta_xml_writer *w, const ta_node *object, uint32_t lead) {
    for (uint32_t i = 1; i <= lead; i++) {
        size_t len;
        if (!declared_prefix(key_of(w, object + i), &len))
            continue;
        if (!ta_array_grow(&w->bound, &w->bound_cap, w->bound_count + 1, sizeof *w->bound)) {
            w->failed = true;
            return;
        }
        w->bound[w->bound_count++] = ta_node_index(w->record, object + i);
    }
}

uint32_t ta_xml_lead(ta_xml_writer *w, const ta_node *object, const ta_shape *shape) {
    uint32_t lead = 0;
    size_t bound = w->bound_count;
    while (lead < object->count && lead < LEAD_MAX && may_lead(w, object + 1 + lead, shape))
        lead++;
    bind_declarations(w, object, lead);
    for (uint32_t i = 0; i < lead; i++) {
        if (name_stands(w, object, object + 1 + i))
            continue;
        w->bound_count =
            bound; /* fewer attributes, so perhaps fewer prefixes: from the start */
        lead = i;
        i = UINT32_MAX;
        bind_declarations(w, object, lead);
    }
    return lead;
}

ta_text ta_xml_text_of(const ta_xml_writer *w, const ta_node *node) {
    static const char words[2][16] = {"true", "false"}; /* texts are read by sixteens */
    switch ((ta_kind)node->kind) {
    case TA_NUMBER:
    case TA_TEXT:
        return ta_node_text(w->record, node);
    case TA_TRUE:
        return (ta_text){words[0], 4};
    case TA_FALSE:
        return (ta_text){words[1], 5};
    case TA_NULL:
    case TA_ARRAY:
    case TA_OBJECT:
        break;
    }
    return (ta_text){"", 0};
}

/* Whether reading makes of the value's text the same value, by the types allowed there. */
static bool reads_back(const ta_xml_writer *w, const ta_node *node, uint8_t types) {
    ta_text text = ta_xml_text_of(w, node), read = text;
    return ta_xml_kind_of(types, &read) == (ta_kind)node->kind && read.len == text.len;
}

bool ta_xml_is_schema_attribute(ta_xml_writer *w, const ta_node *member,
                                const ta_shape *shape) {
    const ta_shape *place = ta_shape_member_of(shape, member->key);
    if (!place || !place->xml_attribute || member->kind >= TA_ARRAY || member->kind == TA_NULL)
        return false;
    ta_text text = ta_xml_text_of(w, member);
    return text.len <= VALUE_MAX && !ta_xml_is_odd(text) &&
           reads_back(w, member, place->types) &&
           !ta_xml_is_mistaken(&w->twins, key_of(w, member), member->key, shape, true);
}

static void put_attribute(ta_xml_writer *w, const ta_node *node) {
    const ta_xml_spelling *s = ta_xml_spell(w, node->key);
    const ta_key *key = key_of(w, node);
    ta_text uri;
    size_t len = is_declaration(key) ? 0 : prefix_len(key);
    ta_sink_putc(w->sink, ' ');
    if (is_declaration(key)) {
        ta_sink_put(w->sink, key->text + 1, key->len - 1);
    } else if (len && s->qualified.len && ta_xml_is_bound(w, key->text + 1, len, &uri)) {
        ta_sink_put(w->sink, w->spelled.data + s->qualified.at, s->qualified.len);
    } else {
        w->scratch.len = 0;
        ta_xml_name_escape(key->text + 1, key->len - 1, &w->scratch);
        ta_sink_put(w->sink, w->scratch.data, w->scratch.len);
        w->failed |= w->scratch.failed;
    }
    ta_sink_put(w->sink, "=\"", 2);
    ta_xml_put_value(w, ta_node_text(w->record, node));
    ta_sink_putc(w->sink, '"');
}

static void put_schema_attribute(ta_xml_writer *w, const ta_node *node, const ta_shape *shape) {
    const ta_shape *place = ta_shape_member_of(shape, node->key);
    const ta_key *key = key_of(w, node);
    const char *name = place->xml_name ? place->xml_name : key->text;
    size_t len = place->xml_name ? strlen(name) : key->len;
    size_t prefix = !strncmp(name, "xml:", 4) && len > 4 ? 4 : 0; /* bound everywhere */
    w->scratch.len = 0;
    ta_buf_put(&w->scratch, name, prefix);
    ta_xml_name_escape(name + prefix, len - prefix, &w->scratch);
    w->failed |= w->scratch.failed;
    ta_sink_putc(w->sink, ' ');
    ta_sink_put(w->sink, w->scratch.data, w->scratch.len);
    ta_sink_put(w->sink, "=\"", 2);
    ta_xml_put_value(w, ta_xml_text_of(w, node));
    ta_sink_putc(w->sink, '"');
}

uint32_t ta_xml_put_attributes(ta_xml_writer *w, const ta_node *object, uint32_t lead,
                               const ta_shape *shape) {
    uint32_t count = lead, i = 0;
    for (const ta_node *c = ta_node_first(object); c < ta_node_end(object);
         c = ta_node_next(c), i++) {
        if (i < lead) {
            put_attribute(w, c);
        } else if (!shape) {
            break;
        } else if (ta_xml_is_schema_attribute(w, c, shape)) {
            put_schema_attribute(w, c, shape);
            count++;
        }
    }
    return count;
}

ta_xml_content ta_xml_content_of(const ta_xml_writer *w, const ta_node *node,
                                 const ta_shape *shape, bool bare) {
    static const ta_xml_hint hints[] = {
        [TA_NULL] = TA_XML_HINT_NULL,     [TA_FALSE] = TA_XML_HINT_BOOLEAN,
        [TA_TRUE] = TA_XML_HINT_BOOLEAN,  [TA_NUMBER] = TA_XML_HINT_NUMBER,
        [TA_TEXT] = TA_XML_HINT_TEXT,     [TA_ARRAY] = TA_XML_HINT_ARRAY,
        [TA_OBJECT] = TA_XML_HINT_OBJECT,
    };
    ta_xml_content content = {0};
    uint8_t types = ta_shape_types(shape);
    content.json = node->kind == TA_TEXT && ta_xml_is_odd(ta_node_text(w->record, node));
    bool full = node->kind >= TA_ARRAY && node->count;
    bool same = node->kind == TA_OBJECT && full ? true : reads_back(w, node, types);
    if (bare || node->kind == TA_ARRAY || !same)
        content.hint = hints[node->kind];
    return content;
}
