/* SPDX-License-Identifier: MIT */
/*
 * Bytes in: a window that slides over a file, a descriptor or memory, always checked UTF-8.
 *
 * The window holds whole characters (a character cut at its end is held back) and ends in
 * TA_SOURCE_SLACK readable NUL bytes, so that scanners may look past its end: a NUL at the end
 * is no data. NUL bytes and ill-formed UTF-8 in the data do stand in the window; `bad` is the
 * offset of the first, and a reader whose record reaches it reports it (ta_source_bad).
 */
#ifndef TA_BASE_SOURCE_H
#define TA_BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "transalp.h"

enum { TA_SOURCE_SLACK = 64 };

/* Where a byte of a file stands. Lines and columns count from 1, columns in code points. */
typedef struct ta_where {
    uint64_t line, column;
} ta_where;

/*
 * A stretch of a file in memory. `offset` is where data[0] stands in the decoded file (a byte
 * order mark counts), `at` its line and column. With workers, each chunk is a window of its
 * own.
 */
typedef struct ta_window {
    const char *file; /* the name for findings, "-" for standard input */
    const char *data;
    size_t len;
    uint64_t offset;
    ta_where at;
    uint64_t memo_offset, other_offset; /* what was counted last, and before a wide step: in
                                           order, and for both ends, counting stays linear */
    ta_where memo, other;               /* other.line 0: nothing */
    const struct ta_screen *screen;     /* which values are not to be shown; NULL: all may be */
    const struct ta_namer *namer;       /* what tells a record by its key; NULL: nothing */
} ta_window;

/* The line and column of an offset inside the window. */
ta_where ta_window_where(ta_window *window, uint64_t offset);

/* The line of text around an offset, without its line end; *len gets its bytes. A long line is
 * cut some thousand bytes before the offset and behind it, and at the window's start. */
const char *ta_window_line(const ta_window *window, uint64_t offset, size_t *len);

typedef struct ta_source {
    ta_window window;
    uint64_t bad;       /* offset of the first byte that is no text; UINT64_MAX: none so far */
    bool mark_decoded;  /* the raw bytes begin with UTF-8's mark, and were decoded from another
                           encoding */
    bool ended;         /* the window's end is the end of the input */
    int error;          /* errno after TA_ERR_IO */
    uint64_t size;      /* of a regular file in bytes, else 0 */
    uint64_t raw_bytes; /* read so far, before decoding */
    const char *encoding; /* that it is decoded from, borrowed; NULL: none was named */
    const char *guess;    /* what bad bytes read like; "": nothing, NULL: not asked */
    size_t window_max;    /* bytes: how large the window may grow */
    struct ta_source_impl *impl;
} ta_source;

typedef struct ta_source_options {
    const char *encoding; /* an iconv name; NULL: UTF-8 */
    size_t window_max;    /* bytes; how large a window may grow for one record */
    void (*progress)(void *to, const ta_source *source); /* after each read; NULL: none */
    void *progress_to;
} ta_source_options;

/*
 * Opens a file ("-": standard input) or takes a descriptor or bytes. The name is borrowed for
 * the source's life, and so are the bytes. What is compressed
 * (gzip, zstd) is unpacked; a UTF-8 byte order mark is passed over. Drop with
 * ta_source_fini, also after a failure. TA_ERR_IO: `error` says why (EISDIR for a folder).
 * TA_ERR_USAGE: the encoding's name is unknown.
 */
TA_MUST_CHECK ta_status ta_source_open(ta_source *source, const char *name,
                                       const ta_source_options *options);
TA_MUST_CHECK ta_status ta_source_open_fd(ta_source *source, const char *name, int fd,
                                          const ta_source_options *options);
TA_MUST_CHECK ta_status ta_source_open_memory(ta_source *source, const char *name,
                                              const char *data, size_t len,
                                              const ta_source_options *options);

TA_MUST_CHECK ta_status ta_source_open_function(ta_source *source, const char *name,
                                                ta_read_fn *read, void *from,
                                                const ta_source_options *options);

/*
 * Makes the window longer. The first `drop` bytes of it are let go; what stays moves to its
 * front, so that pointers into it move by `drop` or altogether: keep offsets. TA_OK: at least
 * one byte more; TA_STOP: the input has ended, nothing more came (the dropping is done);
 * TA_ERR_IO, TA_ERR_NOMEM; TA_ERR_INPUT: the bytes cannot be decoded, or the window would
 * outgrow window_max.
 */
TA_MUST_CHECK ta_status ta_source_more(ta_source *source, size_t drop);

/* Reads all again from another encoding, before anything was dropped. The name is borrowed for
 * the source's life. TA_ERR_USAGE: it is unknown, nothing has changed; else as ta_source_more.
 */
TA_MUST_CHECK ta_status ta_source_redecode(ta_source *source, const char *encoding);

/* Why the last call gave TA_ERR_IO, in words. Borrowed until the next call. */
const char *ta_source_why(const ta_source *source);
/* "gzip", "zstd"; NULL: not compressed, or nothing was read yet. */
const char *ta_source_press(const ta_source *source);

/* Looks for the next bad byte from an offset on, after the one before has been reported. */
void ta_source_recheck(ta_source *source, uint64_t from);

/* After TA_ERR_INPUT from ta_source_more: true if the window is full, false if decoding failed
 * (the offset of the bad byte is then `bad`, its value *byte). */
bool ta_source_is_full(const ta_source *source, unsigned *byte);

void ta_source_fini(ta_source *source);

#endif
