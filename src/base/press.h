/* SPDX-License-Identifier: MIT */
/* Compressed bytes in and out: gzip (zlib) and zstd, as streams, in constant memory. */
#ifndef TA_BASE_PRESS_H
#define TA_BASE_PRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "transalp.h"

/* The bytes that are left to take, and the room that is left; both move on. */
typedef struct ta_press_io {
    const char *in;
    size_t in_len;
    char *out;
    size_t out_len;
} ta_press_io;

/* A kind of compression: a file with one of these, and a row in press.c. */
typedef struct ta_press {
    const char *name;   /* "gzip" */
    const char *suffix; /* ".gz" */
    const char *mark;   /* the first bytes of such a file */
    size_t mark_len;
    void *(*unpack_new)(void); /* NULL: no memory */
    /* *between: what was taken so far ends where a file may end. TA_OK; TA_ERR_INPUT: damaged;
     * TA_ERR_NOMEM. */
    ta_status (*unpack)(void *state, ta_press_io *io, bool *between);
    void (*unpack_drop)(void *state);
    void *(*pack_new)(void); /* NULL: no memory */
    /* With `finish` until *done says that all has been given. TA_OK, TA_ERR_NOMEM. */
    ta_status (*pack)(void *state, ta_press_io *io, bool finish, bool *done);
    void (*pack_drop)(void *state);
} ta_press;

extern const ta_press ta_press_gzip, ta_press_zstd;

/* By a file's first bytes; NULL: not compressed, as far as is known here; *more: with further
 * bytes it may turn out to be. */
const ta_press *ta_press_of_bytes(const char *data, size_t len, bool *more);

/* By a file's name, whose length without the suffix goes to *stem; NULL: none, and *stem is the
 * whole length. */
const ta_press *ta_press_of_name(const char *file, size_t *stem);

#endif
