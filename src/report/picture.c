/* SPDX-License-Identifier: MIT */
/* The pictures of the HTML report: bars in tables, which can be read without the bars too. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/markup.h"
#include "report/page.h"

enum { BARS_MAX = 12 }; /* of one picture; the rest is one bar */

/* How many thousandths of the whole the part is, exactly: pictures need no floating point. */
static unsigned measure_share(const ta_decimal *part, const ta_decimal *whole) {
    unsigned low = 0, high = 1000;
    while (low < high) {
        unsigned middle = (low + high + 1) / 2;
        ta_decimal share = {.digits = middle, .exponent = -3}, reached;
        if (ta_decimal_multiply(whole, &share, &reached) &&
            ta_decimal_compare(&reached, part) <= 0)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static ta_decimal row_value(const ta_census_chart *chart, const ta_census_row *row) {
    return *chart->amount ? row->sum : (ta_decimal){.digits = row->count};
}

static void begin_picture(ta_buf *out) {
    ta_buf_puts(out, "<table>\n<caption>");
}

static void put_bar_row(ta_buf *out, const char *label, const char *number, unsigned share) {
    ta_buf_puts(out, "<tr><th scope=\"row\">");
    ta_markup_text(out, label);
    ta_buf_puts(out, "</th><td>");
    ta_markup_bar(out, share);
    ta_buf_printf(out, "</td><td class=\"number\">%s</td></tr>\n", number);
}

static void put_chart_row(ta_buf *out, const ta_census_chart *chart, const ta_census_row *row,
                          const ta_decimal *most) {
    char number[TA_DECIMAL_TEXT];
    ta_decimal value = row_value(chart, row);
    put_bar_row(out, row->label, ta_decimal_print(&value, number),
                most->digits ? measure_share(&value, most) : 0);
}

static void put_chart_title(ta_buf *out, const ta_census_chart *chart) {
    begin_picture(out);
    if (*chart->amount) {
        ta_buf_puts(out, "Sum of <code>");
        ta_markup_text(out, chart->amount);
        ta_buf_puts(out, *chart->unit ? "</code> in " : "</code>");
        ta_markup_text(out, chart->unit);
        ta_buf_puts(out, " by <code>");
    } else {
        ta_buf_puts(out, "Values of <code>");
    }
    ta_markup_text(out, chart->path);
    ta_buf_puts(out, "</code></caption>\n<tbody>\n");
}

/* What has no bar of its own, from row `first` on. */
static ta_census_row add_others(const ta_census_chart *chart, size_t first) {
    ta_census_row others = chart->values.others;
    others.label = "all others";
    for (size_t i = first; i < chart->values.count; i++) {
        ta_decimal sum;
        others.count += chart->values.rows[i].count;
        if (ta_decimal_add(&others.sum, &chart->values.rows[i].sum, &sum))
            others.sum = sum;
    }
    return others;
}

static void put_chart_notes(ta_buf *out, const ta_census_chart *chart) {
    if (chart->values.others.count)
        ta_buf_printf(out,
                      "<p class=\"dim\">There are many values: the first %d are told "
                      "apart.</p>\n",
                      (int)TA_CENSUS_ROWS);
    if (!chart->left_out)
        return;
    ta_buf_puts(out, "<p class=\"dim\">Left out, since the sum needs more than 38 digits: ");
    ta_page_put_count(out, chart->left_out, "amount");
    ta_buf_puts(out, ".</p>\n");
}

static void put_chart(ta_buf *out, ta_census_chart *chart) {
    ta_census_sort(&chart->values, *chart->amount);
    size_t shown = chart->values.count < BARS_MAX ? chart->values.count : BARS_MAX;
    ta_census_row others = add_others(chart, shown);
    ta_decimal most = row_value(chart, chart->values.rows), rest = row_value(chart, &others);
    if (ta_decimal_compare(&rest, &most) > 0)
        most = rest;
    put_chart_title(out, chart);
    for (size_t i = 0; i < shown; i++)
        put_chart_row(out, chart, &chart->values.rows[i], &most);
    if (others.count)
        put_chart_row(out, chart, &others, &most);
    ta_buf_puts(out, "</tbody>\n</table>\n");
    put_chart_notes(out, chart);
}

static void put_codes_picture(ta_buf *out, const ta_page *page) {
    ta_code codes[TA_CODE_COUNT];
    size_t count = ta_page_sort_codes(page, codes);
    uint64_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = ta_page_total(page, codes[i]) > most ? ta_page_total(page, codes[i]) : most;
    if (!count)
        return;
    ta_buf_puts(out, "<div>");
    begin_picture(out);
    ta_buf_puts(out, "Findings by code</caption>\n<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        char number[24];
        uint64_t total = ta_page_total(page, codes[i]);
        snprintf(number, sizeof number, "%" PRIu64, total);
        put_bar_row(out, ta_codes[codes[i]].code, number,
                    (unsigned)(most ? total * 1000 / most : 0));
    }
    ta_buf_puts(out, "</tbody>\n</table>\n</div>\n");
}

static void put_charts(ta_buf *out, ta_census *census, bool sums) {
    for (size_t i = 0; i < census->count; i++) {
        if ((*census->charts[i].amount != 0) != sums)
            continue;
        ta_buf_puts(out, "<div>");
        put_chart(out, &census->charts[i]);
        ta_buf_puts(out, "</div>\n");
    }
}

void ta_page_put_pictures(ta_buf *out, ta_page *page) {
    ta_code codes[TA_CODE_COUNT];
    if (!page->census.count && !ta_page_sort_codes(page, codes))
        return;
    ta_buf_puts(out,
                "<section id=\"pictures\">\n<h2>Pictures</h2>\n<div class=\"pictures\">\n");
    put_codes_picture(out, page);
    put_charts(out, &page->census, false);
    ta_page_put_crossed(out, &page->census);
    put_charts(out, &page->census, true);
    ta_buf_puts(out, "</div>\n</section>\n");
}
