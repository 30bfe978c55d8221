/* SPDX-License-Identifier: MIT */
#include "flow/backup.h"

#include <errno.h>
#include <sys/stat.h>

#include "flow/original.h"

enum { BACKUPS_MAX = 9999 };

static ta_status refuse_backup(const ta_backup *b, ta_code code, const char *name, int error) {
    ta_find(&b->hub->finder,
            &(ta_finding){
                .code = code, .place = {.file = name}, .name = name, .found = strerror(error)});
    return TA_ERR_IO;
}

/* The first name that nothing has. */
static ta_status find_backup_name(const ta_backup *b, ta_buf *name, int *number) {
    struct stat info;
    bool linked = lstat(b->name, &info) || S_ISLNK(info.st_mode);
    const char *file = linked ? b->target : b->name;
    for (*number = 1; *number <= BACKUPS_MAX; ++*number) {
        name->len = 0;
        if (*number == 1)
            ta_buf_printf(name, "%s.bak", file);
        else
            ta_buf_printf(name, "%s.%d.bak", file, *number);
        if (ta_buf_text(name) == ta_buf_lost)
            return TA_ERR_NOMEM;
        if (lstat(name->data, &info))
            return errno == ENOENT ? TA_OK : refuse_backup(b, TA_F_IO_WRITE, name->data, errno);
    }
    return refuse_backup(b, TA_F_IO_WRITE, name->data, EEXIST);
}

static ta_status copy_original(const ta_backup *b, ta_sink *sink) {
    ta_original original = {.encoding = NULL};
    const char *data, *why;
    size_t len = 1;
    ta_status status = ta_original_open(&original, b->fd, NULL, &why);
    while (status == TA_OK && len) {
        status = ta_original_take(&original, UINT64_MAX, &data, &len);
        if (status == TA_OK)
            ta_sink_put(sink, data, len);
    }
    if (status == TA_ERR_IO)
        status = refuse_backup(b, TA_F_IO_READ, b->name, original.error);
    ta_original_close(&original);
    return status;
}

static ta_status write_backup(const ta_backup *b, const char *name) {
    ta_output output;
    ta_status opened = ta_output_open(&output, name, &b->hub->finder), status = opened;
    if (status == TA_OK)
        status = copy_original(b, &output.sink);
    if (status == TA_OK && fchmod(output.fd, b->mode))
        status = refuse_backup(b, TA_F_IO_WRITE, name, errno);
    ta_status closed = ta_output_close(&output, status == TA_OK);
    return status == TA_OK ? closed : status;
}

/* Who looks for NAME.bak is told that there is another. */
static void say_backup(const ta_backup *b, const char *name) {
    ta_buf line = {0};
    ta_buf_printf(&line, "transalp: %s as it was is kept as %s: %s.bak is of an earlier run",
                  b->name, name, b->name);
    ta_hub_say(b->hub, ta_buf_text(&line));
    ta_buf_fini(&line);
}

ta_status ta_backup_keep(const ta_backup *b) {
    ta_buf name = {0};
    int number;
    ta_status status = find_backup_name(b, &name, &number);
    if (status == TA_OK)
        status = write_backup(b, name.data);
    if (status == TA_OK && number > 1)
        say_backup(b, name.data);
    ta_buf_fini(&name);
    return status;
}
