/* SPDX-License-Identifier: MIT */
/*
 * New values in the place of old ones. A cell keeps its quotes, and gets some where it needs
 * them or where text would be read as a number; an item of a list in a cell cannot have quotes
 * of its own.
 */
#include "format/csv/parts.h"
#include "format/csv/read.h"

/* What the cell of a node is, and what would be read from it. */
typedef struct csv_place {
    const ta_csv_reader *reader;
    const ta_csv_cell *cell;
    const ta_csv_step *step;
    bool quoted, part; /* part: an item beside others */
} csv_place;

static bool find_csv_place(const ta_csv_reader *r, const ta_node *node, csv_place *out) {
    uint32_t column = ta_csv_column_at(r, node->src);
    *out = (csv_place){.reader = r, .cell = &r->scan.cells[column]};
    if (r->leaves[column])
        out->step = &r->steps[r->leaves[column]];
    out->quoted = out->cell->flags & TA_CSV_QUOTED;
    out->part = out->step && out->step->separator &&
                (node->src != out->cell->start || node->src_len != out->cell->len);
    return out->step && !(out->cell->flags & TA_CSV_RECOVERED);
}

/* The content of the cell to be: numbers with the decimal sign of the file, in `number` where
 * that is another. */
static ta_text content_of(const csv_place *p, const ta_respelling *wish, ta_buf *number) {
    if (wish->kind == TA_TRUE)
        return (ta_text){"true", 4};
    if (wish->kind == TA_FALSE)
        return (ta_text){"false", 5};
    if (wish->kind != TA_NUMBER || p->step->signs.decimal != ',')
        return wish->text;
    ta_buf_put(number, wish->text.data, wish->text.len);
    for (size_t i = 0; i < number->len; i++)
        if (number->data[i] == '.')
            number->data[i] = ',';
    return (ta_text){ta_buf_text(number), number->failed ? 0 : number->len};
}

static bool needs_quotes(const csv_place *p, ta_text text) {
    const ta_csv_scanner *scan = &p->reader->scan;
    const ta_dialect *dialect = &p->reader->in->options->dialect;
    bool alone = p->reader->columns == 1; /* then nothing else shows what the delimiter is */
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == scan->delimiter || c == scan->quote || c == '\r' || c == '\n' ||
            (alone && c && strchr(TA_CSV_DELIMITERS, c)))
            return true;
    }
    if (!p->part && (ta_dialect_is_null(dialect, text.data, text.len) ||
                     (text.len && text.data[0] == dialect->comment)))
        return true;
    char first = text.len ? text.data[0] : 0, last = text.len ? text.data[text.len - 1] : 0;
    return first == ' ' || first == '\t' || last == ' ' || last == '\t';
}

/* Whether a reader would take what is in quotes, or not, for the kind that is wished. */
static bool reads_as(const csv_place *p, const ta_respelling *wish, ta_text text, bool quoted) {
    uint8_t types = p->step->types;
    bool is_text = types & TA_TYPE_STRING;
    bool mean = quoted && p->reader->quotes_mean;
    const ta_dialect *dialect = &p->reader->in->options->dialect;
    if (!mean && !p->part && ta_dialect_is_null(dialect, text.data, text.len))
        return false;
    bool typed = !(is_text && mean) && ta_csv_looks_typed(text.data, text.len, types);
    if (!text.len && !(p->part && is_text))
        return wish->kind == TA_TEXT && is_text && mean;
    return typed == (wish->kind != TA_TEXT);
}

/* Whether a number would be read as another: 1.500 where the column has not shown its signs. */
static bool is_unclear(const csv_place *p, const ta_respelling *wish, ta_text text) {
    ta_csv_signs signs = p->step->signs;
    return wish->kind == TA_NUMBER && signs.open &&
           ta_csv_read_signs(text.data, text.len, &signs) == TA_CSV_SHOWS_EITHER;
}

static void put_quoted_cell(const csv_place *p, ta_text text, bool around, ta_buf *out) {
    const ta_csv_scanner *scan = &p->reader->scan;
    char escape = scan->escape ? scan->escape : scan->quote;
    ta_buf_put(out, &scan->quote, around);
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == scan->quote || text.data[i] == escape)
            ta_buf_put(out, &escape, 1);
        ta_buf_put(out, &text.data[i], 1);
    }
    ta_buf_put(out, &scan->quote, around);
}

static const char *respell_cell(const csv_place *p, const ta_respelling *wish, ta_text text,
                                ta_buf *out) {
    const char *separator = p->step->separator;
    bool several = separator && memmem(text.data, text.len, separator, strlen(separator));
    if (several)
        return "the separator of the list stands in it";
    if (is_unclear(p, wish, text))
        return "it could be read as another number";
    bool quoted = p->quoted || (!p->part && needs_quotes(p, text));
    if (p->part && !quoted && needs_quotes(p, text))
        return "the cell of its list would need quotes";
    bool reads = reads_as(p, wish, text, quoted);
    if (!reads && !p->part && !quoted) {
        quoted = true;
        reads = reads_as(p, wish, text, quoted);
    }
    if (!reads)
        return wish->kind == TA_TEXT && !text.len ? "an empty text would be read as no value"
               : wish->kind == TA_TEXT            ? "it would be read as another type"
                                                  : "the quotes around it say that it is text";
    if (quoted)
        put_quoted_cell(p, text, !p->part, out);
    else
        ta_buf_put(out, text.data, text.len);
    return NULL;
}

const char *ta_csv_respell(const ta_record *record, const ta_node *node,
                           const ta_respelling *wish, ta_buf *out) {
    const ta_csv_reader *r = record->head->reader;
    csv_place place;
    if (!find_csv_place(r, node, &place))
        return "its row is not RFC 4180";
    ta_buf number = {0};
    const char *why = respell_cell(&place, wish, content_of(&place, wish, &number), out);
    out->failed |= number.failed;
    ta_buf_fini(&number);
    return why;
}
