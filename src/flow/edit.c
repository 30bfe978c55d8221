/* SPDX-License-Identifier: MIT */
/*
 * Each input is opened once and read twice through that one descriptor: by its reader, and with
 * pread by the patch, which copies the text between the changes.
 */
#include "flow/edit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "flow/backup.h"
#include "flow/batch.h"
#include "flow/crew.h"
#include "flow/edit_lane.h"
#include "flow/hunks.h"
#include "flow/input.h"
#include "flow/normals.h"
#include "flow/output.h"
#include "flow/reader.h"
#include "flow/shuffle.h"

typedef struct edit_run {
    ta_reader reader;
    ta_normals normals;
    ta_gather gather;
} edit_run;

/* One input. */
typedef struct edited {
    edit_run *run;
    const char *name, *target; /* NULL: it is not written */
    int fd;
    struct stat info; /* when it was opened */
    char declared[TA_ENCODING_BYTES];
    const char *encoding; /* NULL: UTF-8 */
    ta_original original;
    ta_output output;
    bool output_open, written;
    bool withheld; /* the file was not put in its place */
    ta_recoder recoder;
    ta_hunks hunks;
    ta_patch_to to;
    ta_patch patch;
    ta_gather_asker asker;
    ta_sorter sorter;
    ta_shuffle shuffle; /* --sort-key: around the patch */
    size_t moved;       /* records that stand elsewhere */
} edited;

static void put_same(void *to, const char *data, size_t len) {
    ta_recoder_put(to, data, len);
}

static void put_changed(void *to, ta_text before, ta_text after) {
    (void)before;
    ta_recoder_put(to, after.data, after.len);
}

static ta_status say_file(edited *e, ta_code code, const char *found, ta_status status) {
    ta_find(&e->run->reader.hub.finder,
            &(ta_finding){
                .code = code, .place = {.file = e->name}, .name = e->name, .found = found});
    return status;
}

/* The descriptor that is read: a pipe's copy, standard input, or the file. */
static ta_status open_input(edited *e, size_t i) {
    int *held = &e->run->reader.spooled[i];
    if (*held < 0 && strcmp(e->name, "-") != 0)
        *held = open(e->name, O_RDONLY | O_CLOEXEC);
    e->fd = *held >= 0 ? *held : STDIN_FILENO;
    if ((*held < 0 && strcmp(e->name, "-") != 0) || fstat(e->fd, &e->info))
        return say_file(e, TA_F_IO_OPEN, strerror(errno), TA_ERR_IO);
    if (S_ISDIR(e->info.st_mode))
        return say_file(e, TA_F_IO_FOLDER, NULL, TA_ERR_IO);
    return TA_OK;
}

/* The text is put out again in the encoding that it is read from. */
static void find_encoding(edited *e) {
    const ta_job *job = e->run->reader.job;
    char first[TA_DECLARATION_BYTES];
    ssize_t len = job->encoding ? 0 : pread(e->fd, first, sizeof first, 0);
    bool declares = len > 0 && ta_input_encoding(first, (size_t)len, job->from, e->declared);
    e->encoding = declares ? e->declared : job->encoding;
}

static ta_status open_original(edited *e) {
    const char *why = NULL, *encoding = e->encoding;
    ta_status status = ta_original_open(&e->original, e->fd, encoding, &why);
    if (status == TA_ERR_INPUT)
        return say_file(e, TA_F_NORMALIZE_INPUT, why, TA_ERR_USAGE);
    if (status == TA_ERR_IO)
        return say_file(e, TA_F_IO_READ, strerror(e->original.error), status);
    if (status == TA_ERR_USAGE)
        ta_find(&e->run->reader.hub.finder, &(ta_finding){.code = TA_F_ENCODING_UNKNOWN,
                                                          .place = {.file = e->name},
                                                          .name = encoding});
    if (status == TA_OK && e->run->reader.job->edit.diff && !ta_original_has_ascii(encoding))
        return say_file(e, TA_F_NORMALIZE_INPUT, "a diff of text in such an encoding is none",
                        TA_ERR_USAGE);
    return status;
}

/* A file that may not be written is not replaced, though its folder would allow that. */
static ta_status check_writable(edited *e) {
    struct stat info;
    if (!e->run->reader.job->edit.write || stat(e->name, &info) || S_ISDIR(info.st_mode))
        return TA_OK; /* open_input says what is wrong */
    if (!S_ISREG(info.st_mode))
        return say_file(e, TA_F_NORMALIZE_INPUT, "--write needs a file, not a pipe or a device",
                        TA_ERR_USAGE);
    if (info.st_nlink > 1)
        return say_file(e, TA_F_NORMALIZE_INPUT,
                        "it has another name (a hard link), which would keep the old text: "
                        "write it elsewhere with -o",
                        TA_ERR_USAGE);
    return access(e->name, W_OK) ? say_file(e, TA_F_IO_WRITE, strerror(errno), TA_ERR_IO)
                                 : TA_OK;
}

static void print_diff(void *to, const char *data, size_t len) {
    edited *e = to;
    if (!ta_hub_print(&e->run->reader.hub, data, len))
        e->output.sink.status = TA_STOP; /* the hub says why */
}

/* Diffs share standard output: each comes when it is its input's turn. */
static ta_status open_printed(edited *e) {
    e->output = (ta_output){.name = "standard output", .fd = -1};
    return ta_sink_open_function(&e->output.sink, print_diff, e);
}

/* Where the text, or the diff, goes. */
static ta_status open_target(edited *e) {
    const ta_job *job = e->run->reader.job;
    if (job->edit.check)
        return TA_OK;
    ta_finder *finder = &e->run->reader.hub.finder;
    if (job->outputs && !ta_output_make_folders(e->target, finder))
        return TA_ERR_IO;
    e->output_open = true;
    ta_status status =
        e->target ? ta_output_open(&e->output, e->target, finder) : open_printed(e);
    if (status == TA_OK)
        status = ta_recoder_open(&e->recoder, &e->output.sink, e->encoding);
    e->to = (ta_patch_to){&e->recoder, put_same, put_changed, &e->output.sink};
    if (job->edit.diff) {
        ta_hunks_init(&e->hunks, &e->recoder, e->name, job->record_max);
        e->to = (ta_patch_to){&e->hunks, ta_hunks_same, ta_hunks_changed, &e->output.sink};
    }
    return status;
}

/* normalize -> patch; with --sort-key normalize -> shuffle -> patch -> shuffle. */
static ta_status build_chain_of_edits(edited *e, ta_stage **chain) {
    ta_reader *reader = &e->run->reader;
    ta_finder *finder = &reader->hub.finder;
    const ta_patch_to *to = e->output_open ? &e->to : NULL;
    bool sorts = reader->job->sort;
    ta_patch_init(&e->patch, finder, &e->original, sorts && to ? &e->shuffle.in : to);
    *chain = &e->patch.stage;
    if (sorts) {
        ta_shuffle_init(&e->shuffle, &e->sorter, to, *chain);
        e->shuffle.keeps_before = reader->job->edit.diff;
        e->shuffle.comment = reader->read.dialect.comment;
        *chain = &e->shuffle.stage;
    }
    ta_status status = sorts ? ta_sorter_open(&e->sorter, reader, finder) : TA_OK;
    e->run->normals.listener = &e->patch.listener;
    if (status == TA_OK)
        status = ta_checks_put_lints(finder, chain);
    return status == TA_OK ? ta_normals_build(&e->run->normals, finder, chain) : status;
}

/* The text behind the last change, and what was held to be sorted. */
static ta_status finish_text(edited *e) {
    ta_status status = e->patch.failed ? TA_ERR_NOMEM : ta_patch_finish(&e->patch);
    if (e->run->reader.job->sort && (status == TA_OK || status == TA_STOP))
        status = ta_shuffle_finish(&e->shuffle, &e->moved);
    return status == TA_STOP ? TA_OK : status;
}

/* Reads the input through the chain, shared with workers where that can be. */
static ta_status read_shared(edited *e, size_t i, ta_stage *chain, uint64_t *records) {
    ta_reader *reader = &e->run->reader;
    ta_lane lane = ta_edit_lane(reader, chain, &e->run->gather);
    ta_crew *crew = e->run->gather.fd >= 0 ? ta_crew_open(&lane, e->name) : NULL;
    reader->leap = ta_crew_leap(crew);
    ta_status status = ta_reader_read(reader, i, &reader->hub.finder, NULL, chain, records);
    reader->leap = NULL;
    bool cut = reader->job->read.limit && *records == reader->job->read.limit;
    ta_tail tail = {.status = status, .cut = cut, .records = *records};
    ta_status ended = ta_stage_end(chain, &tail);
    ta_crew_close(crew);
    return ended > status ? ended : status;
}

/* Reads the input through the stage that normalizes to the patch. */
static ta_status read_input(edited *e, size_t i, uint64_t *records) {
    ta_reader *reader = &e->run->reader;
    ta_stage *chain;
    ta_status status = build_chain_of_edits(e, &chain);
    if (status == TA_OK)
        status = read_shared(e, i, chain, records);
    if (status == TA_OK || status == TA_ERR_INPUT || status == TA_STOP) {
        ta_status rest = finish_text(e);
        status = rest == TA_OK ? status : rest;
    }
    if (status == TA_ERR_IO && e->original.error)
        say_file(e, TA_F_IO_READ, strerror(e->original.error), status);
    ta_stage_drop(chain);
    ta_sorter_fini(&e->sorter);
    ta_reader_clear_progress(reader);
    return status;
}

/* Whether another program has written to the file since it was opened, or put another one in
 * its place. */
static bool was_touched(const edited *e) {
    struct stat now;
    bool itself = e->run->reader.job->edit.write;
    if (itself &&
        (stat(e->name, &now) || now.st_ino != e->info.st_ino || now.st_dev != e->info.st_dev))
        return true;
    return fstat(e->fd, &now) || now.st_size != e->info.st_size ||
           now.st_mtim.tv_sec != e->info.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != e->info.st_mtim.tv_nsec;
}

static ta_status finish_diff(edited *e) {
    ta_status status = ta_hunks_finish(&e->hunks);
    if (status != TA_ERR_INPUT)
        return status;
    ta_buf most = {0};
    ta_buf_printf(&most, "%zu MiB", e->run->reader.job->record_max >> 20);
    ta_find(&e->run->reader.hub.finder, &(ta_finding){.code = TA_F_NORMALIZE_LINE,
                                                      .place = {.file = e->name},
                                                      .expected = ta_buf_text(&most)});
    ta_buf_fini(&most);
    return TA_ERR_USAGE;
}

static bool is_changed(const edited *e) {
    return e->patch.changes || e->moved;
}

/* What is still to be done before the text is put in its place. */
static ta_status settle_target(edited *e) {
    const ta_job *job = e->run->reader.job;
    if (job->edit.diff)
        return finish_diff(e);
    if (!e->output.target)
        return TA_OK;
    if (was_touched(e))
        return say_file(e, TA_F_NORMALIZE_INPUT,
                        "another program has written to it meanwhile: run it again", TA_ERR_IO);
    if (!job->edit.backup || !is_changed(e))
        return TA_OK;
    return ta_backup_keep(&(ta_backup){.name = e->name,
                                       .target = e->output.target,
                                       .fd = e->fd,
                                       .mode = e->info.st_mode & 07777,
                                       .hub = &e->run->reader.hub});
}

/* A file that is edited itself is only replaced if something changed. */
static ta_status finish_target(edited *e, ta_status status) {
    const ta_job *job = e->run->reader.job;
    bool cut = e->run->reader.hub.cut_short, to_file = e->output.target != NULL;
    if (!e->output_open)
        return status;
    bool keep = status < TA_ERR_USAGE && !(cut && to_file);
    if (keep) {
        ta_status settled = settle_target(e);
        keep = settled == TA_OK;
        status = keep ? status : settled;
    }
    ta_status closed = ta_output_close(&e->output, keep && (!job->edit.write || is_changed(e)));
    e->withheld = to_file && cut;
    e->written = keep && closed == TA_OK && e->target;
    return closed == TA_OK ? status : closed;
}

static void close_input(edited *e, size_t i) {
    int *held = e->run->reader.spooled ? &e->run->reader.spooled[i] : NULL;
    ta_gather_end(&e->run->gather);
    ta_original_close(&e->original);
    ta_recoder_close(&e->recoder);
    ta_hunks_fini(&e->hunks);
    if (held && *held >= 0)
        close(*held);
    if (held)
        *held = -1;
}

/* What became of the input, for the ledger. */
static void tell_outcome(const edited *e, const ta_summary *summary, uint64_t begun) {
    ta_hub *hub = &e->run->reader.hub;
    bool whole = !hub->cut_short && summary->status <= TA_ERR_INPUT;
    ta_hub_outcome(hub, &(ta_outcome){.input = e->name,
                                      .output = e->target,
                                      .schema = summary->schema,
                                      .read = ta_outcome_read_of(summary, whole),
                                      .seen = summary->records,
                                      .written = e->written ? summary->records : 0,
                                      .changed = summary->changed,
                                      .errors = summary->errors,
                                      .milliseconds = ta_clock_milliseconds() - begun});
}

static void say_withheld(const edited *e) {
    ta_buf line = {0};
    ta_buf_printf(&line, "transalp: %s was not written: the input could not be read to its end",
                  e->target);
    ta_hub_say(&e->run->reader.hub, ta_buf_text(&line));
    ta_buf_fini(&line);
}

static void sum_up(edited *e, ta_summary *summary) {
    ta_hub *hub = &e->run->reader.hub;
    const ta_job *job = e->run->reader.job;
    summary->errors = hub->finder.errors;
    summary->warnings = hub->finder.warnings;
    summary->notes = hub->finder.notes;
    summary->schema = job->schema;
    summary->limit = job->read.limit == summary->records ? summary->records : 0;
    ta_normals_sum_up(&e->run->normals, summary);
    hub->differs = summary->refused || (job->edit.check && is_changed(e));
    ta_hub_input_end(hub, summary);
}

/* The first pass: what the columns show. What is wrong with the data is said in the second. */
static ta_status watch_first(edit_run *run, size_t i) {
    ta_finder silent;
    ta_stage *chain = NULL;
    uint64_t records;
    ta_reader_silence(&run->reader, &silent);
    ta_status status = ta_normals_watch(&run->normals, &chain);
    if (chain)
        status = ta_reader_read(&run->reader, i, &silent, NULL, chain, &records);
    if (chain)
        (void)!ta_stage_end(chain, &(ta_tail){.status = status});
    ta_stage_drop(chain);
    ta_reader_clear_progress(&run->reader);
    return status == TA_ERR_NOMEM || status == TA_ERR_IO ? status : TA_OK;
}

/* Words must be known from the start; what else the columns show can wait for a value that
 * asks.
 */
static ta_status watch_input(edited *e, size_t i) {
    ta_normal_plan *plan = e->run->normals.plan;
    const ta_normal_gatherer gatherer = {&e->asker, ta_gather_ask};
    if (ta_normal_wants_words(plan) || !ta_gather_begin(&e->run->gather, i, e->fd))
        return watch_first(e->run, i);
    e->asker = (ta_gather_asker){&e->run->gather, &e->run->reader.hub.finder};
    ta_normal_gather_with(plan, &gatherer);
    return TA_OK;
}

/* From opening the input to putting what comes of it in its place. */
static ta_status edit_input(edited *e, size_t i, uint64_t *records) {
    ta_status status = check_writable(e);
    if (status == TA_OK)
        status = ta_reader_spool(&e->run->reader, i, 1);
    if (status == TA_OK)
        status = open_input(e, i);
    if (status == TA_OK) {
        find_encoding(e);
        status = open_original(e);
    }
    if (status == TA_OK)
        status = watch_input(e, i);
    if (status == TA_OK)
        status = open_target(e);
    if (status == TA_OK)
        status = read_input(e, i, records);
    status = finish_target(e, status);
    close_input(e, i);
    return status;
}

static void take_edit_lot(void *own, const ta_lot *lot) {
    edit_run *run = own;
    const ta_job *job = run->reader.job;
    edited e = {.run = run,
                .name = job->inputs[lot->first],
                .target = ta_job_target(job, lot->first),
                .fd = -1};
    ta_summary summary = {.file = e.name};
    uint64_t begun = ta_clock_milliseconds();
    ta_hub_rewind(&run->reader.hub);
    ta_normal_plan_rewind(run->normals.plan); /* each file is evidence for itself alone */
    summary.status = edit_input(&e, lot->first, &summary.records);
    ta_hub_status(&run->reader.hub, summary.status);
    sum_up(&e, &summary);
    tell_outcome(&e, &summary, begun);
    if (e.withheld)
        say_withheld(&e);
}

static ta_status open_edit_run(void *own, const ta_job *job, const ta_outlet *outlet) {
    edit_run *run = own;
    ta_reader *reader = &run->reader;
    ta_status status = ta_reader_open_outlet(reader, job, outlet);
    if (status == TA_OK)
        status = ta_normals_load(&run->normals, job, ta_checks_shape(&reader->checks),
                                 &reader->library);
    ta_gather_init(&run->gather, job, run->normals.plan);
    if (status != TA_OK)
        ta_hub_status(&reader->hub, status == TA_ERR_INPUT ? TA_ERR_USAGE : status);
    return status;
}

static void close_edit_run(void *own) {
    edit_run *run = own;
    ta_gather_fini(&run->gather);
    ta_normals_fini(&run->normals);
    (void)!ta_reader_close(&run->reader);
}

int ta_edit_run(const ta_job *job) {
    static const ta_craft craft = {sizeof(edit_run), open_edit_run, take_edit_lot,
                                   close_edit_run};
    return ta_batch_run(job, &craft);
}
