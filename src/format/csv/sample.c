/* SPDX-License-Identifier: MIT */
/* The first rows of a file, one by one, before any is read. Rows that are none are passed
 * over. */
#include "format/csv/sample.h"

#include <stdlib.h>

static void visit_rows(const ta_csv_reader *r, ta_csv_scanner *scan, size_t at, size_t len,
                       ta_csv_visit *visit) {
    const char *data = r->source->window.data;
    bool whole = r->source->ended && len == r->source->window.len;
    ta_csv_scan_reset(scan, at);
    while (at < len) {
        ta_csv_found found = ta_csv_scan(scan, data, at, len, whole);
        if (found == TA_CSV_MORE || found == TA_CSV_UNCLOSED)
            return;
        if (found == TA_CSV_ROW || found == TA_CSV_BLANK) {
            if (scan->count == r->columns)
                visit->row(visit, scan, data + at);
            at = scan->next;
        } else {
            at = ta_csv_line_end(data, scan->fault, len);
            ta_csv_scan_reset(scan, at);
        }
    }
}

ta_status ta_csv_visit_rows(const ta_csv_reader *r, size_t at, size_t len,
                            ta_csv_visit *visit) {
    ta_csv_scanner scan = r->scan;
    scan.cells = calloc(r->columns, sizeof *scan.cells);
    scan.cap = r->columns;
    if (!scan.cells)
        return TA_ERR_NOMEM;
    visit_rows(r, &scan, at, len, visit);
    free(scan.cells);
    return TA_OK;
}
