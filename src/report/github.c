/* SPDX-License-Identifier: MIT */
/*
 * GitHub's workflow commands: `::error file=F,line=L,col=C,title=CODE::message`. A run shows
 * ten of each level in a step; so a last line has the counts.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "report/put.h"
#include "report/uri.h"

enum { SHOWN_OF_LEVEL = 10 };

extern const ta_report_form ta_report_github;

typedef struct github_report {
    ta_report base; /* must be first */
    ta_buf line;
} github_report;

static ta_report *open_github_report(ta_sink *sink, const ta_report_options *options) {
    (void)options;
    github_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->base = (ta_report){&ta_report_github, sink};
    return &report->base;
}

/* Percent signs and line ends are escaped; in a property also what ends one. */
static void put_escaped(ta_buf *out, const char *text, bool property) {
    const char *special = property ? "%\r\n:," : "%\r\n";
    while (*text) {
        size_t run = strcspn(text, special);
        ta_buf_put(out, text, run);
        text += run;
        if (*text)
            ta_buf_printf(out, "%%%02X", (unsigned char)*text++);
    }
}

static void put_property(ta_buf *out, const char *name, const char *text) {
    ta_buf_printf(out, "%s=", name);
    put_escaped(out, text, true);
}

static void put_place_properties(ta_buf *out, const ta_place *place) {
    if (!place->file)
        return;
    put_property(out, "file", ta_uri_relative(place->file));
    if (place->from.line)
        ta_buf_printf(out, ",line=%" PRIu64 ",endLine=%" PRIu64 ",col=%" PRIu64,
                      place->from.line, place->to.line, place->from.column);
    if (place->from.line && place->from.line == place->to.line)
        ta_buf_printf(out, ",endColumn=%" PRIu64, place->to.column);
    ta_buf_puts(out, ",");
}

static const char *github_level(ta_level level) {
    return level == TA_ERROR ? "error" : level == TA_WARNING ? "warning" : "notice";
}

static void put_github_finding(ta_report *base, const ta_finding *finding) {
    github_report *report = (github_report *)base;
    ta_buf *line = &report->line, message = {0};
    ta_finding_message(finding, &message);
    ta_buf_printf(line, "::%s ", github_level(finding->level));
    put_place_properties(line, &finding->place);
    put_property(line, "title", ta_codes[finding->code].code);
    ta_buf_puts(line, "::");
    put_escaped(line, ta_buf_text(&message), false);
    if (finding->path && *finding->path) {
        ta_buf_puts(line, " at ");
        put_escaped(line, finding->path, false);
    }
    ta_buf_puts(line, "\n");
    line->failed |= message.failed;
    ta_buf_fini(&message);
    ta_report_put(base, line);
}

static void end_github_input(ta_report *base, const ta_summary *summary) {
    (void)base;
    (void)summary;
}

static void close_github_report(ta_report *base, const ta_summary *total, size_t inputs) {
    github_report *report = (github_report *)base;
    (void)inputs;
    if (total->errors > SHOWN_OF_LEVEL || total->warnings > SHOWN_OF_LEVEL ||
        total->notes > SHOWN_OF_LEVEL)
        ta_buf_printf(&report->line,
                      "::notice title=transalp::%" PRIu64 " errors, %" PRIu64
                      " warnings, %" PRIu64
                      " notes in all; the log has them, a step shows ten of each\n",
                      total->errors, total->warnings, total->notes);
    ta_report_put(base, &report->line);
    ta_buf_fini(&report->line);
    free(report);
}

const ta_report_form ta_report_github = {
    .name = "github",
    .summary = "annotations of GitHub Actions",
    .report_new = open_github_report,
    .finding = put_github_finding,
    .input_end = end_github_input,
    .close = close_github_report,
};
