/* SPDX-License-Identifier: MIT */
/*
 * The rows of a record: each table is read as far as they go, table by table, so that the row
 * of an outer item is there before those of its lists. A row that belongs to no record, or to
 * an earlier one, is reported and left out.
 */
#include <stdlib.h>

#include "tables/merger.h"

ta_text ta_merge_link(const ta_record *row, const ta_node *root, uint32_t key) {
    const ta_node *node = ta_node_member(root, key);
    if (!node || (node->kind != TA_TEXT && node->kind != TA_NUMBER))
        return (ta_text){"", 0};
    return ta_node_text(row, node);
}

static void report_row(const ta_merger *m, ta_code code, const ta_table *table,
                       const ta_record *row, uint32_t link) {
    ta_buf found = {0};
    const ta_node *node = ta_node_member(row->nodes, table->links[link].key);
    for (uint32_t i = 0; i <= link; i++) {
        ta_text text = ta_merge_link(row, row->nodes, table->links[i].key);
        ta_buf_puts(&found, i ? ", " : "");
        ta_buf_printf(&found, "%s ", table->links[i].name);
        ta_buf_put(&found, text.data, text.len);
    }
    ta_find_at(m->o.finder, row, node ? node : row->nodes, TA_PART_VALUE,
               &(ta_finding){.code = code,
                             .name = m->o.tables->items[table->parent].file,
                             .found = ta_buf_text(&found)});
    ta_buf_fini(&found);
}

static uint64_t read_serial(ta_text text) {
    uint64_t serial = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || serial > UINT64_MAX / 100)
            return 0;
        serial = serial * 10 + (uint64_t)(text.data[i] - '0');
    }
    return serial;
}

/* The record that a row belongs to; 0: none. */
static uint64_t serial_of_row(const ta_merger *m, const ta_table *table, const ta_record *row) {
    const ta_tables *t = m->o.tables;
    if (!m->o.index)
        return read_serial(ta_merge_link(row, row->nodes, table->links[0].key));
    uint64_t hash = 0;
    for (uint32_t i = 0; i < t->key_count; i++) {
        const ta_node *part = ta_node_member(row->nodes, table->links[i].key);
        if (!part)
            return 0;
        hash = ta_key_index_hash(hash, row, part);
    }
    return ta_key_index_find(m->o.index, hash);
}

bool ta_merge_look(ta_merger *m, uint32_t at) {
    const ta_table *table = &m->o.tables->items[at];
    ta_feed *feed = &m->feeds[at];
    uint32_t key_end = m->o.tables->key ? m->o.tables->key_count - 1 : 0;
    while (!feed->ended) {
        if (!feed->row) {
            m->status = m->o.next(m->o.to, at, &feed->row);
            feed->ended = m->status != TA_OK;
            if (feed->ended)
                break;
            feed->serial = serial_of_row(m, table, feed->row);
        }
        if (feed->serial >= m->serial)
            return true;
        bool unknown = !feed->serial || (m->serial == UINT64_MAX && !m->o.index);
        report_row(m, unknown ? TA_F_TABLE_ORPHAN : TA_F_TABLE_ORDER, table, feed->row,
                   key_end);
        feed->row = NULL;
    }
    if (m->status == TA_STOP)
        m->status = TA_OK;
    return false;
}

static bool has_links_of(const ta_merger *m, const ta_table *table, const ta_record *row,
                         const ta_merge_row *parent) {
    const ta_table *above = &m->o.tables->items[table->parent];
    const ta_node *root = &m->pool.nodes[parent->node];
    for (uint32_t i = m->o.tables->key ? m->o.tables->key_count : 1; i < above->link_count;
         i++) {
        ta_text mine = ta_merge_link(row, row->nodes, table->links[i].key);
        ta_text other = ta_merge_link(&m->made, root, above->links[i].key);
        if (mine.len != other.len || memcmp(mine.data, other.data, mine.len) != 0)
            return false;
    }
    return true;
}

/* The row of the item around, from the one on that the row before belonged to. */
static bool find_parent(ta_merger *m, const ta_table *table, const ta_record *row,
                        uint32_t *parent) {
    ta_feed *above = &m->feeds[table->parent];
    *parent = 0;
    if (table->level == 1)
        return true;
    for (uint32_t i = above->at; i < above->end; i++)
        if (has_links_of(m, table, row, &m->rows[i])) {
            *parent = above->at = i;
            return true;
        }
    bool earlier = false;
    for (uint32_t i = above->first; i < above->at && !earlier; i++)
        earlier = has_links_of(m, table, row, &m->rows[i]);
    report_row(m, earlier ? TA_F_TABLE_ORDER : TA_F_TABLE_ORPHAN, table, row,
               table->link_count - 2);
    return false;
}

/* Where each node's cell stands; later the file's reader has moved on. */
static bool keep_columns(ta_merger *m, const ta_record *row, uint32_t first, uint64_t *number) {
    if (!ta_array_grow(&m->columns, &m->column_cap, m->pool.count, sizeof *m->columns))
        return false;
    for (uint32_t i = 0; i < row->count; i++) {
        ta_located at = {0};
        row->head->locate(row, &row->nodes[i], &at);
        m->columns[first + i] = at.column;
        *number = at.row;
    }
    return true;
}

/* Copies a row's nodes to the pool, its bytes and decoded texts to the record's arena. */
static bool keep_row(ta_merger *m, const ta_record *row, ta_merge_row *kept) {
    size_t raw_len = row->raw_len, len = raw_len + row->arena.len;
    char *room = ta_record_room(&m->made, len);
    if (!room ||
        (m->pool.cap - m->pool.count < row->count && !ta_record_grow(&m->pool, row->count)))
        return false;
    memcpy(room, row->raw, raw_len);
    if (row->arena.len)
        memcpy(room + raw_len, row->arena.data, row->arena.len);
    kept->raw = (uint32_t)m->made.arena.len;
    kept->raw_len = row->raw_len;
    kept->node = m->pool.count;
    m->made.arena.len += len;
    for (uint32_t i = 0; i < row->count; i++) {
        ta_node *node = &m->pool.nodes[m->pool.count++];
        *node = row->nodes[i];
        node->text += kept->raw + (node->flags & TA_NODE_ARENA ? row->raw_len : 0);
        node->flags |= TA_NODE_ARENA;
    }
    kept->offset = row->window->offset + (uint64_t)(row->raw - row->window->data);
    kept->at = ta_window_where(row->window, kept->offset);
    return keep_columns(m, row, kept->node, &kept->number);
}

static void gather_row(ta_merger *m, uint32_t at) {
    const ta_table *table = &m->o.tables->items[at];
    const ta_record *row = m->feeds[at].row;
    ta_merge_row kept = {.table = at};
    if (!find_parent(m, table, row, &kept.parent))
        return;
    if (!keep_row(m, row, &kept) ||
        !ta_array_grow(&m->rows, &m->row_cap, m->row_count + (size_t)1, sizeof *m->rows)) {
        m->status = TA_ERR_NOMEM;
        return;
    }
    m->rows[m->row_count++] = kept;
}

void ta_merge_gather(ta_merger *m) {
    const ta_tables *t = m->o.tables;
    for (uint32_t at = 1; at < t->count && m->status == TA_OK; at++) {
        ta_feed *feed = &m->feeds[at];
        ta_feed *above = &m->feeds[t->items[at].parent];
        above->at = above->first;
        feed->first = m->row_count;
        while (m->status == TA_OK && ta_merge_look(m, at) && feed->serial == m->serial) {
            gather_row(m, at);
            feed->row = NULL;
        }
        feed->end = m->row_count;
    }
    for (uint32_t at = 1; at < t->count; at++)
        m->feeds[at].at = m->feeds[at].first;
}
