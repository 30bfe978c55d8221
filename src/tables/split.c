/* SPDX-License-Identifier: MIT */
/*
 * A record becomes a row of the first table, then each of its lists rows of the list's table,
 * depth first, so that every table is in the order of the records. Rows share the record's
 * bytes and arena: only nodes are copied.
 */
#include "tables/split.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tables/index.h"

/* A list met in a row, whose items are still to be written. */
typedef struct pending {
    uint32_t table, node;
} pending;

typedef struct split {
    ta_stage stage;
    ta_split_options o;
    ta_head head; /* of the rows */
    ta_record *record;
    ta_record row;
    pending *pending;
    size_t pending_cap;
    uint32_t pending_count;
    ta_node *links; /* of the record being written: its key, then the positions on the way */
    size_t link_cap;
    uint64_t serial;   /* of the record's row */
    ta_key_index keys; /* of the second pass */
    ta_status status;
} split;

static void put_members(split *s, const ta_node *object, uint32_t spot, const ta_shape *shape,
                        uint32_t owner);

static ta_node *push_row_node(split *s, ta_kind kind) {
    ta_node *node = ta_record_push(&s->row, kind);
    if (!node)
        s->status = TA_ERR_NOMEM;
    return node;
}

static void copy_row_nodes(split *s, const ta_node *node) {
    if (s->row.cap - s->row.count < node->size && !ta_record_grow(&s->row, node->size)) {
        s->status = TA_ERR_NOMEM;
        return;
    }
    memcpy(s->row.nodes + s->row.count, node, node->size * sizeof *node);
    s->row.count += node->size;
}

/* A text of our own, in the record's arena. */
static void put_text_node(split *s, uint32_t key, ta_kind kind, const char *text, size_t len) {
    ta_node *node = push_row_node(s, kind);
    char *room = ta_record_room(s->record, len);
    if (!node || !room) {
        s->status = TA_ERR_NOMEM;
        return;
    }
    memcpy(room, text, len);
    node->key = key;
    node->flags = TA_NODE_ARENA | TA_NODE_PLAIN;
    node->text = (uint32_t)s->record->arena.len;
    node->text_len = (uint32_t)len;
    s->record->arena.len += len;
}

static uint32_t spot_of(split *s, uint32_t parent, uint32_t key) {
    uint32_t spot = ta_tables_add_spot(s->o.tables, parent, key);
    if (!spot)
        s->status = TA_ERR_NOMEM;
    return spot;
}

/* The table of a list, with its stage. 0: the status says why. */
static uint32_t table_of(split *s, uint32_t owner, uint32_t spot) {
    ta_tables *t = s->o.tables;
    uint32_t at = ta_tables_add(t, owner, spot);
    if (!at)
        s->status = TA_ERR_NOMEM;
    if (!at || t->items[at].into)
        return at;
    ta_stage *into = s->o.open(s->o.to, &t->items[at], &s->status);
    t->items[at].into = into;
    if (into && s->status == TA_OK)
        s->status = ta_stage_begin(into, &s->head);
    return into ? at : 0;
}

static void remember_list(split *s, uint32_t table, const ta_node *node) {
    if (!ta_array_grow(&s->pending, &s->pending_cap, s->pending_count + (size_t)1,
                       sizeof *s->pending)) {
        s->status = TA_ERR_NOMEM;
        return;
    }
    s->pending[s->pending_count++] = (pending){table, ta_node_index(s->record, node)};
}

/* A list in a row: its cell says `[]`, or is null if the place has a column. */
static void put_list(split *s, const ta_node *list, uint32_t spot, const ta_shape *shape,
                     uint32_t owner) {
    uint32_t at = spot ? table_of(s, owner, spot) : 0;
    if (!at)
        return;
    ta_spot *place = &s->o.tables->spots[spot];
    bool nullable = !shape || shape->types & TA_TYPE_NULL;
    if (!list->count) {
        place->marked = true;
        put_text_node(s, list->key, TA_TEXT, "[]", 2);
        return;
    }
    remember_list(s, at, list);
    if (place->marked && nullable && !s->o.surveys) {
        ta_node *node = push_row_node(s, TA_NULL);
        if (node)
            node->key = list->key;
    }
}

static void put_object(split *s, const ta_node *object, uint32_t spot, const ta_shape *shape,
                       uint32_t owner) {
    uint32_t at = s->row.count;
    ta_node *node = push_row_node(s, TA_OBJECT);
    if (!node || !spot)
        return;
    *node = *object;
    node->size = 1;
    node->count = 0;
    put_members(s, object, spot, shape, owner);
    node = &s->row.nodes[at];
    node->size = s->row.count - at;
    for (uint32_t i = at + 1; i < s->row.count; i += s->row.nodes[i].size)
        s->row.nodes[at].count++;
    if (node->size == 1) /* only lists with rows of their own */
        s->row.count = at;
}

static bool is_empty_list_text(const ta_record *record, const ta_node *node) {
    ta_text text = {"", 0};
    if (node->kind == TA_TEXT)
        text = ta_node_text(record, node);
    return text.len == 2 && !memcmp(text.data, "[]", 2);
}

/* A scalar where other records have a list has a column there; `[]` would be one. */
static void put_scalar(split *s, const ta_node *node, uint32_t parent) {
    copy_row_nodes(s, node);
    if (s->o.surveys) {
        uint32_t spot = spot_of(s, parent, node->key);
        if (spot)
            s->o.tables->spots[spot].marked = true;
        return;
    }
    uint32_t spot = is_empty_list_text(s->record, node)
                        ? ta_tables_spot(s->o.tables, parent, node->key)
                        : 0;
    if (spot && s->o.tables->spots[spot].table)
        ta_find_at(s->o.finder, s->record, node, TA_PART_VALUE,
                   &(ta_finding){.code = TA_F_LOSS_KIND,
                                 .count = 1,
                                 .found = "the text []",
                                 .expected = "an empty list"});
}

/* A member that has the name of a column of our own. */
static bool is_link_name(const ta_table *table, const ta_node *member) {
    if (table->value.key == member->key && table->level && ta_table_has_value(table))
        return true;
    for (uint32_t i = 0; i < table->link_count; i++)
        if (table->links[i].key == member->key)
            return true;
    return false;
}

static void refuse_member(split *s, const ta_table *table, const ta_node *member) {
    ta_find_at(s->o.finder, s->record, member, TA_PART_KEY,
               &(ta_finding){.code = TA_F_TABLE_COLUMN, .name = table->file});
}

/* Recursion is bounded by the readers' depth limit. */
static void put_members(split *s, const ta_node *object, uint32_t spot, const ta_shape *shape,
                        uint32_t owner) {
    const ta_node *end = ta_node_end(object);
    for (const ta_node *c = ta_node_first(object); c < end && s->status == TA_OK;
         c = ta_node_next(c)) {
        const ta_shape *below = ta_shape_member_of(shape, c->key);
        const ta_table *table = &s->o.tables->items[owner];
        if (spot == table->top && is_link_name(table, c))
            refuse_member(s, table, c);
        else if (c->kind < TA_ARRAY)
            put_scalar(s, c, spot);
        else if (c->kind == TA_ARRAY && ta_tables_is_list_cell(below))
            copy_row_nodes(s, c);
        else if (c->kind == TA_ARRAY)
            put_list(s, c, spot_of(s, spot, c->key), below, owner);
        else if (c->count)
            put_object(s, c, spot_of(s, spot, c->key), below, owner);
        else
            copy_row_nodes(s, c);
    }
}

/* Pushes the row that was built; its nodes' texts lie in the record's bytes and arena. */
static void push_row(split *s, ta_stage *into) {
    if (s->status != TA_OK)
        return;
    ta_node *root = s->row.nodes;
    root->size = s->row.count;
    root->count = 0;
    for (uint32_t i = 1; i < s->row.count; i += s->row.nodes[i].size)
        root->count++;
    s->row.arena = s->record->arena;
    s->status = ta_stage_put(into, &s->row);
    s->row.arena = (ta_buf){0};
}

static ta_node *begin_row(split *s, const ta_node *origin) {
    ta_record *row = &s->row;
    const ta_record *from = s->record;
    ta_record_begin(row, from->raw);
    row->raw_len = from->raw_len;
    row->window = from->window;
    row->keys = from->keys;
    row->head = &s->head;
    row->number = from->number;
    row->memory_max = from->memory_max;
    ta_node *root = push_row_node(s, TA_OBJECT);
    if (root) {
        root->flags = TA_NODE_KEYLESS;
        root->src = origin->src;
        root->src_len = origin->src_len;
    }
    return root;
}

static void put_links(split *s, const ta_table *table) {
    for (uint32_t i = 0; i < table->link_count && s->status == TA_OK; i++) {
        ta_node link = s->links[i];
        link.key = table->links[i].key;
        copy_row_nodes(s, &link);
    }
}

/* The value column of items that are no objects, or may be so. */
static void put_value(split *s, ta_table *table, const ta_node *item) {
    uint8_t kind = item->kind == TA_OBJECT  ? TA_ITEMS_OBJECT
                   : item->kind == TA_ARRAY ? TA_ITEMS_LIST
                                            : TA_ITEMS_SCALAR;
    table->kinds |= kind;
    if (kind == TA_ITEMS_SCALAR) {
        ta_node value = *item;
        value.flags &= (uint8_t)~TA_NODE_KEYLESS;
        value.key = table->value.key;
        copy_row_nodes(s, &value);
    } else if (ta_table_has_value(table)) {
        put_text_node(s, table->value.key, TA_TEXT, kind == TA_ITEMS_OBJECT ? "{}" : "[]", 2);
    }
}

static void put_position(split *s, uint32_t at, uint64_t position) {
    char text[24];
    int len = snprintf(text, sizeof text, "%" PRIu64, position);
    ta_record_begin(&s->row, s->record->raw);
    put_text_node(s, 0, TA_NUMBER, text, (size_t)len);
    if (s->status == TA_OK)
        s->links[at] = s->row.nodes[0];
}

static void put_rows(split *s, uint32_t table, uint32_t list);

/* The row of an item, then the rows of the lists in it. */
static void put_item(split *s, uint32_t at, const ta_node *item, uint32_t position) {
    ta_tables *t = s->o.tables;
    uint32_t first = s->pending_count;
    put_position(s, t->items[at].link_count - 1, position);
    if (s->status != TA_OK || !begin_row(s, item))
        return;
    put_links(s, &t->items[at]);
    put_value(s, &t->items[at], item);
    if (item->kind != TA_OBJECT && s->status == TA_OK)
        s->row.nodes[0].flags |= TA_NODE_ALONE;
    if (item->kind == TA_OBJECT)
        put_members(s, item, t->items[at].top, t->items[at].item, at);
    else if (item->kind == TA_ARRAY) {
        uint32_t spot = spot_of(s, t->items[at].top, TA_KEY_NONE);
        uint32_t inner = spot ? table_of(s, at, spot) : 0;
        if (inner && item->count)
            remember_list(s, inner, item);
    }
    push_row(s, t->items[at].into);
    for (uint32_t i = first; i < s->pending_count && s->status == TA_OK; i++)
        put_rows(s, s->pending[i].table, s->pending[i].node);
    s->pending_count = first;
}

static void put_rows(split *s, uint32_t table, uint32_t list) {
    size_t links = s->o.tables->items[table].link_count;
    if (!ta_array_grow(&s->links, &s->link_cap, links, sizeof *s->links))
        s->status = TA_ERR_NOMEM;
    const ta_node *node = &s->record->nodes[list], *end = ta_node_end(node);
    uint32_t position = 0;
    for (const ta_node *c = node + 1; c < end && s->status == TA_OK; c = ta_node_next(c))
        put_item(s, table, c, ++position);
}

static bool take_key_node(void *to, const ta_node *node) {
    const ta_node **found = to;
    *found = node;
    return false;
}

static void say_no_key(split *s, uint32_t part) {
    ta_find_at(s->o.finder, s->record, s->record->nodes, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_TABLE_KEY_MISSING,
                             .name = s->o.tables->key_names[part].data});
}

/* A key that an earlier record has. */
static void check_key(split *s) {
    uint64_t hash = 0, first = 0;
    for (uint32_t i = 0; i < s->o.tables->key_count; i++)
        hash = ta_key_index_hash(hash, s->record, &s->links[i]);
    if (!ta_key_index_add(&s->keys, hash, s->serial, &first))
        s->status = TA_ERR_NOMEM;
    ta_buf found = {0};
    for (uint32_t i = 0; first && i < s->o.tables->key_count; i++) {
        ta_text text = {"", 0};
        if (s->links[i].kind == TA_TEXT || s->links[i].kind == TA_NUMBER)
            text = ta_node_text(s->record, &s->links[i]);
        ta_buf_puts(&found, i ? ", " : "");
        ta_buf_put(&found, text.data, text.len);
    }
    if (first)
        ta_find_at(s->o.finder, s->record, s->record->nodes, TA_PART_VALUE,
                   &(ta_finding){.code = TA_F_TABLE_KEY_TWICE, .found = ta_buf_text(&found)});
    ta_buf_fini(&found);
}

/* What names the record, for the rows of its lists. */
static void find_links(split *s) {
    const ta_tables *t = s->o.tables;
    if (!ta_array_grow(&s->links, &s->link_cap, t->key_count + (size_t)1, sizeof *s->links)) {
        s->status = TA_ERR_NOMEM;
        return;
    }
    if (!t->key) {
        put_position(s, 0, s->serial);
        return;
    }
    bool whole = true;
    for (uint32_t i = 0; i < t->key_count; i++) {
        const ta_node *found = NULL;
        ta_path_each(s->record, s->record->nodes, &t->key[i], take_key_node, &found);
        if (found && found->kind != TA_NULL && found->kind < TA_ARRAY) {
            s->links[i] = *found;
            s->links[i].flags &= (uint8_t)~TA_NODE_KEYLESS;
        } else {
            say_no_key(s, i);
            s->links[i] = (ta_node){.kind = TA_NULL, .size = 1};
            whole = false;
        }
    }
    if (whole && !s->o.surveys)
        check_key(s);
}

static ta_status split_put(ta_stage *stage, ta_record *record) {
    split *s = (split *)stage;
    if (!ta_tables_bind(s->o.tables))
        return TA_ERR_NOMEM;
    s->record = record;
    s->status = TA_OK;
    s->pending_count = 0;
    if (record->nodes[0].kind != TA_OBJECT)
        return ta_stage_put(stage->next, record);
    s->serial++;
    find_links(s);
    if (s->status == TA_OK && begin_row(s, record->nodes))
        put_members(s, record->nodes, s->o.tables->items[0].top, s->o.tables->items[0].item, 0);
    push_row(s, stage->next);
    for (uint32_t i = 0; i < s->pending_count && s->status == TA_OK; i++)
        put_rows(s, s->pending[i].table, s->pending[i].node);
    return s->status;
}

static bool is_copy(const ta_node *row, const ta_node *read) {
    bool worded = row->kind == TA_TEXT || row->kind == TA_NUMBER;
    return row->kind == read->kind && row->src == read->src && row->src_len == read->src_len &&
           (!worded || (row->text == read->text && row->text_len == read->text_len));
}

/* Rows are of several inputs: only the record knows where its nodes stand. */
static void locate_in_row(const ta_record *row, const ta_node *node, ta_located *out) {
    const split *s = row->head->reader;
    const ta_record *record = s->record;
    const ta_node *end = record->nodes + record->count;
    if (!record->head || !record->head->locate)
        return;
    for (const ta_node *read = record->nodes; read < end; read++)
        if (is_copy(node, read)) {
            record->head->locate(record, read, out);
            return;
        }
}

static ta_status split_begin(ta_stage *stage, const ta_head *head) {
    split *s = (split *)stage;
    s->head = *head;
    ta_status status = ta_stage_begin(stage->next, head);
    s->head.form = TA_FORM_LIST;
    s->head.columns = NULL;
    s->head.column_count = 0;
    s->head.locate = locate_in_row;
    s->head.respell = NULL;
    s->head.reader = s;
    ta_tables *t = s->o.tables;
    for (uint32_t i = 1; i < t->count && status == TA_OK; i++)
        if (t->items[i].into)
            status = ta_stage_begin(t->items[i].into, &s->head);
    return status;
}

/* Lists and objects as items of one list: only then do both need the value column. */
static ta_status survey_value(split *s, const ta_table *table) {
    ta_record *row = &s->row;
    if (!s->o.surveys || !row->keys || table->kinds != (TA_ITEMS_OBJECT | TA_ITEMS_LIST))
        return TA_OK;
    ta_record_begin(row, "[]");
    ta_node *root = ta_record_push(row, TA_OBJECT), *value = ta_record_push(row, TA_TEXT);
    if (!root || !value)
        return TA_ERR_NOMEM;
    row->nodes[0].size = 2;
    row->nodes[0].count = 1;
    row->nodes[1].key = table->value.key;
    row->nodes[1].text_len = 2;
    return ta_stage_put(table->into, row);
}

static ta_status split_end(ta_stage *stage, const ta_tail *tail) {
    split *s = (split *)stage;
    ta_tables *t = s->o.tables;
    ta_status status = ta_tables_bind(t) ? TA_OK : TA_ERR_NOMEM;
    for (uint32_t i = 1; i < t->count && status == TA_OK; i++)
        if (t->items[i].into)
            status = survey_value(s, &t->items[i]);
    for (uint32_t i = 1; i < t->count; i++) {
        ta_status ended = ta_stage_end(t->items[i].into, tail);
        status = ended > status ? ended : status;
    }
    ta_status ended = ta_stage_end(stage->next, tail);
    return ended > status ? ended : status;
}

static void split_drop(ta_stage *stage) {
    split *s = (split *)stage;
    free(s->row.nodes);
    free(s->pending);
    free(s->links);
    ta_key_index_fini(&s->keys);
    free(s);
}

static const ta_stage_ops split_ops = {"tables",  TA_SCOPE_ORDERED, split_begin,
                                       split_put, split_end,        split_drop};

ta_stage *ta_split_new(const ta_split_options *options, ta_stage *next) {
    split *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    *s = (split){.stage = {&split_ops, next}, .o = *options};
    return &s->stage;
}
