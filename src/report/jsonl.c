/* SPDX-License-Identifier: MIT */
/* JSON Lines: a finding a line and nothing else, for programs that read as it is written. */
#include <stdlib.h>

#include "report/line.h"
#include "report/put.h"

extern const ta_report_form ta_report_jsonl;

typedef struct jsonl_report {
    ta_report base; /* must be first */
    ta_buf line;
} jsonl_report;

static ta_report *open_jsonl_report(ta_sink *sink, const ta_report_options *options) {
    (void)options;
    jsonl_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->base = (ta_report){&ta_report_jsonl, sink};
    return &report->base;
}

static void put_jsonl_finding(ta_report *base, const ta_finding *finding) {
    jsonl_report *report = (jsonl_report *)base;
    ta_line_finding(finding, &report->line);
    ta_buf_puts(&report->line, "\n");
    ta_report_put(base, &report->line);
}

static void end_jsonl_input(ta_report *base, const ta_summary *summary) {
    (void)summary;
    ta_sink_flush(base->sink);
}

static void close_jsonl_report(ta_report *base, const ta_summary *total, size_t inputs) {
    jsonl_report *report = (jsonl_report *)base;
    (void)total;
    (void)inputs;
    ta_buf_fini(&report->line);
    free(report);
}

const ta_report_form ta_report_jsonl = {
    .name = "jsonl",
    .summary = "the findings of json, one a line, without the summary",
    .report_new = open_jsonl_report,
    .finding = put_jsonl_finding,
    .input_end = end_jsonl_input,
    .close = close_jsonl_report,
};
