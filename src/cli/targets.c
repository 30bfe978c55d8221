/* SPDX-License-Identifier: MIT */
/*
 * Files are compared by device and inode, those still to be made by their folder's and their
 * name: ./a and a are one. Devices and pipes may be written by several.
 */
#include "cli/targets.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/say.h"

enum { TARGETS_MAX = TA_REPORTS_MAX + 3 };

/* Which file a name leads to. */
typedef struct identity {
    bool known;
    dev_t device;
    ino_t inode;
    const char *rest; /* of a file still to be made: its name in the folder that the inode is */
} identity;

typedef struct target {
    const char *what; /* for messages */
    bool waits;       /* put in place when all has been read */
    identity file;
} target;

typedef struct targets {
    target list[TARGETS_MAX];
    size_t count;
} targets;

static identity identify_stream(int fd) {
    struct stat info;
    if (fstat(fd, &info) || !S_ISREG(info.st_mode))
        return (identity){.known = false};
    return (identity){true, info.st_dev, info.st_ino, ""};
}

static identity identify_new(const char *name) {
    const char *slash = strrchr(name, '/');
    char folder[PATH_MAX] = ".";
    struct stat info;
    if (slash && snprintf(folder, sizeof folder, "%.*s", (int)(slash - name + 1), name) >=
                     (int)sizeof folder)
        return (identity){.known = false};
    if (stat(folder, &info))
        return (identity){.known = false};
    return (identity){true, info.st_dev, info.st_ino, slash ? slash + 1 : name};
}

static identity identify_file(const char *name) {
    struct stat info;
    if (stat(name, &info))
        return identify_new(name);
    return (identity){S_ISREG(info.st_mode), info.st_dev, info.st_ino, ""};
}

static bool is_one_file(const identity *a, const identity *b) {
    return a->known && b->known && a->device == b->device && a->inode == b->inode &&
           !strcmp(a->rest, b->rest);
}

static ta_status add_target(targets *all, const char *what, bool waits, identity file) {
    for (size_t i = 0; i < all->count; i++)
        if (is_one_file(&file, &all->list[i].file))
            return ta_say("%s and %s go to the same file: name another", what,
                          all->list[i].what);
    all->list[all->count++] = (target){what, waits, file};
    return TA_OK;
}

static bool is_stream(const char *name) {
    return !name || !strcmp(name, "-");
}

static ta_status add_all_targets(targets *all, const ta_job *job) {
    ta_status status = TA_OK;
    bool streams = is_stream(job->output);
    if (job->outputs) /* compared already: cli/mirror.c */
        streams = false;
    else if (streams)
        status = add_target(all, "standard output", false, identify_stream(STDOUT_FILENO));
    else
        status = add_target(all, "the output", true, identify_file(job->output));
    if (job->envelope && streams && is_stream(job->envelope))
        return ta_say("--envelope and the output go to the same file: name another");
    if (status == TA_OK && job->envelope && !is_stream(job->envelope))
        status = add_target(all, "--envelope", false, identify_file(job->envelope));
    if (status == TA_OK && job->ledger && !is_stream(job->ledger))
        status = add_target(all, "--summary", false, identify_file(job->ledger));
    for (size_t i = 0; i < job->report_count && status == TA_OK; i++)
        if (job->reports[i].file)
            status = add_target(all, "--report", false, identify_file(job->reports[i].file));
    return status;
}

static ta_status check_source(const targets *all, const char *what, const char *name,
                              bool is_input) {
    identity file = !strcmp(name, "-") ? identify_stream(STDIN_FILENO) : identify_file(name);
    for (size_t i = 0; i < all->count; i++)
        if (!(is_input && all->list[i].waits) && is_one_file(&file, &all->list[i].file))
            return ta_say("%s would overwrite the %s %s: name another file", all->list[i].what,
                          what, name);
    return TA_OK;
}

ta_status ta_targets_check(const ta_job *job) {
    targets all = {.count = 0};
    ta_status status = add_all_targets(&all, job);
    size_t streams = 0;
    for (size_t i = 0; i < job->input_count && status == TA_OK; i++) {
        streams += is_stream(job->inputs[i]);
        status = streams > 1 ? ta_say("standard input can be read only once: name - once")
                             : check_source(&all, "input", job->inputs[i], true);
    }
    if (status == TA_OK && job->schema && strpbrk(job->schema, "./"))
        status = check_source(&all, "schema", job->schema, false);
    if (status == TA_OK && job->rules)
        status = check_source(&all, "rules", job->rules, false);
    if (status == TA_OK && job->map)
        status = check_source(&all, "map", job->map, false);
    if (status == TA_OK && job->out_map)
        status = check_source(&all, "map", job->out_map, false);
    return status;
}
