/* SPDX-License-Identifier: MIT */
/* For tests of formats: a text read as one format and written as another, and what was found.
 */
#ifndef TA_READ_KIT_H
#define TA_READ_KIT_H

#include <stdio.h>

#include "format/format.h"
#include "note_kit.h"
#include "unit.h"

/* What a conversion came to: the output, and the findings as "code@line:column " one after the
 * other. */
typedef struct outcome {
    ta_status status;
    uint64_t records;
    ta_buf out, findings;
    ta_buf around; /* --records: the envelope */
} outcome;

typedef struct conversion {
    const char *from, *to;
    bool pretty;
    uint64_t limit;
    size_t window_max, memory_max;
    const char *records; /* a path; NULL: none */
    bool envelope;       /* what stands around the list goes to outcome.around */
    uint32_t depth_max;
} conversion;

/* The two ends of a conversion. */
typedef struct ends {
    ta_source source;
    ta_sink sink, around;
    ta_finder finder;
    ta_keys keys;
    ta_arena arena;
    ta_path path;
} ends;

static inline bool open_ends(ends *e, const conversion *how, outcome *got, ta_text text) {
    size_t wrong;
    const char *records = how->records;
    memset(e, 0, sizeof *e);
    ta_finder_init(&e->finder, note_finding, &got->findings);
    return ta_source_open_memory(&e->source, "test", text.data, text.len,
                                 &(ta_source_options){.window_max = how->window_max}) ==
               TA_OK &&
           ta_sink_open_memory(&e->sink) == TA_OK && ta_sink_open_memory(&e->around) == TA_OK &&
           ta_keys_init(&e->keys) &&
           (!records || ta_path_parse(&e->arena, NULL, (ta_text){records, strlen(records)}, '.',
                                      &e->path, &wrong));
}

static inline void close_ends(ends *e, outcome *got) {
    ta_buf_put(&got->out, e->sink.buffer, (size_t)(e->sink.at - e->sink.buffer));
    ta_buf_put(&got->around, e->around.buffer, (size_t)(e->around.at - e->around.buffer));
    ta_sink_fini(&e->sink);
    ta_sink_fini(&e->around);
    ta_source_fini(&e->source);
    ta_keys_fini(&e->keys);
    ta_arena_fini(&e->arena);
}

static inline ta_stage *new_writer(ends *e, ta_sink *sink, const ta_format *to,
                                   const ta_write_options *options) {
    ta_writing writing = {
        .sink = sink, .finder = &e->finder, .keys = &e->keys, .options = options};
    return to->writer_new(&writing);
}

static inline ta_status read_into(ends *e, const conversion *how, uint64_t *records) {
    const ta_format *from = ta_format_find(how->from), *to = ta_format_find(how->to);
    ta_head head = {.file = "test", .format = from->name, .locate = from->locate};
    ta_record record = {.keys = &e->keys,
                        .window = &e->source.window,
                        .head = &head,
                        .memory_max = how->memory_max};
    ta_read_options read = from->read_defaults;
    read.limit = how->limit;
    read.depth_max = how->depth_max;
    read.records = how->records ? &e->path : NULL;
    ta_write_options write = to->write_defaults;
    write.pretty = how->pretty;
    ta_stage *writer = new_writer(e, &e->sink, to, &write);
    ta_stage *around = how->envelope ? new_writer(e, &e->around, to, &write) : NULL;
    ta_reading reading = {.source = &e->source,
                          .record = &record,
                          .head = &head,
                          .finder = &e->finder,
                          .options = &read,
                          .envelope = around};
    ta_status status = writer ? from->read(&reading, writer, records) : TA_ERR_NOMEM;
    ta_status ended = ta_stage_end(writer, &(ta_tail){.status = status, .records = *records});
    ta_stage_drop(writer);
    ta_stage_drop(around);
    ta_record_fini(&record);
    return status == TA_OK ? ended : status;
}

static inline outcome convert(const conversion *how, const char *data, size_t len) {
    outcome got = {.status = TA_ERR_IO};
    ends e;
    if (TA_CHECK(open_ends(&e, how, &got, (ta_text){data, len})))
        got.status = read_into(&e, how, &got.records);
    close_ends(&e, &got);
    return got;
}

static inline void drop_outcome(outcome *got) {
    ta_buf_fini(&got->out);
    ta_buf_fini(&got->findings);
    ta_buf_fini(&got->around);
}

static inline void check_output(const conversion *how, const char *in, const char *want) {
    outcome got = convert(how, in, strlen(in));
    TA_CHECK_TEXT(ta_buf_text(&got.out), want);
    drop_outcome(&got);
}

static inline void check_findings(const char *from, const char *in, const char *want) {
    outcome got = convert(&(conversion){.from = from, .to = "json"}, in, strlen(in));
    if (!TA_CHECK_TEXT(ta_buf_text(&got.findings), want))
        fprintf(stderr, "    in:   %s\n", in);
    TA_CHECK(got.status == (*want ? TA_ERR_INPUT : TA_OK));
    drop_outcome(&got);
}

#endif
