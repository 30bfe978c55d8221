/* SPDX-License-Identifier: MIT */
/* GitLab's Code Quality report: a JSON list of findings with fingerprints, one a line. */
#include <stdlib.h>

#include "report/fingerprint.h"
#include "report/line.h"
#include "report/put.h"
#include "report/uri.h"

extern const ta_report_form ta_report_gitlab;

typedef struct gitlab_report {
    ta_report base; /* must be first */
    ta_buf line;
    ta_fingerprints fingerprints;
    bool has_findings;
} gitlab_report;

static ta_report *open_gitlab_report(ta_sink *sink, const ta_report_options *options) {
    (void)options;
    gitlab_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->base = (ta_report){&ta_report_gitlab, sink};
    return &report->base;
}

static void put_position(ta_line *line, const char *name, ta_where where) {
    ta_line_open(line, name, "{");
    ta_line_number(line, "line", where.line);
    ta_line_number(line, "column", where.column);
    ta_line_close(line, "}");
}

/* A finding without a place is about the first line of what it names. */
static void put_location(ta_line *line, const ta_place *place) {
    const ta_where first = {1, 1};
    ta_line_open(line, "location", "{");
    ta_line_text(line, "path", place->file ? ta_uri_relative(place->file) : "transalp");
    ta_line_open(line, "positions", "{");
    put_position(line, "begin", place->from.line ? place->from : first);
    put_position(line, "end", place->from.line ? place->to : first);
    ta_line_close(line, "}");
    ta_line_close(line, "}");
}

static const char *severity_of(ta_level level) {
    return level == TA_ERROR ? "major" : level == TA_WARNING ? "minor" : "info";
}

static bool write_issue(gitlab_report *report, const ta_finding *finding) {
    char fingerprint[TA_FINGERPRINT_TEXT];
    bool good = ta_fingerprint_print(&report->fingerprints, finding, fingerprint);
    ta_line line = {.out = &report->line};
    ta_line_open(&line, NULL, "{");
    ta_line_message(&line, "description", finding);
    ta_line_text(&line, "check_name", ta_codes[finding->code].code);
    ta_line_text(&line, "fingerprint", fingerprint);
    ta_line_text(&line, "severity", severity_of(finding->level));
    put_location(&line, &finding->place);
    ta_line_close(&line, "}");
    return good;
}

static void put_gitlab_finding(ta_report *base, const ta_finding *finding) {
    gitlab_report *report = (gitlab_report *)base;
    ta_buf_puts(&report->line, report->has_findings ? ",\n" : "[\n");
    report->has_findings = true;
    if (!write_issue(report, finding))
        ta_report_fail(base);
    ta_report_put(base, &report->line);
}

static void end_gitlab_input(ta_report *base, const ta_summary *summary) {
    (void)base;
    (void)summary;
}

static void close_gitlab_report(ta_report *base, const ta_summary *total, size_t inputs) {
    gitlab_report *report = (gitlab_report *)base;
    (void)total;
    (void)inputs;
    ta_buf_puts(&report->line, report->has_findings ? "\n]\n" : "[]\n");
    ta_report_put(base, &report->line);
    ta_buf_fini(&report->line);
    ta_fingerprints_fini(&report->fingerprints);
    free(report);
}

const ta_report_form ta_report_gitlab = {
    .name = "gitlab",
    .summary = "GitLab's Code Quality report",
    .report_new = open_gitlab_report,
    .finding = put_gitlab_finding,
    .input_end = end_gitlab_input,
    .close = close_gitlab_report,
};
