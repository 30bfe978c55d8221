/* SPDX-License-Identifier: MIT */
/*
 * The page of the HTML report but for its pictures. It loads nothing: style and script stand in
 * it, and a policy with their hashes lets no others run, whatever the data holds.
 */
#include "report/page.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "report/markup.h"

static const ta_embedded *find_asset(const char *name) {
    const ta_embedded *file = ta_embedded_files;
    while (file->name && strcmp(file->name, name) != 0)
        file++;
    return file;
}

void ta_page_put_count(ta_buf *out, uint64_t count, const char *noun) {
    ta_buf_printf(out, "%" PRIu64 " %s%s", count, noun, count == 1 ? "" : "s");
}

static bool put_policy(ta_buf *out, const ta_embedded *style, const ta_embedded *script) {
    ta_buf_puts(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                     "'none'; base-uri 'none'; form-action 'none'; style-src ");
    bool hashed = ta_markup_hash(out, style->data, style->len);
    ta_buf_puts(out, "; script-src ");
    hashed = hashed && ta_markup_hash(out, script->data, script->len);
    ta_buf_puts(out, "\">\n");
    return hashed;
}

static void put_totals(ta_buf *out, const ta_summary *total, size_t inputs) {
    const struct {
        uint64_t count;
        const char *noun, *style;
    } rows[] = {{total->errors, "error", "error"},
                {total->warnings, "warning", "warning"},
                {total->notes, "note", "note"},
                {total->records, "record", "dim"},
                {inputs, "file", "dim"}};
    ta_buf_puts(out, "<ul class=\"total\">\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ta_buf_printf(out, "<li class=\"%s\"><b>%" PRIu64 "</b> %s%s</li>\n",
                      rows[i].count ? rows[i].style : "dim", rows[i].count, rows[i].noun,
                      rows[i].count == 1 ? "" : "s");
    ta_buf_puts(out, "</ul>\n");
    if (total->errors + total->warnings + total->notes) /* then both are there */
        ta_buf_puts(out, "<nav aria-label=\"Page\"><a href=\"#findings\">Findings</a> "
                         "<a href=\"#pictures\">Pictures</a></nav>\n");
    if (total->status == TA_ERR_USAGE)
        ta_buf_puts(out, "<p class=\"error\"><strong>The run did not come to its end</strong>: "
                         "something could not be read or written.</p>\n");
}

bool ta_page_put_head(ta_buf *out, const ta_summary *total, size_t inputs) {
    const ta_embedded *style = find_asset("page/page.css"),
                      *script = find_asset("page/page.js");
    ta_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    bool hashed = put_policy(out, style, script);
    ta_buf_puts(out, "<meta name=\"viewport\" content=\"width=device-width, "
                     "initial-scale=1\">\n<title>transalp: ");
    ta_page_put_count(out, total->errors, "error");
    ta_buf_puts(out, ", ");
    ta_page_put_count(out, total->warnings, "warning");
    ta_buf_puts(out, "</title>\n<style>");
    ta_buf_put(out, style->data, style->len);
    ta_buf_puts(out, "</style>\n<script type=\"module\">");
    ta_buf_put(out, script->data, script->len);
    ta_buf_puts(out, "</script>\n</head>\n<body>\n<header>\n<h1>transalp report</h1>\n");
    put_totals(out, total, inputs);
    ta_buf_puts(out, "</header>\n<main>\n");
    return hashed;
}

void ta_page_put_inputs(ta_buf *out, const ta_page *page) {
    if (!page->input_count)
        return;
    ta_buf_puts(out, "<section>\n<h2>Files</h2>\n<div class=\"wide\" role=\"region\" "
                     "aria-label=\"Files\" tabindex=\"0\">\n<table>\n"
                     "<thead><tr><th scope=\"col\">File</th>");
    static const char *const heads[] = {"Records", "Errors", "Warnings", "Notes"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        ta_buf_printf(out, "<th scope=\"col\" class=\"number\">%s</th>", heads[i]);
    ta_buf_puts(out, "<th scope=\"col\">Checked with</th></tr></thead>\n<tbody>\n");
    ta_buf_put(out, page->inputs.data, page->inputs.len);
    ta_buf_puts(out, "</tbody>\n</table>\n</div>\n");
    if (page->inputs_left_out)
        ta_buf_printf(out, "<p>%zu more files are not listed.</p>\n", page->inputs_left_out);
    ta_buf_puts(out, "</section>\n");
}

int ta_page_level(const ta_page *page, ta_code code) {
    int level = TA_PAGE_LEVELS - 1;
    while (level >= 0 && !page->counts[code][level])
        level--;
    return level;
}

uint64_t ta_page_total(const ta_page *page, ta_code code) {
    uint64_t total = 0;
    for (int level = 0; level < TA_PAGE_LEVELS; level++)
        total += page->counts[code][level];
    return total;
}

static bool comes_before(const ta_page *page, ta_code a, ta_code b) {
    int a_level = ta_page_level(page, a), b_level = ta_page_level(page, b);
    return a_level != b_level ? a_level > b_level
                              : ta_page_total(page, a) > ta_page_total(page, b);
}

size_t ta_page_sort_codes(const ta_page *page, ta_code codes[TA_CODE_COUNT]) {
    size_t count = 0;
    for (int code = 0; code < TA_CODE_COUNT; code++) {
        if (ta_page_level(page, (ta_code)code) < 0)
            continue;
        size_t at = count++;
        for (; at && comes_before(page, (ta_code)code, codes[at - 1]); at--)
            codes[at] = codes[at - 1];
        codes[at] = (ta_code)code;
    }
    return count;
}

static void put_choice(ta_buf *out, const char *name, const char *label) {
    ta_buf_printf(out,
                  "<div><label for=\"%s\">%s</label><select id=\"%s\" name=\"%s\">"
                  "<option value=\"\">all</option>",
                  name, label, name, name);
}

/* Shown by the script: without it nothing could be filtered. */
static void put_filter(ta_buf *out, const ta_page *page, const ta_code *codes, size_t count) {
    ta_buf_puts(out, "<form id=\"filter\" role=\"search\" aria-label=\"Findings\" hidden>\n"
                     "<div><label for=\"text\">Words</label><input id=\"text\" name=\"text\" "
                     "type=\"search\" autocomplete=\"off\"></div>\n");
    put_choice(out, "level", "Level");
    for (int level = TA_PAGE_LEVELS - 1; level >= 0; level--)
        ta_buf_printf(out, "<option>%s</option>", ta_level_text((ta_level)level));
    ta_buf_puts(out, "</select></div>\n");
    put_choice(out, "code", "Code");
    for (size_t i = 0; i < count; i++)
        ta_buf_printf(out, "<option>%s</option>", ta_codes[codes[i]].code);
    ta_buf_puts(out, "</select></div>\n");
    put_choice(out, "file", "File");
    for (size_t i = 0; i < page->file_count; i++) {
        ta_buf_printf(out, "<option value=\"%zu\">", i);
        ta_markup_text(out, page->files[i]);
        ta_buf_puts(out, "</option>");
    }
    ta_buf_puts(out, "</select></div>\n<button type=\"reset\">Show all</button>\n</form>\n"
                     "<p id=\"told\" role=\"status\"></p>\n");
}

/* What stands between backticks is code. */
static void put_why(ta_buf *out, const char *why) {
    for (bool code = false; *why; code = !code) {
        size_t len = strcspn(why, "`");
        ta_markup_escape(out, why, len);
        why += len;
        if (*why++)
            ta_buf_puts(out, code ? "</code>" : "<code>");
        else
            break;
    }
}

static void put_code_group(ta_buf *out, const ta_page *page, ta_code code) {
    const char *level = ta_level_text((ta_level)ta_page_level(page, code));
    uint64_t total = ta_page_total(page, code);
    ta_buf_printf(out,
                  "<details open data-code=\"%s\">\n<summary><h3><span class=\"%s\">%s</span> "
                  "<code>%s</code> <span class=\"dim\">%" PRIu64 "</span></h3></summary>\n"
                  "<p class=\"why\">",
                  ta_codes[code].code, level, level, ta_codes[code].code, total);
    put_why(out, ta_codes[code].why);
    ta_buf_puts(out, "</p>\n<ol>\n");
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].code == code)
            ta_buf_put(out, page->bodies.data + page->items[i].at, page->items[i].len);
    ta_buf_puts(out, "</ol>\n");
    if (page->shown[code] < total)
        ta_buf_printf(out,
                      "<p class=\"why\">%" PRIu64 " of %" PRIu64
                      " are shown here; --report json has all.</p>\n",
                      page->shown[code], total);
    ta_buf_puts(out, "</details>\n");
}

void ta_page_put_findings(ta_buf *out, const ta_page *page) {
    ta_code codes[TA_CODE_COUNT];
    size_t count = ta_page_sort_codes(page, codes);
    ta_buf_puts(out, "<section id=\"findings\">\n<h2>Findings</h2>\n");
    if (count)
        put_filter(out, page, codes, count);
    else
        ta_buf_puts(out, "<p>None.</p>\n");
    for (size_t i = 0; i < count; i++)
        put_code_group(out, page, codes[i]);
    ta_buf_puts(out, "</section>\n");
}

void ta_page_put_foot(ta_buf *out) {
    ta_buf_printf(out,
                  "</main>\n<footer><p>Written by transalp %s. <code>transalp explain "
                  "CODE</code> has more on each code.</p></footer>\n</body>\n</html>\n",
                  ta_version());
}
