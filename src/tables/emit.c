/* SPDX-License-Identifier: MIT */
/*
 * A record from its rows. A list stands where its column stood, else behind the members that
 * are there; an object of which only lists are left is made again for them.
 */
#include "tables/merger.h"

static void emit_member(ta_merger *m, uint32_t row, const ta_node *member, uint32_t spot,
                        uint32_t depth);

static const ta_node *nodes_of(const ta_merger *m, uint32_t row) {
    return row ? m->pool.nodes : m->from->nodes;
}

/* A node of a row as one of the record: with its origin, at a depth. NULL: no memory. */
static ta_node *emit_node(ta_merger *m, uint32_t row, const ta_node *read, uint32_t depth) {
    uint32_t at = m->made.count;
    ta_node *node = ta_record_push(&m->made, TA_NULL);
    if (!node ||
        !ta_array_grow(&m->origins, &m->origin_cap, m->made.count, sizeof *m->origins)) {
        m->status = TA_ERR_NOMEM;
        return NULL;
    }
    *node = *read;
    node->depth = (uint16_t)depth;
    m->origins[at] = (struct ta_merge_origin){row, (uint32_t)(read - nodes_of(m, row))};
    return node;
}

/* A list or object that has no cell of its own. */
static ta_node *emit_holder(ta_merger *m, uint32_t row, const ta_node *read, ta_kind kind,
                            uint32_t key, uint32_t depth) {
    ta_node *node = emit_node(m, row, read, depth);
    if (!node)
        return NULL;
    node->kind = (uint8_t)kind;
    node->flags = key ? 0 : TA_NODE_KEYLESS;
    node->key = key;
    node->size = 1;
    node->count = 0;
    return node;
}

static void close_holder(ta_merger *m, uint32_t at) {
    if (m->status != TA_OK)
        return;
    ta_node *node = &m->made.nodes[at];
    node->size = m->made.count - at;
    node->count = 0;
    for (uint32_t i = at + 1; i < m->made.count; i += m->made.nodes[i].size)
        node->count++;
}

static void emit_tree(ta_merger *m, uint32_t row, const ta_node *top, uint32_t depth) {
    for (const ta_node *n = top; n < top + top->size && m->status == TA_OK; n++)
        emit_node(m, row, n, depth + n->depth - top->depth);
}

static bool has_rows(const ta_merger *m, uint32_t table, uint32_t row) {
    const ta_feed *feed = &m->feeds[table];
    return feed->at < feed->end && m->rows[feed->at].parent == row;
}

static bool has_rows_below(const ta_merger *m, uint32_t spot, uint32_t row) {
    const ta_spot *s = &m->o.tables->spots[spot];
    if (s->table)
        return has_rows(m, s->table, row);
    for (uint32_t c = s->first; c; c = m->o.tables->spots[c].next)
        if (has_rows_below(m, c, row))
            return true;
    return false;
}

/* The columns that link a row, and the one for its value. */
static bool is_own_column(const ta_merger *m, uint32_t row, const ta_node *member) {
    const ta_table *table = &m->o.tables->items[m->rows[row].table];
    for (uint32_t i = 0; i < table->link_count; i++)
        if (table->links[i].key == member->key)
            return true;
    return row && table->value.key == member->key;
}

static void emit_members(ta_merger *m, uint32_t row, const ta_node *object, uint32_t spot,
                         uint32_t depth) {
    ta_tables *t = m->o.tables;
    uint64_t stamp = ++m->stamp;
    bool top = spot == t->items[m->rows[row].table].top;
    const ta_node *end = object ? ta_node_end(object) : NULL;
    for (const ta_node *c = object ? object + 1 : NULL; c < end && m->status == TA_OK;
         c = ta_node_next(c)) {
        if (top && is_own_column(m, row, c))
            continue;
        uint32_t below = ta_tables_spot(t, spot, c->key);
        if (below)
            t->spots[below].stamp = stamp;
        emit_member(m, row, c, below, depth);
    }
    for (uint32_t c = t->spots[spot].first; c && m->status == TA_OK; c = t->spots[c].next)
        if (t->spots[c].stamp != stamp && t->spots[c].key && has_rows_below(m, c, row))
            emit_member(m, row, NULL, c, depth);
}

static const ta_node *root_of(const ta_merger *m, uint32_t row) {
    return row ? &m->pool.nodes[m->rows[row].node] : m->from->nodes;
}

static void emit_object(ta_merger *m, uint32_t row, const ta_node *object, uint32_t spot,
                        uint32_t key, uint32_t depth) {
    uint32_t at = m->made.count;
    if (!emit_holder(m, row, object ? object : root_of(m, row), TA_OBJECT, key, depth))
        return;
    emit_members(m, row, object, spot, depth + 1);
    close_holder(m, at);
}

static void emit_list(ta_merger *m, uint32_t row, uint32_t table, uint32_t key, uint32_t depth);

static bool has_member_value(const ta_merger *m, uint32_t row) {
    const ta_node *root = root_of(m, row);
    for (const ta_node *c = root + 1; c < ta_node_end(root); c = ta_node_next(c))
        if (c->kind != TA_NULL && !is_own_column(m, row, c))
            return true;
    return false;
}

/* What an item is: its value column says it, else the columns there are. */
static ta_kind item_kind(const ta_merger *m, uint32_t row, uint32_t inner,
                         const ta_node *value) {
    const ta_table_head *head = &m->o.heads[m->rows[row].table];
    bool mixed = head->has_members || inner;
    if (value && mixed && ta_merge_is_mark(&m->made, value, "{}"))
        return TA_OBJECT;
    if (value && mixed && ta_merge_is_mark(&m->made, value, "[]"))
        return TA_ARRAY;
    if (value && value->kind != TA_NULL)
        return (ta_kind)value->kind;
    if (inner && (has_rows(m, inner, row) || (!head->has_members && !head->has_value)))
        return TA_ARRAY;
    return !head->has_value || has_member_value(m, row) ? TA_OBJECT : TA_NULL;
}

static void emit_item(ta_merger *m, uint32_t row, uint32_t depth) {
    const ta_tables *t = m->o.tables;
    const ta_table *table = &t->items[m->rows[row].table];
    const ta_node *root = root_of(m, row);
    const ta_node *value = ta_node_member(root, table->value.key);
    uint32_t spot = ta_tables_spot(t, table->top, TA_KEY_NONE);
    uint32_t inner = spot ? t->spots[spot].table : 0;
    ta_kind kind = item_kind(m, row, inner, value);
    if (kind == TA_OBJECT)
        emit_object(m, row, root, table->top, TA_KEY_NONE, depth);
    else if (kind == TA_ARRAY && inner)
        emit_list(m, row, inner, TA_KEY_NONE, depth);
    else if (kind == TA_ARRAY)
        emit_holder(m, row, root, TA_ARRAY, TA_KEY_NONE, depth);
    else {
        ta_node *node = emit_node(m, row, value ? value : root, depth);
        if (!node)
            return;
        if (!value)
            *node = (ta_node){.kind = TA_NULL, .size = 1, .depth = (uint16_t)depth};
        node->key = TA_KEY_NONE;
        node->flags |= TA_NODE_KEYLESS;
    }
}

static void emit_list(ta_merger *m, uint32_t row, uint32_t table, uint32_t key,
                      uint32_t depth) {
    uint32_t at = m->made.count;
    ta_feed *feed = &m->feeds[table];
    bool any = has_rows(m, table, row);
    if (!emit_holder(m, any ? feed->at : row, root_of(m, any ? feed->at : row), TA_ARRAY, key,
                     depth))
        return;
    while (m->status == TA_OK && has_rows(m, table, row))
        emit_item(m, feed->at++, depth + 1);
    close_holder(m, at);
}

/* A value where the list's rows say that it has items. */
static void report_clash(ta_merger *m, uint32_t row, const ta_node *member, uint32_t table) {
    ta_finding f = {.code = TA_F_TABLE_CLASH, .name = m->o.tables->items[table].file};
    uint64_t start = m->rows[row].offset + member->src;
    if (row)
        ta_find_in(m->o.finder, ta_merge_window(m, &m->rows[row]),
                   (ta_span){start, start + member->src_len}, m->serial, &f);
    else
        ta_find_at(m->o.finder, m->from, member, TA_PART_VALUE, &f);
}

static void emit_member(ta_merger *m, uint32_t row, const ta_node *member, uint32_t spot,
                        uint32_t depth) {
    const ta_spot *s = &m->o.tables->spots[spot];
    uint32_t key = member ? member->key : s->key;
    bool rows = spot && has_rows_below(m, spot, row);
    bool mark = member && ta_merge_is_mark(row ? &m->made : m->from, member, "[]");
    bool object = member && member->kind == TA_OBJECT;
    if (spot && s->table && rows) {
        if (member && member->kind != TA_NULL && !mark)
            report_clash(m, row, member, s->table);
        emit_list(m, row, s->table, key, depth);
    } else if (spot && s->table && mark) {
        emit_holder(m, row, member, TA_ARRAY, key, depth);
    } else if (spot && (object || (rows && (!member || member->kind == TA_NULL)))) {
        emit_object(m, row, object ? member : NULL, spot, key, depth);
    } else if (member) {
        emit_tree(m, row, member, depth);
    }
}

void ta_merge_emit(ta_merger *m) {
    emit_object(m, 0, m->from->nodes, m->o.tables->items[0].top, TA_KEY_NONE, 0);
}
