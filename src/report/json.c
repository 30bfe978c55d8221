/* SPDX-License-Identifier: MIT */
/*
 * The JSON form: {"version", "findings", "summary"}, streamed, one finding a line. The envelope
 * is written here, each object through object.c. Of the inputs only their summaries are kept
 * until the end.
 */
#include <inttypes.h>
#include <stdlib.h>

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

static void set_place(ta_object *object, const ta_place *place) {
    ta_object_text(object, "file", place->file);
    ta_object_number_if(object, "line", place->from.line);
    ta_object_number_if(object, "column", place->from.column);
}

static void set_related(ta_object *object, const ta_finding *finding) {
    for (size_t i = 0; i < finding->related_count; i++) {
        ta_object related = ta_object_item(object, "related");
        set_place(&related, &finding->related[i].place);
        ta_object_text(&related, "label", finding->related[i].label);
    }
}

bool ta_object_finding(const ta_finding *finding, ta_buf *out) {
    ta_object object = ta_object_new();
    const ta_place *place = &finding->place;
    ta_object_text(&object, "code", ta_codes[finding->code].code);
    ta_object_text(&object, "level", ta_level_text(finding->level));
    set_place(&object, place);
    ta_object_number_if(&object, "end_line", place->from.line ? place->to.line : 0);
    ta_object_number_if(&object, "end_column", place->from.line ? place->to.column : 0);
    ta_object_number_if(&object, "record", finding->record_no);
    ta_object_text(&object, "path", finding->path);
    ta_object_text(&object, "pointer", finding->pointer);
    ta_object_message(&object, "message", finding);
    ta_object_text(&object, "expected", finding->expected);
    ta_object_text(&object, "found", finding->found);
    ta_object_text(&object, "fix", finding->fixed);
    ta_object_number_if(&object, "count", finding->count);
    if (finding->personal)
        ta_object_flag(&object, "personal", true);
    set_related(&object, finding);
    ta_object_text(&object, "rule", finding->rule_id);
    ta_object_text(&object, "record_key", finding->record_key);
    ta_object_number_if(&object, "row", finding->row);
    ta_object_text(&object, "csv_column", finding->column);
    return ta_object_finish(&object, out);
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
    if (!ta_object_finding(finding, &report->line))
        ta_report_fail(base);
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
