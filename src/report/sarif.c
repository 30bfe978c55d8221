/* SPDX-License-Identifier: MIT */
/*
 * SARIF 2.1.0 (OASIS), for code scanning. Results stream, one a line; the rules that occurred
 * follow them. GitHub takes at most 25,000 results of a run: past that they are counted, and a
 * notification says so.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/fingerprint.h"
#include "report/object.h"
#include "report/put.h"
#include "report/uri.h"

enum { RESULTS_MAX = 25000 };

extern const ta_report_form ta_report_sarif;

typedef struct sarif_report {
    ta_report base; /* must be first */
    ta_buf line, uri;
    ta_fingerprints fingerprints;
    uint64_t results, left_out;
    size_t rule_count;
    ta_code rules[TA_CODE_COUNT];  /* that occurred, in that order */
    size_t numbers[TA_CODE_COUNT]; /* of a code among them, from 1; 0: none */
    bool begun;
} sarif_report;

static ta_report *open_sarif_report(ta_sink *sink, const ta_report_options *options) {
    (void)options;
    sarif_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->base = (ta_report){&ta_report_sarif, sink};
    return &report->base;
}

static void begin_sarif(sarif_report *report) {
    if (!report->begun)
        ta_buf_puts(&report->line,
                    "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
                    "\"version\": \"2.1.0\",\n"
                    "\"runs\": [{\"columnKind\": \"unicodeCodePoints\",\n"
                    "\"results\": [");
    report->begun = true;
}

static const char *sarif_level(ta_level level) {
    return level == TA_ERROR ? "error" : level == TA_WARNING ? "warning" : "note";
}

static void set_artifact(sarif_report *report, ta_object *around, const char *file) {
    ta_object artifact = ta_object_inside(around, "artifactLocation");
    report->uri.len = 0;
    ta_uri_put_file(&report->uri, file);
    ta_object_text(&artifact, "uri", ta_buf_text(&report->uri));
}

static void set_region(ta_object *around, const char *name, const ta_place *place) {
    ta_object region = ta_object_inside(around, name);
    ta_object_number(&region, "startLine", place->from.line);
    ta_object_number(&region, "startColumn", place->from.column);
    ta_object_number(&region, "endLine", place->to.line);
    ta_object_number(&region, "endColumn", place->to.column);
}

static void set_physical(sarif_report *report, ta_object *location, const ta_place *place) {
    ta_object physical = ta_object_inside(location, "physicalLocation");
    set_artifact(report, &physical, place->file);
    if (place->from.line)
        set_region(&physical, "region", place);
}

static void set_logical(ta_object *location, const ta_finding *finding) {
    if (!finding->path || !*finding->path)
        return;
    ta_object logical = ta_object_item(location, "logicalLocations");
    ta_object_text(&logical, "fullyQualifiedName", finding->path);
    ta_object_text(&logical, "kind", "member");
}

static void set_related_locations(sarif_report *report, ta_object *result,
                                  const ta_finding *finding) {
    for (size_t i = 0; i < finding->related_count; i++) {
        ta_object location = ta_object_item(result, "relatedLocations");
        ta_object_number(&location, "id", i + 1);
        set_physical(report, &location, &finding->related[i].place);
        ta_object message = ta_object_inside(&location, "message");
        ta_object_text(&message, "text", finding->related[i].label);
    }
}

/* What to write in the place, where that is certain. */
static void set_fix(sarif_report *report, ta_object *result, const ta_finding *finding) {
    if (!finding->fixed || !finding->place.file || !finding->place.from.line)
        return;
    ta_buf words = {0};
    ta_object fix = ta_object_item(result, "fixes");
    ta_object description = ta_object_inside(&fix, "description");
    ta_buf_printf(&words, "write %s", finding->fixed);
    ta_object_text(&description, "text", ta_buf_text(&words));
    ta_object change = ta_object_item(&fix, "artifactChanges");
    set_artifact(report, &change, finding->place.file);
    ta_object replacement = ta_object_item(&change, "replacements");
    set_region(&replacement, "deletedRegion", &finding->place);
    ta_object inserted = ta_object_inside(&replacement, "insertedContent");
    ta_object_text(&inserted, "text", finding->fixed);
    report->line.failed |= words.failed;
    ta_buf_fini(&words);
}

static void set_properties(ta_object *result, const ta_finding *finding) {
    ta_object properties = ta_object_inside(result, "properties");
    ta_object_text(&properties, "rule", finding->rule_id);
    ta_object_number_if(&properties, "record", finding->record_no);
    ta_object_text(&properties, "recordKey", finding->record_key);
    ta_object_text(&properties, "column", finding->column);
    ta_object_text(&properties, "expected", finding->expected);
    ta_object_text(&properties, "found", finding->found);
}

static bool write_result(sarif_report *report, const ta_finding *finding) {
    char fingerprint[TA_FINGERPRINT_TEXT];
    bool good = ta_fingerprint_print(&report->fingerprints, finding, fingerprint);
    ta_object result = ta_object_new();
    ta_object_text(&result, "ruleId", ta_codes[finding->code].code);
    ta_object_number(&result, "ruleIndex", report->numbers[finding->code] - 1);
    ta_object_text(&result, "level", sarif_level(finding->level));
    ta_object message = ta_object_inside(&result, "message");
    ta_object_message(&message, "text", finding);
    if (finding->place.file) {
        ta_object location = ta_object_item(&result, "locations");
        set_physical(report, &location, &finding->place);
        set_logical(&location, finding);
    }
    set_related_locations(report, &result, finding);
    ta_object fingerprints = ta_object_inside(&result, "partialFingerprints");
    ta_object_text(&fingerprints, "transalp/v1", fingerprint);
    set_fix(report, &result, finding);
    set_properties(&result, finding);
    return ta_object_finish(&result, &report->line) && good;
}

static void put_sarif_finding(ta_report *base, const ta_finding *finding) {
    sarif_report *report = (sarif_report *)base;
    if (!report->numbers[finding->code]) {
        report->rules[report->rule_count++] = finding->code;
        report->numbers[finding->code] = report->rule_count;
    }
    if (report->results == RESULTS_MAX) {
        report->left_out++;
        return;
    }
    begin_sarif(report);
    ta_buf_puts(&report->line, report->results++ ? ",\n" : "\n");
    if (!write_result(report, finding))
        ta_report_fail(base);
    ta_report_put(base, &report->line);
}

static uint64_t sarif_keeps(const ta_report *base, ta_code code) {
    const sarif_report *report = (const sarif_report *)base;
    (void)code;
    return report->results < RESULTS_MAX ? UINT64_MAX : 0;
}

static void count_sarif_findings(ta_report *base, const ta_finding *like, uint64_t count) {
    sarif_report *report = (sarif_report *)base;
    (void)like;
    report->left_out += count;
}

static void end_sarif_input(ta_report *base, const ta_summary *summary) {
    (void)base;
    (void)summary;
}

/* The reason, and what causes it, as a block of code. */
static bool set_help_markdown(ta_object *help, const ta_code_row *row) {
    ta_buf words = {0};
    ta_buf_puts(&words, row->why);
    for (const char *at = row->example; at && *at; at += *at == '\n') {
        size_t len = strcspn(at, "\n");
        ta_buf_printf(&words, "%s%.*s",
                      at == row->example ? "\n\nFor instance:\n\n    " : "\n    ", (int)len,
                      at);
        at += len;
    }
    ta_object_text(help, "markdown", ta_buf_text(&words));
    bool good = !words.failed;
    ta_buf_fini(&words);
    return good;
}

static bool write_rule(ta_code code, ta_buf *out) {
    const ta_code_row *row = &ta_codes[code];
    ta_object rule = ta_object_new();
    ta_object_text(&rule, "id", row->code);
    ta_object brief = ta_object_inside(&rule, "shortDescription");
    ta_object_text(&brief, "text", row->code);
    ta_object full = ta_object_inside(&rule, "fullDescription");
    ta_object_text(&full, "text", row->why);
    ta_object help = ta_object_inside(&rule, "help");
    ta_object_text(&help, "text", row->why);
    bool good = set_help_markdown(&help, row);
    ta_object usual = ta_object_inside(&rule, "defaultConfiguration");
    ta_object_text(&usual, "level", sarif_level(row->level));
    return ta_object_finish(&rule, out) && good;
}

/* The tool with the rules that occurred. */
static void put_tool(sarif_report *report) {
    ta_buf *line = &report->line;
    ta_buf_printf(line,
                  "%s],\n\"tool\": {\"driver\": {\"name\": \"transalp\", \"semanticVersion\": "
                  "\"%s\",\n\"rules\": [",
                  report->results ? "\n" : "", ta_version());
    for (size_t i = 0; i < report->rule_count; i++) {
        ta_buf_puts(line, i ? ",\n" : "\n");
        if (!write_rule(report->rules[i], line))
            ta_report_fail(&report->base);
    }
    ta_buf_printf(line, "%s]}},\n", report->rule_count ? "\n" : "");
}

static void put_invocation(sarif_report *report, const ta_summary *total) {
    ta_object invocation = ta_object_new();
    bool ran = total->status == TA_OK || total->status == TA_ERR_INPUT;
    ta_object_flag(&invocation, "executionSuccessful", ran);
    if (report->left_out) {
        char words[128];
        snprintf(words, sizeof words,
                 "%" PRIu64 " more findings were left out: code scanning takes %d",
                 report->left_out, RESULTS_MAX);
        ta_object told = ta_object_item(&invocation, "toolExecutionNotifications");
        ta_object_text(&told, "level", "warning");
        ta_object message = ta_object_inside(&told, "message");
        ta_object_text(&message, "text", words);
    }
    ta_buf_puts(&report->line, "\"invocations\": [");
    if (!ta_object_finish(&invocation, &report->line))
        ta_report_fail(&report->base);
    ta_buf_puts(&report->line, "]}]}\n");
}

static void close_sarif_report(ta_report *base, const ta_summary *total, size_t inputs) {
    sarif_report *report = (sarif_report *)base;
    (void)inputs;
    begin_sarif(report);
    put_tool(report);
    put_invocation(report, total);
    if (report->uri.failed)
        ta_report_fail(base);
    ta_report_put(base, &report->line);
    ta_buf_fini(&report->line);
    ta_buf_fini(&report->uri);
    ta_fingerprints_fini(&report->fingerprints);
    free(report);
}

const ta_report_form ta_report_sarif = {
    .name = "sarif",
    .summary = "SARIF 2.1.0, for code scanning",
    .report_new = open_sarif_report,
    .finding = put_sarif_finding,
    .keeps = sarif_keeps,
    .more = count_sarif_findings,
    .input_end = end_sarif_input,
    .close = close_sarif_report,
};
