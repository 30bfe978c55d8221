/* SPDX-License-Identifier: MIT */
#include "cli/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { READ_BYTES = 64 * 1024 };

/* 0, or errno. */
static int read_whole(int fd, ta_buf *out) {
    while (ta_buf_reserve(out, READ_BYTES)) {
        ssize_t got = read(fd, out->data + out->len, READ_BYTES);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got ? errno : 0;
        out->len += (size_t)got;
    }
    return ENOMEM;
}

/* A line without the rest of its end. */
static size_t line_len(const char *line, size_t len, char end) {
    return end == '\n' && len && line[len - 1] == '\r' ? len - 1 : len;
}

static ta_status split_lines(ta_arena *arena, const ta_buf *text, ta_strings *lines) {
    char end = text->len && memchr(text->data, 0, text->len) ? '\0' : '\n';
    size_t most = 1;
    for (size_t i = 0; i < text->len; i++)
        most += text->data[i] == end;
    const char **items = ta_arena_alloc(arena, most * sizeof *items);
    *lines = (ta_strings){items, 0};
    for (size_t at = 0; items && at < text->len;) {
        const char *line = text->data + at, *stop = memchr(line, end, text->len - at);
        size_t len = stop ? (size_t)(stop - line) : text->len - at;
        size_t used = line_len(line, len, end);
        at += len + 1;
        if (!used)
            continue;
        items[lines->count] = ta_arena_copy(arena, line, used);
        if (!items[lines->count++])
            return TA_ERR_NOMEM;
    }
    return items ? TA_OK : TA_ERR_NOMEM;
}

ta_status ta_lines_read(ta_arena *arena, const char *name, ta_strings *lines) {
    bool is_stream = !strcmp(name, "-");
    int fd = is_stream ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOMEM ? TA_ERR_NOMEM : TA_ERR_IO;
    ta_buf text = {0};
    int error = read_whole(fd, &text);
    if (!is_stream)
        close(fd);
    ta_status status = error == ENOMEM ? TA_ERR_NOMEM : error ? TA_ERR_IO : TA_OK;
    if (status == TA_OK)
        status = split_lines(arena, &text, lines);
    ta_buf_fini(&text);
    errno = error;
    return status;
}
