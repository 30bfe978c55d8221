/* SPDX-License-Identifier: MIT */
#include "flow/hub.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void hub_put(void *to, const ta_finding *finding) {
    ta_hub *hub = to;
    for (size_t i = 0; i < hub->count; i++)
        hub->reports[i]->form->finding(hub->reports[i], finding);
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

static bool open_report(ta_hub *hub, const ta_report_form *form, const char *file) {
    size_t i = hub->count;
    int fd = hub->job->writes || hub->job->prints ? STDERR_FILENO : STDOUT_FILENO;
    hub->fds[i] = -1;
    if (file) {
        fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (fd < 0) {
            fprintf(stderr, "transalp: cannot write the report %s: %s\n", file,
                    strerror(errno));
            return false;
        }
        hub->fds[i] = fd;
    }
    ta_report_options options = hub->job->report;
    if (file)
        options.colour = options.excerpt = false;
    hub->reports[i] = NULL;
    if (ta_sink_open(&hub->sinks[i], fd) == TA_OK)
        hub->reports[i] = form->report_new(&hub->sinks[i], &options);
    if (!hub->reports[i])
        ta_sink_fini(&hub->sinks[i]);
    if (!hub->reports[i] && file)
        close(fd);
    if (!hub->reports[i])
        fprintf(stderr, "transalp: out of memory\n");
    hub->count += hub->reports[i] != NULL;
    return hub->reports[i];
}

bool ta_hub_open(ta_hub *hub, const ta_job *job) {
    memset(hub, 0, sizeof *hub);
    hub->job = job;
    ta_finder_init(&hub->finder, hub_put, hub);
    set_levels(&hub->finder, job);
    bool to_stream = false;
    for (size_t i = 0; i < job->report_count; i++) {
        to_stream |= !job->reports[i].file;
        if (!open_report(hub, job->reports[i].form, job->reports[i].file))
            return false;
    }
    return to_stream || open_report(hub, ta_report_find("text"), NULL);
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

void ta_hub_input_end(ta_hub *hub, const ta_summary *summary) {
    for (size_t i = 0; i < hub->count; i++) {
        hub->reports[i]->form->input_end(hub->reports[i], summary);
        if (hub->fds[i] < 0)
            ta_sink_flush(&hub->sinks[i]);
    }
    add_summary(&hub->total, summary);
    hub->inputs++;
    if (hub->job->quiet)
        return;
    ta_buf line = {0};
    ta_summary_print(summary, &line);
    ta_buf_puts(&line, "\n");
    fputs(ta_buf_text(&line), stderr);
    if (line.failed || summary->lacks == ta_buf_lost)
        ta_hub_status(hub, TA_ERR_NOMEM);
    ta_buf_fini(&line);
}

/* A report that could not be written to its last byte is a failure; a closed pipe is none. */
static void close_report(ta_hub *hub, size_t i) {
    ta_status status = ta_sink_close(&hub->sinks[i]);
    int error = hub->sinks[i].error;
    if (hub->fds[i] >= 0 && close(hub->fds[i]) && status == TA_OK) {
        status = TA_ERR_IO;
        error = errno;
    }
    if (status != TA_OK && status != TA_STOP) {
        hub->could_not_run = true;
        fprintf(stderr, "transalp: cannot write the report: %s\n",
                status == TA_ERR_NOMEM ? "out of memory" : strerror(error));
    }
    ta_sink_fini(&hub->sinks[i]);
}

bool ta_hub_is_clean(const ta_hub *hub) {
    return !hub->could_not_run && !hub->cut_short && !hub->finder.errors;
}

int ta_hub_close(ta_hub *hub) {
    hub->total.errors = hub->finder.errors;
    hub->total.warnings = hub->finder.warnings;
    hub->total.notes = hub->finder.notes;
    hub->total.status = hub->could_not_run ? TA_ERR_USAGE : TA_OK;
    for (size_t i = 0; i < hub->count; i++) {
        hub->reports[i]->form->close(hub->reports[i], &hub->total, hub->inputs);
        close_report(hub, i);
    }
    hub->count = 0;
    if (hub->could_not_run)
        return 2;
    return ta_hub_is_clean(hub) ? 0 : 1;
}
