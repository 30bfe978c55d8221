/* SPDX-License-Identifier: MIT */
/*
 * The first step from tokens to nodes: each element is a node at its place in the document, its
 * attributes its first children. What an element is shows when it closes: text, an object,
 * mixed content, or what a hint says. Lists by repetition come in the second step (shape.c),
 * which most records without a schema do not need.
 */
#include <stdlib.h>

#include "base/decimal.h"
#include "format/xml/build.h"

void ta_xml_build_fini(ta_xml_build *b) {
    free(b->open);
    free(b->bindings);
    free(b->spare);
    free(b->links);
    free(b->stances);
    ta_buf_fini(&b->scratch);
}

static bool fail_memory(ta_xml_build *b) {
    b->problem->memory = b->problem->set = true;
    return false;
}

static uint32_t raw_offset(const ta_xml_build *b, const char *p) {
    return (uint32_t)(p - b->record->raw);
}

/* The span of an element's start tag, or what stands at a node. */
static ta_span node_span(const ta_xml_build *b, const ta_node *node, uint32_t len) {
    uint64_t at = ta_xml_offset(b->input, b->record->raw + node->src);
    return (ta_span){at, at + len};
}

static bool refuse_depth(ta_xml_build *b, const char *p) {
    uint64_t at = ta_xml_offset(b->input, p);
    ta_xml_problem_set(b->problem, TA_F_RECORD_DEPTH, (ta_span){at, at + 1}, "%s", "");
    ta_buf_printf(&b->problem->expected, "%u", b->depth_max);
    return false;
}

static bool refuse_content(ta_xml_build *b, const ta_xml_open *open, const char *why) {
    const char *word = ta_xml_hint_words[open->hint];
    ta_xml_problem_set(b->problem, TA_F_XML_HINT,
                       node_span(b, &b->record->nodes[open->node], 1), "type=\"%s\": %s", word,
                       why);
    return false;
}

/* The element's node, counted in its parent. */
static bool push_element(ta_xml_build *b, const ta_xml_token *tag) {
    uint32_t depth = b->base + b->depth;
    if (depth > b->depth_max)
        return refuse_depth(b, tag->at);
    ta_node *node = ta_record_push(b->record, TA_TEXT);
    if (!node || !ta_array_grow(&b->open, &b->open_cap, b->depth + 1, sizeof *b->open))
        return fail_memory(b);
    node->depth = (uint16_t)depth;
    node->src = raw_offset(b, tag->at);
    node->flags = TA_NODE_KEYLESS;
    b->open[b->depth++] = (ta_xml_open){.node = ta_node_index(b->record, node),
                                        .content = raw_offset(b, tag->end)};
    return true;
}

/* Gives the element its name, and notes whether its parent may have it twice. */
static bool name_element(ta_xml_build *b, const ta_xml_token *token, const ta_xml_tag *tag) {
    ta_xml_open *open = &b->open[b->depth - 1];
    ta_node *node = &b->record->nodes[open->node];
    uint8_t keyed = b->typed && tag->keyed ? TA_XML_NODE_KEYED : 0;
    if (b->depth == 1) {
        node->key = b->base ? tag->key : TA_KEY_NONE;
        node->flags = node->key ? keyed : TA_NODE_KEYLESS;
        return true;
    }
    ta_xml_open *parent = open - 1;
    parent->elements++;
    if (parent->hint == TA_XML_HINT_ARRAY)
        return true;
    if (!tag->key) {
        ta_xml_problem_set(b->problem, TA_F_XML_HINT, node_span(b, node, 1),
                           "<%.*s> stands only in a list", (int)token->name_len, token->name);
        return false;
    }
    node->key = tag->key;
    node->flags = keyed;
    parent->twins |= tag->key <= parent->last_key;
    parent->last_key = tag->key;
    return true;
}

bool ta_xml_build_open(ta_xml_build *b, const ta_xml_token *token) {
    ta_xml_tag tag;
    b->level++;
    if (!push_element(b, token))
        return false;
    uint32_t index = b->open[b->depth - 1].node;
    if (!ta_xml_build_tag(b, token, index, &tag))
        return false;
    ta_xml_open *open = &b->open[b->depth - 1];
    open->hint = (uint8_t)tag.hint;
    open->json = tag.json;
    open->attributes = tag.attributes;
    if (tag.attributes && b->base + b->depth > b->depth_max)
        return refuse_depth(b, token->at);
    open->last_key = tag.attributes ? b->record->nodes[index + tag.attributes].key : 0;
    if (!name_element(b, token, &tag))
        return false;
    return !token->empty || ta_xml_build_close(b, token);
}

void ta_xml_build_text(ta_xml_build *b, const ta_xml_token *token) {
    ta_xml_open *open = &b->open[b->depth - 1];
    open->seen |= token->seen;
    if (token->kind == TA_XML_TEXT)
        return;
    open->marked = true;
    if (token->kind == TA_XML_CDATA && token->end - token->at > 12)
        open->seen |= TA_XML_SEEN_INK;
}

/* Where the text begins: behind comments and instructions. */
static const char *skip_remarks(const char *from, const char *to) {
    ta_xml_token token;
    while (from < to && *from == '<') {
        ta_xml_scan(from, to, &token);
        if (token.kind != TA_XML_COMMENT && token.kind != TA_XML_PI)
            break;
        from = token.end;
    }
    return from;
}

/* Sets a node's text: raw bytes where these mean themselves, else decoded into the arena. */
static bool set_text(ta_xml_build *b, const ta_xml_open *open, uint32_t index, const char *from,
                     const char *to) {
    ta_record *record = b->record;
    uint32_t start = (uint32_t)record->arena.len;
    bool decoded = open->marked || open->json || (open->seen & TA_XML_SEEN_CODED);
    if (decoded && !ta_xml_decode(b, from, to, false))
        return false;
    if (open->json && !ta_xml_unescape(record, start)) {
        ta_xml_problem_set(b->problem, TA_F_XML_HINT,
                           node_span(b, &record->nodes[open->node], 1),
                           "escape=\"json\": the text has a backslash that begins no escape");
        return false;
    }
    ta_node *node = &record->nodes[index];
    if (open->marked)
        from = skip_remarks(from, to);
    node->text = decoded ? start : raw_offset(b, from);
    node->text_len = decoded ? (uint32_t)record->arena.len - start : (uint32_t)(to - from);
    node->flags &= TA_NODE_KEYLESS | TA_XML_NODE_KEYED;
    node->flags |= decoded                            ? TA_NODE_ARENA
                   : open->seen & TA_XML_SEEN_SPECIAL ? 0
                                                      : TA_NODE_PLAIN;
    if (from < to) {
        node->src = raw_offset(b, from);
        node->src_len = (uint32_t)(to - from);
    }
    return true;
}

/* What a hint makes of a text. */
static bool apply_hint(ta_xml_build *b, const ta_xml_open *open, ta_node *node) {
    ta_text text = ta_node_text(b->record, node);
    switch ((ta_xml_hint)open->hint) {
    case TA_XML_HINT_NUMBER:
        node->kind = TA_NUMBER;
        node->flags &= (uint8_t)~TA_NODE_PLAIN;
        if (!ta_number_is(text.data, text.len))
            return refuse_content(b, open, "the text is no number in JSON's form");
        break;
    case TA_XML_HINT_BOOLEAN:
        node->kind = text.len == 4 ? TA_TRUE : TA_FALSE;
        if (!(text.len == 4 && !memcmp(text.data, "true", 4)) &&
            !(text.len == 5 && !memcmp(text.data, "false", 5)))
            return refuse_content(b, open, "the text is neither true nor false");
        break;
    case TA_XML_HINT_NULL:
        node->kind = TA_NULL;
        if (text.len)
            return refuse_content(b, open, "the element is not empty");
        break;
    case TA_XML_HINT_NONE:
    case TA_XML_HINT_TEXT:
        return true;
    case TA_XML_HINT_OBJECT:
    case TA_XML_HINT_ARRAY:
    case TA_XML_HINT_COUNT:
        return refuse_content(b, open, "the element holds text");
    }
    if (node->kind != TA_NUMBER) {
        node->text = node->text_len = 0;
        node->flags &= TA_NODE_KEYLESS | TA_XML_NODE_KEYED;
    }
    return true;
}

/* The member "#text" beside attributes. */
static bool push_text_member(ta_xml_build *b, uint32_t element, uint32_t *index) {
    uint32_t key = ta_keys_get(b->record->keys, "#text", 5);
    ta_node *node = key ? ta_record_push(b->record, TA_TEXT) : NULL;
    if (!node)
        return fail_memory(b);
    const ta_node *parent = &b->record->nodes[element];
    node->key = key;
    node->depth = (uint16_t)(parent->depth + 1);
    node->src = parent->src;
    node->src_len = parent->src_len;
    *index = ta_node_index(b->record, node);
    return true;
}

static void mark_hinted(const ta_xml_build *b, const ta_xml_open *open, uint32_t index) {
    if (b->typed && open->hint)
        b->record->nodes[index].flags |= TA_XML_NODE_HINTED;
}

/* An element without elements in it: text, or text beside attributes. */
static bool close_leaf(ta_xml_build *b, const ta_xml_open *open, const char *from,
                       const char *to) {
    uint32_t index = open->node;
    bool scalar = open->hint && open->hint != TA_XML_HINT_OBJECT;
    if (open->attributes) {
        b->record->nodes[index].kind = TA_OBJECT;
        b->record->nodes[index].count = open->attributes;
        if ((from == to && !scalar) || open->hint == TA_XML_HINT_OBJECT) {
            mark_hinted(b, open, index);
            return true;
        }
        b->record->nodes[index].count++;
        if (!push_text_member(b, index, &index))
            return false;
    }
    if (!set_text(b, open, index, from, to) || !apply_hint(b, open, &b->record->nodes[index]))
        return false;
    mark_hinted(b, open, index);
    return true;
}

/* Whether an element around the innermost has text beside it: then that is markup already. */
static bool is_in_mixed(const ta_xml_build *b) {
    for (uint32_t i = b->depth - 1; i-- > 0;)
        if (b->open[i].seen & TA_XML_SEEN_INK)
            return true;
    return false;
}

/* Counts mixed content, by the path of its element without positions in lists. */
static bool tally_mixed(ta_xml_build *b, const ta_node *node) {
    const ta_record *record = b->record;
    if (is_in_mixed(b))
        return true;
    b->scratch.len = 0;
    for (uint32_t i = b->base ? 0 : 1; i < b->depth; i++) {
        const ta_key *key = &record->keys->items[record->nodes[b->open[i].node].key];
        if (b->scratch.len)
            ta_buf_put(&b->scratch, ".", 1);
        ta_path_put_step(&b->scratch, key->text, key->len, '.');
    }
    return ta_xml_tally_add(&b->mixed, ta_buf_text(&b->scratch), record->window,
                            node_span(b, node, 1)) ||
           fail_memory(b);
}

/* Text beside elements: the element's value is its markup, as text. */
static bool close_mixed(ta_xml_build *b, const ta_xml_open *open, const char *from,
                        const char *to) {
    ta_record *record = b->record;
    uint32_t index = open->node;
    if (!tally_mixed(b, &record->nodes[index]))
        return false;
    record->count = index + 1 + open->attributes;
    if (open->attributes) {
        record->nodes[index].kind = TA_OBJECT;
        record->nodes[index].count = open->attributes + 1;
        if (!push_text_member(b, index, &index))
            return false;
    }
    uint32_t start = (uint32_t)record->arena.len;
    bool coded = memchr(from, '\r', (size_t)(to - from));
    if (coded && !ta_xml_decode_lines(b, from, to))
        return false;
    ta_node *node = &record->nodes[index];
    node->text = coded ? start : raw_offset(b, from);
    node->text_len = coded ? (uint32_t)record->arena.len - start : (uint32_t)(to - from);
    node->flags &= TA_NODE_KEYLESS | TA_XML_NODE_KEYED;
    if (coded)
        node->flags |= TA_NODE_ARENA;
    return true;
}

/* The children of an element that is hinted to be a list are items, whatever their names. */
static bool close_list(ta_xml_build *b, const ta_xml_open *open) {
    ta_node *node = &b->record->nodes[open->node];
    if (open->attributes)
        return refuse_content(b, open, "a list has no attributes");
    if (open->seen & TA_XML_SEEN_INK)
        return refuse_content(b, open, "text stands between its items");
    node->kind = TA_ARRAY;
    node->count = open->elements;
    mark_hinted(b, open, open->node);
    return true;
}

static void close_object(ta_xml_build *b, const ta_xml_open *open) {
    ta_node *node = &b->record->nodes[open->node];
    node->kind = TA_OBJECT;
    node->count = open->elements + open->attributes;
    node->size = b->record->count - open->node;
    uint32_t first;
    if (open->twins && !b->twins)
        b->twins = ta_record_twin(b->record, node, &first) != 0;
    mark_hinted(b, open, open->node);
}

static bool close_element(ta_xml_build *b, const ta_xml_open *open, const char *from,
                          const char *to) {
    bool ink = open->seen & TA_XML_SEEN_INK;
    if (open->hint == TA_XML_HINT_ARRAY)
        return close_list(b, open);
    if (open->hint == TA_XML_HINT_OBJECT && ink)
        return refuse_content(b, open, "text stands beside its members");
    if (open->hint && open->hint != TA_XML_HINT_OBJECT && open->elements)
        return refuse_content(b, open, "the element holds elements");
    if (open->elements && ink)
        return close_mixed(b, open, from, to);
    if (open->elements || (open->hint == TA_XML_HINT_OBJECT && !open->attributes)) {
        close_object(b, open);
        return true;
    }
    return close_leaf(b, open, from, to);
}

/* Whether an end tag has the name of its start tag. */
static bool tags_match(ta_xml_build *b, const ta_xml_open *open, const ta_xml_token *token) {
    const char *start = b->record->raw + b->record->nodes[open->node].src;
    ta_xml_token tag;
    if (!memcmp(start + 1, token->name, token->name_len) &&
        (start[1 + token->name_len] == '>' || ta_xml_is_blank(start[1 + token->name_len])))
        return true;
    ta_xml_scan(start, b->record->raw + open->content, &tag);
    if (tag.name_len == token->name_len && !memcmp(tag.name, token->name, tag.name_len))
        return true;
    uint64_t at = ta_xml_offset(b->input, token->at);
    ta_xml_problem_set(b->problem, TA_F_XML_TAG,
                       (ta_span){at, at + (uint64_t)(token->end - token->at)}, "%.*s",
                       token->name_len < 60 ? (int)token->name_len : 60, token->name);
    ta_buf_put(&b->problem->expected, tag.name, tag.name_len < 60 ? tag.name_len : 60);
    b->problem->related = ta_xml_offset(b->input, start);
    b->problem->label = "it opens here";
    return false;
}

bool ta_xml_build_close(ta_xml_build *b, const ta_xml_token *token) {
    ta_xml_open open = b->open[b->depth - 1];
    ta_record *record = b->record;
    if (!token->empty && !tags_match(b, &open, token))
        return false;
    const char *from = record->raw + open.content, *to = token->empty ? from : token->at;
    ta_node *node = &record->nodes[open.node];
    node->src_len = raw_offset(b, token->end) - node->src;
    if (!close_element(b, &open, from, to))
        return false;
    record->nodes[open.node].size = record->count - open.node;
    ta_xml_build_unbind(b, b->level);
    b->level--;
    b->depth--;
    return true;
}
