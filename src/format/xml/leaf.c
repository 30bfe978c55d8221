/* SPDX-License-Identifier: MIT */
/*
 * The short way for what most files consist of: elements with nothing but text in them, whose
 * name followed the name before them last time too. Start tag, text and end tag are taken in
 * one step. Whatever is not exactly this is left to the tokens; libxml2 sees all of it.
 */
#include <stdlib.h>

#include "base/decimal.h"
#include "format/xml/build.h"
#include "format/xml/run.h"

/* Whether a key stands in a tag as it is. */
enum { STANCE_UNKNOWN, STANCE_SAME, STANCE_PREFIXED, STANCE_ESCAPED };

enum { NAME_MAX_HERE = 40 }; /* so that nothing is read beyond the window's slack */

static const char number_hint[] = " ta:type=\"number\">";

static uint8_t look_at_key(ta_xml_build *b, uint32_t index) {
    ta_keys *keys = b->record->keys;
    if (b->stance_generation != keys->generation) {
        b->stance_generation = keys->generation;
        if (b->stances)
            memset(b->stances, STANCE_UNKNOWN, b->stance_cap);
    }
    if (!b->stances || index >= b->stance_cap) {
        size_t before = b->stance_cap;
        if (!ta_array_grow(&b->stances, &b->stance_cap, index + 1, 1))
            return STANCE_ESCAPED;
        memset(b->stances + before, STANCE_UNKNOWN, b->stance_cap - before);
    }
    if (!b->stances[index]) {
        const ta_key *key = &keys->items[index];
        b->stances[index] = ta_xml_name_is_escaped(key->text, key->len) ? STANCE_ESCAPED
                            : memchr(key->text, ':', key->len)          ? STANCE_PREFIXED
                                                                        : STANCE_SAME;
    }
    return b->stances[index];
}

/* The key of the tag at p, if it is the one that is expected here. */
static inline const ta_key *match_name(ta_xml_build *b, const char *p, uint32_t *index) {
    const ta_key *items = b->record->keys->items;
    *index = items[b->key].after;
    const ta_key *key = &items[*index];
    if (!*index || *p != '<' || key->len > NAME_MAX_HERE ||
        memcmp(p + 1, key->text, key->len) != 0)
        return NULL;
    bool known = *index < b->stance_cap &&
                 b->stance_generation == b->record->keys->generation && b->stances[*index];
    uint8_t stance = known ? b->stances[*index] : look_at_key(b, *index);
    /* With our own prefix bound, a name with a prefix may be a hint. */
    bool same = stance == STANCE_SAME || (stance == STANCE_PREFIXED && !b->binding_count);
    return same ? key : NULL;
}

/* Whether "ta" alone means our hints. */
static bool has_usual_prefix(const ta_xml_build *b) {
    return b->binding_count == 1 && b->bindings[0].ours && b->bindings[0].len == 2 &&
           !memcmp(b->bindings[0].prefix, "ta", 2);
}

/* The leaf at p, a '<'. Returns behind its end tag; NULL: it is none, or not whole. */
static inline const char *build_leaf(ta_xml_build *b, const char *p, const char *end) {
    uint32_t index;
    uint8_t seen = 0;
    const ta_key *key = match_name(b, p, &index);
    if (!key)
        return NULL;
    const char *text = p + 1 + key->len;
    bool number =
        *text == ' ' && b->usual && !memcmp(text, number_hint, sizeof number_hint - 1);
    if (!number && *text != '>')
        return NULL;
    text += number ? sizeof number_hint - 1 : 1;
    const char *stop = text < end ? ta_xml_run(text, &seen) : end;
    const char *after = stop + key->len + 3;
    if (after > end || stop == text || seen & TA_XML_SEEN_CODED || stop[1] != '/' ||
        stop[2 + key->len] != '>' || memcmp(stop + 2, key->text, key->len) != 0 ||
        (number && !ta_number_is(text, (size_t)(stop - text))))
        return NULL;
    ta_node *node = ta_record_push(b->record, number ? TA_NUMBER : TA_TEXT);
    if (!node)
        return NULL; /* the long way says why */
    node->key = b->key = index;
    node->depth = (uint16_t)(b->base + b->depth);
    node->src = node->text = (uint32_t)(text - b->record->raw);
    node->src_len = node->text_len = (uint32_t)(stop - text);
    if (!number && !(seen & TA_XML_SEEN_SPECIAL))
        node->flags = TA_NODE_PLAIN;
    if (number && b->typed)
        node->flags = TA_XML_NODE_HINTED;
    ta_xml_open *parent = &b->open[b->depth - 1];
    parent->elements++;
    parent->twins |= index <= parent->last_key;
    parent->last_key = index;
    return after;
}

const char *ta_xml_build_leaves(ta_xml_build *b, const char *p, const char *end,
                                uint64_t *count) {
    const ta_xml_open *parent = &b->open[b->depth - 1];
    if (parent->hint == TA_XML_HINT_ARRAY || b->base + b->depth > b->depth_max)
        return p;
    b->usual = has_usual_prefix(b);
    for (;;) {
        const char *tag = p;
        while (ta_xml_is_blank(*tag))
            tag++;
        const char *next = tag < end ? build_leaf(b, tag, end) : NULL;
        if (!next)
            return p;
        p = next;
        ++*count;
    }
}
