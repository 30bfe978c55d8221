/* SPDX-License-Identifier: MIT */
/*
 * The window: one buffer. Dropping moves what stays to the front (records are small beside the
 * window, so little moves); a record that does not fit makes the buffer double, so that growing
 * is linear. Decoded input goes through a second buffer. Text is checked once, as it comes in.
 */
#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/inner.h"
#include "base/utf8.h"

enum {
    WINDOW_BYTES =
        256 * 1024, /* a window and what is made of it stay in the second-level cache */
    RAW_BYTES = 64 * 1024,
    LINE_SHOWN_MAX = 4096, /* bytes of a line before a place, and behind it */
    STEP_WIDE = 1024       /* bytes: from here on another memo is looked at first */
};

typedef struct ta_source_impl source_impl;

static void move_where(ta_where *at, const char *data, size_t len) {
    uint64_t lines = ta_count_lines(data, len);
    const char *from = data;
    if (lines) {
        at->line += lines;
        at->column = 1;
        from = (const char *)memrchr(data, '\n', len) + 1;
    }
    at->column += ta_utf8_count(from, (size_t)(data + len - from));
}

/* Takes the memo back to an offset that is not far before it. False: its line begins before the
 * window. */
static bool move_back(ta_window *window, uint64_t offset) {
    const char *at = window->data + (offset - window->offset);
    uint64_t lines = ta_count_lines(at, (size_t)(window->memo_offset - offset));
    const char *before =
        lines ? memrchr(window->data, '\n', (size_t)(at - window->data)) : NULL;
    if (lines && !before)
        return false;
    if (lines) {
        window->memo.line -= lines;
        window->memo.column = 1 + ta_utf8_count(before + 1, (size_t)(at - before - 1));
    } else {
        window->memo.column -= ta_utf8_count(at, (size_t)(window->memo_offset - offset));
    }
    window->memo_offset = offset;
    return true;
}

static uint64_t distance(uint64_t a, uint64_t b) {
    return a > b ? a - b : b - a;
}

/* Before a wide step: what was counted last is kept, and the nearer of the two goes on. */
static void choose_memo(ta_window *window, uint64_t offset) {
    uint64_t last_offset = window->memo_offset;
    ta_where last = window->memo;
    bool usable = window->other.line && window->other_offset >= window->offset &&
                  window->other_offset <= window->offset + window->len;
    if (usable && distance(window->other_offset, offset) < distance(last_offset, offset)) {
        window->memo_offset = window->other_offset;
        window->memo = window->other;
    }
    window->other_offset = last_offset;
    window->other = last;
}

ta_where ta_window_where(ta_window *window, uint64_t offset) {
    uint64_t end = window->offset + window->len;
    if (offset > end)
        offset = end;
    if (offset < window->offset)
        offset = window->offset;
    if (distance(window->memo_offset, offset) > STEP_WIDE)
        choose_memo(window, offset);
    bool back = window->memo_offset >= window->offset && offset < window->memo_offset &&
                window->memo_offset - offset < offset - window->offset &&
                move_back(window, offset);
    if (!back && (offset < window->memo_offset || window->memo_offset < window->offset)) {
        window->memo_offset = window->offset;
        window->memo = window->at;
    }
    move_where(&window->memo, window->data + (window->memo_offset - window->offset),
               (size_t)(offset - window->memo_offset));
    window->memo_offset = offset;
    return window->memo;
}

static bool is_inside_char(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* A line may be as long as the window, and each of its values have a finding: only so much of
 * it is looked at. */
const char *ta_window_line(const ta_window *window, uint64_t offset, size_t *len) {
    size_t at = offset < window->offset ? 0 : (size_t)(offset - window->offset);
    if (at > window->len)
        at = window->len;
    size_t back = at < LINE_SHOWN_MAX ? at : LINE_SHOWN_MAX;
    size_t rest = window->len - at < LINE_SHOWN_MAX ? window->len - at : LINE_SHOWN_MAX;
    const char *here = window->data + at;
    const char *before = memrchr(here - back, '\n', back);
    const char *start = before ? before + 1 : here - back;
    const char *newline = memchr(here, '\n', rest);
    const char *end = newline ? newline : here + rest;
    while (!before && start < here && is_inside_char(*start))
        start++;
    if (!newline)
        end -= ta_utf8_tail(start, (size_t)(end - start));
    if (end > start && end[-1] == '\r')
        end--;
    *len = (size_t)(end - start);
    return start;
}

static ta_status open_common(ta_source *source, const char *name, const ta_source_options *o) {
    source->window.file = name;
    source->window.at = (ta_where){1, 1};
    source->window.memo = source->window.at;
    source->bad = UINT64_MAX;
    source_impl *impl = calloc(1, sizeof *impl);
    source->impl = impl;
    if (!impl)
        return TA_ERR_NOMEM;
    impl->bytes.fd = -1;
    source->encoding = o ? o->encoding : NULL;
    impl->window_max = o && o->window_max ? o->window_max : (size_t)1 << 30;
    source->window_max = impl->window_max;
    impl->progress = o ? o->progress : NULL;
    impl->progress_to = o ? o->progress_to : NULL;
    impl->buffer = malloc(WINDOW_BYTES + TA_SOURCE_SLACK);
    if (!impl->buffer)
        return TA_ERR_NOMEM;
    impl->cap = WINDOW_BYTES;
    memset(impl->buffer, 0, TA_SOURCE_SLACK);
    source->window.data = impl->buffer;
    if (!o || !o->encoding)
        return TA_OK;
    impl->raw = malloc(RAW_BYTES);
    impl->raw_cap = RAW_BYTES;
    return impl->raw ? ta_decoder_new(o->encoding, &impl->decoder) : TA_ERR_NOMEM;
}

ta_status ta_source_open(ta_source *source, const char *name,
                         const ta_source_options *options) {
    if (!strcmp(name, "-"))
        return ta_source_open_fd(source, name, STDIN_FILENO, options);
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    int error = errno;
    ta_status status = ta_source_open_fd(source, name, fd, options);
    if (source->impl)
        source->impl->owns_fd = true;
    else if (fd >= 0)
        close(fd);
    if (fd < 0)
        source->error = error;
    return status;
}

ta_status ta_source_open_fd(ta_source *source, const char *name, int fd,
                            const ta_source_options *options) {
    memset(source, 0, sizeof *source);
    ta_status status = open_common(source, name, options);
    if (source->impl)
        source->impl->bytes.fd = fd;
    if (status != TA_OK)
        return status;
    struct stat info;
    if (fd < 0 || fstat(fd, &info)) {
        source->error = errno;
        return TA_ERR_IO;
    }
    if (S_ISDIR(info.st_mode)) {
        source->error = EISDIR;
        return TA_ERR_IO;
    }
    source->size = S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
    return TA_OK;
}

ta_status ta_source_open_memory(ta_source *source, const char *name, const char *data,
                                size_t len, const ta_source_options *options) {
    memset(source, 0, sizeof *source);
    ta_status status = open_common(source, name, options);
    if (status != TA_OK)
        return status;
    source->impl->bytes.memory = data;
    source->impl->bytes.memory_len = len;
    source->size = len;
    return TA_OK;
}

ta_status ta_source_open_function(ta_source *source, const char *name, ta_read_fn *read,
                                  void *from, const ta_source_options *options) {
    memset(source, 0, sizeof *source);
    ta_status status = open_common(source, name, options);
    if (status != TA_OK)
        return status;
    source->impl->bytes.read = read;
    source->impl->bytes.from = from;
    return TA_OK;
}

/* Up to `room` raw bytes; *got = 0 at the end. */
static ta_status read_raw(ta_source *source, char *to, size_t room, size_t *got) {
    source_impl *impl = source->impl;
    ta_status status = ta_raw_read(&impl->bytes, to, room, got);
    source->error = status == TA_ERR_IO ? impl->bytes.error : source->error;
    source->raw_bytes = impl->bytes.taken;
    if (impl->progress && status == TA_OK)
        impl->progress(impl->progress_to, source);
    return status;
}

const char *ta_source_why(const ta_source *source) {
    const ta_raw *raw = source->impl ? &source->impl->bytes : NULL;
    if (source->error || !raw || !raw->press)
        return strerror(source->error);
    return raw->cut ? "the compressed data ends too early" : "the compressed data is damaged";
}

const char *ta_source_press(const ta_source *source) {
    const ta_press *press = source->impl ? source->impl->bytes.press : NULL;
    return press ? press->name : NULL;
}

static bool is_mark(const char *data, size_t len) {
    return len >= 3 && !memcmp(data, "\xEF\xBB\xBF", 3);
}

/* Adds decoded bytes to the buffer. At the end of the input a cut character is an error. */
static ta_status fill_decoded(ta_source *source, size_t *added) {
    source_impl *impl = source->impl;
    *added = 0;
    while (!*added) {
        if (!impl->raw_ended && impl->raw_len < impl->raw_cap) {
            size_t got;
            ta_status status = read_raw(source, impl->raw + impl->raw_len,
                                        impl->raw_cap - impl->raw_len, &got);
            if (status != TA_OK)
                return status;
            impl->raw_len += got;
            impl->raw_ended = !got;
            if (!impl->filled && !impl->started)
                source->mark_decoded = is_mark(impl->raw, impl->raw_len);
        }
        const char *in = impl->raw;
        size_t in_len = impl->raw_len, room = impl->cap - impl->filled;
        char *out = impl->buffer + impl->filled;
        ta_status status = ta_decoder_run(impl->decoder, &in, &in_len, &out, &room);
        *added = (size_t)(out - (impl->buffer + impl->filled));
        memmove(impl->raw, in, in_len);
        impl->raw_len = in_len;
        bool cut = impl->raw_ended && impl->raw_len && !*added;
        if ((status != TA_OK && !*added) || cut) {
            impl->bad_raw = (unsigned char)impl->raw[0];
            source->bad = source->window.offset + impl->filled;
            return TA_ERR_INPUT;
        }
        if (impl->raw_ended && !impl->raw_len)
            break;
    }
    return TA_OK;
}

static void drop_front(ta_source *source, size_t drop) {
    source_impl *impl = source->impl;
    ta_window *window = &source->window;
    if (!drop)
        return;
    window->at = ta_window_where(window, window->offset + drop);
    window->offset += drop;
    window->memo_offset = window->offset;
    impl->filled -= drop;
    window->len -= drop;
    memmove(impl->buffer, impl->buffer + drop, impl->filled);
}

static ta_status make_window_room(ta_source *source) {
    source_impl *impl = source->impl;
    size_t room = impl->cap - impl->filled, cap_max = impl->window_max + WINDOW_BYTES;
    size_t wanted = impl->read_max ? impl->read_max : impl->cap / 2;
    if (room >= wanted || (impl->cap >= cap_max && impl->filled < impl->window_max))
        return TA_OK;
    if (impl->cap >= cap_max) {
        impl->full = true;
        return TA_ERR_INPUT;
    }
    size_t cap = impl->cap * 2 < cap_max ? impl->cap * 2 : cap_max;
    char *grown = realloc(impl->buffer, cap + TA_SOURCE_SLACK);
    if (!grown)
        return TA_ERR_NOMEM;
    impl->buffer = grown;
    impl->cap = cap;
    source->window.data = grown;
    return TA_OK;
}

/* At the very start: passes over a UTF-8 byte order mark. It counts as bytes, not as a column.
 */
static void skip_mark(ta_source *source) {
    source_impl *impl = source->impl;
    impl->started = true;
    bool marked = is_mark(impl->buffer, impl->filled);
    source->mark_decoded &= !marked;
    if (!marked)
        return;
    impl->filled -= 3;
    memmove(impl->buffer, impl->buffer + 3, impl->filled);
    source->window.offset = 3;
    ta_source_settle(source, source->window.at);
}

/* Lets the window end where the buffer holds whole characters, and checks what is new. */
static void extend_window(ta_source *source) {
    source_impl *impl = source->impl;
    ta_window *window = &source->window;
    size_t old = window->len;
    impl->cut_len = source->ended ? 0 : ta_utf8_tail(impl->buffer, impl->filled);
    window->len = impl->filled - impl->cut_len;
    memcpy(impl->cut, impl->buffer + window->len, impl->cut_len);
    memset(impl->buffer + window->len, 0, TA_SOURCE_SLACK);
    if (source->bad != UINT64_MAX)
        return;
    size_t good = ta_utf8_check(window->data + old, window->len - old);
    if (good < window->len - old)
        source->bad = window->offset + old + good;
}

static void put_back_cut(ta_source *source) {
    source_impl *impl = source->impl;
    memcpy(impl->buffer + source->window.len, impl->cut, impl->cut_len);
}

ta_status ta_source_more(ta_source *source, size_t drop) {
    source_impl *impl = source->impl;
    if (impl->shows)
        return ta_source_end_chunk(source, drop);
    size_t before = source->window.len - drop;
    impl->full = false;
    put_back_cut(source);
    drop_front(source, drop);
    ta_status status = make_window_room(source);
    while (status == TA_OK && !source->ended && source->window.len == before) {
        put_back_cut(source);
        size_t added = 0, room = impl->cap - impl->filled;
        room = impl->read_max && impl->read_max < room ? impl->read_max : room;
        status = impl->decoder ? fill_decoded(source, &added)
                               : read_raw(source, impl->buffer + impl->filled, room, &added);
        if (status != TA_OK)
            break;
        impl->filled += added;
        source->ended = !added;
        if (!impl->started && (impl->filled >= 3 || source->ended))
            skip_mark(source);
        if (impl->started)
            extend_window(source);
    }
    memset(impl->buffer + source->window.len, 0, TA_SOURCE_SLACK);
    if (status != TA_OK)
        return status;
    return source->window.len > before ? TA_OK : TA_STOP;
}

ta_status ta_source_redecode(ta_source *source, const char *encoding) {
    source_impl *impl = source->impl;
    ta_decoder *decoder;
    ta_status status = ta_decoder_new(encoding, &decoder);
    if (status != TA_OK)
        return status;
    impl->decoder = decoder;
    put_back_cut(source);
    impl->raw_cap = impl->filled > RAW_BYTES ? impl->filled : RAW_BYTES;
    impl->raw = malloc(impl->raw_cap);
    if (!impl->raw)
        return TA_ERR_NOMEM;
    memcpy(impl->raw, impl->buffer, impl->filled);
    impl->raw_len = impl->filled;
    impl->filled = impl->cut_len = source->window.len = 0;
    impl->started = impl->raw_ended = source->ended = false;
    ta_source_settle(source, source->window.at);
    source->bad = UINT64_MAX;
    source->encoding = encoding;
    return ta_source_more(source, 0);
}

void ta_source_recheck(ta_source *source, uint64_t from) {
    ta_window *window = &source->window;
    uint64_t end = window->offset + window->len;
    source->bad = UINT64_MAX;
    if (from < window->offset)
        from = window->offset;
    if (from >= end)
        return;
    size_t skip = (size_t)(from - window->offset);
    size_t good = ta_utf8_check(window->data + skip, window->len - skip);
    if (good < window->len - skip)
        source->bad = from + good;
}

bool ta_source_is_full(const ta_source *source, unsigned *byte) {
    *byte = source->impl->bad_raw;
    return source->impl->full;
}

void ta_source_fini(ta_source *source) {
    source_impl *impl = source->impl;
    if (!impl)
        return;
    if (impl->owns_fd && impl->bytes.fd >= 0)
        close(impl->bytes.fd);
    ta_raw_fini(&impl->bytes);
    ta_decoder_drop(impl->decoder);
    free(impl->raw);
    free(impl->buffer);
    free(impl);
    source->impl = NULL;
}
