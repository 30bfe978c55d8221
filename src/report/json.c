/* SPDX-License-Identifier: MIT */
/*
 * The JSON form: {"version", "findings", "summary"}, streamed, one finding a line. The envelope
 * is written here, findings straight, summaries as objects. Of the inputs only these are
 * kept until the end.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "report/line.h"
#include "report/object.h"
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

static void put_place_members(ta_line *line, const ta_place *place) {
    ta_line_text(line, "file", place->file);
    ta_line_number_if(line, "line", place->from.line);
    ta_line_number_if(line, "column", place->from.column);
}

static void put_related_members(ta_line *line, const ta_finding *finding) {
    if (!finding->related_count)
        return;
    ta_line_open(line, "related", "[");
    for (size_t i = 0; i < finding->related_count; i++) {
        ta_line_open(line, NULL, "{");
        put_place_members(line, &finding->related[i].place);
        ta_line_text(line, "label", finding->related[i].label);
        ta_line_close(line, "}");
    }
    ta_line_close(line, "]");
}

void ta_line_finding(const ta_finding *finding, ta_buf *out) {
    ta_line line = {.out = out};
    const ta_place *place = &finding->place;
    ta_line_open(&line, NULL, "{");
    ta_line_text(&line, "code", ta_codes[finding->code].code);
    ta_line_text(&line, "level", ta_level_text(finding->level));
    put_place_members(&line, place);
    ta_line_number_if(&line, "end_line", place->from.line ? place->to.line : 0);
    ta_line_number_if(&line, "end_column", place->from.line ? place->to.column : 0);
    ta_line_number_if(&line, "record", finding->record_no);
    ta_line_text(&line, "path", finding->path);
    ta_line_text(&line, "pointer", finding->pointer);
    ta_line_message(&line, "message", finding);
    ta_line_text(&line, "expected", finding->expected);
    ta_line_text(&line, "found", finding->found);
    ta_line_text(&line, "fix", finding->fixed);
    ta_line_number_if(&line, "count", finding->count);
    ta_line_true_if(&line, "personal", finding->personal);
    put_related_members(&line, finding);
    ta_line_text(&line, "rule", finding->rule_id);
    ta_line_text(&line, "record_key", finding->record_key);
    ta_line_number_if(&line, "row", finding->row);
    ta_line_text(&line, "csv_column", finding->column);
    ta_line_close(&line, "}");
}

static bool write_json_summary(const ta_summary *summary, ta_buf *out) {
    ta_object object = ta_object_new();
    ta_object_text(&object, "file", summary->file);
    ta_object_number(&object, "records", summary->records);
    ta_object_number(&object, "errors", summary->errors);
    ta_object_number(&object, "warnings", summary->warnings);
    ta_object_number(&object, "notes", summary->notes);
    ta_object_number(&object, "rules", summary->rules);
    ta_object_number(&object, "skipped", summary->skipped);
    ta_object_text(&object, "schema", summary->schema);
    if (summary->normalized) {
        ta_object_number(&object, "values_seen", summary->seen);
        ta_object_number(&object, "values_unchanged", summary->unchanged);
        ta_object_number(&object, "values_changed", summary->changed);
        ta_object_number(&object, "values_refused", summary->refused);
    }
    return ta_object_finish(&object, out);
}

static void put_json_finding(ta_report *base, const ta_finding *finding) {
    json_report *report = (json_report *)base;
    begin_envelope(report);
    ta_buf_puts(&report->line, report->has_findings ? ",\n" : "\n");
    report->has_findings = true;
    ta_line_finding(finding, &report->line);
    ta_report_put(base, &report->line);
}

static void end_json_input(ta_report *base, const ta_summary *summary) {
    json_report *report = (json_report *)base;
    ta_buf_puts(&report->files, report->files.len ? ",\n" : "\n");
    if (!write_json_summary(summary, &report->files))
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
