/* SPDX-License-Identifier: MIT */
/* The tables of other files: registered while rules are compiled, filled when all are. */
#include "check/elsewhere.h"

#include "check/fields.h"
#include "check/operate.h"

void ta_elsewhere_drop(ta_elsewhere *first) {
    for (; first; first = first->next) { /* themselves they lie in the program's arena */
        ta_marks_fini(&first->marks);
        ta_arena_fini(&first->text);
    }
}

static ta_elsewhere *find_table(ta_program *program, const char *name) {
    for (ta_elsewhere *table = program->elsewhere; table; table = table->next)
        if (!strcmp(table->name, name))
            return table;
    return NULL;
}

/* The file's name from here: it is relative to the file of the rule. */
static const char *place_file(ta_compile *c, ta_text name) {
    ta_buf file = {0};
    ta_text rest = ta_schema_put_folder(&file, c->sub->document->name, name);
    ta_buf_put(&file, rest.data, rest.len);
    const char *copy = ta_compile_copy(c, (ta_text){ta_buf_text(&file), file.len});
    c->nomem = c->nomem || file.failed;
    ta_buf_fini(&file);
    return copy;
}

ta_elsewhere *ta_elsewhere_get(ta_compile *c, const ta_node *value, size_t colon) {
    ta_text text = ta_node_text(c->record, value);
    const char *name = ta_compile_copy(c, text);
    ta_elsewhere *table = name ? find_table(c->program, name) : NULL;
    size_t bad = 0;
    if (table || !name)
        return table;
    table = ta_compile_alloc(c, sizeof *table);
    if (!table)
        return NULL;
    *table = (ta_elsewhere){.next = c->program->elsewhere,
                            .name = name,
                            .file = place_file(c, (ta_text){text.data, colon}),
                            .record = c->record,
                            .node = value};
    text = (ta_text){text.data + colon + 1, text.len - colon - 1};
    if (!ta_path_parse(c->arena, c->loader->keys, text, '.', &table->path, &bad)) {
        c->nomem = c->nomem || bad == SIZE_MAX;
        ta_rule_fault(c, value, TA_PART_VALUE, "in", "must have a path behind the colon");
        return NULL;
    }
    c->program->elsewhere = table;
    return table;
}

static bool is_same_path(const ta_path *a, const ta_path *b) {
    bool same = a->count == b->count;
    for (uint32_t i = 0; same && i < a->count; i++)
        same = a->steps[i].len == b->steps[i].len && a->steps[i].kind == b->steps[i].kind &&
               !memcmp(a->steps[i].text, b->steps[i].text, a->steps[i].len);
    return same;
}

uint32_t ta_elsewhere_join(ta_compile *c, ta_elsewhere *table, const ta_path *path) {
    for (const ta_column *column = table->columns; column; column = column->next)
        if (is_same_path(&column->path, path))
            return column->index;
    ta_column *column = ta_compile_alloc(c, sizeof *column);
    if (!column)
        return 0;
    *column = (ta_column){table->columns, *path, ++table->column_count};
    table->columns = column;
    return column->index;
}

/* The stage that fills the tables of one file. */
typedef struct fill_stage {
    ta_stage stage;
    ta_elsewhere *first; /* of all tables */
    const char *file;
    ta_elsewhere *table; /* that is being filled */
    ta_path to_item, to_key;
    const ta_record *record;
    const ta_node *item;
    ta_buf key;
    bool nomem;
} fill_stage;

static bool take_cell(void *to, const ta_node *node) {
    *(const ta_node **)to = node;
    return false;
}

static void fill_cell(fill_stage *fill, const ta_path *path, ta_cell *cell) {
    const ta_node *node = NULL;
    ta_path_each(fill->record, fill->item, path, take_cell, &node);
    if (!node || ta_value_is_missing(node) ||
        (node->kind != TA_NUMBER && node->kind != TA_TEXT))
        return;
    ta_text text = ta_node_text(fill->record, node);
    cell->text = ta_arena_copy(&fill->table->text, text.data, text.len);
    cell->len = (uint32_t)text.len;
    cell->kind = node->kind;
    cell->spot = ta_spot_of(fill->record, node);
    fill->nomem = fill->nomem || !cell->text;
}

static bool enter_key(void *to, const ta_node *node) {
    fill_stage *fill = to;
    bool is_new;
    if (ta_value_is_missing(node))
        return true;
    fill->key.len = 0;
    ta_key_put_loose(fill->record, node, &fill->key);
    ta_mark mark = ta_mark_of(fill->key.data, fill->key.len);
    ta_row *row = fill->key.failed ? NULL : ta_marks_enter(&fill->table->marks, mark, &is_new);
    fill->nomem = fill->nomem || !row;
    if (row && is_new && fill->table->joined) {
        fill_cell(fill, &fill->to_key, &row->cells[0]);
        for (const ta_column *column = fill->table->columns; column; column = column->next)
            fill_cell(fill, &column->path, &row->cells[column->index]);
    }
    return !fill->nomem;
}

static bool enter_item_keys(void *to, const ta_node *item) {
    fill_stage *fill = to;
    fill->item = item;
    ta_path_each(fill->record, item, &fill->to_key, enter_key, fill);
    return !fill->nomem;
}

/* Splits the keys' path behind its last `*`. */
static void aim_fill(fill_stage *fill, ta_elsewhere *table) {
    uint32_t items = table->path.count;
    while (items && table->path.steps[items - 1].kind != TA_STEP_ALL)
        items--;
    fill->table = table;
    fill->to_item = fill->to_key = table->path;
    fill->to_item.count = items;
    fill->to_key.steps += items;
    fill->to_key.count -= items;
}

static ta_status put_fill(ta_stage *stage, ta_record *record) {
    fill_stage *fill = (fill_stage *)stage;
    fill->record = record;
    for (ta_elsewhere *table = fill->first; table; table = table->next) {
        if (strcmp(table->file, fill->file) != 0)
            continue;
        aim_fill(fill, table);
        ta_path_each(record, record->nodes, &fill->to_item, enter_item_keys, fill);
    }
    return fill->nomem ? TA_ERR_NOMEM : TA_OK;
}

static ta_status begin_fill(ta_stage *stage, const ta_head *head) {
    (void)stage;
    (void)head;
    return TA_OK;
}

static ta_status end_fill(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    return tail->status;
}

static void drop_fill(ta_stage *stage) {
    ta_buf_fini(&((fill_stage *)stage)->key);
}

static const ta_stage_ops fill_ops = {"fill",   TA_SCOPE_ORDERED, begin_fill,
                                      put_fill, end_fill,         drop_fill};

static void size_entries(ta_elsewhere *table) {
    table->marks.entry_bytes = sizeof(ta_mark);
    if (table->joined)
        table->marks.entry_bytes += (table->column_count + 1) * sizeof(ta_cell);
}

/* Reads one file, for this table and those after it. False: a finding says why not, or there is
 * no memory. */
static bool fill_file(ta_compile *c, ta_elsewhere *table) {
    fill_stage fill = {.stage = {&fill_ops, NULL}, .first = table, .file = table->file};
    for (ta_elsewhere *other = table; other; other = other->next)
        if (!strcmp(other->file, table->file)) {
            other->filled = true;
            size_entries(other);
        }
    ta_status status = c->loader->stream(c->loader->to, table->file, &fill.stage);
    c->nomem = c->nomem || status == TA_ERR_NOMEM;
    c->failed = c->failed || status != TA_OK;
    ta_stage_drop(&fill.stage);
    return status == TA_OK;
}

static void say_empty(ta_compile *c, const char *file) {
    for (ta_elsewhere *table = c->program->elsewhere; table; table = table->next)
        if (!strcmp(table->file, file) && !table->marks.count) {
            c->record = table->record;
            ta_rule_fault(c, table->node, TA_PART_VALUE, "in",
                          "finds no value at this path in the file");
        }
}

void ta_elsewhere_fill(ta_compile *c) {
    for (ta_elsewhere *table = c->program->elsewhere; table && !c->nomem; table = table->next)
        if (!table->filled && fill_file(c, table))
            say_empty(c, table->file);
}
