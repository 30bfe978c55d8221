/* SPDX-License-Identifier: MIT */
/*
 * JUnit's XML, as test servers read it: a suite per input, a case per finding. Errors are
 * failures, the rest stands in a case that passed; an input without findings is one case. The
 * numbers stand before the cases, so one input's cases are held until it ends, as many as fit.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "report/put.h"
#include "report/uri.h"

enum { HELD_MAX = 8 * 1024 * 1024 }; /* bytes of one input's cases; the rest is counted */

extern const ta_report_form ta_report_junit;

typedef struct junit_report {
    ta_report base; /* must be first */
    ta_buf cases, line;
    uint64_t count, failures, left_out, failures_left_out;
    bool begun;
} junit_report;

static ta_report *open_junit_report(ta_sink *sink, const ta_report_options *options) {
    (void)options;
    junit_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->base = (ta_report){&ta_report_junit, sink};
    return &report->base;
}

/* What XML 1.0 cannot hold, and bytes that are not UTF-8, become U+FFFD. */
static size_t put_xml_char(ta_buf *out, const char *text, size_t len) {
    size_t good = ta_utf8_check(text, len < 4 ? len : 4);
    int size = 1;
    uint32_t c = good ? ta_utf8_decode(text, good, &size) : 0;
    bool legal = c >= 0x20 && c != 0xFFFE && c != 0xFFFF;
    if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\t' || c == '\n' || c == '\r')
        ta_buf_printf(out, "&#%" PRIu32 ";", c);
    else if (legal)
        ta_buf_put(out, text, (size_t)size);
    else
        ta_buf_puts(out, "\xEF\xBF\xBD");
    return (size_t)size;
}

static void put_xml(ta_buf *out, const char *text) {
    size_t len = strlen(text);
    for (size_t at = 0; at < len;)
        at += put_xml_char(out, text + at, len - at);
}

static void put_attribute(ta_buf *out, const char *name, const char *text) {
    ta_buf_printf(out, " %s=\"", name);
    put_xml(out, text);
    ta_buf_puts(out, "\"");
}

/* "file:line:column: level: message" */
static void put_junit_words(ta_buf *out, const ta_finding *finding, const char *message) {
    const ta_place *place = &finding->place;
    put_xml(out, place->file ? ta_uri_relative(place->file) : "transalp");
    if (place->from.line)
        ta_buf_printf(out, ":%" PRIu64 ":%" PRIu64, place->from.line, place->from.column);
    ta_buf_printf(out, ": %s: ", ta_level_text(finding->level));
    put_xml(out, message);
    if (finding->path && *finding->path) {
        ta_buf_puts(out, " at ");
        put_xml(out, finding->path);
    }
}

static void put_case(ta_buf *out, const ta_finding *finding, const char *message) {
    const ta_place *place = &finding->place;
    ta_buf name = {0};
    ta_buf_puts(&name, ta_codes[finding->code].code);
    if (place->from.line)
        ta_buf_printf(&name, " at %" PRIu64 ":%" PRIu64, place->from.line, place->from.column);
    ta_buf_puts(out, "<testcase");
    put_attribute(out, "name", ta_buf_text(&name));
    put_attribute(out, "classname", place->file ? ta_uri_relative(place->file) : "transalp");
    ta_buf_puts(out, finding->level == TA_ERROR ? " time=\"0\"><failure"
                                                : " time=\"0\"><system-out");
    if (finding->level == TA_ERROR) {
        put_attribute(out, "type", ta_codes[finding->code].code);
        put_attribute(out, "message", message);
    }
    ta_buf_puts(out, ">");
    put_junit_words(out, finding, message);
    ta_buf_puts(out, finding->level == TA_ERROR ? "</failure></testcase>\n"
                                                : "</system-out></testcase>\n");
    out->failed |= name.failed;
    ta_buf_fini(&name);
}

static uint64_t junit_keeps(const ta_report *base, ta_code code) {
    const junit_report *report = (const junit_report *)base;
    (void)code;
    return report->cases.len > HELD_MAX ? 0 : UINT64_MAX;
}

static void count_junit_findings(ta_report *base, const ta_finding *like, uint64_t count) {
    junit_report *report = (junit_report *)base;
    report->left_out += count;
    report->failures_left_out += like->level == TA_ERROR ? count : 0;
}

static void put_junit_finding(ta_report *base, const ta_finding *finding) {
    junit_report *report = (junit_report *)base;
    if (report->cases.len > HELD_MAX) {
        count_junit_findings(base, finding, 1);
        return;
    }
    ta_buf message = {0};
    ta_finding_message(finding, &message);
    put_case(&report->cases, finding, ta_buf_text(&message));
    report->cases.failed |= message.failed;
    ta_buf_fini(&message);
    report->count++;
    report->failures += finding->level == TA_ERROR;
}

/* What did not fit, or that there was nothing, is a case too. */
static void put_last_case(junit_report *report, const char *file) {
    if (report->count && !report->left_out)
        return;
    ta_buf_puts(&report->cases, "<testcase");
    put_attribute(&report->cases, "name", report->count ? "more findings" : "no findings");
    put_attribute(&report->cases, "classname", file);
    ta_buf_puts(&report->cases, " time=\"0\"");
    if (report->failures_left_out)
        ta_buf_printf(&report->cases,
                      "><failure type=\"more\" message=\"%" PRIu64 " more findings, %" PRIu64
                      " of them errors\"/></testcase>\n",
                      report->left_out, report->failures_left_out);
    else
        ta_buf_puts(&report->cases, "/>\n");
    report->count++;
    report->failures += report->failures_left_out != 0;
}

static void begin_junit(junit_report *report) {
    if (!report->begun)
        ta_buf_puts(&report->line, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                   "<testsuites name=\"transalp\">\n");
    report->begun = true;
}

static void put_suite(junit_report *report, const char *file) {
    begin_junit(report);
    put_last_case(report, file);
    ta_buf_puts(&report->line, "<testsuite");
    put_attribute(&report->line, "name", file);
    ta_buf_printf(&report->line,
                  " tests=\"%" PRIu64 "\" failures=\"%" PRIu64 "\" errors=\"0\" skipped=\"0\" "
                  "time=\"0\"",
                  report->count, report->failures);
    ta_buf_puts(&report->line, ">\n");
    ta_buf_put(&report->line, report->cases.data, report->cases.len);
    ta_buf_puts(&report->line, "</testsuite>\n");
    report->line.failed |= report->cases.failed;
    ta_report_put(&report->base, &report->line);
    report->cases.len = 0;
    report->count = report->failures = report->left_out = report->failures_left_out = 0;
}

static void end_junit_input(ta_report *base, const ta_summary *summary) {
    put_suite((junit_report *)base, summary->file ? ta_uri_relative(summary->file) : "-");
}

/* Findings that belong to no input (a faulty schema) make a suite of their own. */
static void close_junit_report(ta_report *base, const ta_summary *total, size_t inputs) {
    junit_report *report = (junit_report *)base;
    (void)total;
    if (report->count || !inputs)
        put_suite(report, "transalp");
    begin_junit(report);
    ta_buf_puts(&report->line, "</testsuites>\n");
    ta_report_put(base, &report->line);
    ta_buf_fini(&report->line);
    ta_buf_fini(&report->cases);
    free(report);
}

const ta_report_form ta_report_junit = {
    .name = "junit",
    .summary = "JUnit's XML, a suite per input, for test servers",
    .report_new = open_junit_report,
    .finding = put_junit_finding,
    .keeps = junit_keeps,
    .more = count_junit_findings,
    .input_end = end_junit_input,
    .close = close_junit_report,
};
