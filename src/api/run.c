/* SPDX-License-Identifier: MIT */
/* Whole inputs: checked, converted, or their records pushed. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "api/api.h"
#include "format/format.h"

ta_input ta_input_bytes(const char *data, size_t len) {
    return (ta_input){.data = data, .len = len, .fd = -1};
}

ta_input ta_input_fd(int fd) {
    return (ta_input){.fd = fd};
}

ta_input ta_input_function(ta_read_fn *read, void *from) {
    return (ta_input){.fd = -1, .read = read, .from = from};
}

int ta_bytes_write(void *to, const char *data, size_t len) {
    ta_bytes *bytes = to;
    ta_buf buf = {bytes->data, bytes->len, bytes->cap, false};
    ta_buf_put(&buf, data, len);
    *bytes = (ta_bytes){buf.data, buf.len, buf.cap};
    return buf.failed;
}

void ta_bytes_free(ta_bytes *bytes) {
    free(bytes->data);
    *bytes = (ta_bytes){0};
}

int ta_fd_write(void *to, const char *data, size_t len) {
    const int *fd = to;
    while (len) {
        ssize_t n = write(*fd, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        data += n;
        len -= (size_t)n;
    }
    return 0;
}

void ta_run_options_init(ta_run_options *options) {
    *options = (ta_run_options){.size = sizeof *options, .name = "-"};
}

static ta_status refuse_option(ta_api_run *run, const char *name, const char *why) {
    ta_find(&run->finder,
            &(ta_finding){.code = TA_F_RECORDS_OPTION, .name = name, .found = why});
    return TA_ERR_USAGE;
}

static ta_status settle_records(ta_api_run *run) {
    const char *records = run->options->records;
    size_t bad;
    if (!records)
        return TA_OK;
    if (!ta_path_parse(&run->arena, NULL, (ta_text){records, strlen(records)}, '.',
                       &run->records, &bad))
        return bad == SIZE_MAX ? TA_ERR_NOMEM
                               : refuse_option(run, records, "a step of the path is empty");
    if (run->records.relative)
        return refuse_option(run, records, "the path begins with a key, not with a dot");
    run->read.records = &run->records;
    return TA_OK;
}

ta_status ta_api_begin(ta_api_run *run, const ta_checker *checker,
                       const ta_run_options *options) {
    memset(run, 0, sizeof *run);
    run->options = options;
    run->listener = (ta_listener){.issue = options->issue, .to = options->issue_to};
    ta_finder_init(&run->finder, ta_listener_hear, &run->listener);
    ta_job_init(&run->job);
    run->job.whole = options->whole;
    run->read = (ta_read_options){.infer = options->infer, .limit = options->limit};
    if (checker) {
        run->checks = checker->checks;
        run->checks.lacks = (ta_buf){0};
        run->read.xsd = checker->checks.xsd;
    }
    if (!(checker ? ta_keys_copy(&run->keys, &checker->keys) : ta_keys_init(&run->keys)))
        return TA_ERR_NOMEM;
    return settle_records(run);
}

static ta_counts count_findings(const ta_api_run *run) {
    return (ta_counts){run->count, run->finder.errors, run->finder.warnings, run->finder.notes};
}

static long read_bytes(ta_api_run *run, char *data, size_t room) {
    size_t left = run->input->len - run->at, len = room < left ? room : left;
    memcpy(data, run->input->data + run->at, len);
    run->at += len;
    return (long)len;
}

static long read_fd(int fd, char *data, size_t room) {
    ssize_t len;
    do
        len = read(fd, data, room);
    while (len < 0 && errno == EINTR);
    return (long)len;
}

/* Nothing is said of what a cancelled reading leaves behind. */
static long read_unless_cancelled(void *from, char *data, size_t room) {
    ta_api_run *run = from;
    const ta_input *input = run->input;
    if (run->options->cancel(run->options->cancel_to)) {
        run->cancelled = true;
        run->said = count_findings(run);
        run->listener.issue = NULL;
        errno = ECANCELED;
        return -1;
    }
    return input->read      ? input->read(input->from, data, room)
           : input->fd >= 0 ? read_fd(input->fd, data, room)
           : input->len     ? read_bytes(run, data, room)
                            : 0;
}

static ta_status open_input(ta_api_run *run, ta_source *source, const char *name,
                            const ta_input *input, const ta_source_options *options) {
    run->input = input;
    run->at = 0;
    if (run->options->cancel)
        return ta_source_open_function(source, name, read_unless_cancelled, run, options);
    if (input->read)
        return ta_source_open_function(source, name, input->read, input->from, options);
    if (input->fd >= 0)
        return ta_source_open_fd(source, name, input->fd, options);
    return ta_source_open_memory(source, name, input->data, input->len, options);
}

static ta_status read_chain(ta_api_run *run, const ta_input *input, ta_stage *chain) {
    const char *name = run->options->name ? run->options->name : "-";
    ta_input_options options = {
        .keys = &run->keys,
        .finder = &run->finder,
        .from = run->options->from,
        .shape = ta_checks_shape(&run->checks),
        .read = &run->read,
        .cut_short = &run->cut_short,
        .source = {.encoding = run->options->encoding, .window_max = TA_RECORD_BYTES_MAX},
    };
    ta_source source;
    ta_status status = open_input(run, &source, name, input, &options.source);
    source.window.screen = ta_checks_screen(&run->checks);
    if (status == TA_OK)
        return ta_input_read(&source, &options, chain, &run->count);
    ta_input_explain(&source, name, status, &options);
    ta_source_fini(&source);
    return status;
}

ta_status ta_api_read(ta_api_run *run, const ta_input *input, ta_stage *last) {
    ta_stage *chain = last;
    ta_status status = ta_checks_build(&run->checks, &run->job, &run->finder, &chain);
    if (status == TA_OK) {
        status = read_chain(run, input, chain);
        ta_tail tail = {.status = status, .records = run->count};
        ta_status ended = ta_stage_end(chain, &tail);
        status = ended > status ? ended : status;
    }
    ta_stage_drop(chain);
    return status;
}

ta_status ta_api_end(ta_api_run *run, ta_status status, ta_counts *counts) {
    if (!run->cancelled)
        run->said = count_findings(run);
    run->said.records = run->count;
    if (counts)
        *counts = run->said;
    if (run->finder.no_memory || run->listener.no_memory)
        status = TA_ERR_NOMEM;
    if (status == TA_STOP)
        status = TA_OK;
    if (status == TA_OK && (run->finder.errors || run->cut_short))
        status = TA_ERR_INPUT;
    if (run->cancelled && status != TA_ERR_NOMEM)
        status = TA_STOP;
    ta_keys_fini(&run->keys);
    ta_arena_fini(&run->arena);
    ta_buf_fini(&run->checks.lacks);
    return status;
}

ta_status ta_check(const ta_checker *checker, const ta_input *input,
                   const ta_run_options *options, ta_counts *counts) {
    ta_api_run run;
    ta_status status = ta_api_begin(&run, checker, options);
    if (status == TA_OK)
        status = ta_api_read(&run, input, NULL);
    return ta_api_end(&run, status, counts);
}

ta_status ta_read(const ta_checker *checker, const ta_input *input,
                  const ta_run_options *options, ta_record_fn *take, void *to,
                  ta_counts *counts) {
    ta_api_run run;
    ta_status status = ta_api_begin(&run, checker, options);
    ta_stage *taker = status == TA_OK ? ta_taker_new(take, to) : NULL;
    if (status == TA_OK)
        status = taker ? ta_api_read(&run, input, taker) : TA_ERR_NOMEM;
    return ta_api_end(&run, status, counts);
}

/* What writing needs to live as long as the writer. */
typedef struct writing {
    ta_sink sink;
    ta_write_fn *write;
    void *to;
    bool failed;
    ta_write_options options;
    ta_writing asked;
    ta_stage *survey;
} writing;

static void write_out(void *to, const char *data, size_t len) {
    writing *w = to;
    if (!w->failed && len)
        w->failed = w->write(w->to, data, len) != 0;
}

/* The first pass, for the columns. */
static ta_status survey_input(ta_api_run *run, const ta_input *input, const ta_format *format,
                              writing *w) {
    if (!format->needs_survey || !format->needs_survey(&w->asked))
        return TA_OK;
    if (input->read || input->fd >= 0)
        return refuse_option(run, "to",
                             "CSV without a schema needs its columns first, and the input "
                             "cannot be read twice: hand it over as bytes");
    w->survey = format->survey_new(&w->asked, &w->asked.survey);
    if (!w->survey)
        return TA_ERR_NOMEM;
    ta_finder finder = run->finder;
    ta_listener nobody = {.issue = NULL}, listener = run->listener;
    run->listener = nobody;
    ta_status status = read_chain(run, input, w->survey);
    run->listener = listener;
    run->finder = finder;
    ta_tail tail = {.status = status};
    ta_status ended = ta_stage_end(w->survey, &tail);
    return status == TA_ERR_NOMEM ? status : ended;
}

static ta_status convert_input(ta_api_run *run, const ta_input *input, const ta_format *format,
                               writing *w) {
    ta_status status = survey_input(run, input, format, w);
    ta_stage *writer = status == TA_OK ? format->writer_new(&w->asked) : NULL;
    if (status == TA_OK)
        status = writer ? ta_api_read(run, input, writer) : TA_ERR_NOMEM;
    ta_stage_drop(w->survey);
    ta_status closed = ta_sink_close(&w->sink);
    if (w->failed && status < TA_ERR_IO)
        status = TA_ERR_IO;
    return closed > status ? closed : status;
}

static ta_status refuse_format(ta_api_run *run, const char *name) {
    ta_find(&run->finder, &(ta_finding){.code = TA_F_FORMAT_UNKNOWN,
                                        .name = name,
                                        .expected = "to: csv, tsv, json, jsonl, yaml or xml"});
    return TA_ERR_USAGE;
}

ta_status ta_convert(const ta_checker *checker, const ta_input *input,
                     const ta_run_options *options, ta_write_fn *write, void *to,
                     ta_counts *counts) {
    ta_api_run run;
    writing w = {.write = write, .to = to};
    const ta_format *format = ta_format_find(options->to ? options->to : "json");
    ta_status status = ta_api_begin(&run, checker, options);
    if (status == TA_OK && !format)
        status = refuse_format(&run, options->to);
    if (status == TA_OK)
        status = ta_sink_open_function(&w.sink, write_out, &w);
    run.job.writes = run.read.converts = true;
    if (status == TA_OK) {
        w.options = (ta_write_options){.pretty = options->pretty,
                                       .lines = format->write_defaults.lines,
                                       .path_separator = '.',
                                       .dialect = format->write_defaults.dialect};
        w.asked = (ta_writing){.sink = &w.sink,
                               .finder = &run.finder,
                               .keys = &run.keys,
                               .shape = ta_checks_shape(&run.checks),
                               .options = &w.options};
        status = convert_input(&run, input, format, &w);
    }
    ta_sink_fini(&w.sink);
    return ta_api_end(&run, status, counts);
}
