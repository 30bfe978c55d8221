/* SPDX-License-Identifier: MIT */
/*
 * The run of a job: schema and rules first, then, where the output's columns must be found
 * out, a first pass over the inputs, then every input through check and writer.
 */
#include "flow/job.h"

#include <stdio.h>

#include "compare/canonical.h"
#include "flow/baseline.h"
#include "flow/deduce.h"
#include "flow/envelope.h"
#include "flow/join.h"
#include "flow/normals.h"
#include "flow/output.h"
#include "flow/reader.h"
#include "flow/view.h"

typedef struct run {
    ta_reader reader;
    ta_normals normals;
    ta_views views;
    ta_envelope envelope;
    ta_deduce deduce;
    const ta_format *to;
    ta_write_options write;
    ta_writing writing;
    ta_output output;
    bool output_open;
    ta_map *out_map; /* NULL */
    ta_mapping *out_mapping;
    ta_stage *chain, *join, *survey;
} run;

void ta_job_init(ta_job *job) {
    memset(job, 0, sizeof *job);
    job->checks = true;
    job->report.shown_max = TA_REPORT_SHOWN;
    job->record_max = TA_RECORD_BYTES_MAX;
}

/* Puts the map of the output in front of a chain; a chain that is gone stays so. */
static ta_stage *map_output(run *r, ta_finder *finder, ta_stage *chain) {
    if (!r->out_mapping || !chain)
        return chain;
    ta_stage *mapped = ta_mapping_begin(r->out_mapping, finder, chain);
    if (!mapped)
        ta_stage_drop(chain);
    return mapped;
}

static ta_status load_out_map(run *r) {
    const ta_loader *loader = &r->reader.library.loader;
    const char *name = r->reader.job->out_map;
    if (!name)
        return TA_OK;
    ta_map_way way = r->to->survey_new ? TA_MAP_OUT_FLAT : TA_MAP_OUT;
    ta_status status = ta_map_load(loader, name, &r->out_map);
    if (status == TA_OK)
        status = ta_mapping_new(r->out_map, loader, ta_checks_shape(&r->reader.checks), way,
                                &r->out_mapping);
    return status;
}

static bool wants_columns(const run *r) {
    return r->to && r->to->needs_survey && r->to->needs_survey(&r->writing);
}

/* The first pass: what columns there are, and what they show. What is wrong with the data is
 * said in the second. */
static ta_status run_survey(run *r) {
    ta_status status = ta_reader_spool(&r->reader);
    if (status != TA_OK)
        return status;
    ta_finder silent;
    ta_reader_silence(&r->reader, &silent);
    ta_writing writing = r->writing;
    writing.finder = &silent;
    if (wants_columns(r)) {
        r->survey = r->to->survey_new(&writing, &r->writing.survey);
        r->survey = map_output(r, &silent, r->survey);
        if (!r->survey)
            return TA_ERR_NOMEM;
    }
    status = ta_normals_watch(&r->normals, &r->survey);
    if (status != TA_OK)
        return status;
    for (size_t i = 0; i < r->reader.job->input_count && status != TA_ERR_NOMEM; i++) {
        uint64_t records;
        status = ta_reader_read(&r->reader, i, &silent, NULL, r->survey, &records);
    }
    ta_tail tail = {.status = status};
    ta_status ended = ta_stage_end(r->survey, &tail);
    ta_reader_clear_progress(&r->reader);
    return status == TA_ERR_NOMEM || status == TA_ERR_IO ? status : ended;
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

static ta_status prepare_envelope(run *r) {
    return ta_envelope_open(&r->envelope, r->reader.job, &r->reader.keys,
                            &r->reader.hub.finder);
}

static ta_status prepare_writer(run *r) {
    const ta_job *job = r->reader.job;
    if (!job->writes)
        return TA_OK;
    bool to_file = job->output && strcmp(job->output, "-") != 0;
    r->to = job->to ? ta_format_find(job->to) : to_file ? ta_format_of_name(job->output) : NULL;
    if (!r->to)
        r->to = ta_format_find("json");
    ta_status status = load_out_map(r);
    if (status != TA_OK)
        return status;
    r->output_open = true;
    status = ta_output_open(&r->output, job->output, &r->reader.hub.finder);
    if (status != TA_OK)
        return status;
    r->write = merge_write(&job->write, r->to);
    r->write.mapped = r->out_mapping != NULL;
    r->writing = (ta_writing){.sink = &r->output.sink,
                              .finder = &r->reader.hub.finder,
                              .keys = &r->reader.keys,
                              .shape = r->out_mapping ? ta_mapping_shape(r->out_mapping)
                                                      : ta_checks_shape(&r->reader.checks),
                              .options = &r->write};
    return status;
}

static ta_status run_first_pass(run *r) {
    return wants_columns(r) || ta_normals_wants_watch(&r->normals) ? run_survey(r) : TA_OK;
}

/* normalize -> checks -> views of codes -> join -> writer, as far as the job has them. */
static ta_status build_chain(run *r) {
    if (r->to) {
        ta_stage *writer = r->to->writer_new(&r->writing);
        if (writer && r->write.canonical)
            writer = ta_canonical_new(writer);
        if (!writer)
            return TA_ERR_NOMEM;
        r->join = ta_join_new(writer, r->reader.job->input_count, &r->output.sink);
        if (!r->join)
            return TA_ERR_NOMEM;
        r->chain = map_output(r, &r->reader.hub.finder, r->join);
        if (!r->chain)
            return TA_ERR_NOMEM;
    }
    const ta_job *job = r->reader.job;
    ta_finder *finder = &r->reader.hub.finder;
    ta_status status = ta_views_build(&r->views, finder, &r->chain);
    if (status == TA_OK && job->checks)
        status = ta_checks_build(&r->reader.checks, job, finder, &r->chain);
    if (status == TA_OK)
        status = ta_hub_watch(&r->reader.hub, ta_checks_shape(&r->reader.checks), &r->chain);
    if (status == TA_OK)
        status = ta_normals_build(&r->normals, finder, &r->chain);
    return status == TA_OK ? ta_deduce_build(&r->deduce, &r->chain) : status;
}

/* Of several outcomes the gravest: system and memory before data. */
static ta_status worst(ta_status a, ta_status b) {
    return a > b ? a : b;
}

static ta_status run_input(run *r, size_t i) {
    ta_finder *finder = &r->reader.hub.finder;
    uint64_t errors = finder->errors, warnings = finder->warnings, notes = finder->notes;
    uint64_t records, known = finder->known;
    ta_status status =
        ta_reader_read(&r->reader, i, finder, r->envelope.stage, r->chain, &records);
    const ta_job *job = r->reader.job;
    uint64_t limit = job->read.limit && records == job->read.limit ? records : 0;
    ta_tail tail = {.status = status, .cut = limit != 0, .records = records};
    status = worst(status, ta_stage_end(r->chain, &tail));
    if (r->join && i + 1 == job->input_count)
        status = worst(status, ta_join_finish(r->join, status));
    ta_reader_clear_progress(&r->reader);
    if (job->baseline && (status == TA_OK || status == TA_ERR_INPUT) &&
        !r->reader.hub.cut_short)
        status = worst(status, ta_baseline_saw(job->baseline, job->inputs[i]));
    ta_hub_status(&r->reader.hub, status);
    ta_summary summary = {.file = job->inputs[i],
                          .records = records,
                          .errors = finder->errors - errors,
                          .warnings = finder->warnings - warnings,
                          .notes = finder->notes - notes,
                          .schema = job->schema,
                          .schema_why = job->schema_why,
                          .known = finder->known - known,
                          .rules_file = job->rules,
                          .limit = limit,
                          .status = status};
    ta_checks_sum_up(&r->reader.checks, &summary);
    ta_normals_sum_up(&r->normals, &summary);
    ta_hub_input_end(&r->reader.hub, &summary);
    return status;
}

static bool is_fatal(ta_status status) {
    return status == TA_ERR_NOMEM;
}

static ta_status run_inputs(run *r) {
    ta_status status = TA_OK;
    for (size_t i = 0; i < r->reader.job->input_count; i++) {
        status = worst(status, run_input(r, i));
        if (is_fatal(status) || (r->to && r->output.sink.status != TA_OK))
            break;
    }
    return status;
}

static void finish_output(run *r) {
    if (!r->output_open)
        return;
    const ta_hub *hub = &r->reader.hub;
    bool keep = r->chain &&
                (ta_hub_is_clean(hub) || (r->reader.job->keep_invalid && !hub->could_not_run));
    bool to_file = r->output.target != NULL;
    ta_status status = ta_output_close(&r->output, keep);
    ta_hub_status(&r->reader.hub, status);
    if (to_file && !keep && !r->reader.hub.could_not_run && !r->reader.job->quiet)
        fprintf(stderr,
                "transalp: %s was not written: %s (--keep-invalid writes it all the same)\n",
                r->reader.job->output,
                hub->finder.errors ? "the data has errors"
                                   : "an input could not be read to its end");
}

static void finish_envelope(run *r) {
    bool keep = r->chain && ta_hub_is_clean(&r->reader.hub);
    ta_hub_status(&r->reader.hub, ta_envelope_close(&r->envelope, keep));
    if (r->reader.job->envelope && !keep && !r->reader.hub.could_not_run &&
        !r->reader.job->quiet)
        fprintf(stderr, "transalp: %s was not written: the data has errors\n",
                r->reader.job->envelope);
}

/* Beside the output, and as that is: only if nothing is wrong. */
static void finish_schema(run *r) {
    const ta_job *job = r->reader.job;
    bool keep = !r->reader.hub.could_not_run && !r->reader.hub.finder.errors;
    if (r->deduce.infer && keep)
        ta_hub_status(&r->reader.hub, ta_deduce_write(&r->deduce, &r->reader, job->infer.file));
    else if (r->deduce.infer && !r->reader.hub.could_not_run && !job->quiet)
        fprintf(stderr, "transalp: %s was not written: the data has errors\n", job->infer.file);
    ta_deduce_close(&r->deduce);
}

int ta_job_run(const ta_job *job) {
    run r = {.output_open = false};
    ta_hub *hub = &r.reader.hub;
    ta_status status = ta_reader_open(&r.reader, job);
    if (status == TA_OK)
        status = ta_normals_load(&r.normals, job, ta_checks_shape(&r.reader.checks),
                                 &r.reader.library);
    if (status == TA_OK)
        status =
            ta_views_load(&r.views, job, ta_checks_shape(&r.reader.checks), &r.reader.library);
    if (status == TA_OK)
        status = prepare_envelope(&r);
    if (status == TA_OK && job->infer.file)
        status = ta_deduce_open(&r.deduce, job, &r.reader.library);
    if (status == TA_OK)
        status = prepare_writer(&r);
    if (status == TA_OK)
        status = run_first_pass(&r);
    if (status == TA_OK)
        status = build_chain(&r);
    if (status == TA_OK)
        run_inputs(&r);
    else
        ta_hub_status(hub, status == TA_ERR_INPUT ? TA_ERR_USAGE : status);
    finish_output(&r);
    finish_envelope(&r);
    finish_schema(&r);
    ta_stage_drop(r.chain);
    ta_stage_drop(r.survey);
    ta_normals_fini(&r.normals);
    ta_views_fini(&r.views);
    ta_mapping_drop(r.out_mapping);
    ta_map_drop(r.out_map);
    return ta_reader_close(&r.reader);
}
