/* SPDX-License-Identifier: MIT */
/*
 * The CSV writer: a row for each record. The values of a record are gathered by column, in one
 * walk over its nodes along the tree of places, guessed from the record before; then the row is
 * written.
 *
 * Heads are paths. A separator inside a key is escaped in them where the file must be read as
 * paths: under a schema, or when some column is nested. Without both, heads are word for word,
 * as reading without --infer takes them.
 */
#include "format/csv/write.h"

#include <stdlib.h>

#include "format/csv/parts.h"
#include "format/csv/scan.h"

static bool gather_csv_children(ta_csv_writer *w, const ta_record *record,
                                const ta_node *parent, uint32_t branch);

/* A value for whose place there is no column; told at the outermost such place. */
static void lose_column(ta_csv_writer *w, const ta_record *record, const ta_node *node,
                        uint32_t parent, uint64_t step, uint32_t at) {
    if (!at && w->tree->count < w->known + TA_CSV_EXTRA_MAX) {
        at = ta_csv_tree_add(w->tree, parent, 0, step);
        w->failed |= !at;
    }
    ta_csv_lose(w, record, node, at ? at : parent, TA_CSV_LOST_COLUMN);
}

/* Anything but a scalar with a column: lists, objects, what has no column. True: a cell was
 * filled. */
static bool gather_csv_other(ta_csv_writer *w, const ta_record *record, const ta_node *node,
                             uint32_t parent, uint64_t step, uint32_t at) {
    ta_csv_branch *branch = &w->tree->items[at];
    if (!at || !branch->wanted) {
        lose_column(w, record, node, parent, step, at);
        return false;
    }
    bool has_column = branch->column != TA_CSV_NONE;
    if (has_column && node->kind == TA_ARRAY && w->columns[branch->column].separator) {
        w->cells[branch->column] = node;
        return node->count;
    }
    if (node->kind == TA_NULL) {
        ta_csv_lose(w, record, node, at, TA_CSV_LOST_NULL);
        return false;
    }
    if (node->kind >= TA_ARRAY && !node->count) {
        ta_csv_lose(w, record, node, at,
                    node->kind == TA_ARRAY ? TA_CSV_LOST_EMPTY_LIST : TA_CSV_LOST_EMPTY_OBJECT);
        if (has_column)
            w->cells[branch->column] = node;
        return false;
    }
    if (has_column && !branch->first) {
        ta_csv_lose(w, record, node, at, TA_CSV_LOST_INNER);
        w->cells[branch->column] = node;
        return false;
    }
    if (node->kind < TA_ARRAY || !branch->first) {
        lose_column(w, record, node, parent, step, at);
        return false;
    }
    branch->stamp = w->serial;
    if (has_column)
        ta_csv_lose(w, record, node, at, TA_CSV_LOST_CLASH);
    else if (branch->is_list != (node->kind == TA_ARRAY))
        ta_csv_lose(w, record, node, at,
                    branch->is_list ? TA_CSV_LOST_OBJECT : TA_CSV_LOST_LIST);
    if (!w->to.shape)
        ta_csv_lose(w, record, node, 0, TA_CSV_LOST_NESTING);
    return gather_csv_children(w, record, node, at);
}

/* Recursion is bounded by the readers' depth limit. */
static bool gather_csv_children(ta_csv_writer *w, const ta_record *record,
                                const ta_node *parent, uint32_t branch) {
    bool list = parent->kind == TA_ARRAY, any = false, filled = true;
    uint32_t at = 0;
    uint64_t index = TA_CSV_ITEM;
    const ta_node *end = ta_node_end(parent), *last = NULL;
    for (const ta_node *c = ta_node_first(parent); c < end; c = ta_node_next(c)) {
        uint64_t step = list ? index++ : c->key;
        at = ta_csv_tree_next(w->tree, w->before, branch, step);
        last = c;
        if (at)
            w->before = at;
        uint32_t column = at ? w->tree->items[at].column : TA_CSV_NONE;
        if (c->kind <= TA_TEXT && column != TA_CSV_NONE) {
            w->cells[column] = c;
            filled = c->kind != TA_NULL;
        } else {
            filled = gather_csv_other(w, record, c, branch, step, at);
        }
        any |= filled;
    }
    /* The last items without content are left out when they are read back. */
    bool empty = last && last->kind >= TA_ARRAY && !last->count;
    if (list && !filled && !empty && at && w->tree->items[at].wanted)
        ta_csv_lose(w, record, last, branch, TA_CSV_LOST_NULL_ITEM);
    return any;
}

/* The head of a column, in `head`. */
static ta_text name_csv_column(const ta_csv_writer *w, uint32_t i, ta_buf *head) {
    const ta_csv_column *column = &w->columns[i];
    bool own = w->to.options->mapped && w->tree->items[column->branch].depth == 1;
    bool escape = (w->to.shape || w->nested) && !own;
    head->len = 0;
    if (column->title)
        ta_buf_put(head, column->title, column->title_len);
    else
        ta_csv_tree_path(w->tree, column->branch, w->separator, escape, head);
    const char *text = ta_buf_text(head);
    return (ta_text){text, head->failed ? 0 : head->len};
}

/* Readers see that every cell is quoted by a head that has quotes without need. Where there is
 * none, quotes would make texts of numbers and of missing values: these stay bare. */
static void settle_csv_quotes(ta_csv_writer *w) {
    ta_buf head = {0};
    bool shown = false;
    for (uint32_t i = 0; i < w->column_count && i < TA_CSV_SNIFFED_CELLS && !shown; i++) {
        ta_text text = name_csv_column(w, i, &head);
        shown = !ta_csv_asks_for_quotes(text.data, text.len, w->delimiter, w->quote);
    }
    w->quote_all = shown;
    w->quote_texts = !shown;
    w->failed |= head.failed;
    ta_buf_fini(&head);
}

static void write_csv_head(ta_csv_writer *w) {
    ta_buf head = {0};
    for (uint32_t i = 0; i < w->column_count; i++) {
        ta_text text = name_csv_column(w, i, &head);
        /* Quotes keep other delimiters out of the reader's guess, and U+FEFF from being taken
         * for a byte order mark. */
        bool quoted = w->quote_all || strpbrk(text.data, TA_CSV_DELIMITERS) != NULL ||
                      !strncmp(text.data, "\xEF\xBB\xBF", 3);
        if (i)
            ta_sink_putc(w->to.sink, w->delimiter);
        ta_csv_put_text(w, text.data, text.len, quoted);
    }
    if (w->column_count)
        ta_csv_end_row(w);
    w->failed |= head.failed;
    ta_buf_fini(&head);
}

static ta_status write_csv_begin(ta_stage *stage, const ta_head *head) {
    ta_csv_writer *w = (ta_csv_writer *)stage;
    w->document = head->form == TA_FORM_DOCUMENT;
    w->file = head->file;
    if (!ta_csv_choose_columns(w))
        return TA_ERR_NOMEM;
    if (w->to.options->titles && w->to.shape && !ta_csv_choose_titles(w))
        return TA_ERR_NOMEM;
    w->known = w->tree->count;
    w->wary |= w->column_count == 1;
    if (w->quote_all)
        settle_csv_quotes(w);
    if (!w->to.options->dialect.no_header)
        write_csv_head(w);
    return w->failed ? TA_ERR_NOMEM : TA_OK;
}

static ta_status write_csv_record(ta_stage *stage, ta_record *record) {
    ta_csv_writer *w = (ta_csv_writer *)stage;
    const ta_node *root = record->nodes;
    if (!ta_csv_tree_bind(w->tree, record->keys))
        return TA_ERR_NOMEM;
    w->serial++;
    if (root->kind != TA_OBJECT) {
        ta_csv_lose(w, record, root, 0, TA_CSV_LOST_RECORD);
        return w->failed ? TA_ERR_NOMEM : TA_OK;
    }
    if (w->document)
        ta_csv_lose(w, record, root, 0, TA_CSV_LOST_SHAPE);
    w->before = 0;
    gather_csv_children(w, record, root, 0);
    if (w->column_count)
        ta_csv_write_row(w, record);
    else
        ta_csv_lose(w, record, root, 0, TA_CSV_LOST_EMPTY_OBJECT);
    return w->failed ? TA_ERR_NOMEM : TA_OK;
}

static ta_status write_csv_end(ta_stage *stage, const ta_tail *tail) {
    (void)tail;
    ta_csv_writer *w = (ta_csv_writer *)stage;
    ta_csv_tell_losses(w);
    return w->failed ? TA_ERR_NOMEM : TA_OK;
}

static void drop_csv_writer(ta_stage *stage) {
    ta_csv_writer *w = (ta_csv_writer *)stage;
    ta_csv_tree_fini(&w->own);
    ta_buf_fini(&w->text);
    ta_arena_fini(&w->titles);
    free(w->columns);
    free(w->cells);
    free(w->losses);
    free(w);
}

static const ta_stage_ops write_csv_ops = {
    "csv writer",     ta_csv_absorb_losses, write_csv_begin,
    write_csv_record, write_csv_end,        drop_csv_writer,
};

ta_stage *ta_csv_writer_new(const ta_writing *writing) {
    ta_csv_writer *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    const ta_dialect *dialect = &writing->options->dialect;
    w->stage.ops = &write_csv_ops;
    w->to = *writing;
    w->delimiter = dialect->delimiter ? dialect->delimiter : ',';
    w->quote = dialect->quote ? dialect->quote : '"';
    w->escape = dialect->escape ? dialect->escape : w->quote;
    w->decimal = dialect->decimal ? dialect->decimal : '.';
    w->quote_all = dialect->quote_all;
    w->crlf = dialect->crlf;
    w->safe = dialect->safe;
    w->wary = dialect->comment || dialect->null_count || dialect->no_header;
    w->odd_numbers = w->quote_all || w->wary || strchr("+-.eE0123456789", w->delimiter);
    w->separator = writing->options->path_separator ? writing->options->path_separator : '.';
    return &w->stage;
}
