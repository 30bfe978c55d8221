/* SPDX-License-Identifier: MIT */
/* All names are made and compared before the first input is read. */
#include "cli/mirror.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/press.h"
#include "cli/say.h"

typedef struct target_name {
    const char *name;
    size_t input;
} target_name;

typedef struct source_file {
    dev_t device;
    ino_t inode;
    size_t input;
} source_file;

typedef struct mirror {
    ta_settings *settings;
    target_name *names; /* of all that is written */
    size_t count;
    source_file *sources;
    size_t source_count;
} mirror;

bool ta_mirror_is_folder(const char *output) {
    struct stat info;
    size_t len = output ? strlen(output) : 0;
    return len && (output[len - 1] == '/' || (!stat(output, &info) && S_ISDIR(info.st_mode)));
}

/* Folder and path in one, without doubled slashes and steps "." */
static void join_path(ta_buf *out, const char *folder, const char *path) {
    ta_buf_puts(out, folder);
    while (out->len > 1 && out->data[out->len - 1] == '/')
        out->len--;
    for (const char *step = path; *step; step += strspn(step, "/")) {
        size_t len = strcspn(step, "/");
        if (len != 1 || *step != '.') {
            ta_buf_puts(out, out->len && out->data[out->len - 1] == '/' ? "" : "/");
            ta_buf_put(out, step, len);
        }
        step += len;
    }
}

/* `to` NULL: the name stays. "a.csv.gz" becomes "a.json.gz", and what has no known suffix gets
 * one more. */
static void put_output_name(ta_buf *out, const char *below, const char *folder,
                            const ta_format *to) {
    size_t stem;
    const ta_press *press = ta_press_of_name(below, &stem);
    const ta_format *from = ta_format_of_name(below);
    join_path(out, folder, below);
    if (!to || from == to)
        return;
    out->len -= press ? strlen(press->suffix) : 0;
    while (from && out->len && out->data[out->len - 1] != '.')
        out->len--;
    ta_buf_puts(out, from ? "" : ".");
    ta_buf_put(out, to->suffixes, strcspn(to->suffixes, " "));
    ta_buf_puts(out, press ? press->suffix : "");
}

static const char *keep_name(mirror *m, ta_buf *name, size_t input) {
    const char *text = ta_buf_text(name);
    const char *copy =
        name->failed ? NULL : ta_arena_copy(&m->settings->arena, text, name->len);
    m->names[m->count] = (target_name){copy, input};
    m->count += copy != NULL;
    ta_buf_fini(name);
    return copy;
}

static const char *name_output(mirror *m, size_t i) {
    const ta_job *job = &m->settings->job;
    ta_buf name = {0};
    put_output_name(&name, job->below[i], job->output,
                    job->edits ? NULL : ta_format_find(job->to));
    return keep_name(m, &name, i);
}

static const char *name_reject(mirror *m, size_t i) {
    const ta_job *job = &m->settings->job;
    ta_buf name = {0};
    join_path(&name, job->rejects, job->below[i]);
    return keep_name(m, &name, i);
}

static ta_status name_all(mirror *m, const char *(*name)(mirror *m, size_t i),
                          const char *const **out) {
    const ta_job *job = &m->settings->job;
    size_t size = (job->input_count + 1) * sizeof(char *);
    const char **names = ta_arena_alloc(&m->settings->arena, size);
    for (size_t i = 0; names && i < job->input_count; i++) {
        if (!strcmp(job->inputs[i], "-"))
            return ta_say("standard input has no name to write a file of its own under");
        names[i] = name(m, i);
        if (!names[i])
            return TA_ERR_NOMEM;
    }
    *out = names;
    return names ? TA_OK : TA_ERR_NOMEM;
}

static int compare_target_names(const void *a, const void *b) {
    const target_name *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->input > y->input) - (x->input < y->input);
}

static int compare_sources(const void *a, const void *b) {
    const source_file *x = a, *y = b;
    if (x->device != y->device)
        return x->device > y->device ? 1 : -1;
    return (x->inode > y->inode) - (x->inode < y->inode);
}

static ta_status refuse_same_names(mirror *m) {
    const ta_job *job = &m->settings->job;
    qsort(m->names, m->count, sizeof *m->names, compare_target_names);
    for (size_t i = 1; i < m->count; i++) {
        const target_name *a = &m->names[i - 1], *b = &m->names[i];
        if (strcmp(a->name, b->name) != 0)
            continue;
        if (a->input == b->input)
            return ta_say("the output and the rejects of %s would both be %s: name another "
                          "folder",
                          job->inputs[a->input], a->name);
        return ta_say("%s and %s would both be written to %s: name one of them by another "
                      "folder, or leave it out",
                      job->inputs[a->input], job->inputs[b->input], a->name);
    }
    return TA_OK;
}

static bool identify_source(const char *name, source_file *out) {
    struct stat info;
    if (stat(name, &info))
        return false;
    out->device = info.st_dev;
    out->inode = info.st_ino;
    return true;
}

static void identify_sources(mirror *m) {
    const ta_job *job = &m->settings->job;
    for (size_t i = 0; i < job->input_count; i++)
        if (identify_source(job->inputs[i], &m->sources[m->source_count]))
            m->sources[m->source_count++].input = i;
    qsort(m->sources, m->source_count, sizeof *m->sources, compare_sources);
}

/* Its own input a file may replace: that has been read to its end by then. */
static ta_status refuse_replacing(mirror *m) {
    const ta_job *job = &m->settings->job;
    identify_sources(m);
    for (size_t i = 0; i < m->count; i++) {
        source_file file;
        if (!identify_source(m->names[i].name, &file))
            continue;
        const source_file *found =
            bsearch(&file, m->sources, m->source_count, sizeof file, compare_sources);
        if (found && found->input != m->names[i].input)
            return ta_say("what comes of %s would overwrite the input %s: name another folder",
                          job->inputs[m->names[i].input], job->inputs[found->input]);
    }
    return TA_OK;
}

/* Two workers would edit one text. */
static ta_status refuse_editing_twice(mirror *m) {
    const ta_job *job = &m->settings->job;
    identify_sources(m);
    for (size_t i = 1; i < m->source_count; i++) {
        const source_file *a = &m->sources[i - 1], *b = &m->sources[i];
        size_t first = a->input < b->input ? a->input : b->input;
        if (!compare_sources(a, b))
            return ta_say("%s and %s are one file: name it once", job->inputs[first],
                          job->inputs[a->input + b->input - first]);
    }
    return TA_OK;
}

ta_status ta_mirror_plan(ta_settings *settings) {
    ta_job *job = &settings->job;
    bool mirrors = (job->writes || job->edits) && ta_mirror_is_folder(job->output);
    mirror m = {.settings = settings};
    if (!mirrors && !job->rejects && !job->edit.write)
        return TA_OK;
    if (job->rejects && job->read.limit)
        return ta_say("--limit leaves records out, and --rejects tells where all of them went: "
                      "leave one out");
    m.names = ta_arena_alloc(&settings->arena, (2 * job->input_count + 1) * sizeof *m.names);
    m.sources = ta_arena_alloc(&settings->arena, (job->input_count + 1) * sizeof *m.sources);
    if (!m.names || !m.sources)
        return TA_ERR_NOMEM;
    if (job->edit.write)
        return refuse_editing_twice(&m);
    ta_status status = TA_OK;
    if (mirrors && (job->envelope || job->infer.file))
        return ta_say("%s is one file, and -o %s stands for many: leave one out",
                      job->envelope ? "--envelope" : "--emit-schema", job->output);
    if (mirrors)
        status = name_all(&m, name_output, &job->outputs);
    if (status == TA_OK && job->rejects)
        status = name_all(&m, name_reject, &job->reject_files);
    if (status == TA_OK)
        status = refuse_same_names(&m);
    return status == TA_OK ? refuse_replacing(&m) : status;
}
