/* SPDX-License-Identifier: MIT */
/*
 * The second step, for records in which a name repeats or for which there is a schema: the
 * nodes as read are copied in the order in which they count. Elements of one name come together
 * as a list at the place of the first, also when others stand between them; with a schema names
 * become those of the properties, attributes come in its order, and text gets its type. Linear
 * in the nodes, recursive in their depth, which is bounded.
 */
#include "base/decimal.h"
#include "format/xml/build.h"

/* Beside each node as read. */
struct ta_xml_link {
    uint32_t next, last; /* siblings of one name: the next; of the first: the last */
    bool follows;        /* not the first of its name, or already copied */
    bool attribute;
    const ta_shape *shape;
};

typedef struct regroup {
    ta_xml_build *build;
    ta_record *record; /* its nodes are those that are made */
    ta_node *from;     /* as read */
    struct ta_xml_link *links;
    bool failed;
} regroup;

static void copy_value(regroup *g, uint32_t i, const ta_shape *shape, uint32_t key,
                       uint32_t depth);

ta_kind ta_xml_kind_of(uint8_t types, ta_text *text) {
    if (types & TA_TYPE_STRING)
        return TA_TEXT;
    ta_text bare = *text;
    while (bare.len && ta_xml_is_blank(*bare.data))
        bare.data++, bare.len--;
    while (bare.len && ta_xml_is_blank(bare.data[bare.len - 1]))
        bare.len--;
    ta_kind kind = TA_TEXT;
    if (!bare.len && types & (TA_TYPE_NULL | TA_TYPE_OBJECT))
        return types & TA_TYPE_NULL ? TA_NULL : TA_OBJECT;
    if (types & TA_TYPE_NUMBER && ta_number_is(bare.data, bare.len))
        kind = TA_NUMBER;
    else if (types & TA_TYPE_BOOLEAN && bare.len == 4 && !memcmp(bare.data, "true", 4))
        kind = TA_TRUE;
    else if (types & TA_TYPE_BOOLEAN && bare.len == 5 && !memcmp(bare.data, "false", 5))
        kind = TA_FALSE;
    if (kind != TA_TEXT)
        *text = bare;
    return kind;
}

/* A node in the result; NULL: no memory. It may move with the next. */
static ta_node *push_copy(regroup *g, const ta_node *from, uint32_t key, uint32_t depth) {
    if (depth > g->build->depth_max && !g->build->problem->set) {
        uint64_t at = ta_xml_offset(g->build->input, g->record->raw + from->src);
        ta_xml_problem_set(g->build->problem, TA_F_RECORD_DEPTH, (ta_span){at, at + 1}, "%s",
                           "");
        ta_buf_printf(&g->build->problem->expected, "%u", g->build->depth_max);
    }
    ta_node *node = g->build->problem->set ? NULL : ta_record_push(g->record, TA_NULL);
    if (!node) {
        if (!g->build->problem->set)
            g->build->problem->memory = g->build->problem->set = true;
        g->failed = true;
        return NULL;
    }
    *node = *from;
    node->flags &= TA_NODE_ARENA | TA_NODE_PLAIN;
    if (!key)
        node->flags |= TA_NODE_KEYLESS;
    node->key = key;
    node->depth = (uint16_t)depth;
    node->size = 1;
    node->count = 0;
    return node;
}

static void close_copy(regroup *g, uint32_t index, uint32_t count) {
    g->record->nodes[index].size = g->record->count - index;
    g->record->nodes[index].count = count;
}

/* A leaf's text gets the type that the schema allows there. */
static void type_text(regroup *g, ta_node *node, uint8_t types) {
    ta_text text = ta_node_text(g->record, node), before = text;
    ta_kind kind = ta_xml_kind_of(types, &text);
    if (kind == TA_TEXT)
        return;
    node->kind = (uint8_t)kind;
    node->flags &= TA_NODE_ARENA | TA_NODE_KEYLESS;
    node->text += (uint32_t)(text.data - before.data);
    node->text_len = (uint32_t)text.len;
    if (kind != TA_NUMBER) {
        node->text = node->text_len = 0;
        node->flags &= TA_NODE_KEYLESS;
    }
}

bool ta_xml_is_list_only(const ta_shape *shape) {
    return shape && (shape->types & TA_TYPE_ARRAY) &&
           !(shape->types & ~(TA_TYPE_ARRAY | TA_TYPE_NULL));
}

static const char *key_text(const regroup *g, uint32_t key) {
    return g->record->keys->items[key].text;
}

static bool name_is(const regroup *g, uint32_t key, const char *name) {
    const ta_key *k = &g->record->keys->items[key];
    return strlen(name) == k->len && !memcmp(k->text, name, k->len);
}

/* Whether node i is the element around the items of a wrapped list. */
static bool is_wrapper(const regroup *g, uint32_t i, const ta_shape *shape) {
    const ta_node *node = &g->from[i];
    const char *item = ta_xml_item_name(shape);
    if (!(shape->types & TA_TYPE_ARRAY) || (node->flags & TA_XML_NODE_HINTED))
        return false;
    if (node->kind == TA_TEXT) {
        ta_text text = ta_node_text(g->record, node);
        while (text.len && ta_xml_is_blank(text.data[text.len - 1]))
            text.len--;
        return !text.len;
    }
    if (node->kind != TA_OBJECT)
        return false;
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c))
        if (item ? !name_is(g, c->key, item) : c->key != node->key)
            return false;
    return true;
}

/* The children of node i as items of a list. */
static void copy_items(regroup *g, uint32_t i, const ta_shape *shape, uint32_t key,
                       uint32_t depth) {
    ta_node *list = push_copy(g, &g->from[i], key, depth);
    if (!list)
        return;
    list->kind = TA_ARRAY;
    list->text = list->text_len = 0;
    list->flags &= TA_NODE_KEYLESS;
    uint32_t index = ta_node_index(g->record, list), count = 0;
    uint32_t end = i + g->from[i].size;
    for (uint32_t c = i + 1; c < end && !g->failed; c += g->from[c].size, count++)
        copy_value(g, c, shape ? shape->items : NULL, TA_KEY_NONE, depth + 1);
    if (!g->failed)
        close_copy(g, index, count);
}

/* Siblings of one name as a list. */
static void copy_chain(regroup *g, uint32_t i, const ta_shape *shape, uint32_t depth) {
    const ta_node *first = &g->from[i], *last = &g->from[g->links[i].last];
    ta_node *list = push_copy(g, first, first->key, depth);
    if (!list)
        return;
    list->kind = TA_ARRAY;
    list->flags = 0;
    list->text = list->text_len = 0;
    list->src_len = last->src + last->src_len - first->src;
    uint32_t index = ta_node_index(g->record, list), count = 0;
    for (uint32_t c = i; c && !g->failed; c = g->links[c].next, count++)
        copy_value(g, c, shape ? shape->items : NULL, TA_KEY_NONE, depth + 1);
    if (!g->failed)
        close_copy(g, index, count);
}

/* The first of its name, with those that follow it. Gives the number of members that came of
 * it. */
static uint32_t copy_member(regroup *g, uint32_t i, uint32_t depth) {
    const struct ta_xml_link *link = &g->links[i];
    const ta_shape *shape = link->shape;
    uint32_t key = g->from[i].key, count = 0;
    bool many = link->next, hinted = g->from[i].flags & TA_XML_NODE_HINTED;
    bool wrapped = shape && shape->xml_wrapped;
    bool list =
        many ? !shape || (shape->types & TA_TYPE_ARRAY) : ta_xml_is_list_only(shape) && !hinted;
    for (uint32_t c = i; c; c = g->links[c].next)
        list = list && !g->links[c].attribute;
    if (list && !wrapped) {
        copy_chain(g, i, shape, depth);
        return 1;
    }
    g->build->duplicate |= many;
    for (uint32_t c = i; c && !g->failed; c = g->links[c].next, count++) {
        if (wrapped && is_wrapper(g, c, shape))
            copy_items(g, c, shape, key, depth);
        else
            copy_value(g, c, shape, key, depth);
    }
    return count;
}

const char *ta_xml_member_name(const ta_shape_member *member, bool attribute) {
    const ta_shape *s = member->shape;
    const char *name = s && s->xml_name ? s->xml_name : member->name;
    if (attribute || !ta_xml_is_list_only(s) || s->xml_wrapped)
        return name;
    return ta_xml_item_name(s) ? ta_xml_item_name(s) : member->name;
}

bool ta_xml_is_called(const ta_shape_member *member, const char *text, size_t len,
                      bool attribute) {
    const char *name = ta_xml_member_name(member, attribute);
    return strlen(name) == len && !memcmp(name, text, len);
}

/* The property that an attribute or element fills; NULL: none has such a name. An element may
 * fill what should be an attribute, if none should be an element of its name. */
static const ta_shape_member *find_member(const regroup *g, const ta_shape *shape,
                                          const ta_node *node, bool attribute,
                                          uint32_t *guess) {
    const ta_key *key = &g->record->keys->items[node->key];
    const ta_shape_member *other = NULL;
    for (uint32_t i = 0; i < shape->member_count; i++) {
        uint32_t at = attribute ? i : *guess + i;
        at -= at < shape->member_count ? 0 : shape->member_count;
        const ta_shape_member *m = &shape->members[at];
        if (node->flags & TA_XML_NODE_KEYED) {
            if (m->key == node->key)
                return m;
            continue;
        }
        bool fits = (m->shape && m->shape->xml_attribute) == attribute;
        if ((!fits && (attribute || other)) ||
            !ta_xml_is_called(m, key->text + attribute, key->len - attribute, attribute))
            continue;
        if (!fits) {
            other = m;
            continue;
        }
        if (!attribute)
            *guess = at + 1 == shape->member_count ? 0 : at + 1;
        return m;
    }
    return other;
}

/* An attribute stands in quotes; an element's text behind a tag. */
static bool is_attribute(const regroup *g, const ta_node *node) {
    if (node->kind != TA_TEXT || !node->src || !g->record->raw_len)
        return false;
    char before = g->record->raw[node->src - 1];
    return (before == '"' || before == '\'') && key_text(g, node->key)[0] == '@';
}

/* Gives the children of node i their properties' names and shapes, and links those of one name.
 */
static void link_children(regroup *g, uint32_t i, const ta_shape *shape, uint64_t serial) {
    uint32_t end = i + g->from[i].size, guess = 0;
    ta_key *keys = g->record->keys->items;
    for (uint32_t c = i + 1; c < end; c += g->from[c].size) {
        ta_node *node = &g->from[c];
        bool attribute = is_attribute(g, node);
        const ta_shape_member *m =
            shape ? find_member(g, shape, node, attribute, &guess) : NULL;
        if (m)
            node->key = m->key;
        g->links[c] = (struct ta_xml_link){.last = c,
                                           .attribute = attribute,
                                           .shape = m       ? m->shape
                                                    : shape ? shape->others
                                                            : NULL};
        ta_key *key = &keys[node->key];
        if (key->stamp == serial) {
            struct ta_xml_link *first = &g->links[key->stamp_node];
            g->links[first->last].next = c;
            first->last = c;
            g->links[c].follows = true;
        } else {
            key->stamp = serial;
            key->stamp_node = c;
        }
    }
}

/* Attributes that are properties come first, in the schema's order. */
static uint32_t copy_attributes(regroup *g, const ta_shape *shape, uint64_t serial,
                                uint32_t depth) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < shape->member_count && !g->failed; i++) {
        const ta_key *key = &g->record->keys->items[shape->members[i].key];
        bool here = key->stamp == serial && g->links[key->stamp_node].attribute;
        if (!here || g->links[key->stamp_node].follows)
            continue;
        g->links[key->stamp_node].follows = true;
        count += copy_member(g, key->stamp_node, depth);
    }
    return count;
}

static void copy_object(regroup *g, uint32_t i, const ta_shape *shape, uint32_t key,
                        uint32_t depth) {
    ta_node *object = push_copy(g, &g->from[i], key, depth);
    if (!object)
        return;
    uint32_t index = ta_node_index(g->record, object), count = 0;
    uint64_t serial = ++g->record->keys->serial;
    link_children(g, i, shape, serial);
    if (shape && g->from[i].count && g->links[i + 1].attribute)
        count += copy_attributes(g, shape, serial, depth + 1);
    uint32_t end = i + g->from[i].size;
    for (uint32_t c = i + 1; c < end && !g->failed; c += g->from[c].size)
        if (!g->links[c].follows)
            count += copy_member(g, c, depth + 1);
    if (!g->failed)
        close_copy(g, index, count);
}

static void copy_value(regroup *g, uint32_t i, const ta_shape *shape, uint32_t key,
                       uint32_t depth) {
    const ta_node *from = &g->from[i];
    if (from->kind == TA_OBJECT) {
        copy_object(g, i, shape, key, depth);
    } else if (from->kind == TA_ARRAY) {
        copy_items(g, i, shape, key, depth);
    } else {
        ta_node *node = push_copy(g, from, key, depth);
        if (node && node->kind == TA_TEXT && shape && !(from->flags & TA_XML_NODE_HINTED))
            type_text(g, node, shape->types);
    }
}

/* Exchanges the record's nodes for the spare ones, which are to be filled. */
static void swap_nodes(ta_xml_build *b, uint32_t *count) {
    ta_node *nodes = b->record->nodes;
    uint32_t cap = b->record->cap;
    *count = b->record->count;
    b->record->nodes = b->spare;
    b->record->cap = b->spare_cap;
    b->record->count = 0;
    b->spare = nodes;
    b->spare_cap = cap;
}

bool ta_xml_build_shape(ta_xml_build *b, const ta_shape *shape) {
    b->duplicate = false;
    if (!b->twins && !shape)
        return true;
    uint32_t count;
    swap_nodes(b, &count);
    regroup g = {.build = b, .record = b->record, .from = b->spare};
    if (!ta_array_grow(&b->links, &b->link_cap, count, sizeof *b->links)) {
        b->problem->memory = b->problem->set = true;
        return false;
    }
    g.links = b->links;
    copy_value(&g, 0, shape, TA_KEY_NONE, 0);
    b->twins = false;
    return !g.failed;
}
