/* SPDX-License-Identifier: MIT */
/*
 * The run of a job: schema and rules first, then, where the output's columns must be found
 * out, a first pass over the inputs, then every input through check and writer.
 */
#include "flow/job.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "flow/checks.h"
#include "flow/envelope.h"
#include "flow/hub.h"
#include "flow/input.h"
#include "flow/join.h"
#include "flow/load.h"
#include "flow/output.h"
#include "flow/spool.h"

typedef struct run {
    const ta_job *job;
    ta_hub hub;
    ta_keys keys;
    ta_library library;
    ta_checks checks;
    ta_arena arena;
    ta_path records;
    ta_read_options read;
    ta_envelope envelope;
    const ta_format *to;
    ta_write_options write;
    ta_writing writing;
    ta_output output;
    bool output_open;
    ta_stage *chain, *join, *survey;
    int *spooled; /* per input: a descriptor, or -1 */
    struct timespec progress_last;
    bool progress_shown;
} run;

void ta_job_init(ta_job *job) {
    memset(job, 0, sizeof *job);
    job->report.shown_max = TA_REPORT_SHOWN;
    job->record_max = TA_RECORD_BYTES_MAX;
}

/* After a second, and then ten times a second, how far the reading has come. */
static void show_progress(void *to, const ta_source *source) {
    run *r = to;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double since = (double)(now.tv_sec - r->progress_last.tv_sec) +
                   (double)(now.tv_nsec - r->progress_last.tv_nsec) / 1e9;
    if (since < (r->progress_shown ? 0.1 : 1.0))
        return;
    r->progress_last = now;
    r->progress_shown = true;
    unsigned long long done = source->raw_bytes / 1000000, all = source->size / 1000000;
    if (source->size)
        fprintf(stderr, "\r%s: %llu of %llu MB (%llu %%)\033[K", source->window.file, done, all,
                (unsigned long long)(source->raw_bytes * 100 / source->size));
    else
        fprintf(stderr, "\r%s: %llu MB\033[K", source->window.file, done);
}

static void clear_progress(run *r) {
    if (r->progress_shown)
        fprintf(stderr, "\r\033[K");
    r->progress_shown = false;
    clock_gettime(CLOCK_MONOTONIC, &r->progress_last);
}

/* Reads one input through a chain; the caller ends and drops the chain. */
static ta_status read_input(run *r, size_t i, ta_finder *finder, ta_stage *chain,
                            uint64_t *records) {
    const ta_job *job = r->job;
    ta_input_options options = {
        .keys = &r->keys,
        .finder = finder,
        .from = job->from,
        .shape = ta_checks_shape(&r->checks),
        .read = &r->read,
        .envelope = chain == r->chain ? r->envelope.stage : NULL,
        .source = {.encoding = job->encoding,
                   .window_max = job->record_max,
                   .progress = job->progress ? show_progress : NULL,
                   .progress_to = r},
    };
    const char *name = job->inputs[i];
    *records = 0;
    ta_source source;
    int fd = r->spooled ? r->spooled[i] : -1;
    if (fd >= 0 && lseek(fd, 0, SEEK_SET) < 0)
        return TA_ERR_IO;
    if (fd < 0 && r->survey && !strcmp(name, "-") && lseek(STDIN_FILENO, 0, SEEK_SET) < 0)
        return TA_ERR_IO;
    ta_status status = fd >= 0 ? ta_source_open_fd(&source, name, fd, &options.source)
                               : ta_source_open(&source, name, &options.source);
    source.window.screen = ta_checks_screen(&r->checks);
    if (status == TA_OK)
        return ta_input_read(&source, &options, chain, records);
    ta_input_explain(&source, name, status, &options);
    ta_source_fini(&source);
    return status;
}

/* What the system refuses may not come again in the second pass: it is said at once. */
static void hear_survey(void *to, const ta_finding *finding) {
    run *r = to;
    if (finding->code <= TA_F_IO_MEMORY)
        ta_find(&r->hub.finder, finding);
}

static ta_status spool_inputs(run *r) {
    r->spooled = malloc((r->job->input_count + 1) * sizeof *r->spooled);
    if (!r->spooled)
        return TA_ERR_NOMEM;
    for (size_t i = 0; i < r->job->input_count; i++)
        r->spooled[i] = -1;
    for (size_t i = 0; i < r->job->input_count; i++) {
        if (!ta_spool_is_needed(r->job->inputs[i]))
            continue;
        ta_status status = ta_spool_copy(r->job->inputs[i], &r->hub.finder, &r->spooled[i]);
        if (status != TA_OK)
            return status;
    }
    return TA_OK;
}

/* The first pass: what columns there are. What is wrong with the data is said in the second. */
static ta_status run_survey(run *r) {
    ta_status status = spool_inputs(r);
    if (status != TA_OK)
        return status;
    ta_finder silent;
    ta_finder_init(&silent, hear_survey, r);
    ta_writing writing = r->writing;
    writing.finder = &silent;
    r->survey = r->to->survey_new(&writing, &r->writing.survey);
    if (!r->survey)
        return TA_ERR_NOMEM;
    for (size_t i = 0; i < r->job->input_count && status != TA_ERR_NOMEM; i++) {
        uint64_t records;
        status = read_input(r, i, &silent, r->survey, &records);
    }
    ta_tail tail = {.status = status};
    ta_status ended = ta_stage_end(r->survey, &tail);
    clear_progress(r);
    return status == TA_ERR_NOMEM || status == TA_ERR_IO ? status : ended;
}

static ta_status refuse_path(run *r, const char *why) {
    ta_find(&r->hub.finder,
            &(ta_finding){.code = TA_F_RECORDS_OPTION, .name = r->job->records, .found = why});
    return TA_ERR_USAGE;
}

static ta_status prepare_reading(run *r) {
    const char *records = r->job->records;
    size_t bad;
    r->read = r->job->read;
    r->read.converts = r->job->writes;
    if (!records)
        return TA_OK;
    if (!ta_path_parse(&r->arena, NULL, (ta_text){records, strlen(records)}, '.', &r->records,
                       &bad))
        return bad == SIZE_MAX ? TA_ERR_NOMEM
                               : refuse_path(r, "a step of the path is empty; a dot in a key "
                                                "is written \\.");
    if (r->records.relative)
        return refuse_path(r, "the path begins with the document's key, not with a dot");
    r->read.records = &r->records;
    return ta_envelope_open(&r->envelope, r->job, &r->keys, &r->hub.finder);
}

static ta_write_options merge_write(const ta_write_options *asked, const ta_format *to) {
    ta_write_options merged = *asked;
    merged.lines |= to->write_defaults.lines;
    if (!merged.dialect.delimiter)
        merged.dialect.delimiter = to->write_defaults.dialect.delimiter;
    if (!merged.path_separator)
        merged.path_separator = '.';
    return merged;
}

static ta_status prepare_writer(run *r) {
    const ta_job *job = r->job;
    if (!job->writes)
        return TA_OK;
    bool to_file = job->output && strcmp(job->output, "-") != 0;
    r->to = job->to ? ta_format_find(job->to) : to_file ? ta_format_of_name(job->output) : NULL;
    if (!r->to)
        r->to = ta_format_find("json");
    r->output_open = true;
    ta_status status = ta_output_open(&r->output, job->output, &r->hub.finder);
    if (status != TA_OK)
        return status;
    r->write = merge_write(&job->write, r->to);
    r->writing = (ta_writing){.sink = &r->output.sink,
                              .finder = &r->hub.finder,
                              .keys = &r->keys,
                              .shape = ta_checks_shape(&r->checks),
                              .options = &r->write};
    if (r->to->needs_survey && r->to->needs_survey(&r->writing))
        status = run_survey(r);
    return status;
}

/* checks -> join -> writer, as far as the job has them. */
static ta_status build_chain(run *r) {
    if (r->to) {
        ta_stage *writer = r->to->writer_new(&r->writing);
        if (!writer)
            return TA_ERR_NOMEM;
        r->chain = r->join = ta_join_new(writer, r->job->input_count, &r->output.sink);
        if (!r->join)
            return TA_ERR_NOMEM;
    }
    return ta_checks_build(&r->checks, r->job, &r->hub.finder, &r->chain);
}

/* Of several outcomes the gravest: system and memory before data. */
static ta_status worst(ta_status a, ta_status b) {
    return a > b ? a : b;
}

static ta_status run_input(run *r, size_t i) {
    ta_finder *finder = &r->hub.finder;
    uint64_t errors = finder->errors, warnings = finder->warnings, notes = finder->notes;
    uint64_t records;
    ta_status status = read_input(r, i, finder, r->chain, &records);
    ta_tail tail = {.status = status, .records = records};
    status = worst(status, ta_stage_end(r->chain, &tail));
    if (r->join && i + 1 == r->job->input_count)
        status = worst(status, ta_join_finish(r->join, status));
    clear_progress(r);
    ta_hub_status(&r->hub, status);
    ta_summary summary = {
        .file = r->job->inputs[i],
        .records = records,
        .errors = finder->errors - errors,
        .warnings = finder->warnings - warnings,
        .notes = finder->notes - notes,
        .schema = r->job->schema,
        .rules_file = r->job->rules,
        .limit = r->job->read.limit && records == r->job->read.limit ? r->job->read.limit : 0,
        .status = status};
    ta_checks_sum_up(&r->checks, &summary);
    ta_hub_input_end(&r->hub, &summary);
    return status;
}

static bool is_fatal(ta_status status) {
    return status == TA_ERR_NOMEM;
}

static ta_status run_inputs(run *r) {
    ta_status status = TA_OK;
    for (size_t i = 0; i < r->job->input_count; i++) {
        status = worst(status, run_input(r, i));
        if (is_fatal(status) || (r->to && r->output.sink.status != TA_OK))
            break;
    }
    return status;
}

static void finish_output(run *r) {
    if (!r->output_open)
        return;
    bool clean = !r->hub.could_not_run && (!r->hub.finder.errors || r->job->keep_invalid);
    bool keep = clean && r->chain;
    bool to_file = r->output.target != NULL;
    ta_status status = ta_output_close(&r->output, keep);
    ta_hub_status(&r->hub, status);
    if (to_file && !keep && !r->hub.could_not_run && !r->job->quiet)
        fprintf(stderr,
                "transalp: %s was not written: the data has errors (--keep-invalid "
                "writes it all the same)\n",
                r->job->output);
}

static void finish_envelope(run *r) {
    bool keep = r->chain && !r->hub.could_not_run && !r->hub.finder.errors;
    ta_hub_status(&r->hub, ta_envelope_close(&r->envelope, keep));
    if (r->job->envelope && !keep && !r->hub.could_not_run && !r->job->quiet)
        fprintf(stderr, "transalp: %s was not written: the data has errors\n",
                r->job->envelope);
}

static void run_fini(run *r) {
    ta_stage_drop(r->chain);
    ta_stage_drop(r->survey);
    ta_checks_fini(&r->checks);
    ta_library_fini(&r->library);
    ta_keys_fini(&r->keys);
    ta_arena_fini(&r->arena);
    for (size_t i = 0; r->spooled && i < r->job->input_count; i++)
        if (r->spooled[i] >= 0)
            close(r->spooled[i]);
    free(r->spooled);
}

int ta_job_run(const ta_job *job) {
    run r = {.job = job};
    if (!ta_hub_open(&r.hub, job)) {
        r.hub.could_not_run = true;
        return ta_hub_close(&r.hub);
    }
    clear_progress(&r);
    ta_status status = ta_keys_init(&r.keys) ? TA_OK : TA_ERR_NOMEM;
    ta_library_init(&r.library, &r.keys, &r.hub.finder);
    r.library.loader.schema = job->schemas;
    r.library.maps = job->schema_maps;
    r.library.map_count = job->schema_map_count;
    if (status == TA_OK)
        status = ta_checks_load(&r.checks, job, &r.library);
    if (status == TA_OK)
        status = prepare_reading(&r);
    if (status == TA_OK)
        status = prepare_writer(&r);
    if (status == TA_OK)
        status = build_chain(&r);
    if (status == TA_OK)
        run_inputs(&r);
    else
        ta_hub_status(&r.hub, status == TA_ERR_INPUT ? TA_ERR_USAGE : status);
    finish_output(&r);
    finish_envelope(&r);
    run_fini(&r);
    return ta_hub_close(&r.hub);
}
