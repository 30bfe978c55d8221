/* SPDX-License-Identifier: MIT */
/*
 * Whether the row that was taken for the head is data: a file without a head would lose its
 * first record in silence. Each cell of the row is held against those below it, and gives
 * points; one sign alone is not enough, since real heads are years, numbers of answers, or the
 * answers themselves.
 */
#include <stdlib.h>

#include "base/decimal.h"
#include "format/csv/sample.h"

enum { DOUBTFUL = 2 };

/* What stands below a cell of the head. */
typedef struct head_clues {
    uint32_t filled, same; /* cells with content; those with the head's own */
    uint32_t alike;        /* with its form */
    uint32_t numbers;
} head_clues;

typedef struct head_doubt {
    ta_csv_visit visit;
    const ta_csv_reader *reader;
    head_clues *clues;
} head_doubt;

typedef struct head_sign {
    unsigned points;
    const char *words;
} head_sign;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static size_t skip_digits(ta_text text, size_t at) {
    while (at < text.len && is_digit(text.data[at]))
        at++;
    return at;
}

/* Digits where there are digits, however many, letters where letters, the same signs: 2008-10
 * and 2011-04, M-001 and M-117. */
static bool has_same_form(ta_text a, ta_text b) {
    size_t i = 0, k = 0;
    while (i < a.len && k < b.len) {
        if (is_digit(a.data[i]) && is_digit(b.data[k])) {
            i = skip_digits(a, i);
            k = skip_digits(b, k);
        } else if (a.data[i] == b.data[k] || (is_letter(a.data[i]) && is_letter(b.data[k]))) {
            i++;
            k++;
        } else {
            return false;
        }
    }
    return i == a.len && k == b.len;
}

static bool is_number_text(ta_text text) {
    return ta_csv_looks_typed(text.data, text.len, TA_TYPE_NUMBER);
}

static ta_text head_text(const ta_csv_reader *r, uint32_t column) {
    return (ta_text){r->names[column], strlen(r->names[column])};
}

static void see_cell(head_clues *clues, ta_text head, ta_text cell) {
    clues->filled++;
    clues->same += cell.len == head.len && !memcmp(cell.data, head.data, head.len);
    clues->alike += has_same_form(head, cell);
    clues->numbers += is_number_text(cell);
}

/* The head once more, as where files were put together. */
static bool is_head_again(const head_doubt *doubt, const ta_csv_scanner *scan,
                          const char *row) {
    for (uint32_t i = 0; i < scan->count; i++) {
        ta_text head = head_text(doubt->reader, i), cell = {"", 0};
        if (!(scan->cells[i].flags & TA_CSV_ESCAPED))
            cell = ta_csv_content(scan, row, &scan->cells[i], NULL);
        if (cell.len != head.len || memcmp(cell.data, head.data, head.len) != 0)
            return false;
    }
    return true;
}

static void see_row(ta_csv_visit *visit, const ta_csv_scanner *scan, const char *row) {
    head_doubt *doubt = (head_doubt *)visit;
    if (is_head_again(doubt, scan, row))
        return;
    for (uint32_t i = 0; i < scan->count; i++) {
        if (scan->cells[i].flags & TA_CSV_ESCAPED)
            continue;
        ta_text cell = ta_csv_content(scan, row, &scan->cells[i], NULL);
        if (cell.len)
            see_cell(&doubt->clues[i], head_text(doubt->reader, i), cell);
    }
}

/* One @ with text before it and a point inside what follows. */
static bool is_address(ta_text text) {
    const char *at = memchr(text.data, '@', text.len), *end = text.data + text.len;
    if (!at || at == text.data || memchr(text.data, ' ', text.len))
        return false;
    size_t rest = (size_t)(end - at) - 1;
    const char *point = rest ? memchr(at + 1, '.', rest) : NULL;
    return point && point > at + 1 && point < end - 1 && !memchr(at + 1, '@', rest);
}

/* Three groups of digits with one sign between them: 2008-10-01, 1.4.2008; a time may follow.
 */
static bool is_date_text(ta_text text) {
    size_t first = skip_digits(text, 0);
    if (!first || first + 1 >= text.len || !strchr("-/.", text.data[first]))
        return false;
    size_t second = skip_digits(text, first + 1);
    if (second == first + 1 || second >= text.len || text.data[second] != text.data[first])
        return false;
    size_t third = skip_digits(text, second + 1);
    size_t digits = third - 2;
    bool ends = third == text.len || text.data[third] == ' ' || text.data[third] == 'T';
    return third > second + 1 && ends && digits >= 4 && digits <= 8;
}

static bool is_year(ta_text text) {
    bool four = text.len == 4 && skip_digits(text, 0) == 4;
    return four && memcmp(text.data, "1900", 4) >= 0 && memcmp(text.data, "2100", 4) <= 0;
}

/* Numbers that grow from one column to the next name them: 1, 2, 3; 0.05, 0.5, 0.95. */
static bool grows(const ta_csv_reader *r, uint32_t from, uint32_t to) {
    if (from >= r->columns || to >= r->columns)
        return false;
    ta_text a = head_text(r, from), b = head_text(r, to);
    return ta_number_is(a.data, a.len) && ta_number_is(b.data, b.len) &&
           ta_number_compare(a.data, a.len, b.data, b.len) < 0;
}

static bool is_series(const ta_csv_reader *r, uint32_t column) {
    return is_year(head_text(r, column)) || grows(r, column, column + 1) ||
           (column && grows(r, column - 1, column));
}

static bool are_most(uint32_t count, const head_clues *clues) {
    return (uint64_t)count * 5 >= (uint64_t)clues->filled * 4;
}

static head_sign read_sign(const ta_csv_reader *r, const head_clues *clues, uint32_t column) {
    ta_text head = head_text(r, column);
    if (is_address(head))
        return (head_sign){2, "an e-mail address"};
    if (!clues->filled || clues->filled == clues->same)
        return (head_sign){0, NULL};
    bool likely = are_most(clues->alike, clues);
    if (likely && is_date_text(head))
        return (head_sign){2, "a date, as those below it are"};
    if (ta_number_is(head.data, head.len)) {
        bool counts = are_most(clues->numbers, clues) && !is_series(r, column);
        return (head_sign){counts, "a number, as those below it are"};
    }
    if (likely && strpbrk(head.data, "0123456789"))
        return (head_sign){1, "of the form of those below it"};
    return (head_sign){clues->same > 0, "a value that stands below it again"};
}

/* Whether a schema or a map knows one of the names. */
static bool is_known_head(const ta_csv_reader *r) {
    for (uint32_t i = 0; i < r->columns; i++)
        if (r->heads[i].data != r->names[i] || ta_csv_is_member(r->in->shape, r->heads[i]))
            return true;
    return false;
}

static ta_status tell_doubt(const ta_csv_reader *r, const head_clues *clues) {
    unsigned points = 0;
    uint32_t column = 0;
    head_sign best = {0, NULL};
    for (uint32_t i = 0; i < r->columns; i++) {
        head_sign sign = read_sign(r, &clues[i], i);
        points += sign.points;
        if (sign.points > best.points) {
            best = sign;
            column = i;
        }
    }
    if (points < DOUBTFUL)
        return TA_OK;
    ta_buf found = {0};
    ta_buf_printf(&found, "cell %u is %s", column + 1, best.words);
    ta_finding f = {.code = TA_F_CSV_HEAD_DATA, .found = ta_buf_text(&found)};
    const ta_csv_cell *cell = &r->scan.cells[column];
    ta_status status = found.failed ? TA_ERR_NOMEM : TA_OK;
    if (status == TA_OK)
        ta_csv_report(r, r->at + cell->start, cell->len, &f);
    ta_buf_fini(&found);
    return status;
}

ta_status ta_csv_doubt_head(ta_csv_reader *r, size_t at, size_t len) {
    const ta_dialect *dialect = &r->in->options->dialect;
    if (dialect->no_header || dialect->header_rows || is_known_head(r))
        return TA_OK;
    head_clues *clues = calloc(r->columns, sizeof *clues);
    head_doubt doubt = {{see_row}, r, clues};
    ta_status status = clues ? ta_csv_visit_rows(r, at, len, &doubt.visit) : TA_ERR_NOMEM;
    if (status == TA_OK)
        status = tell_doubt(r, clues);
    free(clues);
    return status;
}
