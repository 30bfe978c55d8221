/* SPDX-License-Identifier: MIT */
#include "flow/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool ta_spool_is_needed(const char *name) {
    struct stat info;
    bool is_input = !strcmp(name, "-");
    int failed = is_input ? fstat(STDIN_FILENO, &info) : stat(name, &info);
    if (failed)
        return false;
    if (S_ISREG(info.st_mode))
        return is_input && lseek(STDIN_FILENO, 0, SEEK_CUR) != 0;
    return !S_ISDIR(info.st_mode);
}

static ta_status spool_fail(ta_finder *finder, ta_code code, const char *file, int error) {
    ta_find(finder,
            &(ta_finding){
                .code = code, .place = {.file = file}, .name = file, .found = strerror(error)});
    return TA_ERR_IO;
}

static int open_spool(const char *folder) {
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    ta_buf name = {0};
    ta_buf_printf(&name, "%s/transalp-XXXXXX", folder);
    ta_buf_text(&name);
    fd = name.failed ? -1 : mkostemp(name.data, O_CLOEXEC);
    if (fd >= 0)
        unlink(name.data);
    ta_buf_fini(&name);
    return fd;
}

/* 0, or errno: negative where reading failed. */
static int copy_all(int from, int to) {
    char block[65536];
    for (;;) {
        ssize_t got = read(from, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got ? -errno : 0;
        for (ssize_t done = 0; done < got;) {
            ssize_t n = write(to, block + done, (size_t)(got - done));
            if (n < 0 && errno != EINTR)
                return errno;
            done += n > 0 ? n : 0;
        }
    }
}

ta_status ta_spool_copy(const char *name, ta_finder *finder, int *fd) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder)
        folder = "/tmp";
    bool is_input = !strcmp(name, "-");
    int from = is_input ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return spool_fail(finder, TA_F_IO_OPEN, name, errno);
    *fd = open_spool(folder);
    int error = *fd < 0 ? errno : copy_all(from, *fd);
    if (!is_input)
        close(from);
    if (!error && lseek(*fd, 0, SEEK_SET) == 0)
        return TA_OK;
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
    return error < 0 ? spool_fail(finder, TA_F_IO_READ, name, -error)
                     : spool_fail(finder, TA_F_IO_WRITE, folder, error ? error : errno);
}
