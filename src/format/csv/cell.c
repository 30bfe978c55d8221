/* SPDX-License-Identifier: MIT */
/*
 * Cells as written: quoted where RFC 4180 asks for it, and where text would read back as
 * another type (12, true, empty, 007). Short texts are copied and searched in one go, 16 bytes
 * at a time.
 */
#include "base/decimal.h"
#include "format/csv/scan.h"
#include "format/csv/type.h"
#include "format/csv/write.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SHORT_TEXT = 8192 };

static inline bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Copies a text; false: it holds a byte for which the cell must be quoted. Writes up to 15
 * bytes too many, and reads as many: texts have such room behind them. */
#ifdef __SSE2__
static inline bool copy_bare(const ta_csv_writer *w, char *out, const char *text, size_t len) {
    const __m128i delimiter = _mm_set1_epi8(w->delimiter), quote = _mm_set1_epi8(w->quote);
    const __m128i cr = _mm_set1_epi8('\r'), lf = _mm_set1_epi8('\n');
    for (size_t i = 0; i < len; i += 16) {
        __m128i x;
        memcpy(&x, text + i, sizeof x);
        memcpy(out + i, &x, sizeof x);
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(x, delimiter), _mm_cmpeq_epi8(x, quote));
        hit = _mm_or_si128(hit, _mm_or_si128(_mm_cmpeq_epi8(x, cr), _mm_cmpeq_epi8(x, lf)));
        unsigned bits = (unsigned)_mm_movemask_epi8(hit);
        if (len - i < 16)
            bits &= (1u << (len - i)) - 1;
        if (bits)
            return false;
    }
    return true;
}
#else
static inline bool copy_bare(const ta_csv_writer *w, char *out, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        char c = out[i] = text[i];
        if (c == w->delimiter || c == w->quote || c == '\r' || c == '\n')
            return false;
    }
    return true;
}
#endif

static void put_csv_escapes(const ta_csv_writer *w, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (text[i] == w->quote || text[i] == w->escape)
            ta_sink_putc(w->to.sink, w->escape);
        ta_sink_putc(w->to.sink, text[i]);
    }
}

static void put_quoted(const ta_csv_writer *w, const char *text, size_t len) {
    ta_sink *sink = w->to.sink;
    ta_sink_putc(sink, w->quote);
    if (w->escape != w->quote) {
        put_csv_escapes(w, text, len);
        len = 0;
    }
    while (len) {
        const char *quote = memchr(text, w->quote, len);
        size_t part = quote ? (size_t)(quote - text) + 1 : len;
        ta_sink_put(sink, text, part);
        if (quote)
            ta_sink_putc(sink, w->quote);
        text += part;
        len -= part;
    }
    ta_sink_putc(sink, w->quote);
}

/* What the reader would take for a delimiter where no other cell stands beside this one. */
static bool has_rival(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (text[i] && strchr(TA_CSV_DELIMITERS, text[i]))
            return true;
    return false;
}

/* Whether the cell, if it were bare, would be read as something else than itself. */
static bool is_misread(const ta_csv_writer *w, const char *text, size_t len) {
    if (!w->wary || !len)
        return false;
    const ta_dialect *dialect = &w->to.options->dialect;
    return (w->column_count == 1 && has_rival(text, len)) ||
           ta_dialect_is_null(dialect, text, len) ||
           (dialect->comment && *text == dialect->comment) ||
           (dialect->no_header && len >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3));
}

static bool has_special(const ta_csv_writer *w, const char *text, size_t len) {
    return is_misread(w, text, len) || memchr(text, w->delimiter, len) ||
           memchr(text, w->quote, len) || memchr(text, '\n', len) || memchr(text, '\r', len);
}

static bool has_blank_edge(const char *text, size_t len) {
    return len && (is_blank(text[0]) || is_blank(text[len - 1]));
}

void ta_csv_put_text(const ta_csv_writer *w, const char *text, size_t len, bool quoted) {
    if (!quoted && len && !has_blank_edge(text, len) && !is_misread(w, text, len)) {
        if (len <= SHORT_TEXT) {
            char *out = ta_sink_room(w->to.sink, len + 16);
            if (copy_bare(w, out, text, len)) {
                w->to.sink->at = out + len;
                return;
            }
        } else if (!has_special(w, text, len)) {
            ta_sink_put(w->to.sink, text, len);
            return;
        }
    }
    put_quoted(w, text, len);
}

/* A text without its NULs, in the writer's own buffer. */
static ta_text strip_nuls(ta_csv_writer *w, ta_text text) {
    ta_buf *out = &w->text;
    out->len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i])
            ta_buf_put(out, text.data + i, 1);
    const char *data = ta_buf_text(out);
    w->failed |= out->failed;
    return (ta_text){data, out->failed ? 0 : out->len};
}

/* A cell that a spreadsheet would run, with an apostrophe before it. */
static ta_text guard_formula(ta_csv_writer *w, const ta_record *record,
                             const ta_csv_column *column, const ta_node *node, ta_text text) {
    if (!ta_csv_is_formula(text) || ta_number_is(text.data, text.len))
        return text;
    ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_FORMULA);
    ta_buf guarded = {0};
    ta_buf_puts(&guarded, "'");
    ta_buf_put(&guarded, text.data, text.len);
    ta_buf_text(&guarded);
    ta_buf_fini(&w->text);
    w->text = guarded;
    w->failed |= guarded.failed;
    return guarded.failed ? (ta_text){"", 0} : (ta_text){guarded.data, guarded.len};
}

/* Where every cell is quoted, a token means that there is no value. */
static void lose_token(ta_csv_writer *w, const ta_record *record, const ta_csv_column *column,
                       const ta_node *node, ta_text text) {
    if (w->quote_all && ta_dialect_is_null(&w->to.options->dialect, text.data, text.len))
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_TOKENS);
}

static void write_csv_text(ta_csv_writer *w, const ta_record *record,
                           const ta_csv_column *column, const ta_node *node) {
    ta_text text = ta_node_text(record, node);
    bool is_text = column->types & TA_TYPE_STRING;
    if (!(node->flags & TA_NODE_PLAIN) && text.len && memchr(text.data, 0, text.len)) {
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_NUL);
        text = strip_nuls(w, text);
    }
    if (w->safe)
        text = guard_formula(w, record, column, node, text);
    /* From CSV without a schema: a bare 12 stays bare, as --infer would take it there too. */
    bool was_bare = !column->described && record->head->columns &&
                    (record->head->mute_quotes || !(node->flags & TA_NODE_QUOTED));
    bool looks = ta_csv_looks_typed(text.data, text.len, column->types);
    bool typed = (column->quote_typed || !is_text) && !was_bare && looks;
    lose_token(w, record, column, node, text);
    if (typed && (!is_text || w->quote_all))
        ta_csv_lose(w, record, node, column->branch,
                    column->described ? TA_CSV_LOST_TEXTS : TA_CSV_LOST_QUOTED_TEXTS);
    if (!text.len && (!is_text || w->quote_all))
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_EMPTY_TEXT);
    /* Bare, 01000 would tell --infer that all of its column are codes. */
    bool coded = column->quote_typed && !column->described && !was_bare &&
                 ta_csv_looks_coded(text.data, text.len);
    if (was_bare && looks && !w->quote_all && has_special(w, text.data, text.len))
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_QUOTED_VALUES);
    bool quoted = w->quote_all || (w->quote_texts && !(was_bare && looks));
    ta_csv_put_text(w, text.data, text.len, quoted || typed || coded);
}

/* Adds a number to the text of a cell, with the column's decimal sign. */
static void add_number(ta_csv_writer *w, const ta_csv_column *column, ta_text number) {
    size_t from = w->text.len;
    ta_buf_put(&w->text, number.data, number.len);
    char *point = w->text.failed ? NULL : memchr(w->text.data + from, '.', number.len);
    if (point)
        *point = column->decimal;
}

/* With another decimal sign, or a delimiter that may stand in numbers. */
static void write_odd_number(ta_csv_writer *w, const ta_record *record,
                             const ta_csv_column *column, const ta_node *node) {
    ta_text text = ta_node_text(record, node);
    w->text.len = 0;
    add_number(w, column, text);
    const char *data = ta_buf_text(&w->text);
    w->failed |= w->text.failed;
    size_t len = w->text.failed ? 0 : text.len;
    lose_token(w, record, column, node, (ta_text){data, len});
    bool quoted = w->quote_all || memchr(data, w->delimiter, len) || is_misread(w, data, len);
    if (quoted && !w->quote_all && column->types & TA_TYPE_STRING)
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_QUOTED_VALUES);
    ta_csv_put_text(w, data, len, quoted);
}

static void write_csv_number(ta_csv_writer *w, const ta_record *record,
                             const ta_csv_column *column, const ta_node *node) {
    if (!column->described)
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_NUMBERS);
    else if (!(column->types & TA_TYPE_NUMBER))
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_NUMBERS_TYPE);
    if (w->odd_numbers || column->decimal != '.') {
        write_odd_number(w, record, column, node);
        return;
    }
    ta_text text = ta_node_text(record, node);
    ta_sink_put(w->to.sink, text.data, text.len);
}

static void write_csv_boolean(ta_csv_writer *w, const ta_record *record,
                              const ta_csv_column *column, const ta_node *node) {
    if (!column->described)
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_BOOLEANS);
    else if (!(column->types & TA_TYPE_BOOLEAN))
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_BOOLEANS_TYPE);
    bool value = node->kind == TA_TRUE;
    const char *text = value ? "true\0           " : "false\0          ";
    size_t len = value ? 4 : 5;
    lose_token(w, record, column, node, (ta_text){text, len});
    if (is_misread(w, text, len) && !w->quote_all && column->types & TA_TYPE_STRING)
        ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_QUOTED_VALUES);
    ta_csv_put_text(w, text, len, w->quote_all);
}

/* Adds an item to the text of a list cell; *typed and *text tell what kinds of items there are.
 */
static void join_item(ta_csv_writer *w, const ta_record *record, const ta_csv_column *column,
                      const ta_node *item, unsigned *kinds) {
    static const char *const words[] = {"", "false", "true"};
    ta_text text = {"", 0};
    if (item->kind == TA_NUMBER || item->kind == TA_TEXT)
        text = ta_node_text(record, item);
    else if (item->kind <= TA_TRUE)
        text = (ta_text){words[item->kind], strlen(words[item->kind])};
    else
        ta_csv_lose(w, record, item, column->branch, TA_CSV_LOST_COLUMN);
    if (item->kind == TA_NULL)
        ta_csv_lose(w, record, item, column->branch, TA_CSV_LOST_NULL_ITEM);
    bool looks = ta_csv_looks_typed(text.data, text.len, column->types);
    if (item->kind != TA_TEXT && text.len)
        *kinds |= column->types & TA_TYPE_NUMBER && looks ? 1u : 4u;
    else if (looks)
        *kinds |= 2u;
    size_t from = w->text.len, gap = strlen(column->separator);
    if (item->kind == TA_NUMBER)
        add_number(w, column, text);
    else
        ta_buf_put(&w->text, text.data, text.len);
    if (text.len && !w->text.failed &&
        memmem(w->text.data + from, text.len, column->separator, gap))
        ta_csv_lose(w, record, item, column->branch, TA_CSV_LOST_SEPARATOR);
}

/* A list in one cell. Quotes around it make all its items text. */
static void write_list_cell(ta_csv_writer *w, const ta_record *record,
                            const ta_csv_column *column, const ta_node *list) {
    unsigned kinds = 0;
    const ta_node *first = ta_node_first(list), *end = ta_node_end(list);
    w->text.len = 0;
    for (const ta_node *c = first; c < end; c = ta_node_next(c)) {
        if (c != first)
            ta_buf_puts(&w->text, column->separator);
        join_item(w, record, column, c, &kinds);
    }
    w->failed |= w->text.failed;
    ta_buf_text(&w->text);
    ta_text cell = w->text.failed ? (ta_text){"", 0} : (ta_text){w->text.data, w->text.len};
    if (w->safe)
        cell = guard_formula(w, record, column, list, cell);
    const char *text = cell.data;
    size_t len = cell.len;
    bool is_text = column->types & TA_TYPE_STRING;
    if (!list->count)
        ta_csv_lose(w, record, list, column->branch, TA_CSV_LOST_EMPTY_LIST);
    if (kinds & 2 && (kinds & 1 || !is_text || w->quote_all))
        ta_csv_lose(w, record, list, column->branch, TA_CSV_LOST_TEXTS);
    if (kinds & 1 && is_text && !w->quote_all &&
        (has_blank_edge(text, len) || has_special(w, text, len)))
        ta_csv_lose(w, record, list, column->branch, TA_CSV_LOST_ITEMS);
    if (kinds & 4)
        ta_csv_lose(w, record, list, column->branch, TA_CSV_LOST_NUMBERS_TYPE);
    if (list->count && !len && !is_text)
        ta_csv_lose(w, record, list, column->branch, TA_CSV_LOST_EMPTY_TEXT);
    if (list->count)
        ta_csv_put_text(w, text, len, w->quote_all || (kinds & 2 && is_text && !(kinds & 1)));
}

/* Whether the list item that the column is part of is there at all. */
static bool has_item(const ta_csv_writer *w, uint32_t branch) {
    const ta_csv_branch *at = &w->tree->items[branch];
    while (!(at->step & TA_CSV_ITEM))
        at = &w->tree->items[at->parent];
    return at->stamp == w->serial;
}

static void write_absent(ta_csv_writer *w, const ta_record *record,
                         const ta_csv_column *column) {
    bool settled = !column->nullable || column->is_item ||
                   record->nodes->flags & TA_NODE_ALONE ||
                   (column->in_list && !has_item(w, column->branch));
    if (!settled)
        ta_csv_lose(w, record, record->nodes, column->branch, TA_CSV_LOST_ABSENT);
}

static void write_cell(ta_csv_writer *w, const ta_record *record, const ta_csv_column *column,
                       const ta_node *node) {
    switch ((ta_kind)node->kind) {
    case TA_TEXT:
        write_csv_text(w, record, column, node);
        break;
    case TA_NUMBER:
        write_csv_number(w, record, column, node);
        break;
    case TA_TRUE:
    case TA_FALSE:
        write_csv_boolean(w, record, column, node);
        break;
    case TA_ARRAY:
    case TA_OBJECT:
        if (column->separator)
            write_list_cell(w, record, column, node);
        break;
    case TA_NULL:
        if (!column->nullable && !column->is_item)
            ta_csv_lose(w, record, node, column->branch, TA_CSV_LOST_NULL);
        if (w->quote_all)
            ta_csv_put_text(w, "", 0, true);
        break;
    }
}

void ta_csv_write_row(ta_csv_writer *w, ta_record *record) {
    for (uint32_t i = 0; i < w->column_count; i++) {
        if (i)
            ta_sink_putc(w->to.sink, w->delimiter);
        const ta_node *node = w->cells[i];
        if (!node) {
            write_absent(w, record, &w->columns[i]);
            continue;
        }
        w->cells[i] = NULL;
        write_cell(w, record, &w->columns[i], node);
    }
    ta_csv_end_row(w);
}
