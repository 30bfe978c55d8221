/* SPDX-License-Identifier: MIT */
/*
 * Start tags: which names are keys and which are our own hints. A name is a hint if its prefix
 * is bound to TA_XML_NS; other prefixes are kept as they are written.
 */
#include "format/xml/build.h"

static bool fail_memory(ta_xml_build *b) {
    b->problem->memory = b->problem->set = true;
    return false;
}

static ta_span span_of(const ta_xml_build *b, const char *p, size_t len) {
    uint64_t at = ta_xml_offset(b->input, p);
    return (ta_span){at, at + len};
}

static bool same(const char *text, size_t len, const char *word) {
    return strlen(word) == len && !memcmp(text, word, len);
}

/* The part behind the prefix if that means our hints; NULL: it does not. */
static const char *find_hint(const ta_xml_build *b, const char *name, size_t len) {
    const char *colon = b->binding_count ? memchr(name, ':', len) : NULL;
    if (!colon)
        return NULL;
    for (size_t i = b->binding_count; i-- > 0;) {
        const ta_xml_binding *row = &b->bindings[i];
        if (row->len == colon - name && !memcmp(row->prefix, name, row->len))
            return row->ours ? colon + 1 : NULL;
    }
    return NULL;
}

static bool is_binding(const ta_xml_attribute *a) {
    return a->name_len > 6 && !memcmp(a->name, "xmlns:", 6);
}

static bool is_ours(const ta_xml_attribute *a) {
    return same(a->value, a->value_len, TA_XML_NS);
}

/* Notes a declaration that binds our prefix, or hides it. */
static bool bind_prefix(ta_xml_build *b, const ta_xml_attribute *a) {
    ta_xml_binding row = {.level = b->level, .ours = is_ours(a)};
    size_t len = a->name_len - 6;
    if (len > sizeof row.prefix || (!row.ours && !b->binding_count))
        return true;
    row.len = (uint8_t)len;
    memcpy(row.prefix, a->name + 6, len);
    if (!ta_array_grow(&b->bindings, &b->binding_cap, b->binding_count + 1, sizeof row))
        return fail_memory(b);
    b->bindings[b->binding_count++] = row;
    return true;
}

void ta_xml_build_unbind(ta_xml_build *b, uint32_t level) {
    while (b->binding_count && b->bindings[b->binding_count - 1].level >= level)
        b->binding_count--;
}

/* A name that was not predicted. */
static uint32_t look_up_name(ta_xml_build *b, const char *name, size_t len, bool attribute) {
    ta_keys *keys = b->record->keys;
    uint32_t index;
    if (attribute || ta_xml_name_is_escaped(name, len)) {
        b->scratch.len = 0;
        ta_buf_put(&b->scratch, "@", attribute);
        ta_xml_name_unescape(name, len, &b->scratch);
        const char *text = ta_buf_text(&b->scratch);
        index = b->scratch.failed ? TA_KEY_NONE : ta_keys_get(keys, text, b->scratch.len);
    } else {
        index = ta_keys_get(keys, name, len);
    }
    if (!index)
        fail_memory(b);
    keys->items[b->key].after = index;
    return b->key = index;
}

/* The key of a name; TA_KEY_NONE: no memory. */
static inline uint32_t intern_name(ta_xml_build *b, const char *name, size_t len,
                                   bool attribute) {
    const ta_key *items = b->record->keys->items;
    uint32_t guess = items[b->key].after;
    const ta_key *key = &items[guess];
    if (guess && key->len == len + attribute && (!attribute || *key->text == '@') &&
        !memcmp(key->text + attribute, name, len) && !memchr(name, '_', len))
        return b->key = guess;
    return look_up_name(b, name, len, attribute);
}

/* What a value holds, in the terms of TA_XML_SEEN_*. */
static uint8_t look_at_value(const char *p, size_t len) {
    uint8_t seen = 0;
    for (const char *end = p + len; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '&' || c < 0x20)
            seen |= TA_XML_SEEN_CODED | TA_XML_SEEN_SPECIAL;
        else if (c == '"' || c == '\\')
            seen |= TA_XML_SEEN_SPECIAL;
    }
    return seen;
}

/* Text of a value into the arena; its start in *from. */
static bool decode_value(ta_xml_build *b, const ta_xml_attribute *a, uint32_t *from) {
    *from = (uint32_t)b->record->arena.len;
    return ta_xml_decode(b, a->value, a->value + a->value_len, true);
}

static bool push_attribute(ta_xml_build *b, const ta_xml_attribute *a, uint32_t element,
                           uint64_t serial) {
    ta_record *record = b->record;
    uint32_t key = intern_name(b, a->name, a->name_len, true);
    if (!key)
        return false;
    if (record->keys->items[key].stamp == serial) {
        ta_xml_problem_set(b->problem, TA_F_XML_SYNTAX, span_of(b, a->name, a->name_len),
                           "the attribute %.*s stands twice in this tag", (int)a->name_len,
                           a->name);
        return false;
    }
    record->keys->items[key].stamp = serial;
    ta_node *node = ta_record_push(record, TA_TEXT);
    if (!node)
        return fail_memory(b);
    uint8_t seen = look_at_value(a->value, a->value_len);
    node->depth = (uint16_t)(record->nodes[element].depth + 1);
    node->key = key;
    node->src = node->text = (uint32_t)(a->value - record->raw);
    node->src_len = node->text_len = a->value_len;
    if (!(seen & TA_XML_SEEN_SPECIAL))
        node->flags = TA_NODE_PLAIN;
    if (!(seen & TA_XML_SEEN_CODED))
        return true;
    uint32_t index = ta_node_index(record, node), from;
    if (!decode_value(b, a, &from))
        return false;
    node = &record->nodes[index];
    node->flags = TA_NODE_ARENA;
    node->text = from;
    node->text_len = (uint32_t)record->arena.len - from;
    return true;
}

static bool refuse_hint(ta_xml_build *b, const ta_xml_attribute *a, const char *why) {
    ta_xml_problem_set(b->problem, TA_F_XML_HINT, span_of(b, a->name, a->name_len),
                       "%.*s=\"%.*s\": %s", (int)a->name_len, a->name,
                       a->value_len < 40 ? (int)a->value_len : 40, a->value, why);
    return false;
}

static bool read_key_hint(ta_xml_build *b, const ta_xml_attribute *a, ta_xml_tag *out) {
    uint32_t from;
    if (!decode_value(b, a, &from))
        return false;
    ta_record *record = b->record;
    b->scratch.len = 0;
    ta_xml_name_unescape(record->arena.data + from, record->arena.len - from, &b->scratch);
    record->arena.len = from;
    const char *text = ta_buf_text(&b->scratch);
    out->key = b->scratch.failed ? 0 : ta_keys_get(record->keys, text, b->scratch.len);
    out->keyed = true;
    return out->key || fail_memory(b);
}

/* name: behind the prefix. */
static bool read_hint(ta_xml_build *b, const ta_xml_attribute *a, const char *name,
                      ta_xml_tag *out) {
    size_t len = (size_t)(a->name + a->name_len - name);
    if (same(name, len, "key"))
        return read_key_hint(b, a, out);
    if (same(name, len, "escape")) {
        out->json = true;
        return same(a->value, a->value_len, "json") ||
               refuse_hint(b, a, "the one escape is json");
    }
    if (!same(name, len, "type"))
        return refuse_hint(b, a, "no hint has this name");
    for (int hint = 1; hint < TA_XML_HINT_COUNT; hint++) {
        if (!same(a->value, a->value_len, ta_xml_hint_words[hint]))
            continue;
        out->hint = (ta_xml_hint)hint;
        return true;
    }
    return refuse_hint(b, a, "a type is number, boolean, null, text, object or array");
}

static bool read_attribute(ta_xml_build *b, const ta_xml_attribute *a, uint32_t node,
                           uint64_t serial, ta_xml_tag *out) {
    const char *hint = find_hint(b, a->name, a->name_len);
    if (hint)
        return read_hint(b, a, hint, out);
    if (is_binding(a) && is_ours(a))
        return true;
    out->attributes++;
    return node == TA_XML_NO_NODE || push_attribute(b, a, node, serial);
}

static bool refuse_tag(ta_xml_build *b, const ta_xml_token *token) {
    ta_xml_problem_set(b->problem, TA_CODE_COUNT, span_of(b, token->at, 1), "%s", "");
    return false;
}

static bool bind_prefixes(ta_xml_build *b, const ta_xml_token *token) {
    const char *at = token->name + token->name_len;
    bool broken = false;
    ta_xml_attribute a;
    while (ta_xml_next_attribute(token, &at, &a, &broken))
        if (is_binding(&a) && !bind_prefix(b, &a))
            return false;
    return !broken || refuse_tag(b, token);
}

static bool read_name(ta_xml_build *b, const ta_xml_token *token, ta_xml_tag *out) {
    const char *hint = find_hint(b, token->name, token->name_len);
    size_t len = hint ? (size_t)(token->name + token->name_len - hint) : 0;
    out->item = hint && same(hint, len, "item");
    out->document = hint && same(hint, len, "document");
    if (hint && !out->item && !out->document) {
        ta_xml_problem_set(b->problem, TA_F_XML_HINT, span_of(b, token->name, token->name_len),
                           "<%.*s>: no hint has this name", (int)token->name_len, token->name);
        return false;
    }
    if (!hint && !out->key)
        out->key = intern_name(b, token->name, token->name_len, false);
    return hint || out->key;
}

bool ta_xml_build_tag(ta_xml_build *b, const ta_xml_token *token, uint32_t node,
                      ta_xml_tag *out) {
    *out = (ta_xml_tag){0};
    const char *at = token->name + token->name_len;
    if (at + 1 + token->empty == token->end)
        return read_name(b, token, out);
    if (!bind_prefixes(b, token) || !read_name(b, token, out))
        return false;
    uint64_t serial = ++b->record->keys->serial;
    ta_xml_attribute a;
    bool broken = false;
    while (ta_xml_next_attribute(token, &at, &a, &broken))
        if (!read_attribute(b, &a, node, serial, out))
            return false;
    return true;
}
