/* SPDX-License-Identifier: MIT */
#include "flow/hub.h"

#include <stdio.h>
#include <unistd.h>

#include "flow/baseline.h"

/* Whose reports are written. */
static const ta_hub *shown_hub(const ta_hub *hub) {
    return hub->job->above ? hub->job->above : hub;
}

static void hub_put(void *to, const ta_finding *finding) {
    ta_hub *hub = to;
    if (hub->aside.finding)
        hub->aside.finding(hub->aside.to, finding);
    if (hub->outlet) {
        hub->outlet->finding(hub->outlet->to, finding);
    } else {
        const ta_hub *shown = shown_hub(hub);
        for (size_t i = 0; i < shown->count; i++)
            shown->reports[i]->form->finding(shown->reports[i], finding);
    }
    if (finding->kin)
        ta_echoes_note(&hub->echoes, finding, ta_hub_keeps(hub, finding->code));
}

/* Who hears findings aside hears all of them. */
static bool hear_echo(void *to, uint64_t kin) {
    ta_hub *hub = to;
    return !hub->aside.finding && ta_echoes_hear(&hub->echoes, kin);
}

bool ta_hub_is_echo(ta_hub *hub, const ta_finding *finding) {
    if (!finding->kin || !hub->finder.echoes || !hear_echo(hub, finding->kin))
        return false;
    ta_finder_count(&hub->finder, finding->level, 1);
    return true;
}

bool ta_hub_shows_lines(const ta_hub *hub) {
    const ta_hub *shown = shown_hub(hub);
    bool shows = shown->job->report.excerpt;
    for (size_t i = 0; i < shown->count; i++)
        shows |= shown->reports[i]->form->shows_lines;
    return shows;
}

bool ta_hub_has_enough(const ta_hub *hub) {
    const ta_hub *shown = shown_hub(hub);
    for (size_t i = 0; i < shown->count; i++)
        if (!shown->reports[i]->form->keeps)
            return false;
    return !hub->job->baseline;
}

uint64_t ta_hub_keeps(const ta_hub *hub, ta_code code) {
    if (hub->outlet)
        return hub->outlet->keeps ? hub->outlet->keeps(hub->outlet->to, code) : UINT64_MAX;
    const ta_hub *shown = shown_hub(hub);
    uint64_t most = 0;
    for (size_t i = 0; i < shown->count; i++) {
        const ta_report *report = shown->reports[i];
        uint64_t keeps = report->form->keeps ? report->form->keeps(report, code) : UINT64_MAX;
        most = keeps > most ? keeps : most;
    }
    return most;
}

static void tell_more(void *to, const ta_finding *like, uint64_t count) {
    const ta_hub *hub = to, *shown = shown_hub(hub);
    if (hub->outlet) {
        hub->outlet->more(hub->outlet->to, like, count);
        return;
    }
    for (size_t i = 0; i < shown->count; i++)
        shown->reports[i]->form->more(shown->reports[i], like, count);
}

void ta_hub_more(ta_hub *hub, const ta_finding *like, uint64_t count) {
    ta_finder_count(&hub->finder, like->level, count);
    tell_more(hub, like, count);
}

void ta_hub_tell_echoes(ta_hub *hub) {
    ta_echoes_tell(&hub->echoes, tell_more, hub);
}

/* Whether `wish` names the code itself or its family, the code's first word. */
bool ta_level_wish_covers(const char *wish, const char *code) {
    size_t len = strlen(wish);
    return !strncmp(wish, code, len) && (!code[len] || code[len] == '-');
}

bool ta_level_wish_is_known(const char *code_or_family) {
    for (int i = 0; i < TA_CODE_COUNT; i++)
        if (*code_or_family && ta_level_wish_covers(code_or_family, ta_codes[i].code))
            return true;
    return false;
}

static void set_level(ta_finder *finder, const char *wish, ta_level level) {
    for (int i = 0; i < TA_CODE_COUNT; i++)
        if (ta_level_wish_covers(wish, ta_codes[i].code))
            finder->levels[i] = level;
}

static void set_levels(ta_finder *finder, const ta_job *job) {
    if (job->strict) {
        set_level(finder, "loss", TA_ERROR);
        set_level(finder, "lint", TA_ERROR);
        set_level(finder, "skipped", TA_ERROR);
    }
    for (size_t i = 0; i < job->level_count; i++)
        set_level(finder, job->levels[i].code, job->levels[i].level);
}

static void say_report_fault(void *to, const ta_finding *finding) {
    (void)to;
    fprintf(stderr, "transalp: cannot write the report %s: %s\n", finding->name,
            finding->found);
}

/* A file is put in its place when the report is whole. */
static ta_status open_report_output(ta_hub *hub, ta_output *output, const char *file) {
    bool beside = hub->job->writes || hub->job->prints;
    return file ? ta_output_open(output, file, &hub->faults)
                : ta_output_open_stream(output, beside ? STDERR_FILENO : STDOUT_FILENO,
                                        &hub->faults);
}

static bool open_report(ta_hub *hub, const ta_report_form *form, const char *file) {
    ta_output *output = &hub->outputs[hub->count];
    ta_report_options options = hub->job->report;
    if (file)
        options.colour = options.excerpt = false;
    ta_status status = open_report_output(hub, output, file);
    ta_report *report = status == TA_OK ? form->report_new(&output->sink, &options) : NULL;
    if (report) {
        hub->reports[hub->count++] = report;
        return true;
    }
    if (status != TA_ERR_IO)
        fprintf(stderr, "transalp: out of memory\n");
    ta_status closed = ta_output_close(output, false);
    (void)closed; /* that it failed is said already */
    return false;
}

static bool open_ledger(ta_hub *hub) {
    ta_status status = ta_output_open(&hub->ledger, hub->job->ledger, &hub->faults);
    hub->ledger_open = status == TA_OK;
    if (status == TA_ERR_NOMEM)
        fprintf(stderr, "transalp: out of memory\n");
    if (status != TA_OK)
        (void)!ta_output_close(&hub->ledger, false); /* that it failed is said already */
    return hub->ledger_open;
}

static void put_outcome(ta_hub *hub, const ta_outcome *outcome) {
    ta_buf line = {0};
    ta_outcome_print(outcome, &line);
    ta_sink_put(&hub->ledger.sink, ta_buf_text(&line), line.len);
    if (line.failed)
        ta_hub_status(hub, TA_ERR_NOMEM);
    ta_buf_fini(&line);
    hub->told++;
}

/* The inputs before this one of which nothing was told: they were not read. NULL: all. */
static void put_unread(ta_hub *hub, const char *input) {
    const ta_job *job = hub->job;
    while (hub->told < job->input_count && job->inputs[hub->told] != input) {
        put_outcome(hub, &(ta_outcome){.input = job->inputs[hub->told],
                                       .output = ta_job_target(job, hub->told),
                                       .schema = job->schema,
                                       .read = TA_READ_NONE});
    }
}

void ta_hub_outcome(ta_hub *hub, const ta_outcome *outcome) {
    ta_hub *shown = hub->job->above ? hub->job->above : hub;
    if (hub->outlet) {
        hub->outlet->outcome(hub->outlet->to, outcome);
        return;
    }
    if (!shown->ledger_open)
        return;
    put_unread(shown, outcome->input);
    put_outcome(shown, outcome);
}

static void close_ledger(ta_hub *hub) {
    if (!hub->ledger_open || !hub->job)
        return;
    put_unread(hub, NULL);
    hub->could_not_run |= ta_output_close(&hub->ledger, true) != TA_OK;
    hub->ledger_open = false;
}

void ta_hub_open_outlet(ta_hub *hub, const ta_job *job, const ta_outlet *outlet) {
    memset(hub, 0, sizeof *hub);
    hub->job = job;
    hub->outlet = outlet;
    ta_finder_init(&hub->finder, hub_put, hub);
    ta_finder_init(&hub->faults, say_report_fault, NULL);
    set_levels(&hub->finder, job);
    if (job->baseline) {
        hub->finder.knows = ta_baseline_knows;
        hub->finder.knows_to = job->baseline;
    }
    hub->finder.echoes = outlet && outlet->keeps ? hear_echo : NULL;
    hub->finder.lineless = outlet && outlet->lineless;
}

void ta_hub_rewind(ta_hub *hub) {
    ta_finder *finder = &hub->finder;
    finder->errors = finder->warnings = finder->notes = finder->known = 0;
    hub->could_not_run = hub->cut_short = hub->differs = false;
}

/* What the reports, which are open, have no use for is not made. */
static void spare_work(ta_hub *hub) {
    hub->finder.echoes = ta_hub_has_enough(hub) ? hear_echo : NULL;
    hub->finder.lineless = !ta_hub_shows_lines(hub);
}

bool ta_hub_open(ta_hub *hub, const ta_job *job) {
    ta_hub_open_outlet(hub, job, NULL);
    hub->could_not_run = job->inputs_lack;
    if (job->above) {
        spare_work(hub);
        return true;
    }
    if (job->ledger && !open_ledger(hub))
        return false;
    bool to_stream = false;
    for (size_t i = 0; i < job->report_count; i++) {
        to_stream |= !job->reports[i].file;
        if (!open_report(hub, job->reports[i].form, job->reports[i].file))
            return false;
    }
    if (!to_stream && !open_report(hub, ta_report_find("text"), NULL))
        return false;
    spare_work(hub);
    return true;
}

void ta_hub_status(ta_hub *hub, ta_status status) {
    if (hub->finder.no_memory)
        status = TA_ERR_NOMEM;
    hub->finder.no_memory = false;
    if (status == TA_ERR_NOMEM)
        ta_find(&hub->finder, &(ta_finding){.code = TA_F_IO_MEMORY});
    if (status == TA_ERR_IO || status == TA_ERR_NOMEM || status == TA_ERR_USAGE)
        hub->could_not_run = true;
}

static void add_summary(ta_summary *total, const ta_summary *part) {
    total->records += part->records;
    total->errors += part->errors;
    total->warnings += part->warnings;
    total->notes += part->notes;
    total->rules += part->rules;
    total->skipped += part->skipped;
    total->schema = part->schema;
}

void ta_hub_say(ta_hub *hub, const char *line) {
    if (hub->outlet)
        hub->outlet->say(hub->outlet->to, line);
    else if (!hub->job->quiet)
        fprintf(stderr, "%s\n", line);
}

bool ta_hub_print(ta_hub *hub, const char *data, size_t len) {
    ta_hub *shown = hub->job->above ? hub->job->above : hub;
    if (hub->outlet)
        return hub->outlet->print(hub->outlet->to, data, len);
    if (!shown->printing)
        ta_hub_status(shown,
                      ta_output_open_stream(&shown->prints, STDOUT_FILENO, &shown->finder));
    shown->printing = true;
    if (shown->prints.sink.status == TA_OK)
        ta_sink_put(&shown->prints.sink, data, len);
    return shown->prints.sink.status == TA_OK;
}

void ta_hub_input_end(ta_hub *hub, const ta_summary *summary) {
    ta_hub_tell_echoes(hub);
    if (hub->outlet) {
        hub->outlet->input_end(hub->outlet->to, summary);
        return;
    }
    if (hub->job->above) {
        ta_hub_input_end(hub->job->above, summary);
        return;
    }
    for (size_t i = 0; i < hub->count; i++) {
        hub->reports[i]->form->input_end(hub->reports[i], summary);
        if (hub->outputs[i].fd < 0)
            ta_sink_flush(&hub->outputs[i].sink);
    }
    if (hub->printing)
        (void)ta_sink_flush(&hub->prints.sink); /* that it failed is said at the end */
    add_summary(&hub->total, summary);
    hub->inputs++;
    if (hub->job->quiet)
        return;
    ta_buf line = {0};
    ta_summary_print(summary, &line);
    ta_hub_say(hub, ta_buf_text(&line));
    if (line.failed || summary->lacks == ta_buf_lost)
        ta_hub_status(hub, TA_ERR_NOMEM);
    ta_buf_fini(&line);
}

/* A report that could not be written to its last byte is a failure; a closed pipe is none. */
static void close_report(ta_hub *hub, size_t i) {
    ta_status status = ta_output_close(&hub->outputs[i], true);
    if (status == TA_ERR_NOMEM)
        fprintf(stderr, "transalp: cannot write the report %s: out of memory\n",
                hub->outputs[i].name);
    hub->could_not_run |= status != TA_OK;
}

bool ta_hub_is_clean(const ta_hub *hub) {
    return !hub->could_not_run && !hub->cut_short && !hub->differs && !hub->finder.errors;
}

ta_status ta_hub_watch(ta_hub *hub, const ta_shape *shape, ta_stage **chain) {
    if (hub->outlet)
        return hub->outlet->watch(hub->outlet->to, shape, chain);
    const ta_hub *shown = hub->job->above ? hub->job->above : hub;
    for (size_t i = 0; shape && i < shown->count; i++) {
        ta_report *report = shown->reports[i];
        if (!report->form->watch)
            continue;
        ta_status status = ta_stage_prepend(report->form->watch(report, shape), chain);
        if (status != TA_OK)
            return status;
    }
    return TA_OK;
}

/* Into the hub whose reports it wrote. */
static int close_below(ta_hub *hub) {
    ta_hub *above = hub->job->above;
    above->finder.errors += hub->finder.errors;
    above->finder.warnings += hub->finder.warnings;
    above->finder.notes += hub->finder.notes;
    above->finder.known += hub->finder.known;
    above->could_not_run |= hub->could_not_run;
    above->cut_short |= hub->cut_short;
    above->differs |= hub->differs;
    return hub->could_not_run ? 2 : ta_hub_is_clean(hub) ? 0 : 1;
}

int ta_hub_close(ta_hub *hub) {
    if (hub->job)
        ta_hub_tell_echoes(hub);
    ta_echoes_fini(&hub->echoes);
    if (hub->job && hub->job->above)
        return close_below(hub);
    if (hub->printing)
        ta_hub_status(hub, ta_output_close(&hub->prints, true));
    hub->total.errors = hub->finder.errors;
    hub->total.warnings = hub->finder.warnings;
    hub->total.notes = hub->finder.notes;
    hub->total.status = hub->could_not_run ? TA_ERR_USAGE : TA_OK;
    for (size_t i = 0; i < hub->count; i++) {
        hub->reports[i]->form->close(hub->reports[i], &hub->total, hub->inputs);
        close_report(hub, i);
    }
    hub->count = 0;
    close_ledger(hub);
    if (hub->could_not_run)
        return 2;
    return ta_hub_is_clean(hub) ? 0 : 1;
}
