/* SPDX-License-Identifier: MIT */
/* One place of a record: a value moved, looked up, cut, put together, or from the map itself.
 */
#include "map/mapper.h"

ta_node *ta_mapper_push(ta_mapper *s, ta_kind kind, const ta_node *origin, uint32_t depth) {
    uint32_t at = s->made.count;
    if (depth > TA_DEPTH_MAX) {
        s->deep = true;
        return NULL;
    }
    if (!ta_array_grow(&s->origin, &s->origin_cap, at + (size_t)1, sizeof *s->origin))
        return NULL;
    ta_node *node = ta_record_push(&s->made, kind);
    if (!node)
        return NULL;
    node->src = origin->src;
    node->src_len = origin->src_len;
    node->depth = (uint16_t)depth;
    s->origin[at] = ta_node_index(s->from, origin);
    return node;
}

ta_node *ta_mapper_copy(ta_mapper *s, const ta_node *from, uint32_t depth) {
    uint32_t at = s->made.count;
    for (const ta_node *c = from; c < ta_node_end(from); c++) {
        uint32_t level = depth + (c->depth - (uint32_t)from->depth);
        ta_node *node = ta_mapper_push(s, (ta_kind)c->kind, c, level);
        if (!node)
            return NULL;
        *node = *c;
        node->depth = (uint16_t)level;
    }
    return &s->made.nodes[at];
}

static bool set_value(ta_mapper *s, ta_node *node, ta_kind kind, ta_text text) {
    node->kind = (uint8_t)kind;
    node->flags &= TA_NODE_KEYLESS;
    return (kind != TA_TEXT && kind != TA_NUMBER) ||
           ta_node_set_text(&s->made, node, text.data, text.len);
}

static bool look_up(ta_mapper *s, ta_map_values *values, ta_node *node) {
    if (node->kind == TA_ARRAY || node->kind == TA_OBJECT)
        return true;
    const ta_map_value *value =
        ta_map_values_find(values, (ta_kind)node->kind, ta_map_text(&s->made, node));
    return !value || set_value(s, node, value->kind, value->to);
}

/* A value, or each of a list. */
static bool look_up_all(ta_mapper *s, ta_map_values *values, uint32_t at) {
    uint32_t end = at + s->made.nodes[at].size;
    bool ok = look_up(s, values, &s->made.nodes[at]);
    for (uint32_t i = at + 1; ok && s->made.nodes[at].kind == TA_ARRAY && i < end;
         i += s->made.nodes[i].size)
        ok = look_up(s, values, &s->made.nodes[i]);
    return ok;
}

/* Takes the blanks around an item off. */
static void trim_item(ta_mapper *s, ta_node *node) {
    ta_text text = ta_node_text(&s->made, node);
    bool as_written = !(node->flags & TA_NODE_ARENA) && node->src == node->text;
    for (; text.len && *text.data == ' '; text.len--, text.data++) {
        node->text++;
        node->src += as_written;
        node->src_len -= as_written;
    }
    for (; text.len && text.data[text.len - 1] == ' '; text.len--)
        node->src_len -= as_written;
    node->text_len = (uint32_t)text.len;
}

/* Makes a list of the text at `at`, which is the last node. */
static bool split_text(ta_mapper *s, const ta_node *from, uint32_t at, const char *split) {
    ta_node whole = s->made.nodes[at];
    size_t gap = strlen(split);
    uint32_t count = 0, start = 0;
    for (bool last = false; !last; count++) {
        ta_node *item = ta_mapper_push(s, TA_TEXT, from, whole.depth + 1U);
        if (!item)
            return false;
        ta_text text = ta_node_text(&s->made, &whole);
        const char *hit = memmem(text.data + start, text.len - start, split, gap);
        last = !hit;
        item->flags = (uint8_t)(whole.flags | TA_NODE_KEYLESS);
        item->text = whole.text + start;
        item->text_len = hit ? (uint32_t)(hit - text.data) - start : whole.text_len - start;
        if (!(whole.flags & TA_NODE_ARENA)) {
            item->src = item->text;
            item->src_len = item->text_len;
        }
        start += item->text_len + (uint32_t)gap;
    }
    ta_node *list = &s->made.nodes[at];
    list->kind = TA_ARRAY;
    list->flags &= TA_NODE_KEYLESS;
    list->text = list->text_len = 0;
    list->count = count;
    list->size = s->made.count - at;
    return true;
}

static bool split_value(ta_mapper *s, const ta_node *from, uint32_t at, const char *split) {
    if (s->made.nodes[at].kind == TA_TEXT && s->made.nodes[at].text_len &&
        !split_text(s, from, at, split))
        return false;
    ta_node *list = &s->made.nodes[at];
    if (list->kind == TA_ARRAY)
        for (ta_node *c = list + 1; c < list + list->size; c += c->size)
            if (c->kind == TA_TEXT)
                trim_item(s, c);
    return true;
}

static ta_made tell_made(const ta_mapper *s, uint32_t at) {
    return s->made.nodes[at].kind == TA_NULL ? TA_MADE_EMPTY : TA_MADE_FILLED;
}

static const ta_node *find_source(const ta_mapper *s, uint32_t path, uint32_t literal) {
    const ta_node *found = path ? s->m->read.items[path].found : NULL;
    return found || !literal ? found : s->m->read.items[literal].found;
}

/* What the map turned into null is absent where the schema allows no null. */
static bool is_unwanted(const ta_mapper *s, const ta_map_link *link, uint32_t at) {
    const ta_shape *shape = s->m->way == TA_MAP_IN ? s->m->made.items[link->to].shape : NULL;
    return shape && s->made.nodes[at].kind == TA_NULL && !(shape->types & TA_TYPE_NULL);
}

static ta_made move_value(ta_mapper *s, const ta_map_link *link, uint32_t depth) {
    const ta_node *from = find_source(s, link->from, link->literal);
    uint32_t at = s->made.count;
    if (!from)
        return TA_MADE_ABSENT;
    if (!ta_mapper_copy(s, from, depth))
        return TA_MADE_FAILED;
    if (link->entry && link->entry->split && s->m->way == TA_MAP_IN &&
        !split_value(s, from, at, link->entry->split))
        return TA_MADE_FAILED;
    if (link->values && !look_up_all(s, link->values, at))
        return TA_MADE_FAILED;
    if (link->values && is_unwanted(s, link, at)) {
        s->made.count = at;
        return TA_MADE_ABSENT;
    }
    return tell_made(s, at);
}

static ta_made make_const(ta_mapper *s, const ta_map_link *link, uint32_t depth) {
    const ta_node *constant = link->entry->constant;
    ta_node *node = ta_mapper_push(s, TA_NULL, s->from->nodes, depth);
    ta_text text = ta_map_text(&s->m->map->document->record, constant);
    if (!node || !set_value(s, node, (ta_kind)constant->kind, text))
        return TA_MADE_FAILED;
    node->src_len = 0;
    return TA_MADE_FILLED;
}

bool ta_mapper_is_const(const ta_mapper *s, const ta_map_link *link, const ta_node *node) {
    const ta_node *constant = link->entry->constant;
    ta_text a = ta_map_text(&s->m->map->document->record, constant);
    if (node->kind != constant->kind)
        return false;
    ta_text b = ta_map_text(&s->made, node);
    return a.len == b.len && !memcmp(a.data, b.data, a.len);
}

/* Gathers the texts; returns the node's span over all of them in *span, its origin. */
static const ta_node *gather_parts(ta_mapper *s, const ta_map_link *link, ta_node *span) {
    const ta_node *first = NULL;
    const ta_map_entry *entry = link->entry;
    s->text.len = 0;
    for (uint32_t i = 0; i < 2 * entry->sources->count; i += 2) {
        const ta_node *node = find_source(s, link->parts[i], link->parts[i + 1]);
        if (!node || node->kind == TA_ARRAY || node->kind == TA_OBJECT)
            continue;
        ta_text text = ta_map_text(&s->made, node);
        if (!text.len)
            continue;
        ta_buf_puts(&s->text, first ? entry->with : "");
        ta_buf_put(&s->text, text.data, text.len);
        uint32_t end = span->src + span->src_len, own = node->src + node->src_len;
        uint32_t start = first && span->src < node->src ? span->src : node->src;
        *span = (ta_node){.src = start, .src_len = (first && end > own ? end : own) - start};
        first = first ? first : node;
    }
    return first;
}

/* Whether the record has the property itself, and no part that would be lost without joining.
 */
static bool has_own(const ta_mapper *s, const ta_map_link *link) {
    const ta_map_branch *read = s->m->read.items;
    const ta_node *own = link->from ? read[link->from].found : NULL;
    if (!own || own->kind == TA_NULL)
        return false;
    for (uint32_t i = 0; i < 2 * link->entry->sources->count; i++)
        if (link->parts[i] && read[link->parts[i]].found && !read[link->parts[i]].link)
            return false;
    return true;
}

static ta_made join_values(ta_mapper *s, ta_map_link *link, uint32_t depth) {
    link->own = has_own(s, link);
    if (link->own)
        return move_value(s, link, depth);
    ta_node span = {0};
    const ta_node *first = gather_parts(s, link, &span);
    if (s->text.failed)
        return TA_MADE_FAILED;
    if (!first)
        return TA_MADE_ABSENT;
    uint32_t at = s->made.count;
    ta_node *node = ta_mapper_push(s, TA_TEXT, first, depth);
    if (!node || !set_value(s, node, TA_TEXT, (ta_text){s->text.data, s->text.len}))
        return TA_MADE_FAILED;
    node->src = span.src;
    node->src_len = span.src_len;
    return link->values && !look_up_all(s, link->values, at) ? TA_MADE_FAILED
                                                             : tell_made(s, at);
}

ta_made ta_mapper_fill(ta_mapper *s, ta_map_link *link, uint32_t depth) {
    if (link->entry && link->entry->kind == TA_ENTRY_CONST)
        return make_const(s, link, depth);
    if (link->entry && link->entry->kind == TA_ENTRY_JOIN)
        return join_values(s, link, depth);
    return move_value(s, link, depth);
}
