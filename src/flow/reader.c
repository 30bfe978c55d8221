/* SPDX-License-Identifier: MIT */
#include "flow/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "flow/input.h"
#include "flow/intables.h"
#include "flow/spool.h"
#include "schema/titles.h"
#include "schema/way.h"

/* After a second, and then ten times a second, how far the reading has come. */
static void show_progress(void *to, const ta_source *source) {
    ta_reader *r = to;
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

void ta_reader_clear_progress(ta_reader *r) {
    if (r->progress_shown)
        fprintf(stderr, "\r\033[K");
    r->progress_shown = false;
    clock_gettime(CLOCK_MONOTONIC, &r->progress_last);
}

/* A descriptor at the input's start; -1: it is opened by its name. */
static ta_status rewind_input(const ta_reader *r, size_t i, int *fd) {
    *fd = r->spooled ? r->spooled[i] : -1;
    bool is_stream = r->spooled && *fd < 0 && !strcmp(r->job->inputs[i], "-");
    if (*fd < 0 && !is_stream)
        return TA_OK;
    return lseek(is_stream ? STDIN_FILENO : *fd, 0, SEEK_SET) < 0 ? TA_ERR_IO : TA_OK;
}

/* What the schema says of the records, or of their rows where lists have tables. */
static const ta_shape *record_shape(const ta_reader *r) {
    return r->tables ? r->tables->tables.items[0].shape : ta_checks_shape(&r->checks);
}

static const ta_shape *reading_shape(const ta_reader *r) {
    return r->mapping ? ta_mapping_shape(r->mapping) : record_shape(r);
}

/* Reads through the map, if there is one. */
static ta_status read_mapped(ta_reader *r, ta_source *source, const ta_input_options *options,
                             ta_stage *chain, uint64_t *records) {
    if (!r->map)
        return ta_input_read(source, options, chain, records);
    ta_stage *mapper = ta_mapping_begin(r->mapping, options->finder, chain);
    if (!mapper) {
        ta_source_fini(source);
        return TA_ERR_NOMEM;
    }
    const char *file = source->window.file;
    ta_status status = ta_input_read(source, options, mapper, records);
    ta_mapping_end(mapper, file, *records);
    return status;
}

/* The keys of the records, before rows of lists are read. What is wrong with the file is said
 * when it is read again. */
static ta_status index_input(ta_reader *r, const ta_input_options *options, const char *name) {
    ta_finder silent;
    ta_reader_silence(r, &silent);
    ta_input_options first = *options;
    ta_read_options all = *options->read;
    all.limit = 0;
    first.finder = &silent;
    first.read = &all;
    ta_source source;
    uint64_t records;
    ta_stage *stage = ta_index_stage_new(&r->tables->index, &r->tables->tables, &r->hub.finder);
    if (!stage)
        return TA_ERR_NOMEM;
    ta_status status = ta_source_open(&source, name, &options->source);
    if (status == TA_OK)
        status = read_mapped(r, &source, &first, stage, &records);
    else
        ta_source_fini(&source);
    ta_stage_drop(stage);
    r->tables->indexed = true;
    return status == TA_ERR_NOMEM ? status : TA_OK;
}

/* Reads the records with their lists. */
static ta_status read_with_tables(ta_reader *r, ta_source *source,
                                  const ta_input_options *options, ta_stage *chain,
                                  uint64_t *records) {
    ta_stage *merge = NULL;
    ta_status status = TA_OK;
    if (ta_in_tables_wants_index(r->tables))
        status = index_input(r, options, source->window.file);
    if (status == TA_OK)
        status = ta_in_tables_begin(r->tables, options, chain, &merge);
    if (status == TA_OK)
        status = read_mapped(r, source, options, merge, records);
    else
        ta_source_fini(source);
    uint64_t limit = options->read->limit;
    ta_status ended =
        ta_in_tables_end(r->tables, merge, status == TA_OK && (!limit || *records < limit));
    return ended > status ? ended : status;
}

static ta_input_options input_options(ta_reader *r, ta_finder *finder) {
    const ta_job *job = r->job;
    return (ta_input_options){
        .keys = &r->keys,
        .finder = finder,
        .from = job->from,
        .shape = reading_shape(r),
        .read = &r->read,
        .cut_short = &r->hub.cut_short,
        .left = r->left,
        .leap = r->leap,
        .source = {.encoding = job->encoding,
                   .window_max = job->record_max,
                   .progress = job->progress ? show_progress : NULL,
                   .progress_to = r},
    };
}

static void equip_window(ta_reader *r, ta_window *window) {
    window->screen = ta_checks_screen(&r->checks);
    window->namer = ta_naming_namer(&r->naming);
}

ta_status ta_reader_read(ta_reader *r, size_t i, ta_finder *finder, ta_stage *envelope,
                         ta_stage *chain, uint64_t *records) {
    ta_input_options options = input_options(r, finder);
    options.envelope = envelope;
    const char *name = r->job->inputs[i];
    ta_source source;
    int fd;
    *records = 0;
    if (rewind_input(r, i, &fd) != TA_OK)
        return TA_ERR_IO;
    ta_status status = fd >= 0 ? ta_source_open_fd(&source, name, fd, &options.source)
                               : ta_source_open(&source, name, &options.source);
    equip_window(r, &source.window);
    if (status == TA_OK && r->tables)
        return read_with_tables(r, &source, &options, chain, records);
    if (status == TA_OK)
        return read_mapped(r, &source, &options, chain, records);
    ta_input_explain(&source, name, status, &options);
    ta_source_fini(&source);
    return status;
}

ta_status ta_reader_share(ta_reader *r, ta_source *source, const char *format,
                          ta_stage *chain) {
    ta_input_options options = input_options(r, &r->hub.finder);
    uint64_t records;
    options.from = format;
    equip_window(r, &source->window);
    return ta_input_read(source, &options, chain, &records);
}

ta_status ta_reader_open_again(ta_reader *r, size_t i, ta_source *source,
                               char declared[TA_ENCODING_BYTES]) {
    const ta_source_options options = {.encoding = r->job->encoding,
                                       .window_max = r->job->record_max};
    char link[64] = "";
    if (r->spooled && r->spooled[i] >= 0)
        snprintf(link, sizeof link, "/proc/self/fd/%d", r->spooled[i]);
    ta_status status = ta_source_open(source, *link ? link : r->job->inputs[i], &options);
    if (status == TA_OK)
        status = ta_source_more(source, 0);
    return status == TA_OK ? ta_input_follow(source, r->job->from, declared) : status;
}

static void hear_system(void *to, const ta_finding *finding) {
    ta_reader *r = to;
    if (finding->code <= TA_F_IO_MEMORY)
        ta_find(&r->hub.finder, finding);
}

void ta_reader_silence(ta_reader *r, ta_finder *silent) {
    ta_finder_init(silent, hear_system, r);
}

static bool make_spooled(ta_reader *r) {
    r->spooled = malloc((r->job->input_count + 1) * sizeof *r->spooled);
    for (size_t i = 0; r->spooled && i < r->job->input_count; i++)
        r->spooled[i] = -1;
    return r->spooled;
}

ta_status ta_reader_lend(ta_reader *r, size_t i, int *fd) {
    if (!r->spooled && !make_spooled(r))
        return TA_ERR_NOMEM;
    r->spooled[i] = *fd;
    *fd = -1;
    return TA_OK;
}

int ta_reader_return(ta_reader *r, size_t i) {
    int fd = r->spooled[i];
    r->spooled[i] = -1;
    return fd;
}

ta_status ta_reader_spool(ta_reader *r, size_t first, size_t count) {
    if (!r->spooled && !make_spooled(r))
        return TA_ERR_NOMEM;
    for (size_t i = first; i < first + count; i++) {
        if (r->spooled[i] >= 0 || !ta_spool_is_needed(r->job->inputs[i]))
            continue;
        ta_status status = ta_spool_copy(r->job->inputs[i], &r->hub.finder, &r->spooled[i]);
        if (status != TA_OK)
            return status;
    }
    return TA_OK;
}

static ta_status refuse_path(ta_reader *r, const char *why) {
    ta_find(&r->hub.finder,
            &(ta_finding){.code = TA_F_RECORDS_OPTION, .name = r->job->records, .found = why});
    return TA_ERR_USAGE;
}

/* What the options leave open is as the schema's file says. */
static void apply_way(ta_read_options *read, const ta_way *way) {
    ta_dialect *d = &read->dialect;
    d->delimiter = d->delimiter ? d->delimiter : way->delimiter;
    d->quote = d->quote ? d->quote : way->quote;
    d->escape = d->escape ? d->escape : way->escape;
    d->decimal = d->decimal ? d->decimal : way->decimal;
    d->group = d->group ? d->group : way->group;
    d->comment = d->comment ? d->comment : way->comment;
    d->no_header |= way->no_header;
    d->by_position = d->no_header && way->flat;
    d->skip_rows = d->skip_said ? d->skip_rows : way->skip_rows;
    d->skip_said |= way->skip_said;
    d->skip_footer = d->skip_footer ? d->skip_footer : way->skip_footer;
    d->header_rows = d->header_rows ? d->header_rows : way->header_rows;
    if (!d->null_count) {
        d->nulls = way->nulls.items;
        d->null_count = way->nulls.count;
    }
    if (way->flat)
        read->path_separator = '\x1F'; /* stands in no head: a dot is a dot */
}

void ta_reader_follow(ta_reader *r, ta_write_options *write) {
    const ta_schema *schema = r->checks.schemas[0];
    const ta_way *way = schema ? schema->way : NULL;
    ta_dialect *d = &write->dialect;
    if (!way)
        return;
    d->delimiter = d->delimiter ? d->delimiter : way->delimiter;
    d->quote = d->quote ? d->quote : way->quote;
    d->escape = d->escape ? d->escape : way->escape;
    d->decimal = d->decimal ? d->decimal : way->decimal;
    d->comment = way->comment;
    d->no_header = way->no_header && !r->job->to_tables;
    d->nulls = way->nulls.items;
    d->null_count = way->nulls.count;
    if (way->skip_rows || way->skip_footer || way->header_rows > 1)
        ta_find(&r->hub.finder,
                &(ta_finding){.code = TA_F_LOSS_DIALECT,
                              .place = {.file = r->job->schema},
                              .found = way->skip_rows     ? "rows before the head"
                                       : way->skip_footer ? "rows at the end"
                                                          : "several rows of heads"});
}

/* --dialect FILE */
static ta_status read_dialect_file(ta_reader *r) {
    const ta_loader *loader = &r->library.loader;
    ta_way way = {.delimiter = 0};
    if (!r->job->dialect_file)
        return TA_OK;
    const ta_document *document = loader->load(loader->to, r->job->dialect_file);
    if (!document)
        return TA_ERR_USAGE;
    ta_status status = ta_way_read(loader, document, document->record.nodes, &r->arena, &way);
    if (status == TA_OK)
        apply_way(&r->read, &way);
    return status;
}

static ta_status settle_reading(ta_reader *r) {
    const char *records = r->job->records;
    size_t bad;
    r->read = r->job->read;
    r->read.converts = r->job->writes;
    r->read.dialect.as_written = r->job->normalizes;
    r->read.xsd = r->checks.xsd;
    ta_status status = read_dialect_file(r);
    if (status != TA_OK)
        return status;
    if (r->checks.schemas[0] && r->checks.schemas[0]->way)
        apply_way(&r->read, r->checks.schemas[0]->way);
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
    return TA_OK;
}

/* The map, or the heads and titles that the schema has. */
static ta_status load_map(ta_reader *r) {
    const ta_shape *shape = record_shape(r);
    char separator = r->job->read.path_separator;
    ta_status status = TA_OK;
    if (r->job->map)
        status = ta_map_load(&r->library.loader, r->job->map, &r->map);
    bool drafts = r->job->infer.map; /* a map, for the heads as they stand */
    if (status == TA_OK && (r->map || (!drafts && ta_titles_any(shape))))
        status = ta_mapping_new(r->map, &r->library.loader, shape, TA_MAP_IN,
                                separator ? separator : '.', &r->mapping);
    if (status == TA_OK && r->mapping)
        r->read.heads = (ta_heads){ta_mapping_rename, r->mapping};
    return status;
}

static ta_status open_tables(ta_reader *r) {
    r->tables = calloc(1, sizeof *r->tables);
    return r->tables ? ta_in_tables_open(r->tables, r) : TA_ERR_NOMEM;
}

/* Behind the hub: all that is loaded. */
static ta_status open_reader(ta_reader *r) {
    const ta_job *job = r->job;
    ta_reader_clear_progress(r);
    ta_status status = ta_keys_init(&r->keys) ? TA_OK : TA_ERR_NOMEM;
    ta_library_init(&r->library, &r->keys, &r->hub.finder);
    r->library.loader.schema = job->schemas;
    r->library.loader.schema.inputs = job->inputs;
    r->library.loader.schema.input_count = job->input_count;
    r->library.loader.code_files = job->code_files;
    r->library.loader.code_file_count = job->code_file_count;
    r->library.maps = job->schema_maps;
    r->library.map_count = job->schema_map_count;
    if (status == TA_OK)
        status = ta_checks_load(&r->checks, job, &r->library);
    if (status == TA_OK)
        status = ta_naming_open(&r->naming, r->checks.schemas[0], &r->checks.screen, &r->keys);
    if (status == TA_OK)
        status = settle_reading(r);
    if (status == TA_OK && job->tables && !job->to_tables)
        status = open_tables(r);
    return status == TA_OK ? load_map(r) : status;
}

ta_status ta_reader_open(ta_reader *r, const ta_job *job) {
    memset(r, 0, sizeof *r);
    r->job = job;
    if (ta_hub_open(&r->hub, job))
        return open_reader(r);
    r->hub.could_not_run = true;
    return TA_ERR_IO;
}

ta_status ta_reader_open_outlet(ta_reader *r, const ta_job *job, const ta_outlet *outlet) {
    memset(r, 0, sizeof *r);
    r->job = job;
    ta_hub_open_outlet(&r->hub, job, outlet);
    return open_reader(r);
}

int ta_reader_close(ta_reader *r) {
    if (r->tables)
        ta_in_tables_close(r->tables);
    free(r->tables);
    ta_mapping_drop(r->mapping);
    ta_map_drop(r->map);
    ta_naming_fini(&r->naming);
    ta_checks_fini(&r->checks);
    ta_library_fini(&r->library);
    ta_keys_fini(&r->keys);
    ta_arena_fini(&r->arena);
    for (size_t i = 0; r->spooled && i < r->job->input_count; i++)
        if (r->spooled[i] >= 0)
            close(r->spooled[i]);
    free(r->spooled);
    return ta_hub_close(&r->hub);
}
