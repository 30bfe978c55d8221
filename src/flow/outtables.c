/* SPDX-License-Identifier: MIT */
#include "flow/outtables.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A child table's file. */
typedef struct ta_out_table {
    const ta_survey *survey;
    ta_stage *surveying, *writer;
    ta_writing writing;
    ta_finder finder, *outer; /* says to which file its paths belong */
    const ta_tables *tables;
    uint32_t at; /* in them */
    char *target;
    ta_output output;
    ta_encode encode;
    bool open;
} out_table;

static const ta_table *table_of_file(const out_table *file) {
    return &file->tables->items[file->at];
}

static ta_status refuse_file(const ta_out_tables *out, const char *file, const char *why) {
    ta_find(&out->reader->hub.finder,
            &(ta_finding){.code = TA_F_TABLE_FILE, .name = file, .found = why});
    return TA_ERR_USAGE;
}

/* The schema's name for a list of such records, else the input's name without folder and
 * suffix. */
static void put_list_name(ta_out_tables *out, const ta_shape *shape) {
    const char *input = out->reader->job->inputs[0];
    const char *slash = strrchr(input, '/'), *name = slash ? slash + 1 : input;
    const char *end = name + 1 + strcspn(name + (*name != 0), ".");
    if (shape && shape->xml_list)
        ta_tables_put_name(&out->name, shape->xml_list, strlen(shape->xml_list));
    else if (!*name || !strcmp(name, "-"))
        ta_buf_puts(&out->name, "records");
    else
        ta_tables_put_name(&out->name, name, (size_t)(end - name));
}

static ta_status make_folder(ta_out_tables *out) {
    if (!mkdir(out->folder, 0777)) {
        out->made_folder = true;
        return TA_OK;
    }
    return errno == EEXIST ? TA_OK : refuse_file(out, out->folder, strerror(errno));
}

static void say_no_key(const ta_out_tables *out) {
    const ta_link *link = out->tables.items[1].links;
    if (!out->key.count)
        ta_find(&out->reader->hub.finder,
                &(ta_finding){.code = TA_F_TABLE_NUMBER,
                              .place = {.file = out->reader->job->inputs[0]},
                              .name = link->name});
}

ta_status ta_out_tables_open(ta_out_tables *out, ta_reader *reader, const ta_format *to,
                             const ta_shape *shape) {
    char separator = reader->job->write.path_separator;
    out->folder = reader->job->tables;
    out->reader = reader;
    out->to = to;
    put_list_name(out, shape);
    ta_buf_printf(&out->target, "%s/%s.%s", out->folder, ta_buf_text(&out->name), to->name);
    ta_buf_text(&out->target);
    if (out->name.failed || out->target.failed)
        return TA_ERR_NOMEM;
    if (!ta_tables_init(&out->tables, ta_buf_text(&out->name), to->name, shape, separator,
                        &reader->keys))
        return TA_ERR_NOMEM;
    ta_status status = ta_record_key_find(&out->key, reader);
    if (out->key.count)
        out->tables.key = out->key.paths;
    out->tables.key_names = out->key.names;
    out->tables.key_count = out->key.count;
    ta_keys_pin(&reader->keys);
    return status == TA_OK ? make_folder(out) : status;
}

const char *ta_out_tables_target(ta_out_tables *out) {
    return ta_buf_text(&out->target);
}

static ta_stage *survey_table(void *to, const ta_table *table, ta_status *status) {
    ta_out_tables *out = to;
    uint32_t at = (uint32_t)(table - out->tables.items);
    out_table *file = calloc(1, sizeof *file);
    *status = TA_ERR_NOMEM;
    if (!file ||
        !ta_array_grow(&out->files, &out->file_cap, at + (size_t)1, sizeof *out->files)) {
        free(file);
        return NULL;
    }
    out->files[at] = file;
    file->tables = &out->tables;
    file->at = at;
    out->file_count = at + 1;
    file->writing = out->survey;
    file->writing.shape = table->shape;
    file->surveying = out->to->survey_new(&file->writing, &file->survey);
    if (file->surveying)
        *status = TA_OK;
    return file->surveying;
}

/* All that is seen the second time has been seen the first. */
static ta_stage *refuse_table(void *to, const ta_table *table, ta_status *status) {
    *status = refuse_file(to, table->file, "the input was changed while it was read");
    return NULL;
}

static ta_stage *new_split(ta_out_tables *out, ta_finder *finder, bool surveys,
                           ta_stage *next) {
    ta_split_options options = {.tables = &out->tables,
                                .finder = finder,
                                .surveys = surveys,
                                .open = surveys ? survey_table : refuse_table,
                                .to = out};
    ta_stage *stage = next ? ta_split_new(&options, next) : NULL;
    if (!stage)
        ta_stage_drop(next);
    return stage;
}

ta_stage *ta_out_tables_survey(ta_out_tables *out, const ta_writing *silent, ta_stage *next) {
    out->survey = *silent;
    return new_split(out, silent->finder, true, next);
}

ta_stage *ta_out_tables_build(ta_out_tables *out, ta_stage *next) {
    return new_split(out, &out->reader->hub.finder, false, next);
}

/* What a writer of a child table says is said of that file. */
static void put_finding(void *to, const ta_finding *finding) {
    const out_table *file = to;
    const ta_table *table = table_of_file(file);
    ta_finding f = *finding;
    ta_buf path = {0}, name = {0};
    ta_buf_printf(&path, "%s%s%s", table->path, f.path ? ".*." : "", f.path ? f.path : "");
    f.path = ta_buf_text(&path);
    if (f.name) {
        ta_buf_printf(&name, "%s of %s", f.name, table->file);
        f.name = ta_buf_text(&name);
    }
    ta_find(file->outer, &f);
    ta_buf_fini(&path);
    ta_buf_fini(&name);
}

/* The tables' own files, and files that would be read as tables of them. */
static bool is_table_name(const ta_out_tables *out, const char *file) {
    const ta_tables *t = &out->tables;
    size_t len = strlen(file), name = strlen(t->name), suffix = strlen(t->suffix);
    return len > name + suffix + 2 && !strncmp(file, t->name, name) && file[name] == '.' &&
           file[len - suffix - 1] == '.' && !strcmp(file + len - suffix, t->suffix);
}

static bool is_own_name(const ta_out_tables *out, const char *file) {
    for (uint32_t i = 1; i < out->tables.count; i++)
        if (!strcmp(out->tables.items[i].file, file))
            return true;
    return false;
}

static ta_status look_around(ta_out_tables *out) {
    DIR *folder = opendir(out->folder);
    if (!folder)
        return refuse_file(out, out->folder, strerror(errno));
    ta_status status = TA_OK;
    for (const struct dirent *entry; status == TA_OK && (entry = readdir(folder));)
        if (is_table_name(out, entry->d_name) && !is_own_name(out, entry->d_name))
            status = refuse_file(out, entry->d_name,
                                 "it stands there already, and would be read as a table of "
                                 "this list; move or delete it");
    closedir(folder);
    return status;
}

/* The first bytes of a file without marks, and without the NULs of UTF-16 and UTF-32. */
static size_t read_start(const char *target, char *to, size_t size) {
    FILE *file = fopen(target, "r");
    size_t len = file ? fread(to, 1, size, file) : 0, kept = 0;
    if (file)
        (void)fclose(file);
    for (size_t i = 0; i < len; i++)
        if (to[i] && (i > 2 || !strchr("\xEF\xBB\xBF\xFE\xFF", to[i])))
            to[kept++] = to[i];
    return kept;
}

/* A file that is to be replaced is a table that was written before. */
static bool begins_with_link(const char *target, const ta_link *link) {
    char head[1024] = "";
    size_t len = read_start(target, head, sizeof head - 1);
    const char *at = head + (*head == '"');
    return !len || link->len >= len || !strncmp(at, link->name, link->len);
}

static ta_status check_target(const ta_out_tables *out, const out_table *file) {
    const ta_tables *t = &out->tables;
    const ta_table *table = table_of_file(file);
    for (uint32_t i = 0; i < t->count; i++)
        if (i != file->at && !strcmp(t->items[i].file, table->file))
            return refuse_file(out, table->file,
                               "two lists of the records would have this name");
    if (!access(file->target, F_OK) && !begins_with_link(file->target, &table->links[0]))
        return refuse_file(out, file->target,
                           "it stands there already and is no table of this "
                           "list; move or delete it");
    return TA_OK;
}

static ta_status open_file(ta_out_tables *out, uint32_t at) {
    out_table *file = out->files[at];
    ta_buf target = {0};
    ta_buf_printf(&target, "%s/%s", out->folder, table_of_file(file)->file);
    ta_buf_text(&target);
    file->target = target.data;
    if (target.failed)
        return TA_ERR_NOMEM;
    ta_status status = check_target(out, file);
    if (status != TA_OK)
        return status;
    file->open = true;
    status = ta_output_open(&file->output, file->target, &out->reader->hub.finder);
    file->outer = &out->reader->hub.finder;
    if (status == TA_OK)
        status = ta_encode_open(&file->encode, out->reader->job, out->to, &file->output.sink,
                                file->outer);
    file->finder = ta_finder_relay(file->outer, put_finding, file);
    file->writing = *out->writing;
    file->writing.sink = &file->output.sink;
    file->writing.finder = &file->finder;
    file->writing.options = &out->write;
    file->writing.shape = table_of_file(file)->shape;
    file->writing.survey = file->survey;
    if (status == TA_OK) {
        file->writer = out->to->writer_new(&file->writing);
        out->tables.items[at].into = file->writer;
        status = file->writer ? TA_OK : TA_ERR_NOMEM;
    }
    return status;
}

ta_status ta_out_tables_begin(ta_out_tables *out, const ta_writing *writing) {
    ta_status status = look_around(out);
    out->writing = writing;
    out->write = *writing->options;
    out->write.titles = false;
    /* The surveys have seen all; now come the writers. */
    for (uint32_t i = 1; i < out->tables.count; i++)
        out->tables.items[i].into = NULL;
    for (uint32_t i = 1; i < out->tables.count && status == TA_OK; i++)
        status = open_file(out, i);
    if (status == TA_OK && out->tables.count > 1)
        say_no_key(out);
    return status;
}

void ta_out_tables_finish(ta_out_tables *out, bool told) {
    for (uint32_t i = 1; i < out->file_count; i++) {
        out_table *file = out->files[i];
        file->encode.told = told;
        if (file->open)
            ta_encode_finish(&file->encode, &file->output.sink, file->outer);
    }
}

ta_status ta_out_tables_close(ta_out_tables *out, ta_output *first, bool keep) {
    size_t count = 0;
    ta_output **all = calloc(out->file_count + (size_t)1, sizeof *all);
    if (!all)
        keep = false;
    for (uint32_t i = 1; i < out->file_count; i++) {
        out_table *file = out->files[i];
        if (file->open && all)
            all[count++] = &file->output;
        else if (file->open)
            (void)!ta_output_close(&file->output, false);
        file->open = false;
    }
    ta_status status = all ? TA_OK : TA_ERR_NOMEM;
    if (all) {
        all[count++] = first;
        status = ta_outputs_close(all, count, keep);
    } else {
        (void)!ta_output_close(first, false);
    }
    free(all);
    if (out->made_folder && (!keep || status != TA_OK))
        rmdir(out->folder);
    return status;
}

void ta_out_tables_fini(ta_out_tables *out) {
    for (uint32_t i = 1; i < out->file_count; i++) {
        ta_stage_drop(out->files[i]->surveying);
        ta_stage_drop(out->files[i]->writer);
        free(out->files[i]->target);
        free(out->files[i]);
    }
    free(out->files);
    ta_record_key_fini(&out->key);
    ta_tables_fini(&out->tables);
    ta_buf_fini(&out->name);
    ta_buf_fini(&out->target);
}
