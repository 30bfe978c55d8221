/* SPDX-License-Identifier: MIT */
/* Owner first: changing that takes bits of the mode away; the mode last. */
#include "flow/likeness.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

static const char access_list[] = "system.posix_acl_access";

static int copy_attribute(const char *old_name, int fd, const char *name) {
    ssize_t len = getxattr(old_name, name, NULL, 0);
    char *value = len < 0 ? NULL : malloc((size_t)len + 1);
    if (!value)
        return errno;
    len = getxattr(old_name, name, value, (size_t)len);
    int error = len < 0 || fsetxattr(fd, name, value, (size_t)len, 0) ? errno : 0;
    free(value);
    return error;
}

/* An access list that the folder gave to the new file goes if the old one has none. */
static int copy_access_list(const char *old_name, int fd) {
    int error = copy_attribute(old_name, fd, access_list);
    if (error == ENODATA) {
        (void)fremovexattr(fd, access_list);
        return 0;
    }
    return error == ENOTSUP || error == ENOSYS ? 0 : error;
}

/* What programs and people noted about the file; as far as it can be. */
static void copy_notes(const char *old_name, int fd) {
    ssize_t len = listxattr(old_name, NULL, 0);
    char *names = len > 0 ? malloc((size_t)len) : NULL;
    len = names ? listxattr(old_name, names, (size_t)len) : 0;
    for (const char *at = names; at && at < names + len; at += strlen(at) + 1)
        if (!strncmp(at, "user.", 5))
            (void)copy_attribute(old_name, fd, at);
    free(names);
}

int ta_likeness_take(const char *old_name, const struct stat *info, int fd) {
    struct stat now;
    mode_t mode = info->st_mode & 07777;
    if (fstat(fd, &now))
        return errno;
    bool owned = now.st_uid == info->st_uid || !fchown(fd, info->st_uid, (gid_t)-1);
    bool grouped = now.st_gid == info->st_gid || !fchown(fd, (uid_t)-1, info->st_gid);
    mode &= owned ? 07777 : (mode_t)~S_ISUID;
    mode &= grouped ? 07777 : (mode_t)~S_ISGID;
    int error = copy_access_list(old_name, fd);
    copy_notes(old_name, fd);
    return error ? error : fchmod(fd, mode) ? errno : 0;
}
