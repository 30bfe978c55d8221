/* SPDX-License-Identifier: MIT */
/*
 * Where the file system can (O_TMPFILE), the new file has no name until it is whole, so that a
 * killed run leaves nothing behind; it then gets a hidden name for the moment of the rename.
 */
#include "flow/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/press.h"
#include "flow/likeness.h"

static ta_status output_fail_for(ta_output *output, int error, const char *detail) {
    ta_find(output->finder, &(ta_finding){.code = TA_F_IO_WRITE,
                                          .place = {.file = output->name},
                                          .name = output->name,
                                          .found = strerror(error),
                                          .detail = detail});
    return TA_ERR_IO;
}

static ta_status output_fail(ta_output *output, int error) {
    return output_fail_for(output, error, NULL);
}

enum {
    NAME_SHOWN_MAX = 200, /* a name of 255 bytes leaves no room for more around it */
    TRIES_MAX = 100
};

/* "folder/.name.transalp-XXXXXX" beside the target. */
static char *temp_name(const char *target) {
    const char *slash = strrchr(target, '/');
    int folder = slash ? (int)(slash - target) + 1 : 0;
    ta_buf name = {0};
    const char *base = target + folder;
    ta_buf_printf(&name, "%.*s.%s.transalp-XXXXXX", folder, target,
                  strlen(base) > NAME_SHOWN_MAX ? "" : base);
    ta_buf_text(&name);
    if (name.failed) {
        ta_buf_fini(&name);
        return NULL;
    }
    return name.data;
}

static int open_nameless(const char *target, mode_t mode) {
    const char *slash = strrchr(target, '/');
    char *folder =
        slash ? strndup(target, slash == target ? 1 : (size_t)(slash - target)) : strdup(".");
    if (!folder)
        return -1;
    int fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
    int error = errno;
    free(folder);
    errno = error;
    return fd;
}

/* Whether the process that wrote a file of this hidden name is gone: it held a lock. */
static bool is_left_over(const char *temp) {
    int fd = open(temp, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool stale = fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB);
    if (fd >= 0)
        close(fd);
    return stale;
}

/* Tries one hidden name beside the target after the other. `make` gives it to the file: false
 * and EEXIST, it is taken. */
static ta_status find_temp(ta_output *output, bool (*make)(ta_output *output, mode_t mode),
                           mode_t mode) {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        output->temp = temp_name(output->target);
        if (!output->temp)
            return TA_ERR_NOMEM;
        snprintf(output->temp + strlen(output->temp) - 6, 7, "%06d", tries);
        if (make(output, mode) || (errno == EEXIST && is_left_over(output->temp) &&
                                   !unlink(output->temp) && make(output, mode)))
            return TA_OK;
        int error = errno;
        free(output->temp);
        output->temp = NULL;
        if (error != EEXIST)
            return output_fail(output, error);
    }
    return output_fail(output, EEXIST);
}

static bool make_temp(ta_output *output, mode_t mode) {
    output->fd = open(output->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    (void)(output->fd >= 0 && flock(output->fd, LOCK_EX | LOCK_NB));
    return output->fd >= 0;
}

/* A file that may be written can stand in a folder that may not. */
static ta_status fail_beside(ta_output *output, int error, const struct stat *old) {
    bool closed = old && (error == EACCES || error == EROFS);
    return output_fail_for(output, error,
                           closed ? "the new file is made beside it, in its folder" : NULL);
}

/* A new file's mode is less what the umask takes; that of an old one (NULL: there is none)
 * stays. */
static ta_status open_beside(ta_output *output, const struct stat *old) {
    mode_t mode = old ? old->st_mode & 0700 : 0666;
    output->fd = open_nameless(output->target, mode);
    if (output->fd < 0 && errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL &&
        errno != ENOMEM)
        return fail_beside(output, errno, old);
    ta_status status = output->fd < 0 ? find_temp(output, make_temp, mode) : TA_OK;
    int error = status == TA_OK && old ? ta_likeness_take(output->target, old, output->fd) : 0;
    return error ? output_fail_for(output, error, "its owner, mode or access list") : status;
}

bool ta_output_make_folders(const char *name, ta_finder *finder) {
    char *path = strdup(name);
    bool made = path;
    for (char *slash = path ? strchr(path + 1, '/') : NULL; slash && made;
         slash = strchr(slash + 1, '/')) {
        *slash = 0;
        made = !mkdir(path, 0777) || errno == EEXIST;
        *slash = '/';
    }
    if (!made)
        ta_find(finder, &(ta_finding){.code = path ? TA_F_IO_WRITE : TA_F_IO_MEMORY,
                                      .place = {.file = name},
                                      .name = name,
                                      .found = strerror(errno)});
    free(path);
    return made;
}

/* Follows links; a target that does not exist yet keeps its name. */
static char *real_target(const char *name) {
    char *real = realpath(name, NULL);
    return real || errno != ENOENT ? real : strdup(name);
}

ta_status ta_output_open_stream(ta_output *output, int fd, ta_finder *finder) {
    *output = (ta_output){.name = fd == STDERR_FILENO ? "standard error" : "standard output",
                          .finder = finder,
                          .fd = -1};
    return ta_sink_open(&output->sink, fd);
}

ta_status ta_output_open(ta_output *output, const char *name, ta_finder *finder) {
    if (!name || !strcmp(name, "-"))
        return ta_output_open_stream(output, STDOUT_FILENO, finder);
    *output = (ta_output){.name = name, .finder = finder, .fd = -1};
    struct stat info;
    bool is_new = stat(name, &info) != 0;
    if (is_new && errno != ENOENT)
        return output_fail(output, errno);
    if (!is_new && S_ISDIR(info.st_mode))
        return output_fail(output, EISDIR);
    ta_status status = TA_OK;
    if (!is_new && !S_ISREG(info.st_mode)) {
        output->fd = open(name, O_WRONLY | O_CLOEXEC);
        if (output->fd < 0)
            return output_fail(output, errno);
    } else {
        output->target = real_target(name);
        if (!output->target)
            return errno == ENOMEM ? TA_ERR_NOMEM : output_fail(output, errno);
        status = open_beside(output, is_new ? NULL : &info);
    }
    if (status == TA_OK)
        status = ta_sink_open(&output->sink, output->fd);
    size_t stem;
    const ta_press *press = ta_press_of_name(name, &stem);
    return status == TA_OK && press ? ta_sink_pack(&output->sink, press) : status;
}

/* Gives a nameless file a name that is free. */
static bool link_name(const ta_output *output, const char *name) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", output->fd);
    return !linkat(AT_FDCWD, link, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

/* Its hidden name, under a lock: a killed run leaves it, and the next takes it away. */
static bool link_temp(ta_output *output, mode_t mode) {
    (void)mode;
    (void)flock(output->fd, LOCK_EX | LOCK_NB);
    return link_name(output, output->temp);
}

/* Closes before the rename: a failure to close is a failure to write. */
static ta_status close_file(ta_output *output) {
    int fd = output->fd;
    output->fd = -1;
    return fd >= 0 && close(fd) ? output_fail(output, errno) : TA_OK;
}

/* Gives the file its hidden name, so that only the rename is left. */
static ta_status make_ready(ta_output *output) {
    ta_status status = output->temp ? TA_OK : find_temp(output, link_temp, 0);
    return status == TA_OK ? close_file(output) : status;
}

static void forget_temp(ta_output *output) {
    free(output->temp);
    output->temp = NULL;
}

/* Writes what is buffered; with `keep` all is done but the rename. */
static ta_status end_writing(ta_output *output, bool keep) {
    ta_status status = output->sink.buffer ? ta_sink_close(&output->sink) : TA_STOP;
    if (status == TA_ERR_IO)
        output_fail(output, output->sink.error);
    if (status == TA_OK && keep && output->target)
        status = make_ready(output);
    return status;
}

static ta_status clean_up(ta_output *output, ta_status status) {
    if (output->temp)
        unlink(output->temp);
    ta_status closed = close_file(output);
    if (status == TA_OK)
        status = closed;
    free(output->temp);
    free(output->target);
    ta_sink_fini(&output->sink);
    output->temp = output->target = NULL;
    return status == TA_STOP ? TA_OK : status;
}

/* A name that nothing has yet needs no other before it. */
static ta_status put_in_place(ta_output *output) {
    if (!output->temp && link_name(output, output->target))
        return TA_OK;
    ta_status status = make_ready(output);
    if (status == TA_OK && rename(output->temp, output->target))
        return output_fail(output, errno);
    if (status == TA_OK)
        forget_temp(output);
    return status;
}

ta_status ta_output_close(ta_output *output, bool keep) {
    ta_status status = end_writing(output, false);
    if (status == TA_OK && keep && output->target)
        status = put_in_place(output);
    return clean_up(output, status);
}

/* The new file to its place, the old one (if there is one) to the new one's hidden name. */
static int swap_files(const ta_output *output) {
    if (!renameat2(AT_FDCWD, output->temp, AT_FDCWD, output->target, RENAME_EXCHANGE))
        return 0;
    return errno == ENOENT || errno == EINVAL || errno == ENOSYS
               ? rename(output->temp, output->target)
               : -1;
}

/* Takes a swapped file back: the old one comes to its place again, or there was none. */
static void swap_back(const ta_output *output) {
    if (access(output->temp, F_OK))
        (void)rename(output->target, output->temp);
    else
        (void)renameat2(AT_FDCWD, output->temp, AT_FDCWD, output->target, RENAME_EXCHANGE);
}

ta_status ta_outputs_close(ta_output *const *outputs, size_t count, bool keep) {
    ta_status status = TA_OK;
    for (size_t i = 0; i < count; i++) {
        ta_status ended = end_writing(outputs[i], keep);
        status = ended > status ? ended : status;
    }
    size_t placed = 0;
    while (status == TA_OK && keep && placed < count) {
        if (!outputs[placed]->target || !swap_files(outputs[placed]))
            placed++;
        else
            status = output_fail(outputs[placed], errno);
    }
    for (size_t i = 0; i < placed && status != TA_OK; i++)
        if (outputs[i]->target)
            swap_back(outputs[i]);
    for (size_t i = 0; i < count; i++)
        status = clean_up(outputs[i], status);
    return status == TA_STOP ? TA_OK : status;
}
