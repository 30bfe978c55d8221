/* SPDX-License-Identifier: MIT */
/*
 * The text form, for people and for editors that jump to file:line:column. One finding a line;
 * on a terminal the line of the data follows.
 */
#include <stdlib.h>

#include "report/excerpt.h"
#include "report/groups.h"
#include "report/put.h"

typedef struct text_report {
    ta_report base; /* must be first */
    ta_report_options options;
    ta_groups groups;
    ta_buf line, message;
} text_report;

extern const ta_report_form ta_report_text;

static const char *const level_colours[] = {"\033[1;36m", "\033[1;35m", "\033[1;31m", ""};

static ta_report *open_text_report(ta_sink *sink, const ta_report_options *options) {
    text_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->base = (ta_report){&ta_report_text, sink};
    report->options = *options;
    report->groups.shown_max = options->shown_max ? options->shown_max : TA_REPORT_SHOWN;
    return &report->base;
}

static void put_paint(text_report *report, const char *colour) {
    if (report->options.colour)
        ta_buf_puts(&report->line, colour);
}

static inline void put_words(text_report *report, const char *before, const char *text) {
    ta_buf_puts(&report->line, before);
    ta_put_text(&report->line, text, strlen(text));
}

static inline void put_number(text_report *report, const char *before, uint64_t number) {
    ta_buf_puts(&report->line, before);
    ta_buf_put_count(&report->line, number);
}

static void put_place_and_level(text_report *report, const ta_place *place, ta_level level) {
    put_paint(report, "\033[1m");
    put_words(report, "", place->file ? place->file : "transalp");
    if (place->from.line)
        put_number(report, ":", place->from.line);
    if (place->from.line && place->from.column)
        put_number(report, ":", place->from.column);
    ta_buf_puts(&report->line, ": ");
    put_paint(report, level_colours[level]);
    ta_buf_puts(&report->line, ta_level_text(level));
    ta_buf_puts(&report->line, ":");
    put_paint(report, "\033[0m");
    ta_buf_puts(&report->line, " ");
}

static void put_message(text_report *report, const ta_finding *finding) {
    report->message.len = 0;
    ta_finding_message(finding, &report->message);
    ta_put_text(&report->line, ta_buf_text(&report->message), report->message.len);
    report->line.failed |= report->message.failed;
}

/* "[rule-sum: funding-total] at partners.2.country (row 12, column Pays)" */
static void put_code_and_path(text_report *report, const ta_finding *finding) {
    ta_buf_puts(&report->line, " [");
    ta_buf_puts(&report->line, ta_codes[finding->code].code);
    if (finding->rule_id)
        put_words(report, ": ", finding->rule_id);
    ta_buf_puts(&report->line, "]");
    if (finding->path && *finding->path)
        put_words(report, " at ", finding->path);
    if (finding->row) {
        put_number(report, " (row ", finding->row);
        if (finding->column)
            put_words(report, ", column ", finding->column);
        ta_buf_puts(&report->line, ")");
    }
    ta_buf_puts(&report->line, "\n");
}

static void put_related(text_report *report, const ta_related *related) {
    ta_buf_puts(&report->line, "  ");
    put_place_and_level(report, &related->place, TA_NOTE);
    put_words(report, "", related->label ? related->label : "here");
    ta_buf_puts(&report->line, "\n");
}

static void put_text_finding(ta_report *base, const ta_finding *finding) {
    text_report *report = (text_report *)base;
    if (!report->options.all && !ta_groups_admit(&report->groups, finding)) {
        if (report->groups.failed)
            ta_report_fail(base);
        return;
    }
    put_place_and_level(report, &finding->place, finding->level);
    put_message(report, finding);
    put_code_and_path(report, finding);
    if (report->options.excerpt)
        ta_excerpt_print(&finding->place,
                         report->options.colour ? level_colours[finding->level] : "",
                         &report->line);
    for (size_t i = 0; i < finding->related_count; i++)
        put_related(report, &finding->related[i]);
    ta_report_put(base, &report->line);
}

static uint64_t text_keeps(const ta_report *base, ta_code code) {
    const text_report *report = (const text_report *)base;
    (void)code;
    return report->options.all ? UINT64_MAX : ta_groups_keeps(&report->groups);
}

static void count_text_findings(ta_report *base, const ta_finding *like, uint64_t count) {
    text_report *report = (text_report *)base;
    ta_groups_count(&report->groups, like, count);
    if (report->groups.failed)
        ta_report_fail(base);
}

/* Flushed, so that what follows on another stream stands after it on a terminal. */
static void end_text_input(ta_report *base, const ta_summary *summary) {
    text_report *report = (text_report *)base;
    ta_groups_tell(&report->groups, summary ? summary->file : NULL, &report->line);
    ta_report_put(base, &report->line);
    ta_buf_fini(&report->message);
    ta_sink_flush(base->sink);
}

static void close_text_report(ta_report *base, const ta_summary *total, size_t inputs) {
    text_report *report = (text_report *)base;
    (void)total;
    (void)inputs;
    end_text_input(base, NULL);
    ta_groups_fini(&report->groups);
    ta_buf_fini(&report->line);
    free(report);
}

const ta_report_form ta_report_text = {
    .name = "text",
    .summary = "one line per finding, as compilers write them",
    .report_new = open_text_report,
    .finding = put_text_finding,
    .keeps = text_keeps,
    .more = count_text_findings,
    .input_end = end_text_input,
    .close = close_text_report,
};
