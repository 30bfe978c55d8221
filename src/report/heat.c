/* SPDX-License-Identifier: MIT */
/*
 * The pictures of two values beside each other: tables of counts, the greater the darker. The
 * counts stand in them, so that nothing depends on colour.
 */
#include <inttypes.h>

#include "report/markup.h"
#include "report/page.h"

enum {
    LINES_SHOWN = 12,  /* the rest is one line */
    COLUMNS_SHOWN = 6, /* the rest is one column, so that a phone has room for it */
    TINTS = 5
};

/* What is shown of a crossing. */
typedef struct heat_table {
    const ta_census_cross *cross;
    size_t lines, columns;
    bool rest; /* a column of all others */
    uint64_t most;
} heat_table;

static uint64_t count_cell(const ta_census_cross *cross, const ta_census_row *line,
                           size_t column) {
    return line->cells ? line->cells[cross->columns.rows[column].number] : 0;
}

/* What a line has in the columns that are not shown. */
static uint64_t count_rest(const heat_table *heat, const ta_census_row *line) {
    uint64_t rest = line->cells ? line->cells[TA_CENSUS_COLUMNS] : 0;
    for (size_t i = heat->columns; i < heat->cross->columns.count; i++)
        rest += count_cell(heat->cross, line, i);
    return rest;
}

/* The sum of the lines that are not shown; cells is the caller's, zeroed. */
static ta_census_row add_lines(const heat_table *heat, uint64_t cells[TA_CENSUS_COLUMNS + 1]) {
    const ta_census_set *lines = &heat->cross->lines;
    ta_census_row sum = {.label = "all others", .cells = cells};
    for (size_t i = heat->lines; i <= lines->count; i++) {
        const ta_census_row *line = i < lines->count ? &lines->rows[i] : &lines->others;
        sum.count += line->count;
        for (size_t c = 0; line->cells && c <= TA_CENSUS_COLUMNS; c++)
            cells[c] += line->cells[c];
    }
    return sum;
}

static void find_most(heat_table *heat, const ta_census_row *line) {
    uint64_t rest = heat->rest ? count_rest(heat, line) : 0;
    heat->most = rest > heat->most ? rest : heat->most;
    for (size_t i = 0; i < heat->columns; i++) {
        uint64_t count = count_cell(heat->cross, line, i);
        heat->most = count > heat->most ? count : heat->most;
    }
}

static void put_cell(ta_buf *out, const heat_table *heat, uint64_t count) {
    if (count && heat->most)
        ta_buf_printf(out, "<td class=\"tint-%d\">%" PRIu64 "</td>",
                      1 + (int)(count * (TINTS - 1) / heat->most), count);
    else
        ta_buf_puts(out, "<td class=\"dim\">0</td>");
}

static void put_line(ta_buf *out, const heat_table *heat, const ta_census_row *line) {
    ta_buf_puts(out, "<tr><th scope=\"row\">");
    ta_markup_text(out, line->label);
    ta_buf_puts(out, "</th>");
    for (size_t i = 0; i < heat->columns; i++)
        put_cell(out, heat, count_cell(heat->cross, line, i));
    if (heat->rest)
        put_cell(out, heat, count_rest(heat, line));
    ta_buf_printf(out, "<td>%" PRIu64 "</td></tr>\n", line->count);
}

static void put_heading(ta_buf *out, const char *label) {
    ta_buf_puts(out, "<th scope=\"col\"><span>");
    ta_markup_text(out, label);
    ta_buf_puts(out, "</span></th>");
}

static void put_headings(ta_buf *out, const heat_table *heat) {
    const ta_census_cross *cross = heat->cross;
    ta_buf_puts(out, "<table class=\"heat\">\n<caption>");
    ta_buf_puts(out, *cross->path ? "Count of <code>" : "Count of records");
    ta_markup_text(out, cross->path);
    ta_buf_puts(out, *cross->path ? "</code> by <code>" : " by <code>");
    ta_markup_text(out, cross->down);
    ta_buf_puts(out, "</code> and <code>");
    ta_markup_text(out, cross->across);
    ta_buf_puts(out, "</code></caption>\n<thead><tr><th scope=\"col\">");
    ta_markup_text(out, cross->down);
    ta_buf_puts(out, "</th>");
    for (size_t i = 0; i < heat->columns; i++)
        put_heading(out, cross->columns.rows[i].label);
    if (heat->rest)
        put_heading(out, "all others");
    put_heading(out, "total");
    ta_buf_puts(out, "</tr></thead>\n<tbody>\n");
}

static void put_cross(ta_buf *out, ta_census_cross *cross) {
    ta_census_set *lines = &cross->lines, *columns = &cross->columns;
    ta_census_sort(lines, false);
    ta_census_sort(columns, false);
    heat_table heat = {cross, lines->count, columns->count, columns->others.count != 0, 0};
    if (heat.lines > LINES_SHOWN)
        heat.lines = LINES_SHOWN;
    if (heat.columns > COLUMNS_SHOWN) {
        heat.columns = COLUMNS_SHOWN;
        heat.rest = true;
    }
    uint64_t cells[TA_CENSUS_COLUMNS + 1] = {0};
    ta_census_row others = add_lines(&heat, cells);
    for (size_t i = 0; i < heat.lines; i++)
        find_most(&heat, &lines->rows[i]);
    find_most(&heat, &others);
    put_headings(out, &heat);
    for (size_t i = 0; i < heat.lines; i++)
        put_line(out, &heat, &lines->rows[i]);
    if (others.count)
        put_line(out, &heat, &others);
    ta_buf_puts(out, "</tbody>\n</table>\n");
}

/* A crossing with one line or one column says no more than its bars do. */
static bool is_worth_it(const ta_census_cross *cross) {
    return cross->lines.count > 1 && cross->columns.count > 1;
}

void ta_page_put_crossed(ta_buf *out, ta_census *census) {
    for (size_t i = 0; i < census->crossed_count; i++) {
        if (!is_worth_it(&census->crossed[i]))
            continue;
        ta_buf_puts(out, "<div class=\"across\" role=\"group\" "
                         "aria-label=\"Counts\" tabindex=\"0\">");
        put_cross(out, &census->crossed[i]);
        ta_buf_puts(out, "</div>\n");
    }
}
