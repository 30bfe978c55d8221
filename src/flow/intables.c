/* SPDX-License-Identifier: MIT */
#include "flow/intables.h"

#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "format/cursor.h"

/* The file of a table while it is read row by row. */
typedef struct ta_in_table {
    ta_in_tables *in;
    ta_stage catch; /* takes the row that was read */
    ta_source source;
    bool opened, caught, left_out;
    ta_memo memo[TA_MEMO_ROWS];
    ta_record record;
    ta_head head;
    ta_reading reading;
    void *cursor;
} in_table;

static ta_status refuse_name(const ta_in_tables *in, const char *file, const char *why) {
    ta_find(&in->reader->hub.finder,
            &(ta_finding){.code = TA_F_TABLE_FILE, .name = file, .found = why});
    return TA_ERR_USAGE;
}

/* "clusters" of folder/clusters.csv. */
static ta_status take_name(ta_in_tables *in) {
    const char *input = in->reader->job->inputs[0], *slash = strrchr(input, '/');
    const char *base = slash ? slash + 1 : input, *dot = strrchr(base, '.');
    in->format = ta_format_of_name(input);
    if (!in->format || !in->format->cursor || !dot)
        return refuse_name(in, input,
                           "--tables reads lists beside a CSV file of records, such "
                           "as clusters.csv");
    ta_buf_put(&in->name, base, (size_t)(dot - base));
    return in->name.failed ? TA_ERR_NOMEM : TA_OK;
}

/* The steps between the list's name and the suffix; NULL: no table of it. */
static const char *steps_of(const ta_in_tables *in, const char *file, size_t *len) {
    size_t all = strlen(file), name = in->name.len, suffix = strlen(in->format->name) + 1;
    if (all <= name + 1 + suffix || strncmp(file, in->name.data, name) != 0 ||
        file[name] != '.' || file[all - suffix] != '.' ||
        strcmp(file + all - suffix + 1, in->format->name) != 0)
        return NULL;
    *len = all - name - 1 - suffix;
    return file + name + 1;
}

/* The key of a step; 0 for a list in a list, if *item says so. */
static ta_status read_step(ta_in_tables *in, const char *step, size_t len, uint32_t *key) {
    ta_buf name = {0};
    *key = TA_KEY_NONE;
    if (len == 1 && *step == '_')
        return TA_OK;
    ta_status status = ta_tables_read_name(&name, step, len) ? TA_OK : TA_ERR_USAGE;
    const char *text = ta_buf_text(&name);
    if (status == TA_OK) {
        *key = name.failed ? 0 : ta_keys_get(&in->reader->keys, text, name.len);
        status = *key ? TA_OK : TA_ERR_NOMEM;
    }
    ta_buf_fini(&name);
    return status;
}

static ta_status add_table(ta_in_tables *in, const char *file) {
    ta_tables *t = &in->tables;
    size_t len = 0;
    const char *at = steps_of(in, file, &len), *end = at + len;
    uint32_t owner = 0, spot = t->items[0].top, key;
    for (; at <= end; at++) {
        if (t->spots[spot].table) {
            owner = t->spots[spot].table;
            spot = t->items[owner].top;
        }
        const char *dot = memchr(at, '.', (size_t)(end - at));
        size_t step = dot ? (size_t)(dot - at) : (size_t)(end - at);
        ta_status status = read_step(in, at, step, &key);
        if (status == TA_ERR_NOMEM)
            return status;
        if (status != TA_OK || (!key && (!owner || spot != t->items[owner].top)))
            return refuse_name(in, file,
                               "this is no name of a list's file: write the dots of "
                               "keys as %2E");
        spot = ta_tables_add_spot(t, spot, key);
        if (!spot)
            return TA_ERR_NOMEM;
        at += step;
    }
    return ta_tables_add(t, owner, spot) ? TA_OK : TA_ERR_NOMEM;
}

static int compare_files(const void *a, const void *b) {
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    size_t steps[2] = {0, 0};
    for (const char *c = x; *c; c++)
        steps[0] += *c == '.';
    for (const char *c = y; *c; c++)
        steps[1] += *c == '.';
    return steps[0] != steps[1] ? (steps[0] < steps[1] ? -1 : 1) : strcmp(x, y);
}

/* The names of the tables' files, outer lists first. */
static ta_status list_files(ta_in_tables *in, char ***files, size_t *count) {
    size_t cap = 0, len;
    DIR *folder = opendir(in->folder);
    if (!folder)
        return refuse_name(in, in->folder, strerror(errno));
    ta_status status = TA_OK;
    for (const struct dirent *entry; status == TA_OK && (entry = readdir(folder));) {
        if (!steps_of(in, entry->d_name, &len))
            continue;
        if (ta_array_grow(files, &cap, *count + 1, sizeof **files) &&
            ((*files)[*count] = strdup(entry->d_name)))
            ++*count;
        else
            status = TA_ERR_NOMEM;
    }
    closedir(folder);
    if (*count)
        qsort(*files, *count, sizeof **files, compare_files);
    return status;
}

static ta_status add_tables(ta_in_tables *in) {
    char **files = NULL;
    size_t count = 0;
    ta_status status = list_files(in, &files, &count);
    for (size_t i = 0; i < count; i++) {
        if (status == TA_OK)
            status = add_table(in, files[i]);
        free(files[i]);
    }
    free(files);
    return status;
}

/* The tables' files, by names that stand for the run: findings are told at its end, too. */
static bool name_files(ta_in_tables *in) {
    ta_buf name = {0};
    const char *slash = in->folder[strlen(in->folder) - 1] == '/' ? "" : "/";
    bool named = true;
    for (uint32_t i = 1; i < in->tables.count && named; i++) {
        name.len = 0;
        ta_buf_printf(&name, "%s%s%s", in->folder, slash, in->tables.items[i].file);
        in->heads[i].file =
            name.failed ? NULL : ta_arena_copy(&in->reader->arena, name.data, name.len);
        named = in->heads[i].file;
    }
    ta_buf_fini(&name);
    return named;
}

static ta_status settle_tables(ta_in_tables *in) {
    const ta_job *job = in->reader->job;
    const ta_shape *shape = ta_checks_shape(&in->reader->checks);
    ta_tables *t = &in->tables;
    if (!ta_tables_init(t, ta_buf_text(&in->name), in->format->name, shape,
                        job->read.path_separator, &in->reader->keys))
        return TA_ERR_NOMEM;
    t->key = in->key.count ? in->key.paths : NULL;
    t->key_names = in->key.names;
    t->key_count = in->key.count;
    if (job->read.infer && !shape && !ta_tables_infer(t))
        return TA_ERR_NOMEM;
    ta_status status = add_tables(in);
    in->files = calloc(t->count, sizeof *in->files);
    in->heads = calloc(t->count, sizeof *in->heads);
    if (status == TA_OK && !(in->files && in->heads && name_files(in)))
        return TA_ERR_NOMEM;
    return status;
}

ta_status ta_in_tables_open(ta_in_tables *in, ta_reader *reader) {
    in->reader = reader;
    in->folder = reader->job->tables;
    ta_status status = take_name(in);
    if (status == TA_OK)
        status = ta_record_key_find(&in->key, reader);
    if (status == TA_OK)
        status = settle_tables(in);
    ta_keys_pin(&reader->keys);
    /* Rows of several files are held at a time: their keys must stay. */
    reader->keys.keep = true;
    return status;
}

void ta_in_tables_close(ta_in_tables *in) {
    ta_record_key_fini(&in->key);
    ta_key_index_fini(&in->index);
    ta_tables_fini(&in->tables);
    ta_buf_fini(&in->name);
    free(in->files);
    free(in->heads);
}

bool ta_in_tables_wants_index(const ta_in_tables *in) {
    return in->key.count && in->tables.count > 1 && !in->indexed;
}

static ta_status catch_head(ta_stage *stage, const ta_head *head) {
    (void)stage;
    (void)head;
    return TA_OK;
}

static ta_status catch_row(ta_stage *stage, ta_record *record) {
    (void)record;
    in_table *file = (in_table *)((char *)stage - offsetof(in_table, catch));
    file->caught = true;
    return TA_OK;
}

static const ta_stage_ops catch_ops = {.name = "catch", .begin = catch_head, .put = catch_row};

static ta_status next_row(void *to, uint32_t table, ta_record **row) {
    ta_in_tables *in = to;
    in_table *file = &in->files[table];
    ta_status status = TA_OK;
    file->caught = false;
    while (status == TA_OK && !file->caught)
        status = in->format->cursor->next(file->cursor);
    *row = file->caught ? &file->record : NULL;
    return file->caught ? TA_OK : status;
}

/* Each link has its column. */
static ta_status check_head(ta_in_tables *in, uint32_t at) {
    const ta_table *table = &in->tables.items[at];
    const in_table *file = &in->files[at];
    ta_table_head *head = &in->heads[at];
    uint32_t own = 0;
    for (uint32_t i = 0; i <= table->link_count; i++) {
        const ta_link *link = i < table->link_count ? &table->links[i] : &table->value;
        bool found = false;
        for (uint32_t c = 0; c < file->head.column_count && !found; c++)
            found = ta_tables_is_head(link, file->head.columns[c]);
        own += found;
        if (link == &table->value)
            head->has_value = found;
        else if (!found) {
            ta_find(in->options->finder,
                    &(ta_finding){.code = TA_F_TABLE_HEAD,
                                  .place = {.file = head->file, .from = {1, 1}, .to = {1, 1}},
                                  .name = link->name});
            return TA_ERR_INPUT;
        }
    }
    head->has_members = file->head.column_count > own;
    return TA_OK;
}

static ta_status open_table(ta_in_tables *in, uint32_t at) {
    in_table *file = &in->files[at];
    *file = (in_table){.in = in, .catch = {.ops = &catch_ops}};
    const char *name = in->heads[at].file;
    file->opened = true;
    ta_status status = ta_source_open(&file->source, name, &in->options->source);
    file->source.window.screen = ta_checks_screen(&in->reader->checks);
    if (status != TA_OK) {
        ta_input_explain(&file->source, name, status, in->options);
        return status;
    }
    file->record = (ta_record){.keys = in->options->keys,
                               .window = &file->source.window,
                               .memo = file->memo,
                               .head = &file->head};
    file->head =
        (ta_head){.file = name, .format = in->format->name, .locate = in->format->locate};
    file->reading = (ta_reading){.source = &file->source,
                                 .record = &file->record,
                                 .head = &file->head,
                                 .finder = in->options->finder,
                                 .shape = in->tables.items[at].shape,
                                 .options = &in->read,
                                 .left_out = &file->left_out};
    status = in->format->cursor->new (&file->reading, &file->catch, &file->cursor);
    return status == TA_OK ? check_head(in, at) : status;
}

static void close_table(ta_in_tables *in, in_table *file) {
    if (file->cursor)
        in->format->cursor->drop(file->cursor);
    if (file->opened)
        ta_source_fini(&file->source);
    ta_record_fini(&file->record);
    *file = (in_table){0};
}

/* Rows are read as the records' own file is, but for its --limit and its names of columns. */
static void settle_options(ta_in_tables *in) {
    in->read = *in->options->read;
    in->read.limit = 0;
    in->read.heads = (ta_heads){NULL, NULL};
    in->read.records = NULL;
    if (!in->read.dialect.delimiter)
        in->read.dialect.delimiter = in->format->read_defaults.dialect.delimiter;
    if (!in->read.path_separator)
        in->read.path_separator = '.';
    if (!in->read.depth_max)
        in->read.depth_max = TA_DEPTH_MAX;
}

ta_status ta_in_tables_begin(ta_in_tables *in, const ta_input_options *options, ta_stage *chain,
                             ta_stage **merge) {
    ta_status status = TA_OK;
    in->options = options;
    settle_options(in);
    *merge = NULL;
    for (uint32_t i = 1; i < in->tables.count && status == TA_OK; i++)
        status = open_table(in, i);
    ta_merge_options asked = {.tables = &in->tables,
                              .heads = in->heads,
                              .finder = options->finder,
                              .index = in->key.count ? &in->index : NULL,
                              .next = next_row,
                              .to = in};
    if (status != TA_OK)
        return status;
    *merge = ta_merge_new(&asked, chain);
    return *merge ? TA_OK : TA_ERR_NOMEM;
}

ta_status ta_in_tables_end(ta_in_tables *in, ta_stage *merge, bool whole) {
    ta_status status = merge ? ta_merge_end(merge, whole) : TA_OK;
    for (uint32_t i = 1; i < in->tables.count; i++) {
        if (in->files[i].left_out && status == TA_OK)
            status = TA_ERR_INPUT;
        close_table(in, &in->files[i]);
    }
    return status;
}
