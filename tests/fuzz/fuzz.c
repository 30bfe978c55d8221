/* SPDX-License-Identifier: MIT */
/*
 * The fuzz target of one format (TA_FUZZ_FORMAT): bytes come in through standard input in
 * pieces of odd sizes, go through the reader into the format's own writer, and what was written
 * is read and written once more. It traps: an input error without a finding, a finding that
 * points outside the input, output that is refused or changes when it is read again. Nothing
 * here may depend on anything but the bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/format.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);
ssize_t __wrap_read(int fd, void *to,
                    size_t len); /* stands for read() in the library (--wrap) */
ssize_t __real_read(int fd, void *to, size_t len);

/* What standard input holds, and how much of it one read() gives. */
static struct {
    const char *at;
    size_t left, step;
    bool open;
} feed;

ssize_t __wrap_read(int fd, void *to, size_t len) {
    if (fd != STDIN_FILENO || !feed.open)
        return __real_read(fd, to, len);
    size_t n = feed.left < feed.step ? feed.left : feed.step;
    if (n > len)
        n = len;
    memcpy(to, feed.at, n);
    feed.at += n;
    feed.left -= n;
    return (ssize_t)n;
}

enum { FUZZ_RECORDS = 8 }; /* a bit of the choice */

typedef struct ta_fuzz {
    const ta_format *format;
    const char *data;
    size_t len;
    uint32_t choice; /* a hash of the bytes: chooses options */
    ta_finder finder;
    ta_keys keys;
    char said[160]; /* the last error's message */
} fuzz;

static _Noreturn void fuzz_trap(const fuzz *f, const char *what) {
    fprintf(stderr, "fuzz: %s: %s; last error: %s\n", f->format->name, what, f->said);
    abort();
}

/* Whether a message shows a field of its row that was not filled in (and that the input did not
 * bring). */
static bool fuzz_has_gap(const fuzz *f, const char *message) {
    static const char *const fields[] = {"{name}", "{expected}", "{found}", "{replacement}",
                                         "{count}"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strstr(message, fields[i]) && !(f->len && memchr(f->data, '{', f->len)))
            return true;
    return !*message;
}

static void fuzz_take_finding(void *to, const ta_finding *finding) {
    fuzz *f = to;
    const ta_place *place = &finding->place;
    if (place->span.end < place->span.start || place->span.end > f->len)
        fuzz_trap(f, "a finding points outside the input");
    if (place->from.line && (!place->from.column || place->to.line < place->from.line))
        fuzz_trap(f, "a finding has no proper line and column");
    ta_buf message = {0};
    ta_finding_message(finding, &message);
    if (!message.failed && fuzz_has_gap(f, ta_buf_text(&message)))
        fuzz_trap(f, "a message has a gap");
    if (finding->level == TA_ERROR)
        (void)snprintf(f->said, sizeof f->said, "%s", ta_buf_text(&message));
    ta_buf_fini(&message);
}

/* --records, for some: the lists in a list or object, or those one level down. */
static const ta_path *fuzz_records(const fuzz *f) {
    static const ta_step steps[] = {{.kind = TA_STEP_ALL, .text = "*", .len = 1},
                                    {.kind = TA_STEP_ALL, .text = "*", .len = 1}};
    static const ta_path paths[] = {{.steps = steps, .count = 1}, {.steps = steps, .count = 2}};
    return f->choice & FUZZ_RECORDS && !f->format->list_only ? &paths[f->choice & 1] : NULL;
}

/* Reads all of the feed into a stage, which is ended. */
static ta_status fuzz_read(fuzz *f, ta_stage *stage, uint64_t *records) {
    *records = 0;
    ta_read_options options = f->format->read_defaults;
    options.path_separator = '.';
    options.depth_max = 100;
    options.recover = f->choice & 1;
    /* Heads are paths under --infer, and are written word for word: escapes in them do not
     * stay.
     */
    options.infer = f->choice & 2 && !(f->len && memchr(f->data, '\\', f->len));
    options.records = fuzz_records(f);
    feed.at = f->data;
    feed.left = f->len;
    feed.step = 1 + f->choice % 61;
    feed.open = true;
    ta_source source;
    const ta_source_options how = {.window_max = 1 << 20};
    ta_status status = ta_source_open(&source, "-", &how);
    ta_head head = {.file = "-", .format = f->format->name, .locate = f->format->locate};
    ta_record record = {
        .keys = &f->keys, .head = &head, .window = &source.window, .memory_max = 8 << 20};
    const ta_reading reading = {.source = &source,
                                .record = &record,
                                .head = &head,
                                .finder = &f->finder,
                                .options = &options};
    uint64_t errors = f->finder.errors;
    if (status == TA_OK)
        status = f->format->read(&reading, stage, records);
    if (status == TA_ERR_INPUT && f->finder.errors == errors)
        fuzz_trap(f, "an input error without a finding");
    ta_status ended = ta_stage_end(stage, &(ta_tail){.status = status, .records = *records});
    ta_record_fini(&record);
    ta_source_fini(&source);
    feed.open = false;
    return status == TA_OK ? ended : status;
}

/* The first pass, where the writer needs one. What it finds is found again by the second. */
static ta_status fuzz_survey(fuzz *f, ta_writing *writing, ta_stage **survey) {
    *survey = NULL;
    if (!f->format->needs_survey || !f->format->needs_survey(writing))
        return TA_OK;
    *survey = f->format->survey_new(writing, &writing->survey);
    if (!*survey)
        return TA_ERR_NOMEM;
    uint64_t records;
    ta_status status = fuzz_read(f, *survey, &records);
    return status == TA_ERR_INPUT ? TA_OK : status;
}

static ta_status fuzz_convert(fuzz *f, ta_sink *sink, uint64_t *records) {
    ta_write_options options = f->format->write_defaults;
    options.path_separator = '.';
    options.pretty = f->choice & 4;
    ta_writing writing = {
        .sink = sink, .finder = &f->finder, .keys = &f->keys, .options = &options};
    ta_stage *survey, *writer = NULL;
    ta_status status = fuzz_survey(f, &writing, &survey);
    if (status == TA_OK) {
        ta_finder_init(&f->finder, fuzz_take_finding, f);
        writer = f->format->writer_new(&writing);
        status = writer ? fuzz_read(f, writer, records) : TA_ERR_NOMEM;
    }
    ta_stage_drop(writer);
    ta_stage_drop(survey);
    return status;
}

/* Converts f's bytes to the same format in memory. */
static ta_status fuzz_rewrite(fuzz *f, ta_sink *sink, uint64_t *records) {
    *records = 0;
    ta_finder_init(&f->finder, fuzz_take_finding, f);
    ta_status status = ta_sink_open_memory(sink);
    if (status == TA_OK && !ta_keys_init(&f->keys))
        status = TA_ERR_NOMEM;
    if (status == TA_OK)
        status = fuzz_convert(f, sink, records);
    ta_keys_fini(&f->keys);
    if (status == TA_OK)
        status = ta_sink_close(sink);
    return status;
}

static void fuzz_again(const fuzz *f, const ta_sink *first, uint64_t records) {
    fuzz again = {.format = f->format,
                  .data = first->buffer,
                  .len = (size_t)(first->at - first->buffer),
                  .choice = f->choice & ~(uint32_t)FUZZ_RECORDS};
    uint64_t records_again = 0;
    ta_sink second = {0};
    ta_status status = fuzz_rewrite(&again, &second, &records_again);
    if (status != TA_OK || again.finder.errors)
        fuzz_trap(&again, "what was written is refused");
    if (records != records_again)
        fuzz_trap(f, "what was written has other records");
    if ((size_t)(second.at - second.buffer) != again.len ||
        (again.len && memcmp(second.buffer, first->buffer, again.len) != 0))
        fuzz_trap(f, "what was written changes when it is read again");
    ta_sink_fini(&second);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len) {
    fuzz f = {.format = ta_format_find(TA_FUZZ_FORMAT),
              .data = (const char *)data,
              .len = len,
              .choice = 2166136261u};
    if (!f.format || !f.format->writer_new)
        return 0;
    for (size_t i = 0; i < len; i++)
        f.choice = (f.choice ^ data[i]) * 16777619u;
    f.choice ^= f.choice >> 15;
    uint64_t records = 0;
    ta_sink sink = {0};
    ta_status status = fuzz_rewrite(&f, &sink, &records);
    if (status == TA_OK && !f.finder.errors)
        fuzz_again(&f, &sink, records);
    ta_sink_fini(&sink);
    return 0;
}
