/* SPDX-License-Identifier: MIT */
#include "flow/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "flow/glob.h"
#include "format/format.h"

enum {
    SCHEMA_HEAD_BYTES = 1024, /* where a schema says that it is one */
    TEXT_HEAD_BYTES = 16384,  /* of a .txt that may be a table */
    TABLE_LIKELY = 50,
    FOLDERS_DEEP_MAX = 256
};

/* One walk below a folder. */
typedef struct tour {
    ta_walk *walk;
    const char *pattern; /* NULL: all files of a known format */
    unsigned deep_max;
    ta_buf name; /* of what is looked at */
    size_t found;
    bool broken; /* a folder below could not be read */
} tour;

ta_status ta_walk_add_file(ta_walk *walk, const char *name) {
    if (!ta_array_grow(&walk->files, &walk->cap, walk->count + 1, sizeof *walk->files))
        return TA_ERR_NOMEM;
    const char *copy = ta_arena_copy(&walk->arena, name, strlen(name));
    if (!copy)
        return TA_ERR_NOMEM;
    walk->files[walk->count++] = copy;
    return TA_OK;
}

static bool is_left_out(const ta_walk *walk, const char *name) {
    return walk->leaves_out && walk->leaves_out(walk->to, name);
}

/* The last step of a name. */
static const char *base_name(const char *name) {
    const char *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
}

static bool ends_in(const char *name, const char *end) {
    size_t len = strlen(name), end_len = strlen(end);
    return len > end_len && !strcmp(name + len - end_len, end);
}

/* -1: it cannot be read. */
static ssize_t read_beginning(const char *name, char *head, size_t size) {
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t len = fd < 0 ? -1 : read(fd, head, size);
    if (fd >= 0)
        close(fd);
    return len;
}

/* Whether a .txt is no table: README.txt, requirements.txt. What is no plain text (UTF-16, as
 * spreadsheets write it) or cannot be read is for its reader to say. */
static bool is_prose(const char *name) {
    char head[TEXT_HEAD_BYTES];
    ssize_t len = ends_in(name, ".txt") ? read_beginning(name, head, sizeof head) : -1;
    if (len < 0 || memchr(head, 0, (size_t)len))
        return false;
    bool whole = (size_t)len < sizeof head;
    return ta_format_find("csv")->sniff(head, (size_t)len, whole) < TABLE_LIKELY;
}

static bool begins_as_schema(const char *name) {
    char head[SCHEMA_HEAD_BYTES];
    ssize_t len = read_beginning(name, head, sizeof head);
    return len > 0 && memmem(head, (size_t)len, "$schema", 7) &&
           memmem(head, (size_t)len, "json-schema.org/", 16);
}

static bool is_schema_file(const char *name) {
    const ta_format *format = ta_format_of_name(name);
    if (!format || (strcmp(format->name, "json") != 0 && strcmp(format->name, "yaml") != 0))
        return false;
    return ends_in(name, ".schema.json") || ends_in(name, ".schema.yaml") ||
           ends_in(name, ".schema.yml") || begins_as_schema(name);
}

static ta_status take_file(tour *t) {
    const char *name = t->name.data;
    bool fits = t->pattern ? ta_glob_fits(t->pattern, name)
                           : ta_format_of_name(name) && !is_prose(name);
    if (!fits || !strcmp(base_name(name), "transalp.yaml"))
        return TA_OK;
    t->found++;
    if (is_left_out(t->walk, name))
        return TA_OK;
    if (is_schema_file(name)) {
        t->walk->schemas++;
        return TA_OK;
    }
    return ta_walk_add_file(t->walk, name);
}

static int is_shown(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static int compare_names(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static ta_status fail_walk(ta_walk *walk, const char *folder) {
    if (errno == ENOMEM)
        return TA_ERR_NOMEM;
    if (walk->failed)
        return TA_ERR_IO;
    walk->error = errno;
    walk->failed = ta_arena_copy(&walk->arena, folder, strlen(folder));
    return walk->failed ? TA_ERR_IO : TA_ERR_NOMEM;
}

static ta_status tour_folder(tour *t, unsigned deep);

/* t->name is a file or a folder in one that is walked. */
static ta_status tour_entry(tour *t, unsigned deep) {
    const char *name = ta_buf_text(&t->name);
    struct stat info;
    if (t->name.failed)
        return TA_ERR_NOMEM;
    if (lstat(name, &info))
        return TA_OK; /* gone since */
    if (S_ISDIR(info.st_mode)) {
        bool enters = deep < t->deep_max && !is_left_out(t->walk, name);
        ta_status status = enters ? tour_folder(t, deep + 1) : TA_OK;
        t->broken |= status == TA_ERR_IO;
        return status == TA_ERR_IO ? TA_OK : status;
    }
    bool is_file = S_ISREG(info.st_mode) ||
                   (S_ISLNK(info.st_mode) && !stat(name, &info) && S_ISREG(info.st_mode));
    return is_file ? take_file(t) : TA_OK;
}

/* t->name is the folder, "" the one we stand in. */
static ta_status tour_folder(tour *t, unsigned deep) {
    struct dirent **entries = NULL;
    size_t len = t->name.len;
    const char *folder = len ? ta_buf_text(&t->name) : ".";
    int count = scandir(folder, &entries, is_shown, compare_names);
    if (count < 0)
        return fail_walk(t->walk, folder);
    bool slash = len && t->name.data[len - 1] != '/';
    ta_status status = TA_OK;
    for (int i = 0; i < count; i++) {
        t->name.len = len;
        ta_buf_puts(&t->name, slash ? "/" : "");
        ta_buf_puts(&t->name, entries[i]->d_name);
        if (status == TA_OK)
            status = tour_entry(t, deep);
        free(entries[i]);
    }
    free(entries);
    t->name.len = len;
    return status;
}

/* How many folders below its stem a pattern reaches. */
static unsigned pattern_depth(const char *pattern, size_t stem) {
    unsigned steps = 0;
    if (strstr(pattern, "**"))
        return FOLDERS_DEEP_MAX;
    for (const char *at = pattern + stem; *at; at++)
        steps += *at == '/';
    return steps;
}

static ta_status walk_tour(tour *t, const char *folder, size_t len) {
    ta_buf_put(&t->name, folder, len);
    ta_status status = t->name.failed ? TA_ERR_NOMEM : tour_folder(t, 0);
    ta_buf_fini(&t->name);
    return status;
}

static ta_status add_named(ta_walk *walk, const char *word) {
    if (!is_left_out(walk, word))
        return ta_walk_add_file(walk, word);
    walk->left_out++;
    return TA_OK;
}

ta_status ta_walk_add(ta_walk *walk, const char *word, size_t *found) {
    struct stat info;
    tour t = {.walk = walk, .deep_max = FOLDERS_DEEP_MAX};
    bool exists = strcmp(word, "-") != 0 && !stat(word, &info);
    ta_status status;
    walk->failed = NULL;
    if (exists && S_ISDIR(info.st_mode)) {
        status =
            walk_tour(&t, strcmp(word, ".") ? word : "", strcmp(word, ".") ? strlen(word) : 0);
    } else if (!exists && ta_glob_is(word)) {
        size_t stem = ta_glob_stem(word);
        t.pattern = word;
        t.deep_max = pattern_depth(word, stem);
        status = walk_tour(&t, word, stem);
        if (status == TA_ERR_IO && walk->error == ENOENT)
            status = TA_OK; /* nothing fits */
    } else {
        t.found = 1;
        status = add_named(walk, word);
    }
    *found = t.found;
    return status == TA_OK && t.broken ? TA_ERR_IO : status;
}

static int compare_files(const void *a, const void *b) {
    const char *const *const *x = a, *const *const *y = b;
    int order = strcmp(**x, **y);
    return order ? order : (*x > *y) - (*x < *y);
}

ta_status ta_walk_once(ta_walk *walk) {
    const char ***sorted = malloc((walk->count + 1) * sizeof *sorted);
    if (!sorted)
        return TA_ERR_NOMEM;
    for (size_t i = 0; i < walk->count; i++)
        sorted[i] = &walk->files[i];
    qsort(sorted, walk->count, sizeof *sorted, compare_files);
    const char *last = NULL;
    for (size_t i = 0; i < walk->count; i++) {
        bool again = last && !strcmp(last, *sorted[i]) && strcmp(last, "-") != 0;
        last = *sorted[i];
        if (again)
            *sorted[i] = NULL;
    }
    free(sorted);
    size_t kept = 0;
    for (size_t i = 0; i < walk->count; i++)
        if (walk->files[i])
            walk->files[kept++] = walk->files[i];
    walk->count = kept;
    return TA_OK;
}

void ta_walk_fini(ta_walk *walk) {
    free(walk->files);
    ta_arena_fini(&walk->arena);
}
