/* SPDX-License-Identifier: MIT */
/*
 * From the cells of a row to the nodes of a record, along the plan. A list or object none of
 * whose cells hold anything is absent; of a list the last items without content are.
 */
#include "format/csv/read.h"

/* What became of a step. */
typedef enum built { BUILT_FAILED, BUILT_ABSENT, BUILT_EMPTY, BUILT_FILLED } built;

/* Points the node at the cell's content, or decodes it. */
static inline bool take_csv_text(ta_csv_reader *r, const ta_csv_cell *cell, uint32_t column,
                                 ta_node *node) {
    ta_record *record = r->record;
    if (!(cell->flags & TA_CSV_DIRTY))
        node->flags |= TA_NODE_PLAIN;
    if (!(cell->flags & (TA_CSV_QUOTED | TA_CSV_RECOVERED))) {
        node->text = cell->start;
        node->text_len = cell->len;
        return true;
    }
    if (cell->flags & TA_CSV_QUOTED)
        node->flags |= TA_NODE_QUOTED;
    if (cell->flags & TA_CSV_RECOVERED) {
        node->flags |= TA_NODE_ARENA;
        node->text = r->recovered[column].text;
        node->text_len = r->recovered[column].len;
    } else if (cell->flags & TA_CSV_ESCAPED) {
        char *out = ta_record_room(record, cell->len);
        if (!out)
            return false;
        node->flags |= TA_NODE_ARENA;
        node->text = (uint32_t)record->arena.len;
        node->text_len = (uint32_t)ta_csv_decode(&r->scan, record->raw, cell, out);
        record->arena.len += node->text_len;
    } else {
        node->text = cell->start + 1;
        node->text_len = cell->len - 2;
    }
    return true;
}

/* Whether a cell holds one of the tokens of --null. In quotes they are text, where quotes say
 * anything. */
static bool is_null_token(const ta_csv_reader *r, const ta_csv_cell *cell) {
    const ta_dialect *dialect = &r->in->options->dialect;
    bool quoted = cell->flags & TA_CSV_QUOTED;
    if ((quoted && r->quotes_mean) || cell->flags & (TA_CSV_ESCAPED | TA_CSV_RECOVERED))
        return false;
    const char *text = r->record->raw + cell->start + quoted;
    size_t len = cell->len - 2 * (size_t)quoted;
    return ta_dialect_is_null(dialect, text, len);
}

static inline bool is_empty_cell(const ta_csv_reader *r, const ta_csv_cell *cell,
                                 uint32_t column) {
    if (cell->flags & TA_CSV_RECOVERED)
        return !r->recovered[column].len;
    if (!cell->len || (cell->flags & TA_CSV_QUOTED && cell->len == 2))
        return true;
    return r->in->options->dialect.null_count && is_null_token(r, cell);
}

static ta_node *push_csv_node(ta_csv_reader *r, const ta_csv_step *step,
                              const ta_csv_cell *cell) {
    ta_node *node = &r->record->nodes[r->record->count++];
    *node = step->node;
    node->src = cell->start;
    node->src_len = cell->len;
    return node;
}

/* An empty cell: empty text only where it is quoted, quotes mean something, and text is
 * allowed. */
static built build_empty(ta_csv_reader *r, const ta_csv_step *step, const ta_csv_cell *cell) {
    bool quoted = cell->flags & TA_CSV_QUOTED && r->quotes_mean;
    bool text = quoted && step->types & TA_TYPE_STRING && !step->separator;
    if (!text && step->is_absent)
        return BUILT_ABSENT;
    ta_node *node = push_csv_node(r, step, cell);
    node->kind = text ? TA_TEXT : TA_NULL;
    if (text)
        node->flags |= TA_NODE_QUOTED | TA_NODE_PLAIN;
    node->text = cell->start;
    return text ? BUILT_FILLED : BUILT_EMPTY;
}

/* Whether the text of a cell is to be tried for other types: quotes say that it is text. */
static inline bool may_be_typed(const ta_csv_reader *r, uint8_t types,
                                const ta_csv_cell *cell) {
    if (!(types & (TA_TYPE_NUMBER | TA_TYPE_BOOLEAN)))
        return false;
    return !(types & TA_TYPE_STRING && cell->flags & TA_CSV_QUOTED && r->quotes_mean);
}

/* How many bytes of the cell as written gave `len` bytes of content from `raw` on. */
static uint32_t written_len(const ta_csv_reader *r, const ta_csv_cell *cell, const char *raw,
                            size_t len) {
    if (!(cell->flags & TA_CSV_ESCAPED))
        return (uint32_t)len;
    const char *at = raw;
    for (; len; len--) {
        bool pair = *at == r->scan.quote || (r->scan.escape && *at == r->scan.escape);
        at += pair ? 2 : 1;
    }
    return (uint32_t)(at - raw);
}

/* Types a node; a number that may be one of two is said, and stays text. */
static bool type_csv_cell(ta_csv_reader *r, ta_csv_step *step, ta_node *node) {
    bool unclear;
    if (!ta_csv_type(r->record, node, step->types, &step->signs, &unclear))
        return false;
    if (!unclear || r->in->options->dialect.as_written)
        return true;
    ta_buf found = {0};
    ta_text text = ta_node_text(r->record, node);
    ta_buf_put(&found, text.data, text.len);
    ta_finding f = {.code = TA_F_CSV_AMBIGUOUS,
                    .found = ta_buf_text(&found),
                    .column = r->names[step->column]};
    bool ok = !found.failed;
    if (ok)
        ta_csv_report(r, r->at + node->src, node->src_len, &f);
    ta_buf_fini(&found);
    return ok;
}

static bool build_item(ta_csv_reader *r, ta_csv_step *step, const ta_csv_cell *cell,
                       const ta_node *item) {
    ta_record *record = r->record;
    ta_node *node = ta_record_push(record, TA_TEXT);
    if (!node)
        return false;
    *node = *item;
    if (!node->text_len && !(step->types & TA_TYPE_STRING))
        node->kind = TA_NULL;
    bool typed = node->text_len && may_be_typed(r, step->types, cell);
    return !typed || type_csv_cell(r, step, node);
}

/* The items of a list in a cell; each has its own place in it. */
static bool build_items(ta_csv_reader *r, ta_csv_step *step, const ta_csv_cell *cell,
                        ta_node item, uint32_t *count) {
    size_t gap = strlen(step->separator);
    uint32_t at = item.text, end = item.text + item.text_len;
    bool recovered = cell->flags & TA_CSV_RECOVERED;
    item.src = cell->start + (cell->flags & TA_CSV_QUOTED && !recovered);
    for (;;) {
        const char *text = ta_node_text(r->record, &item).data - item.text;
        const char *hit = memmem(text + at, end - at, step->separator, gap);
        item.text = at;
        item.text_len = hit ? (uint32_t)(hit - text) - at : end - at;
        item.src_len = recovered
                           ? cell->len
                           : written_len(r, cell, r->record->raw + item.src, item.text_len);
        if (!build_item(r, step, cell, &item))
            return false;
        ++*count;
        if (!hit)
            return true;
        at += item.text_len + (uint32_t)gap;
        item.src += recovered ? 0 : item.src_len + (uint32_t)gap;
    }
}

/* Room for all nodes of the plan that may come. */
static inline bool make_csv_room(ta_csv_reader *r) {
    ta_record *record = r->record;
    return record->cap - record->count >= r->step_count ||
           ta_record_grow(record, r->step_count);
}

static built build_list_cell(ta_csv_reader *r, ta_csv_step *step, const ta_csv_cell *cell) {
    bool quoted = cell->flags & TA_CSV_QUOTED && r->quotes_mean;
    bool empty = is_empty_cell(r, cell, step->column);
    if (empty && !(quoted && step->types & TA_TYPE_STRING))
        return build_empty(r, step, cell);
    ta_node *list = push_csv_node(r, step, cell);
    list->kind = TA_ARRAY;
    uint32_t at = ta_node_index(r->record, list), count = 0;
    ta_node item = {.kind = TA_TEXT, .size = 1, .depth = (uint16_t)(list->depth + 1)};
    if (!take_csv_text(r, cell, step->column, &item))
        return BUILT_FAILED;
    item.flags |= TA_NODE_KEYLESS;
    if (!build_items(r, step, cell, item, &count))
        return BUILT_FAILED;
    /* The items have taken room that was made for the steps to come. */
    if (!make_csv_room(r))
        return BUILT_FAILED;
    list = &r->record->nodes[at];
    list->count = count;
    list->size = r->record->count - at;
    return BUILT_FILLED;
}

/* Takes off the apostrophe that --spreadsheet-safe put there. */
static void unguard_text(const ta_csv_reader *r, ta_node *node) {
    ta_text text = ta_node_text(r->record, node);
    if (text.len > 1 && *text.data == '\'' &&
        ta_csv_is_formula((ta_text){text.data + 1, text.len - 1})) {
        node->text++;
        node->text_len--;
    }
}

static __attribute__((noinline)) built build_cell(ta_csv_reader *r, ta_csv_step *step) {
    const ta_csv_cell *cell = &r->scan.cells[step->column];
    if (step->separator)
        return build_list_cell(r, step, cell);
    if (is_empty_cell(r, cell, step->column))
        return build_empty(r, step, cell);
    ta_node *node = push_csv_node(r, step, cell);
    if (!take_csv_text(r, cell, step->column, node))
        return BUILT_FAILED;
    if (r->in->options->dialect.unguard)
        unguard_text(r, node);
    if (may_be_typed(r, step->types, cell) && !type_csv_cell(r, step, node))
        return BUILT_FAILED;
    return BUILT_FILLED;
}

/* Hands a child that was built on to its list or object. */
static void keep_child(ta_csv_reader *r, ta_csv_frame *frame, bool filled) {
    ta_node *parent = &r->record->nodes[frame->node];
    parent->count++;
    frame->filled |= filled;
    if (filled) {
        frame->kept_nodes = r->record->count;
        frame->kept_items = parent->count;
    }
}

/* Ends the list or object on top; false: it is absent. */
static bool close_frame(ta_csv_reader *r, const ta_csv_frame *frame) {
    ta_record *record = r->record;
    ta_node *node = &record->nodes[frame->node];
    if (node->kind == TA_ARRAY && frame->filled) {
        record->count = frame->kept_nodes;
        node->count = frame->kept_items;
    }
    bool is_item = node->flags & TA_NODE_KEYLESS;
    if (!is_item && (!node->count || (node->kind == TA_ARRAY && !frame->filled))) {
        record->count = frame->node;
        return false;
    }
    if (node->kind == TA_ARRAY && !frame->filled) {
        record->count = frame->node + 1;
        node->count = 0;
    }
    node->size = record->count - frame->node;
    return true;
}

static bool build_nested(ta_csv_reader *r) {
    ta_csv_frame *top = r->frames;
    *top = (ta_csv_frame){.node = 0, .end = r->step_count};
    for (uint32_t i = 1; i < r->step_count;) {
        ta_csv_step *step = &r->steps[i];
        if (step->is_leaf) {
            built what = build_cell(r, step);
            if (what == BUILT_FAILED)
                return false;
            if (what != BUILT_ABSENT)
                keep_child(r, top, what == BUILT_FILLED);
            i++;
        } else {
            uint32_t node = r->record->count;
            push_csv_node(r, step, &r->scan.cells[step->column]);
            *++top = (ta_csv_frame){.node = node, .end = step->end};
            i++;
        }
        for (; top > r->frames && i == top->end; top--)
            if (close_frame(r, top))
                keep_child(r, top - 1, top->filled);
    }
    r->record->nodes[0].size = r->record->count;
    return true;
}

/* The common case, a bare cell with text. */
static inline void build_bare_text(const ta_csv_step *step, const ta_csv_cell *cell,
                                   ta_node *node) {
    static_assert(TA_CSV_DIRTY == TA_NODE_PLAIN << 1, "one flag is the other's opposite");
    *node = step->node;
    node->flags = (uint8_t)((~cell->flags & TA_CSV_DIRTY) >> 1);
    node->src = cell->start;
    node->src_len = cell->len;
    node->text = cell->start;
    node->text_len = cell->len;
}

static bool build_flat(ta_csv_reader *r) {
    ta_record *record = r->record;
    const ta_csv_cell *cells = r->scan.cells;
    const ta_csv_step *end = r->steps + r->step_count;
    ta_node *node = record->nodes + record->count;
    uint32_t members = 0;
    for (ta_csv_step *step = r->steps + 1; step < end; step++) {
        const ta_csv_cell *cell = &cells[step->column];
        bool bare = !(cell->flags & ~(uint32_t)TA_CSV_DIRTY);
        if (bare && !cell->len && step->is_absent)
            continue;
        if (bare && cell->len && step->is_bare) {
            build_bare_text(step, cell, node);
            if (!step->is_text && !type_csv_cell(r, step, node))
                return false;
            members++;
            node++;
            continue;
        }
        record->count = (uint32_t)(node - record->nodes);
        built what = build_cell(r, step);
        if (what == BUILT_FAILED)
            return false;
        members += what != BUILT_ABSENT;
        node = record->nodes + record->count;
    }
    record->count = (uint32_t)(node - record->nodes);
    record->nodes[0].count = members;
    record->nodes[0].size = record->count;
    return true;
}

bool ta_csv_build(ta_csv_reader *r) {
    ta_record *record = r->record;
    if (!make_csv_room(r))
        return false;
    push_csv_node(r, &r->steps[0], &r->scan.cells[0]);
    record->nodes[0].src = 0;
    return r->flat ? build_flat(r) : build_nested(r);
}
