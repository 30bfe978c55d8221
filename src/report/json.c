/* SPDX-License-Identifier: MIT */
/*
 * The JSON form: {"version", "findings", "summary"}, streamed, one finding a line. The envelope
 * is written here, each object by json_text.c. Of the inputs only their summaries are kept
 * until the end.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "report/json_text.h"
#include "report/put.h"

extern const ta_report_form ta_report_json;

typedef struct json_report {
    ta_report base; /* must be first */
    ta_buf line, files;
    bool begun, has_findings;
} json_report;

static ta_report *open_json_report(ta_sink *sink, const ta_report_options *options) {
    (void)options;
    json_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->base = (ta_report){&ta_report_json, sink};
    return &report->base;
}

/* The number is that of the report's form: members may be added to it, none change. */
static void begin_envelope(json_report *report) {
    if (!report->begun)
        ta_buf_puts(&report->line, "{\"version\": 1,\n\"findings\": [");
    report->begun = true;
}

static void put_json_finding(ta_report *base, const ta_finding *finding) {
    json_report *report = (json_report *)base;
    begin_envelope(report);
    ta_buf_puts(&report->line, report->has_findings ? ",\n" : "\n");
    report->has_findings = true;
    if (!ta_json_text_finding(finding, &report->line))
        ta_report_fail(base);
    ta_report_put(base, &report->line);
}

static void end_json_input(ta_report *base, const ta_summary *summary) {
    json_report *report = (json_report *)base;
    ta_buf_puts(&report->files, report->files.len ? ",\n" : "\n");
    if (!ta_json_text_summary(summary, &report->files))
        ta_report_fail(base);
}

static void close_json_report(ta_report *base, const ta_summary *total, size_t inputs) {
    json_report *report = (json_report *)base;
    (void)inputs;
    begin_envelope(report);
    ta_buf_printf(&report->line, "%s],\n\"summary\": {\"files\": [",
                  report->has_findings ? "\n" : "");
    ta_buf_put(&report->line, report->files.data, report->files.len);
    ta_buf_printf(&report->line,
                  "%s],\n\"errors\": %" PRIu64 ", \"warnings\": %" PRIu64
                  ", \"notes\": %" PRIu64 "}}\n",
                  report->files.len ? "\n" : "", total->errors, total->warnings, total->notes);
    if (report->files.failed)
        ta_report_fail(base);
    ta_report_put(base, &report->line);
    ta_buf_fini(&report->line);
    ta_buf_fini(&report->files);
    free(report);
}

const ta_report_form ta_report_json = {
    .name = "json",
    .summary = "one JSON document: findings, one a line, and a summary",
    .report_new = open_json_report,
    .finding = put_json_finding,
    .input_end = end_json_input,
    .close = close_json_report,
};
