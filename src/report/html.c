/* SPDX-License-Identifier: MIT */
/*
 * The HTML form: one page that loads nothing. Findings are grouped by code, so they are held
 * until the end, as many as a browser bears; the others are counted.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "report/excerpt.h"
#include "report/markup.h"
#include "report/page.h"
#include "report/put.h"

enum {
    ITEMS_MAX = 5000,      /* findings on the page */
    ITEMS_OF_CODE = 500,   /* of one code, so that no code takes the room of the others */
    BODIES_MAX = 16 << 20, /* bytes of them */
    RELATED_SHOWN = 8,     /* places beside a finding's own */
    FILES_MAX = 2000,      /* files in the filter */
    INPUTS_MAX = 2000      /* rows in the table of files */
};

extern const ta_report_form ta_report_html;

typedef struct html_report {
    ta_report base; /* must be first */
    ta_page page;
} html_report;

static ta_report *open_html_report(ta_sink *sink, const ta_report_options *options) {
    (void)options;
    html_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->base = (ta_report){&ta_report_html, sink};
    return &report->base;
}

/* The file's number in the filter; FILES_MAX: it has none. */
static size_t number_file(html_report *report, const char *file) {
    ta_page *page = &report->page;
    for (size_t i = page->file_count; i > 0; i--)
        if (!strcmp(page->files[i - 1], file))
            return i - 1;
    if (page->file_count == FILES_MAX)
        return FILES_MAX;
    char *copy = ta_arena_copy(&page->text, file, strlen(file));
    if (!copy || !ta_array_grow(&page->files, &page->file_cap, page->file_count + 1,
                                sizeof *page->files)) {
        ta_report_fail(&report->base);
        return FILES_MAX;
    }
    page->files[page->file_count] = copy;
    return page->file_count++;
}

static void put_html_place(ta_buf *out, const ta_place *place) {
    ta_buf_puts(out, "<span class=\"place\">");
    ta_markup_text(out, place->file ? place->file : "transalp");
    if (place->from.line)
        ta_buf_printf(out, ":%" PRIu64 ":%" PRIu64, place->from.line, place->from.column);
    ta_buf_puts(out, "</span> ");
}

static void put_html_words(ta_buf *out, const ta_finding *finding) {
    ta_buf message = {0};
    ta_finding_message(finding, &message);
    ta_buf_printf(out, "<span class=\"%s\">%s</span>: ", ta_level_text(finding->level),
                  ta_level_text(finding->level));
    ta_markup_text(out, ta_buf_text(&message));
    out->failed |= message.failed;
    ta_buf_fini(&message);
}

static void put_html_detail(ta_buf *out, const char *before, const char *text) {
    if (!text || !*text)
        return;
    ta_buf_puts(out, before);
    ta_markup_text(out, text);
}

/* "at partners.2.country, row 12, column Pays, rule funding-total" */
static void put_html_where(ta_buf *out, const ta_finding *finding) {
    size_t before = out->len;
    ta_buf_puts(out, "<p class=\"dim\">");
    size_t empty = out->len;
    put_html_detail(out, "at ", finding->path);
    if (finding->row)
        ta_buf_printf(out, "%srow %" PRIu64, out->len > empty ? ", " : "", finding->row);
    put_html_detail(out, out->len > empty ? ", column " : "column ", finding->column);
    put_html_detail(out, out->len > empty ? ", rule " : "rule ", finding->rule_id);
    if (out->len == empty)
        out->len = before;
    else
        ta_buf_puts(out, "</p>\n");
}

/* The line of the data; the second line of the excerpt is the mark under it. */
static void put_html_excerpt(ta_buf *out, const ta_place *place) {
    ta_buf lines = {0};
    ta_excerpt_print(place, "", &lines);
    const char *text = ta_buf_text(&lines), *mark = strchr(text, '\n');
    if (mark) {
        ta_buf_puts(out, "<pre tabindex=\"0\">");
        ta_markup_escape(out, text, (size_t)(mark - text));
        size_t margin = strcspn(++mark, "^");
        ta_buf_puts(out, "\n");
        ta_buf_put(out, mark, margin);
        ta_buf_puts(out, "<span class=\"caret\" aria-hidden=\"true\">");
        ta_buf_put(out, mark + margin, strcspn(mark + margin, "\n"));
        ta_buf_puts(out, "</span></pre>\n");
    }
    out->failed |= lines.failed;
    ta_buf_fini(&lines);
}

static void put_html_related(ta_buf *out, const ta_finding *finding) {
    size_t shown =
        finding->related_count < RELATED_SHOWN ? finding->related_count : (size_t)RELATED_SHOWN;
    ta_buf_puts(out, shown ? "<ul>\n" : "");
    for (size_t i = 0; i < shown; i++) {
        const ta_related *related = &finding->related[i];
        ta_buf_puts(out, "<li>");
        put_html_place(out, &related->place);
        ta_markup_text(out, related->label ? related->label : "here");
        ta_buf_puts(out, "</li>\n");
    }
    if (shown < finding->related_count)
        ta_buf_printf(out, "<li>and %zu more</li>\n", finding->related_count - shown);
    ta_buf_puts(out, shown ? "</ul>\n" : "");
}

static void put_html_item(html_report *report, const ta_finding *finding) {
    ta_buf *out = &report->page.bodies;
    ta_buf_printf(
        out, "<li data-level=\"%s\" data-file=\"%zu\">\n<p>", ta_level_text(finding->level),
        finding->place.file ? number_file(report, finding->place.file) : (size_t)FILES_MAX);
    put_html_place(out, &finding->place);
    put_html_words(out, finding);
    ta_buf_puts(out, "</p>\n");
    put_html_where(out, finding);
    put_html_excerpt(out, &finding->place);
    put_html_related(out, finding);
    ta_buf_puts(out, "</li>\n");
}

static uint64_t html_keeps(const ta_report *base, ta_code code) {
    const ta_page *page = &((const html_report *)base)->page;
    bool full = page->item_count == ITEMS_MAX || page->shown[code] == ITEMS_OF_CODE ||
                page->bodies.len > BODIES_MAX;
    return full ? 0 : UINT64_MAX;
}

static void count_html_findings(ta_report *base, const ta_finding *like, uint64_t count) {
    ((html_report *)base)->page.counts[like->code][like->level] += count;
}

static void put_html_finding(ta_report *base, const ta_finding *finding) {
    html_report *report = (html_report *)base;
    ta_page *page = &report->page;
    page->counts[finding->code][finding->level]++;
    if (!html_keeps(base, finding->code))
        return;
    if (!ta_array_grow(&page->items, &page->item_cap, page->item_count + 1,
                       sizeof *page->items)) {
        ta_report_fail(base);
        return;
    }
    size_t at = page->bodies.len;
    put_html_item(report, finding);
    page->items[page->item_count++] = (ta_page_item){finding->code, at, page->bodies.len - at};
    page->shown[finding->code]++;
}

/* "member; 12 rules, 3 skipped" */
static void put_html_checked(ta_buf *out, const ta_summary *summary) {
    if (summary->words) {
        ta_markup_text(out, summary->words);
        return;
    }
    ta_markup_text(out, summary->schema ? summary->schema : "");
    put_html_detail(out, summary->schema ? ", " : "", summary->rules_file);
    if (!summary->schema && !summary->rules_file)
        ta_buf_puts(out, "syntax only");
    if (summary->rules) {
        ta_buf_puts(out, "; ");
        ta_page_put_count(out, summary->rules, "rule");
    }
    if (summary->skipped)
        ta_buf_printf(out, ", %" PRIu64 " skipped", summary->skipped);
    if (summary->status > TA_ERR_INPUT)
        ta_buf_puts(out, "; <strong class=\"error\">not read to the end</strong>");
}

static void end_html_input(ta_report *base, const ta_summary *summary) {
    ta_page *page = &((html_report *)base)->page;
    ta_buf *out = &page->inputs;
    if (page->input_count == INPUTS_MAX) {
        page->inputs_left_out++;
        return;
    }
    page->input_count++;
    ta_buf_puts(out, "<tr><th scope=\"row\">");
    ta_markup_text(out, summary->file ? summary->file : "-");
    ta_buf_puts(out, "</th>");
    const uint64_t counts[] = {summary->records, summary->errors, summary->warnings,
                               summary->notes};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        ta_buf_printf(out, "<td class=\"number\">%" PRIu64 "</td>", counts[i]);
    ta_buf_puts(out, "<td>");
    put_html_checked(out, summary);
    ta_buf_puts(out, "</td></tr>\n");
}

static ta_stage *watch_html_data(ta_report *base, const ta_shape *shape) {
    return ta_census_stage_new(&((html_report *)base)->page.census, shape);
}

static void drop_page(ta_page *page) {
    ta_census_fini(&page->census);
    ta_buf_fini(&page->bodies);
    ta_buf_fini(&page->inputs);
    ta_arena_fini(&page->text);
    free(page->items);
    free(page->files);
}

static void close_html_report(ta_report *base, const ta_summary *total, size_t inputs) {
    ta_page *page = &((html_report *)base)->page;
    ta_buf out = {0};
    bool good = ta_page_put_head(&out, total, inputs);
    ta_page_put_inputs(&out, page);
    ta_page_put_findings(&out, page);
    ta_page_put_pictures(&out, page);
    ta_page_put_foot(&out);
    if (!good || page->bodies.failed || page->inputs.failed)
        ta_report_fail(base);
    ta_report_put(base, &out);
    ta_buf_fini(&out);
    drop_page(page);
    free(base);
}

const ta_report_form ta_report_html = {
    .name = "html",
    .summary = "one page for a browser: findings, a filter, pictures of the data",
    .shows_lines = true,
    .report_new = open_html_report,
    .finding = put_html_finding,
    .keeps = html_keeps,
    .more = count_html_findings,
    .input_end = end_html_input,
    .close = close_html_report,
    .watch = watch_html_data,
};
