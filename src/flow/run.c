/* SPDX-License-Identifier: MIT */
/*
 * A lot of a job: where the output's columns must be found out, a first pass over the inputs,
 * then every input through check and writer.
 */
#include "flow/run.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "compare/canonical.h"
#include "flow/baseline.h"
#include "flow/crew.h"
#include "flow/join.h"
#include "flow/run_lane.h"

/* Puts the map of the output in front of a chain; a chain that is gone stays so. */
static ta_stage *map_output(ta_run *r, ta_finder *finder, ta_stage *chain) {
    if (!r->out_mapping || !chain)
        return chain;
    ta_stage *mapped = ta_mapping_begin(r->out_mapping, finder, chain);
    if (!mapped)
        ta_stage_drop(chain);
    return mapped;
}

static ta_status load_out_map(ta_run *r) {
    const ta_loader *loader = &r->reader.library.loader;
    const char *name = r->reader.job->out_map;
    if (!name)
        return TA_OK;
    ta_map_way way = r->to->survey_new ? TA_MAP_OUT_FLAT : TA_MAP_OUT;
    ta_status status = ta_map_load(loader, name, &r->out_map);
    if (status == TA_OK)
        status = ta_mapping_new(r->out_map, loader, ta_checks_shape(&r->reader.checks), way,
                                '.', &r->out_mapping);
    return status;
}

static bool wants_columns(const ta_run *r) {
    return r->to && r->to->needs_survey &&
           (r->reader.job->to_tables || r->to->needs_survey(&r->writing));
}

/* The first pass: what columns there are, and what they show. What is wrong with the data is
 * said in the second. */
static ta_status run_survey(ta_run *r) {
    const ta_lot *lot = r->lot;
    ta_status status = ta_reader_spool(&r->reader, lot->first, lot->count);
    if (status != TA_OK)
        return status;
    ta_finder silent;
    ta_reader_silence(&r->reader, &silent);
    ta_writing writing = r->writing;
    writing.finder = &silent;
    if (wants_columns(r)) {
        r->survey = r->to->survey_new(&writing, &r->writing.survey);
        r->survey = map_output(r, &silent, r->survey);
        if (r->reader.job->to_tables)
            r->survey = ta_out_tables_survey(&r->tables, &writing, r->survey);
        if (!r->survey)
            return TA_ERR_NOMEM;
        status = ta_picks_build(&r->picks, NULL, &r->survey);
    }
    if (status == TA_OK)
        status = ta_normals_watch(&r->normals, &r->survey);
    if (status != TA_OK)
        return status;
    for (size_t i = 0; i < lot->count && status != TA_ERR_NOMEM; i++) {
        uint64_t records;
        status = ta_reader_read(&r->reader, lot->first + i, &silent, NULL, r->survey, &records);
    }
    ta_tail tail = {.status = status};
    ta_status ended = ta_stage_end(r->survey, &tail);
    ta_reader_clear_progress(&r->reader);
    return status == TA_ERR_NOMEM || status == TA_ERR_IO ? status : ended;
}

/* What is left open is as the format's name implies. */
static void merge_write(ta_write_options *write, const ta_format *to) {
    write->lines |= to->write_defaults.lines;
    if (!write->dialect.delimiter)
        write->dialect.delimiter = to->write_defaults.dialect.delimiter;
    if (!write->path_separator)
        write->path_separator = '.';
}

/* The output's format, its options and its map. */
static ta_status settle_writing(ta_run *r) {
    const ta_job *job = r->reader.job;
    if (!job->writes)
        return TA_OK;
    bool to_file = job->output && strcmp(job->output, "-") != 0;
    r->to = job->to ? ta_format_find(job->to) : to_file ? ta_format_of_name(job->output) : NULL;
    if (!r->to)
        r->to = ta_format_find("json");
    r->write = job->write;
    if (r->to->survey_new)
        ta_reader_follow(&r->reader, &r->write);
    merge_write(&r->write, r->to);
    ta_status status = load_out_map(r);
    r->write.mapped = r->out_mapping != NULL;
    return status;
}

/* What the schema says of the records as they are written. */
static const ta_shape *writing_shape(ta_run *r) {
    if (r->reader.job->to_tables)
        return r->tables.tables.items[0].shape;
    return r->out_mapping ? ta_mapping_shape(r->out_mapping) : ta_picks_shape(&r->picks);
}

static ta_status prepare_writer(ta_run *r) {
    if (!r->to)
        return TA_OK;
    ta_finder *finder = &r->reader.hub.finder;
    if (r->reader.job->outputs && !ta_output_make_folders(r->lot->output, finder))
        return TA_ERR_IO;
    const char *name = r->lot->output;
    ta_status status = TA_OK;
    if (r->reader.job->to_tables) {
        status = ta_out_tables_open(&r->tables, &r->reader, r->to, ta_picks_shape(&r->picks));
        name = ta_out_tables_target(&r->tables);
    }
    if (status != TA_OK)
        return status;
    r->output_open = true;
    status = ta_output_open(&r->output, name, finder);
    r->writing = (ta_writing){.sink = &r->output.sink,
                              .finder = finder,
                              .keys = &r->reader.keys,
                              .shape = writing_shape(r),
                              .options = &r->write};
    if (status == TA_OK)
        status = ta_encode_open(&r->encode, r->reader.job, r->to, &r->output.sink, finder);
    r->write.encoding = r->encode.name;
    return status;
}

static ta_status run_first_pass(ta_run *r) {
    ta_status status = TA_OK;
    if (wants_columns(r) || ta_normals_wants_watch(&r->normals))
        status = run_survey(r);
    if (status == TA_OK && r->reader.job->to_tables)
        status = ta_out_tables_begin(&r->tables, &r->writing);
    return status;
}

/* Before fields are left out: the key may be among them. */
static ta_status put_sort(ta_run *r) {
    if (!r->reader.job->sort || !r->to)
        return TA_OK;
    ta_stage *sort = ta_sort_new(&r->sorter, r->chain);
    if (!sort)
        return TA_ERR_NOMEM;
    r->chain = sort;
    return TA_OK;
}

static ta_status put_sieve(ta_run *r) {
    ta_stage *sieve = ta_sieve_new(&r->rejects, r->chain);
    if (!sieve)
        return TA_ERR_NOMEM;
    r->chain = sieve;
    return TA_OK;
}

/* normalize -> checks -> sieve -> sort -> views of codes -> picks -> join -> writer, as far as
 * the job has them.
 */
static ta_status build_chain(ta_run *r) {
    if (r->to) {
        ta_stage *writer = r->to->writer_new(&r->writing);
        if (writer && r->write.canonical)
            writer = ta_canonical_new(writer);
        if (writer && r->reader.job->to_tables)
            writer = ta_out_tables_build(&r->tables, writer);
        if (!writer)
            return TA_ERR_NOMEM;
        r->join = ta_join_new(writer, r->lot->count, &r->output.sink);
        if (!r->join)
            return TA_ERR_NOMEM;
        r->chain = map_output(r, &r->reader.hub.finder, r->join);
        if (!r->chain || !ta_encode_build(&r->encode, &r->reader.hub.finder, &r->chain))
            return TA_ERR_NOMEM;
    }
    const ta_job *job = r->reader.job;
    ta_finder *finder = &r->reader.hub.finder;
    ta_status status = ta_picks_build(&r->picks, finder, &r->chain);
    if (status == TA_OK)
        status = ta_views_build(&r->views, finder, &r->chain);
    if (status == TA_OK)
        status = put_sort(r);
    if (status == TA_OK && job->rejects)
        status = put_sieve(r);
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

static bool is_fatal(ta_status status) {
    return status == TA_ERR_NOMEM;
}

/* Whether the inputs behind this one are left alone. */
static bool stops_here(const ta_run *r, ta_status status) {
    const ta_hub *hub = &r->reader.hub;
    return is_fatal(status) || (r->to && r->output.sink.status != TA_OK) ||
           (r->reader.job->fail_fast && !ta_hub_is_clean(hub));
}

static void note_outcome(ta_run *r, size_t i, const ta_summary *summary, uint64_t begun) {
    const ta_job *job = r->reader.job;
    const ta_rejects *rejects = &r->rejects;
    uint64_t aside = rejects->kept ? rejects->pushed + rejects->left : 0;
    r->outcomes[r->outcome_count++] =
        (ta_outcome){.input = job->inputs[i],
                     .output = ta_job_target(job, i),
                     .schema = job->schema,
                     .read = ta_outcome_read_of(summary, r->whole),
                     .seen = summary->records + rejects->left,
                     .rejected = job->rejects ? aside : rejects->left,
                     .changed = summary->changed,
                     .errors = summary->errors,
                     .milliseconds = ta_clock_milliseconds() - begun};
    if (!aside)
        return;
    ta_buf line = {0};
    ta_buf_printf(&line, "transalp: %" PRIu64 " record%s of %s %s set aside in %s", aside,
                  aside == 1 ? "" : "s", job->inputs[i], aside == 1 ? "was" : "were",
                  job->reject_files[i]);
    ta_hub_say(&r->reader.hub, ta_buf_text(&line));
    ta_buf_fini(&line);
}

static void tell_outcomes(ta_run *r, bool written) {
    for (size_t i = 0; i < r->outcome_count; i++) {
        ta_outcome *outcome = &r->outcomes[i];
        outcome->written = written ? outcome->seen - outcome->rejected : 0;
        ta_hub_outcome(&r->reader.hub, outcome);
    }
}

/* Has workers read the input, if that can be. */
static void share_input(ta_run *r, size_t i) {
    ta_lane lane;
    ta_crew_close(r->crew);
    r->crew = ta_run_lane(r, &lane) ? ta_crew_open(&lane, r->reader.job->inputs[i]) : NULL;
    r->reader.leap = ta_crew_leap(r->crew);
}

/* Reads an input through the chain to its end. *records gets how many came. */
static ta_status read_input(ta_run *r, size_t i, uint64_t *records) {
    const ta_job *job = r->reader.job;
    ta_hub *hub = &r->reader.hub;
    bool cut_before = hub->cut_short;
    hub->cut_short = false;
    ta_rejects_begin(&r->rejects, &r->reader, i, job->rejects ? job->reject_files[i] : NULL);
    share_input(r, i);
    ta_status status =
        ta_reader_read(&r->reader, i, &hub->finder, r->envelope.stage, r->chain, records);
    r->reader.leap = NULL;
    bool cut = job->read.limit && *records == job->read.limit;
    ta_tail tail = {.status = status, .cut = cut, .records = *records};
    status = worst(status, ta_stage_end(r->chain, &tail));
    r->whole = !hub->cut_short && (status == TA_OK || status == TA_ERR_INPUT);
    status = worst(status, ta_rejects_end(&r->rejects, r->whole));
    hub->cut_short |= cut_before;
    return status;
}

static void sum_up_input(ta_run *r, ta_summary *summary) {
    const ta_job *job = r->reader.job;
    const ta_finder *finder = &r->reader.hub.finder;
    summary->errors = finder->errors - summary->errors;
    summary->warnings = finder->warnings - summary->warnings;
    summary->notes = finder->notes - summary->notes;
    summary->known = finder->known - summary->known;
    summary->schema_why = job->schema_why;
    summary->schema = job->schema;
    summary->rules_file = job->rules;
    ta_checks_sum_up(&r->reader.checks, summary);
    ta_normals_sum_up(&r->normals, summary);
    ta_hub_input_end(&r->reader.hub, summary);
}

/* False: it was the last. */
static bool run_input(ta_run *r, size_t i) {
    const ta_finder *finder = &r->reader.hub.finder;
    const ta_job *job = r->reader.job;
    ta_summary summary = {.file = job->inputs[i],
                          .errors = finder->errors,
                          .warnings = finder->warnings,
                          .notes = finder->notes,
                          .known = finder->known};
    uint64_t begun = ta_clock_milliseconds();
    ta_status status = read_input(r, i, &summary.records);
    bool last = i + 1 == r->lot->first + r->lot->count || stops_here(r, status);
    if (r->join && last)
        status = worst(status, ta_join_finish(r->join, status));
    ta_reader_clear_progress(&r->reader);
    if (job->baseline && (status == TA_OK || status == TA_ERR_INPUT) &&
        !r->reader.hub.cut_short)
        status = worst(status, ta_baseline_saw(job->baseline, job->inputs[i]));
    ta_hub_status(&r->reader.hub, status);
    summary.limit = job->read.limit && summary.records == job->read.limit ? summary.records : 0;
    summary.status = status;
    sum_up_input(r, &summary);
    note_outcome(r, i, &summary, begun);
    return !last;
}

static void run_inputs(ta_run *r) {
    for (size_t i = r->lot->first; run_input(r, i);)
        i++;
    ta_picks_finish(&r->picks, &r->reader.hub.finder);
}

static void say_unwritten(ta_run *r, const char *file, const char *why, const char *remedy) {
    ta_buf line = {0};
    ta_buf_printf(&line, "transalp: %s was not written: %s%s", file, why, remedy);
    ta_hub_say(&r->reader.hub, ta_buf_text(&line));
    ta_buf_fini(&line);
}

/* Whether no record of the inputs is missing, whatever is wrong with their values. */
static bool has_all(const ta_run *r) {
    for (size_t i = 0; i < r->outcome_count; i++)
        if (r->outcomes[i].rejected || r->outcomes[i].read != TA_READ_ALL)
            return false;
    return r->outcome_count == r->lot->count;
}

/* Whether what was written goes into its place. */
static bool keeps_output(const ta_run *r) {
    const ta_job *job = r->reader.job;
    const ta_hub *hub = &r->reader.hub;
    if (!r->chain || hub->could_not_run)
        return false;
    bool despite = job->checks ? job->keep_invalid : has_all(r);
    return ta_hub_is_clean(hub) || despite || (job->rejects && !hub->cut_short);
}

/* Whether it was kept. */
static bool finish_output(ta_run *r) {
    if (!r->output_open)
        return false;
    ta_hub *hub = &r->reader.hub;
    ta_encode_finish(&r->encode, &r->output.sink, &hub->finder);
    ta_out_tables_finish(&r->tables, r->encode.told);
    bool keep = keeps_output(r), to_file = r->output.target != NULL;
    bool tables = r->reader.job->to_tables;
    ta_status status = tables ? ta_out_tables_close(&r->tables, &r->output, keep)
                              : ta_output_close(&r->output, keep);
    ta_hub_status(hub, status);
    const char *why = hub->finder.errors && !(r->reader.job->rejects && hub->cut_short)
                          ? "the data has errors"
                          : "an input could not be read to its end";
    if (to_file && !keep && !hub->could_not_run)
        say_unwritten(r, tables ? r->reader.job->tables : r->lot->output, why,
                      r->reader.job->checks ? " (--keep-invalid writes it all the same)" : "");
    return keep && status == TA_OK;
}

static void finish_envelope(ta_run *r) {
    ta_hub *hub = &r->reader.hub;
    bool keep = r->chain && ta_hub_is_clean(hub);
    ta_hub_status(hub, ta_envelope_close(&r->envelope, keep));
    if (r->reader.job->envelope && !keep && !hub->could_not_run)
        say_unwritten(r, r->reader.job->envelope, "the data has errors", "");
}

/* Beside the output, and as that is: only if nothing is wrong. */
static void finish_schema(ta_run *r) {
    const char *file = r->reader.job->infer.file;
    ta_hub *hub = &r->reader.hub;
    bool keep = !hub->could_not_run && !hub->finder.errors;
    if (r->deduce.infer && keep)
        ta_hub_status(hub, ta_deduce_write(&r->deduce, &r->reader, file));
    else if (r->deduce.infer && !hub->could_not_run)
        say_unwritten(r, file, "the data has errors", "");
}

static ta_status prepare_lot(ta_run *r) {
    ta_hub *hub = &r->reader.hub;
    ta_hub_rewind(hub);
    hub->could_not_run = r->lot->count > 1 && r->to && r->reader.job->inputs_lack;
    r->outcomes = calloc(r->lot->count, sizeof *r->outcomes);
    if (!r->outcomes)
        return TA_ERR_NOMEM;
    ta_status status = TA_OK;
    if (r->reader.job->rejects)
        status = ta_reader_spool(&r->reader, r->lot->first, r->lot->count);
    if (status != TA_OK)
        return status;
    status = ta_envelope_open(&r->envelope, r->reader.job, &r->reader.keys, &hub->finder);
    if (status == TA_OK)
        status = prepare_writer(r);
    if (status == TA_OK)
        status = run_first_pass(r);
    return status == TA_OK ? build_chain(r) : status;
}

void ta_run_lot(ta_run *r, const ta_lot *lot) {
    r->lot = lot;
    r->output_open = false;
    r->outcome_count = 0;
    r->outcomes = NULL;
    r->envelope.open = false;
    r->chain = r->join = r->survey = NULL;
    ta_status status = prepare_lot(r);
    if (status == TA_OK)
        run_inputs(r);
    else
        ta_hub_status(&r->reader.hub, status == TA_ERR_INPUT ? TA_ERR_USAGE : status);
    tell_outcomes(r, finish_output(r));
    finish_envelope(r);
    finish_schema(r);
    ta_crew_close(r->crew);
    r->crew = NULL;
    ta_stage_drop(r->chain);
    ta_stage_drop(r->survey);
    ta_out_tables_fini(&r->tables);
    free(r->outcomes);
}

ta_status ta_run_follow(ta_run *r, const ta_run *other) {
    r->lot = other->lot;
    r->write = other->write;
    r->writing = other->writing;
    r->writing.sink = &r->output.sink;
    r->writing.finder = &r->reader.hub.finder;
    r->writing.keys = &r->reader.keys;
    r->writing.options = &r->write;
    r->writing.shape = r->to ? writing_shape(r) : NULL;
    ta_rejects_begin(&r->rejects, &r->reader, 0, NULL); /* which are only counted */
    ta_status status = ta_sink_open_memory(&r->output.sink);
    return status == TA_OK ? build_chain(r) : status;
}

ta_status ta_run_open(ta_run *r, const ta_job *job, const ta_outlet *outlet) {
    memset(r, 0, sizeof *r);
    ta_status status = ta_reader_open_outlet(&r->reader, job, outlet);
    const ta_shape *shape = status == TA_OK ? ta_checks_shape(&r->reader.checks) : NULL;
    if (status == TA_OK)
        status = ta_normals_load(&r->normals, job, shape, &r->reader.library);
    if (status == TA_OK)
        status = ta_views_load(&r->views, job, shape, &r->reader.library);
    if (status == TA_OK)
        status = ta_picks_load(&r->picks, job, shape, &r->reader.library);
    if (status == TA_OK && job->sort)
        status = ta_sorter_open(&r->sorter, &r->reader, &r->reader.hub.finder);
    if (status == TA_OK && job->infer.file)
        status = ta_deduce_open(&r->deduce, job, &r->reader.library);
    if (status == TA_OK)
        status = settle_writing(r);
    if (status != TA_OK)
        ta_hub_status(&r->reader.hub, status == TA_ERR_INPUT ? TA_ERR_USAGE : status);
    return status;
}

void ta_run_close(ta_run *r) {
    ta_deduce_close(&r->deduce);
    ta_normals_fini(&r->normals);
    ta_views_fini(&r->views);
    ta_picks_fini(&r->picks);
    ta_sorter_fini(&r->sorter);
    ta_mapping_drop(r->out_mapping);
    ta_map_drop(r->out_map);
    ta_reader_close(&r->reader);
}
