/* SPDX-License-Identifier: MIT */
/*
 * One pass over a record's nodes, one element a line, without recursion. Lists are written as
 * elements that repeat where reading gathers them again; else as an element with hints.
 */
#include "format/xml/write.h"

enum { INDENT = 2 };

static void put(ta_xml_writer *w, const char *word) {
    ta_sink_put(w->sink, word, strlen(word));
}

/* Beyond some levels lines are indented no more: a deep nest would grow by its square. */
static void put_line(ta_xml_writer *w) {
    static const char blanks[] =
        "\n                                                                ";
    size_t len = (size_t)w->indent * INDENT + 1;
    ta_sink_put(w->sink, blanks, len < sizeof blanks ? len : sizeof blanks - 1);
}

/* Counts, in plain style, that a value will not come back as it was. */
void ta_xml_count_loss(ta_xml_writer *w, const ta_node *node) {
    w->path.len = 0;
    for (size_t i = 0; i <= w->depth; i++) {
        uint32_t key = i < w->depth ? w->frames[i].key : node->key;
        const ta_key *k = &w->record->keys->items[key];
        if (!key)
            continue;
        if (w->path.len)
            ta_buf_put(&w->path, ".", 1);
        ta_path_put_step(&w->path, k->text, k->len, '.');
    }
    const ta_window *window = w->record->window;
    uint64_t at = window->offset + (uint64_t)(w->record->raw - window->data) + node->src;
    const char *path = w->path.len ? ta_buf_text(&w->path) : "the record";
    if (!ta_xml_tally_add(&w->losses, path, w->record->window,
                          (ta_span){at, at + node->src_len}))
        w->failed = true;
}

/* What a start tag says of its element beside the name. */
typedef struct tag_words {
    ta_xml_content content;
    bool keyed; /* ta:key says this key */
    uint32_t key;
    bool declares; /* set: the tag binds the hints' prefix */
} tag_words;

static void put_key_hint(ta_xml_writer *w, uint32_t key) {
    const ta_key *k = &w->record->keys->items[key];
    w->scratch.len = 0;
    ta_xml_name_escape(k->text, k->len, &w->scratch);
    w->failed |= w->scratch.failed;
    put(w, " ta:key=\"");
    ta_xml_put_value(w, (ta_text){w->scratch.data, w->scratch.len});
    ta_sink_putc(w->sink, '"');
}

/* The hints of a start tag; in plain style their loss is counted. */
static void put_hints(ta_xml_writer *w, const ta_node *node, tag_words *words) {
    ta_xml_content content = words->content;
    bool any = content.hint || content.json || words->keyed;
    if (w->options.plain) {
        if (any)
            ta_xml_count_loss(w, node);
        return;
    }
    if (content.hint) {
        put(w, " ta:type=\"");
        put(w, ta_xml_hint_words[content.hint]);
        ta_sink_putc(w->sink, '"');
    }
    if (words->keyed)
        put_key_hint(w, words->key);
    if (content.json)
        put(w, " ta:escape=\"json\"");
    if (!w->declared && (any || w->binds)) {
        put(w, " xmlns:ta=\"" TA_XML_NS "\"");
        words->declares = true;
    }
    w->binds = false;
}

static void put_end_tag(ta_xml_writer *w, const ta_xml_tag_name *name) {
    ta_sink_put(w->sink, "</", 2);
    ta_xml_put_name(w, name);
    ta_sink_putc(w->sink, '>');
}

/* The end of a start tag, text, and the end tag. */
static void put_content(ta_xml_writer *w, const ta_xml_tag_name *name, ta_text text,
                        bool json) {
    if (!text.len) {
        ta_sink_put(w->sink, "/>", 2);
        return;
    }
    ta_sink_putc(w->sink, '>');
    ta_xml_put_text(w, text, json && !w->options.plain);
    put_end_tag(w, name);
}

static ta_xml_frame *push_frame(ta_xml_writer *w, const ta_xml_frame *frame) {
    if (!ta_array_grow(&w->frames, &w->frame_cap, w->depth + 1, sizeof *w->frames)) {
        w->failed = true;
        return NULL;
    }
    w->frames[w->depth] = *frame;
    return &w->frames[w->depth++];
}

static void open_container(ta_xml_writer *w, const ta_xml_frame *frame) {
    if (!push_frame(w, frame))
        return;
    w->indent++;
    w->declared |= frame->declares;
}

/* The index of a member "#text" that is the text of the object's element: the last node, behind
 * attributes only. 0: there is none. */
static uint32_t find_inner_text(ta_xml_writer *w, const ta_node *object, uint32_t lead,
                                const ta_shape *shape) {
    const ta_node *last = object + object->size - 1;
    const ta_key *key = &w->record->keys->items[last->key];
    bool right = object->count > 1 && last->kind < TA_ARRAY && key->len == 5 &&
                 !memcmp(key->text, "#text", 5);
    if (!right || object->size != object->count + 1)
        return 0;
    for (const ta_node *c = object + 1 + lead; c < last; c++)
        if (!shape || !ta_xml_is_schema_attribute(w, c, shape))
            return 0;
    return ta_node_index(w->record, last);
}

/* Whether all members of an object are attributes. */
static bool is_all_attributes(ta_xml_writer *w, const ta_node *object, uint32_t lead,
                              const ta_shape *shape) {
    if (object->size != object->count + 1)
        return false;
    for (const ta_node *c = object + 1 + lead; c < ta_node_end(object); c++)
        if (!shape || !ta_xml_is_schema_attribute(w, c, shape))
            return false;
    return true;
}

/* An object's name is only known to stand once the prefixes that it declares are bound. */
static void qualify(ta_xml_writer *w, ta_xml_tag_name *name) {
    if (name->fixed)
        return;
    const ta_xml_spelling *s = ta_xml_spell(w, name->key);
    if (!s->qualified.len || s->keyed)
        return;
    const ta_key *key = &w->record->keys->items[name->key];
    size_t len = (size_t)((const char *)memchr(key->text, ':', key->len) - key->text);
    ta_text uri;
    name->qualified = *key->text != '@' && ta_xml_is_bound(w, key->text, len, &uri);
}

static void write_object(ta_xml_writer *w, const ta_node *node, ta_xml_frame *frame,
                         tag_words *words) {
    uint32_t lead = ta_xml_lead(w, node, frame->shape);
    bool forced = words->content.hint && node->count;
    uint32_t inner = forced ? 0 : find_inner_text(w, node, lead, frame->shape);
    bool empty = !inner && is_all_attributes(w, node, lead, frame->shape);
    const ta_node *text = inner ? &w->record->nodes[inner] : NULL;
    if (text) {
        words->content =
            ta_xml_content_of(w, text, ta_shape_member_of(frame->shape, text->key), false);
        if (!text->text_len && text->kind == TA_TEXT)
            words->content.hint = TA_XML_HINT_TEXT;
        if (text->kind == TA_NULL)
            words->content.hint = TA_XML_HINT_NULL;
    }
    qualify(w, &frame->name);
    ta_sink_putc(w->sink, '<');
    ta_xml_put_name(w, &frame->name);
    put_hints(w, node, words);
    ta_xml_put_attributes(w, node, lead, frame->shape);
    if (text) {
        put_content(w, &frame->name, ta_xml_text_of(w, text), words->content.json);
    } else if (empty) {
        ta_sink_put(w->sink, "/>", 2);
    } else {
        ta_sink_putc(w->sink, '>');
        uint32_t index = ta_node_index(w->record, node);
        frame->at = index + 1 + lead;
        frame->end = index + node->size;
        frame->mode = TA_XML_MEMBERS;
        frame->declares = words->declares;
        open_container(w, frame);
        return;
    }
    w->bound_count = frame->bindings;
}

static void write_list(ta_xml_writer *w, const ta_node *node, ta_xml_frame *frame,
                       tag_words *words) {
    uint32_t index = ta_node_index(w->record, node);
    qualify(w, &frame->name);
    ta_sink_putc(w->sink, '<');
    ta_xml_put_name(w, &frame->name);
    put_hints(w, node, words);
    if (!node->count) {
        ta_sink_put(w->sink, "/>", 2);
        return;
    }
    ta_sink_putc(w->sink, '>');
    frame->at = index + 1;
    frame->end = index + node->size;
    frame->mode = TA_XML_ITEMS;
    frame->declares = words->declares;
    open_container(w, frame);
}

/* A member without a shape that is plain text, a number or a truth value: the common case. */
static inline bool write_leaf(ta_xml_writer *w, const ta_node *node) {
    static const ta_xml_hint hints[] = {[TA_FALSE] = TA_XML_HINT_BOOLEAN,
                                        [TA_TRUE] = TA_XML_HINT_BOOLEAN,
                                        [TA_NUMBER] = TA_XML_HINT_NUMBER,
                                        [TA_TEXT] = TA_XML_HINT_NONE};
    if (node->kind == TA_NULL || node->kind > TA_TEXT ||
        (node->kind != TA_TEXT && (w->options.plain || !w->declared)))
        return false;
    return ta_xml_put_leaf(w, node->key, ta_xml_text_of(w, node), hints[node->kind]);
}

/* The element of a node, on a line of its own. */
void ta_xml_write_element(ta_xml_writer *w, const ta_node *node, ta_xml_tag_name name,
                          const ta_shape *shape, bool bare) {
    put_line(w);
    tag_words words = {.content = ta_xml_content_of(w, node, shape, bare)};
    words.key = name.key;
    words.keyed = name.keyed || (!name.fixed && ta_xml_spell(w, name.key)->keyed);
    ta_xml_frame frame = {.key = node->key,
                          .name = name,
                          .item = w->options.plain ? "item" : "ta:item",
                          .shape = shape,
                          .bindings = (uint32_t)w->bound_count};
    if (node->kind == TA_OBJECT) {
        write_object(w, node, &frame, &words);
    } else if (node->kind == TA_ARRAY) {
        bool wrapped = shape && shape->xml_wrapped && shape->types & TA_TYPE_ARRAY && node->key;
        if (wrapped) {
            words.content.hint = TA_XML_HINT_NONE;
            frame.item_given = true;
            frame.item = ta_xml_item_name(shape);
        }
        write_list(w, node, &frame, &words);
    } else {
        qualify(w, &frame.name);
        ta_sink_putc(w->sink, '<');
        ta_xml_put_name(w, &frame.name);
        put_hints(w, node, &words);
        put_content(w, &frame.name, ta_xml_text_of(w, node), words.content.json);
    }
}

/* Whether a list can be written as elements that repeat. */
static bool may_repeat(const ta_xml_writer *w, const ta_node *list, const ta_shape *shape) {
    if (shape && (shape->xml_wrapped || !(shape->types & TA_TYPE_ARRAY)))
        return false;
    if (list->count != 1)
        return list->count > 1;
    const ta_node *item = list + 1;
    return ta_xml_is_list_only(shape) && item->kind != TA_ARRAY &&
           !ta_xml_content_of(w, item, shape->items, false).hint;
}

/* The name that the schema gives a member's element; NULL: its key is the name. */
const char *ta_xml_schema_name(const ta_shape *place) {
    if (!place)
        return NULL;
    bool items = ta_xml_is_list_only(place) && !place->xml_wrapped;
    return items ? ta_xml_item_name(place) : place->xml_name;
}

/* A member of the object on top. */
static void write_member(ta_xml_writer *w, const ta_node *node, const ta_shape *shape) {
    const ta_shape *place = ta_shape_member_of(shape, node->key);
    if (shape && ta_xml_is_schema_attribute(w, node, shape))
        return;
    ta_xml_tag_name name = {
        .fixed = ta_xml_schema_name(place), .key = node->key, .given = true};
    name.keyed = ta_xml_is_mistaken(&w->twins, &w->record->keys->items[node->key], node->key,
                                    shape, false);
    uint32_t index = ta_node_index(w->record, node);
    bool wrapped = place && place->xml_wrapped && place->types & TA_TYPE_ARRAY;
    if (node->kind != TA_ARRAY) {
        ta_xml_write_element(w, node, name, place, wrapped || ta_xml_is_list_only(place));
    } else if (w->options.plain ? node->count > 0 && !wrapped : may_repeat(w, node, place)) {
        if (w->options.plain && !may_repeat(w, node, place))
            ta_xml_count_loss(w, node);
        push_frame(w, &(ta_xml_frame){.at = index + 1,
                                      .end = index + node->size,
                                      .key = node->key,
                                      .mode = TA_XML_REPEAT,
                                      .name = name,
                                      .shape = place,
                                      .bindings = (uint32_t)w->bound_count});
    } else {
        ta_xml_write_element(w, node, name, place, false);
    }
}

static void close_frame(ta_xml_writer *w) {
    const ta_xml_frame *frame = &w->frames[--w->depth];
    if (frame->mode == TA_XML_REPEAT)
        return;
    w->indent--;
    put_line(w);
    put_end_tag(w, &frame->name);
    w->bound_count = frame->bindings;
    if (frame->declares)
        w->declared = false;
}

void ta_xml_write_rest(ta_xml_writer *w) {
    while (w->depth && !w->failed) {
        ta_xml_frame *frame = &w->frames[w->depth - 1];
        if (frame->at >= frame->end) {
            close_frame(w);
            continue;
        }
        const ta_node *node = &w->record->nodes[frame->at];
        const ta_shape *items = frame->shape ? frame->shape->items : NULL;
        frame->at += node->size;
        if (frame->mode == TA_XML_MEMBERS && !frame->shape && write_leaf(w, node))
            continue;
        if (frame->mode == TA_XML_MEMBERS)
            write_member(w, node, frame->shape);
        else if (frame->mode == TA_XML_ITEMS)
            ta_xml_write_element(w, node,
                                 (ta_xml_tag_name){.fixed = frame->item,
                                                   .key = frame->key,
                                                   .given = frame->item_given},
                                 items, false);
        else
            ta_xml_write_element(w, node, frame->name, items, false);
    }
}
