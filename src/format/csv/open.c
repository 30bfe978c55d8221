/* SPDX-License-Identifier: MIT */
/* How a file is written is found out from its first 64 KiB, and said in one note where it is
 * not the default. */
#include <stdio.h>

#include "base/utf8.h"
#include "format/csv/sample.h"
#include "format/text.h"

enum {
    SAMPLE_BYTES = 64 * 1024,
    SAMPLE_MAX = 4 * 1024 * 1024 /* where the first row is as long */
};

/* Enough of the file to find out how it is written. */
static ta_status sample_csv(ta_csv_reader *r, size_t size) {
    ta_status status = TA_OK;
    while (status == TA_OK && !r->source->ended && r->source->window.len < r->at + size)
        status = ta_source_more(r->source, 0);
    return status == TA_STOP ? TA_OK : ta_text_report_more(r->in, status, 0);
}

static const char *delimiter_text(char delimiter, char text[2]) {
    text[0] = delimiter;
    text[1] = 0;
    return delimiter == '\t' ? "tab" : text;
}

/* What was taken for the delimiter where that is not plain to see. */
static void say_delimiter(const ta_csv_reader *r, const ta_csv_sniffed *s, ta_buf *said) {
    if (r->in->options->dialect.delimiter || (s->delimiter == ',' && !s->rival))
        return;
    char sign[2];
    ta_buf_printf(said, "delimiter %s (%u cells in ", delimiter_text(s->delimiter, sign),
                  s->cells);
    if (s->agreed != s->rows)
        ta_buf_printf(said, "%u", s->agreed);
    else
        ta_buf_puts(said, "each");
    ta_buf_printf(said, " of the first %u rows", s->rows);
    if (s->rival)
        ta_buf_printf(said, "; %s would give %u", delimiter_text(s->rival, sign),
                      s->rival_cells);
    ta_buf_puts(said, ")");
}

/* One note of what was taken. */
static ta_status report_dialect(const ta_csv_reader *r, const ta_csv_sniffed *s,
                                const ta_buf *numbers) {
    ta_buf said = {0};
    say_delimiter(r, s, &said);
    if (said.len && numbers->len)
        ta_buf_puts(&said, ", ");
    ta_buf_put(&said, numbers->data, numbers->len);
    const ta_csv_cell *cell = &r->scan.cells[0];
    const char *found = ta_buf_text(&said);
    if (said.len && !said.failed)
        ta_csv_report(r, r->at + cell->start + cell->len, 1,
                      &(ta_finding){.code = TA_F_CSV_DIALECT, .found = found});
    ta_status status = said.failed ? TA_ERR_NOMEM : TA_OK;
    ta_buf_fini(&said);
    return status;
}

/* Passes over the lines of --skip-rows. */
static ta_status skip_said_rows(ta_csv_reader *r) {
    uint32_t rows = r->in->options->dialect.skip_rows;
    for (uint32_t i = 0; i < rows; i++) {
        ta_status status = r->at < r->source->window.len ? TA_OK : sample_csv(r, SAMPLE_BYTES);
        if (status != TA_OK || r->at >= r->source->window.len)
            return status;
        status = ta_csv_skip_line(r, r->at);
        if (status != TA_OK)
            return status;
        r->row++;
    }
    return TA_OK;
}

/* Passes over lines before the head that nobody spoke of, and says so. */
static ta_status skip_preamble(ta_csv_reader *r, size_t head) {
    enum { SHOWN = 40 };
    if (!head)
        return TA_OK;
    const ta_window *window = &r->source->window;
    uint64_t lines = ta_count_lines(window->data + r->at, head);
    size_t len;
    const char *line = ta_window_line(window, window->offset + r->at, &len);
    size_t shown = len < SHOWN ? len : SHOWN;
    shown -= ta_utf8_tail(line, shown);
    ta_buf found = {0};
    ta_buf_put(&found, line, shown);
    ta_buf_puts(&found, shown < len ? " ..." : "");
    ta_finding f = {.code = TA_F_CSV_PREAMBLE, .count = lines, .found = ta_buf_text(&found)};
    ta_status status = found.failed ? TA_ERR_NOMEM : TA_OK;
    r->row++;
    if (status == TA_OK)
        ta_csv_report(r, r->at, len, &f);
    r->row += lines - 1;
    r->at += head;
    ta_buf_fini(&found);
    return status;
}

/* Looks at the first rows, at one at least. *end: behind them. */
static ta_status sniff_sample(ta_csv_reader *r, ta_csv_sniffed *sniffed, size_t *end) {
    bool whole = false;
    sniffed->rows = 0;
    for (size_t size = SAMPLE_BYTES; !sniffed->rows && !whole && size <= SAMPLE_MAX;
         size *= 2) {
        ta_status status = sample_csv(r, size);
        if (status != TA_OK)
            return status;
        const ta_window *window = &r->source->window;
        size_t rest = window->len - r->at, sample = rest < size ? rest : size;
        whole = r->source->ended && sample == rest;
        ta_csv_sniff(window->data + r->at, sample, whole, &r->in->options->dialect, sniffed);
        *end = r->at + sample;
    }
    return TA_OK;
}

static ta_status sniff_csv_file(ta_csv_reader *r, ta_csv_sniffed *sniffed, size_t *end) {
    const ta_dialect *dialect = &r->in->options->dialect;
    ta_status status = skip_said_rows(r);
    if (status == TA_OK)
        status = sniff_sample(r, sniffed, end);
    if (status != TA_OK)
        return status;
    ta_csv_scan_init(&r->scan, dialect, sniffed->delimiter);
    r->quotes_mean = !sniffed->all_quoted;
    status = skip_preamble(r, sniffed->head);
    ta_csv_scan_reset(&r->scan, r->at);
    return status;
}

/* The plan, the signs of numbers, and the note of both. */
static ta_status settle_columns(ta_csv_reader *r, const ta_csv_sniffed *sniffed, uint64_t end) {
    const ta_window *window = &r->source->window;
    ta_buf numbers = {0};
    bool no_header = r->in->options->dialect.no_header;
    size_t rows = no_header ? r->at : r->scan.next;
    size_t sampled = end > window->offset ? (size_t)(end - window->offset) : 0;
    sampled = sampled < window->len ? sampled : window->len;
    ta_status status = ta_csv_plan(r);
    if (status == TA_OK)
        status = ta_csv_vote(r, rows, sampled, &numbers);
    if (status == TA_OK)
        status = ta_csv_doubt_head(r, rows, sampled);
    ta_status said = report_dialect(r, sniffed, &numbers);
    ta_buf_fini(&numbers);
    return status == TA_OK ? said : status;
}

ta_status ta_csv_open(ta_csv_reader *r) {
    ta_csv_sniffed sniffed;
    size_t end;
    const ta_dialect *dialect = &r->in->options->dialect;
    ta_status status = sniff_csv_file(r, &sniffed, &end);
    if (status != TA_OK)
        return status;
    uint64_t sample_end = r->source->window.offset + end;
    r->trims = dialect->comment || dialect->skip_footer;
    status = ta_csv_read_head(r);
    if (status == TA_OK)
        status = settle_columns(r, &sniffed, sample_end);
    if (status != TA_OK)
        return status;
    if (dialect->no_header) {
        r->row--;
        ta_csv_scan_reset(&r->scan, r->at);
    } else {
        ta_csv_pass_row(r);
    }
    /* Of later rows only superfluous cells are counted, not kept. */
    uint32_t cap = r->columns + TA_CSV_BLOCK;
    if (!ta_array_grow(&r->scan.cells, &r->cell_cap, cap, sizeof *r->scan.cells))
        return TA_ERR_NOMEM;
    r->scan.cap = cap;
    return TA_OK;
}
