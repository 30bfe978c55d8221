/* SPDX-License-Identifier: MIT */
/* Memory: an arena for what lives for the run, and a growing buffer for what is reused. */
#ifndef TA_BASE_MEM_H
#define TA_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "transalp.h"

/*
 * Bytes that grow. Zero-initialize it; free with ta_buf_fini. After a failed growth the old
 * bytes stay valid and `failed` stays set.
 */
typedef struct ta_buf {
    char *data;
    size_t len, cap;
    bool failed;
} ta_buf;

enum { TA_BUF_SLACK = 64 };

/* Slow parts of what follows. */
TA_MUST_CHECK bool ta_buf_grow(ta_buf *buf, size_t extra);
void ta_buf_grow_put(ta_buf *buf, const void *data, size_t len);
const char *ta_buf_grow_text(ta_buf *buf);

static inline bool ta_buf_has_room(const ta_buf *buf, size_t extra) {
    size_t left = buf->cap - buf->len;
    return extra < left && left - extra >= TA_BUF_SLACK;
}

/* Makes room for `extra` more bytes after len (and TA_BUF_SLACK beyond them). False: no memory.
 */
TA_MUST_CHECK static inline bool ta_buf_reserve(ta_buf *buf, size_t extra) {
    return ta_buf_has_room(buf, extra) || ta_buf_grow(buf, extra);
}

/* Appends; a failure is kept in buf->failed and may be asked for once at the end. */
static inline void ta_buf_put(ta_buf *buf, const void *data, size_t len) {
    if (buf->failed || !len)
        return;
    if (!buf->data || !ta_buf_has_room(buf, len)) {
        ta_buf_grow_put(buf, data, len);
        return;
    }
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
}

static inline void ta_buf_puts(ta_buf *buf, const char *text) {
    ta_buf_put(buf, text, strlen(text));
}

void ta_buf_printf(ta_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ta_buf_put_count(ta_buf *buf, uint64_t count);
/* What ta_buf_text gives when memory ran out: an empty text that can be told from others. */
extern const char ta_buf_lost[1];
/* The bytes with a NUL after them; ta_buf_lost after a failure. Borrowed until the next call.
 */
static inline const char *ta_buf_text(ta_buf *buf) {
    if (buf->failed || !buf->data || !ta_buf_has_room(buf, 1))
        return ta_buf_grow_text(buf);
    buf->data[buf->len] = 0;
    return buf->data;
}

void ta_buf_fini(ta_buf *buf);

/* Words in a row, borrowed. */
typedef struct ta_strings {
    const char *const *items;
    size_t count;
} ta_strings;

/*
 * An arena: allocations are freed together. Zero-initialize it. ta_arena_alloc gives zeroed
 * memory aligned to 16 bytes, or NULL.
 */
typedef struct ta_arena {
    struct ta_arena_block *first, *spare;
    size_t used_bytes;
} ta_arena;

void *ta_arena_alloc(ta_arena *arena, size_t size_bytes);
/* A copy of text[0..len) with a NUL after it; NULL without memory. */
char *ta_arena_copy(ta_arena *arena, const char *text, size_t len);
/* Hands all allocations of `from` over to `to`; from is empty then. */
void ta_arena_move(ta_arena *to, ta_arena *from);
/* Frees all allocations, and keeps the memory for further ones. */
void ta_arena_reset(ta_arena *arena);
void ta_arena_fini(ta_arena *arena);

/* Grows an array of `size_bytes` items to hold at least `need`, doubling. False: no memory, the
 * old array stays. */
TA_MUST_CHECK bool ta_array_grow(void *array_of_pointer, size_t *cap, size_t need,
                                 size_t size_bytes);

#endif
