/* SPDX-License-Identifier: MIT */
/* The parts of the HTML report's page, in the order in which they stand. Private to src/report.
 */
#ifndef TA_REPORT_PAGE_H
#define TA_REPORT_PAGE_H

#include "report/census.h"
#include "report/report.h"

enum { TA_PAGE_LEVELS = TA_ERROR + 1 };

/* A finding that is shown: its bytes lie in ta_page.bodies. */
typedef struct ta_page_item {
    ta_code code;
    size_t at, len;
} ta_page_item;

/* What is kept until the page is written. */
typedef struct ta_page {
    ta_buf bodies; /* list items, one a finding */
    ta_page_item *items;
    size_t item_count, item_cap;
    uint64_t counts[TA_CODE_COUNT][TA_PAGE_LEVELS]; /* of all findings */
    uint64_t shown[TA_CODE_COUNT];
    const char **files; /* that findings are in, for the filter */
    size_t file_count, file_cap;
    ta_buf inputs; /* table rows, one an input */
    size_t input_count, inputs_left_out;
    ta_arena text;
    ta_census census;
} ta_page;

/* Each appends to out; a failure is out's, or the part's own buffer's. False: no memory. */
TA_MUST_CHECK bool ta_page_put_head(ta_buf *out, const ta_summary *total, size_t inputs);
void ta_page_put_inputs(ta_buf *out, const ta_page *page);
void ta_page_put_findings(ta_buf *out, const ta_page *page);
void ta_page_put_pictures(ta_buf *out, ta_page *page);
/* The pictures of two values beside each other; sorts them. */
void ta_page_put_crossed(ta_buf *out, ta_census *census);
void ta_page_put_foot(ta_buf *out);

/* "1 error", "2 errors". */
void ta_page_put_count(ta_buf *out, uint64_t count, const char *noun);
/* The gravest level that a code's findings had; -1: there are none. */
int ta_page_level(const ta_page *page, ta_code code);
uint64_t ta_page_total(const ta_page *page, ta_code code);
/* The codes that occurred, the gravest first, then the most frequent; returns how many. */
size_t ta_page_sort_codes(const ta_page *page, ta_code codes[TA_CODE_COUNT]);

#endif
