/* SPDX-License-Identifier: MIT */
/*
 * Reading a list: its heads first (the rows of JSON and YAML need not have the same), then row
 * by row. Cells are copied, so that the list does not hang on its document. All faulty rows are
 * told before the list is refused.
 */
#include "codes/codes.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "codes/list.h"

typedef struct reading {
    const ta_loader *loader;
    const ta_record *record;
    ta_code_list *list;
    size_t code, name, valid_from, valid_to, status, successor; /* columns */
    ta_buf joined;
    bool faulty, nomem;
} reading;

static void refuse_row(reading *r, const ta_node *node, ta_code code, const char *found) {
    r->faulty = true;
    ta_find_at(r->loader->finder, r->record, node, TA_PART_VALUE,
               &(ta_finding){.code = code, .found = found});
}

static bool add_head(reading *r, uint32_t key) {
    ta_code_list *list = r->list;
    for (size_t i = 0; i < list->head_count; i++)
        if (list->head_keys[i] == key)
            return true;
    if (!ta_array_grow(&list->heads, &list->head_cap, list->head_count + 1,
                       sizeof *list->heads) ||
        !ta_array_grow(&list->head_keys, &list->key_cap, list->head_count + 1,
                       sizeof *list->head_keys))
        return false;
    const ta_key *name = &r->record->keys->items[key];
    char *copy = ta_arena_copy(&list->arena, name->text, name->len);
    list->heads[list->head_count] = copy;
    list->head_keys[list->head_count] = key;
    list->head_count += copy != NULL;
    return copy != NULL;
}

static bool gather_heads(reading *r, const ta_node *root) {
    for (const ta_node *row = ta_node_first(root); row < ta_node_end(root);
         row = ta_node_next(row))
        for (const ta_node *cell = ta_node_first(row);
             row->kind == TA_OBJECT && cell < ta_node_end(row); cell = ta_node_next(cell))
            if (!add_head(r, cell->key))
                return false;
    const ta_code_list *list = r->list;
    r->code = ta_code_list_column(list, "code");
    r->name = ta_code_list_column(list, "name");
    r->valid_from = ta_code_list_column(list, "valid-from");
    r->valid_to = ta_code_list_column(list, "valid-to");
    r->status = ta_code_list_column(list, "status");
    r->successor = ta_code_list_column(list, "successor");
    return true;
}

/* The text of a cell; a list of texts as one, parted by `;`. Empty: it has none. */
static ta_text join_cell(reading *r, const ta_node *cell) {
    if (cell->kind == TA_TEXT || cell->kind == TA_NUMBER)
        return ta_node_text(r->record, cell);
    r->joined.len = 0;
    for (const ta_node *part = ta_node_first(cell);
         cell->kind == TA_ARRAY && part < ta_node_end(cell); part = ta_node_next(part)) {
        if (part->kind != TA_TEXT && part->kind != TA_NUMBER)
            continue;
        ta_text text = ta_node_text(r->record, part);
        ta_buf_put(&r->joined, ";", r->joined.len != 0);
        ta_buf_put(&r->joined, text.data, text.len);
    }
    r->nomem = r->nomem || r->joined.failed;
    return (ta_text){r->joined.data, r->joined.len};
}

static void copy_cells(reading *r, const ta_node *row, const char **cells) {
    ta_code_list *list = r->list;
    size_t column = 0;
    for (const ta_node *cell = ta_node_first(row); cell < ta_node_end(row);
         cell = ta_node_next(cell), column++) {
        if (column >= list->head_count || list->head_keys[column] != cell->key)
            for (column = 0; list->head_keys[column] != cell->key;)
                column++;
        ta_text text = join_cell(r, cell);
        if (text.len && !(cells[column] = ta_arena_copy(&list->arena, text.data, text.len)))
            r->nomem = true;
    }
}

/* The first or the last day that a cell means; `open` if it is empty. */
static int64_t read_day(reading *r, const ta_node *row, const char *text, int64_t open) {
    ta_date date;
    if (!*text)
        return open;
    if (ta_date_parse(text, strlen(text), &date))
        return open < 0 ? date.first_day : date.last_day;
    refuse_row(r, row, TA_F_CODES_DATE, text);
    return open;
}

static void fill_item(reading *r, const ta_node *row, ta_code_item *item) {
    item->code = ta_code_item_cell(item, r->code);
    item->name = ta_code_item_cell(item, r->name);
    item->valid_from = ta_code_item_cell(item, r->valid_from);
    item->valid_to = ta_code_item_cell(item, r->valid_to);
    item->successor = ta_code_item_cell(item, r->successor);
    item->withdrawn =
        *item->valid_to || !strcmp(ta_code_item_cell(item, r->status), "withdrawn");
    item->first_day = read_day(r, row, item->valid_from, INT64_MIN);
    item->last_day = read_day(r, row, item->valid_to, INT64_MAX);
}

/* Enters the code; a second row of it follows the first, if it is of another time. */
static void enter_code(reading *r, const ta_node *row, ta_code_item *item) {
    size_t len = strlen(item->code);
    const ta_word *known = ta_words_find(&r->list->codes, item->code, len);
    if (!known) {
        r->nomem |=
            !ta_words_add(&r->list->codes, (ta_text){item->code, len}, item, TA_MATCH_CODE);
        return;
    }
    ta_code_item *last = &r->list->items[known->item - r->list->items];
    for (;; last = &r->list->items[last->next - r->list->items]) {
        if (last->first_day <= item->last_day && item->first_day <= last->last_day) {
            refuse_row(r, row, TA_F_CODES_TWICE, item->code);
            return;
        }
        if (!last->next)
            break;
    }
    last->next = item;
}

static void add_row(reading *r, const ta_node *row) {
    ta_code_list *list = r->list;
    ta_code_item *item = &list->items[list->count];
    const char **cells = ta_arena_alloc(&list->arena, list->head_count * sizeof *cells + 1);
    if (!cells) {
        r->nomem = true;
        return;
    }
    item->cells = cells;
    if (row->kind == TA_OBJECT)
        copy_cells(r, row, cells);
    fill_item(r, row, item);
    if (row->kind == TA_TEXT || row->kind == TA_NUMBER) {
        ta_text text = ta_node_text(r->record, row);
        item->code = ta_arena_copy(&list->arena, text.data, text.len);
        r->nomem |= !item->code;
    }
    if (r->nomem)
        return;
    if (!*item->code) {
        refuse_row(r, row, TA_F_CODES_ROW, "");
        return;
    }
    list->count++;
    enter_code(r, row, item);
}

static ta_status read_list(reading *r, const ta_document *document) {
    const ta_node *root = document->record.nodes;
    uint32_t rows = root->kind == TA_ARRAY ? root->count : 0;
    r->list->items = ta_arena_alloc(&r->list->arena, (rows + 1) * sizeof *r->list->items);
    r->list->words = ta_arena_alloc(&r->list->arena, sizeof *r->list->words);
    if (!r->list->items || !r->list->words || (rows && !gather_heads(r, root)))
        return TA_ERR_NOMEM;
    if (r->code == SIZE_MAX && r->list->head_count)
        rows = 0; /* said once, not of each row */
    for (const ta_node *row = ta_node_first(root); rows && row < ta_node_end(root) && !r->nomem;
         row = ta_node_next(row))
        add_row(r, row);
    if (r->nomem)
        return TA_ERR_NOMEM;
    if (r->faulty)
        return TA_ERR_USAGE;
    if (r->list->count)
        return TA_OK;
    ta_find(r->loader->finder, &(ta_finding){.code = TA_F_CODES_EMPTY,
                                             .name = document->name,
                                             .place = {.file = document->name}});
    return TA_ERR_USAGE;
}

static bool is_built_in(const char *path) {
    for (const ta_embedded *file = ta_embedded_files; file->name; file++)
        if (!strcmp(file->name, path))
            return true;
    return false;
}

bool ta_code_list_file(const ta_loader *loader, ta_text name, ta_buf *out) {
    static const char prefix[] = "builtin:";
    size_t start = out->len;
    ta_buf_printf(out, "%scodes/%.*s.csv", prefix, (int)name.len, name.data);
    bool known = is_built_in(ta_buf_text(out) + (out->failed ? 0 : start + strlen(prefix)));
    for (size_t i = 0; i < loader->code_file_count && !known; i++)
        known = strlen(loader->code_files[i].name) == name.len &&
                !memcmp(loader->code_files[i].name, name.data, name.len);
    if (!known)
        out->len = start;
    return known || out->failed;
}

ta_status ta_code_list_load(const ta_loader *loader, const char *name, ta_code_list **out) {
    *out = NULL;
    const ta_document *document = loader->load(loader->to, name);
    if (!document)
        return TA_ERR_USAGE;
    ta_code_list *list = calloc(1, sizeof *list);
    reading r = {.loader = loader, .record = &document->record, .list = list};
    ta_status status = list ? read_list(&r, document) : TA_ERR_NOMEM;
    ta_buf_fini(&r.joined);
    if (status == TA_OK)
        *out = list;
    else
        ta_code_list_drop(list);
    return status;
}

void ta_code_list_drop(ta_code_list *list) {
    if (!list)
        return;
    ta_words_fini(&list->codes);
    if (list->words)
        ta_words_fini(list->words);
    free(list->heads);
    free(list->head_keys);
    ta_arena_fini(&list->arena);
    free(list);
}
