/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/inner.h"

enum { READ_LEAST = 64 * 1024 }; /* bytes */

/* Gives the window another buffer, in which `filled` bytes stand; those of a cut character at
 * its end are in impl->cut too. */
static void set_window(ta_source *source, char *buffer, size_t cap, size_t filled) {
    struct ta_source_impl *impl = source->impl;
    impl->buffer = buffer;
    impl->cap = cap;
    impl->filled = filled;
    source->window.data = buffer;
    source->window.len = filled - impl->cut_len;
    memset(buffer + source->window.len, 0, TA_SOURCE_SLACK);
}

ta_status ta_source_fill(ta_source *source, size_t drop, size_t len) {
    ta_status status = TA_OK;
    while ((drop || source->window.len < len) && status == TA_OK) {
        size_t have = source->window.len - drop, rest = len > have ? len - have : 0;
        source->impl->read_max = rest > READ_LEAST ? rest : READ_LEAST;
        status = ta_source_more(source, drop);
        drop = 0;
    }
    source->impl->read_max = 0;
    return status;
}

/* Exchanges buffers with the chunk, which gets the window's first `len` bytes. */
static ta_status exchange(ta_source *source, size_t len, ta_chunk *chunk) {
    struct ta_source_impl *impl = source->impl;
    if (chunk->cap < impl->cap) {
        ta_chunk_fini(chunk);
        chunk->data = malloc(impl->cap + TA_SOURCE_SLACK);
        if (!chunk->data)
            return TA_ERR_NOMEM;
        chunk->cap = impl->cap;
    }
    const ta_chunk spare = *chunk;
    *chunk = (ta_chunk){impl->buffer, len, impl->cap, source->window.offset};
    memcpy(spare.data, impl->buffer + len, impl->filled - len);
    set_window(source, spare.data, spare.cap, impl->filled - len);
    return TA_OK;
}

ta_status ta_source_adopt(ta_source *source, ta_chunk *chunk) {
    return exchange(source, 0, chunk);
}

ta_status ta_source_cut(ta_source *source, size_t len, ta_chunk *chunk) {
    if (exchange(source, len, chunk) != TA_OK)
        return TA_ERR_NOMEM;
    memset(chunk->data + len, 0, TA_SOURCE_SLACK);
    source->window.offset += len;
    ta_source_settle(source, source->window.at);
    return TA_OK;
}

ta_status ta_source_uncut(ta_source *source, ta_chunk *const *chunks, size_t count) {
    struct ta_source_impl *impl = source->impl;
    size_t len = 0, cap = impl->cap;
    for (size_t i = 0; i < count; i++)
        len += chunks[i]->len;
    if (!len)
        return TA_OK;
    while (cap < len + impl->filled)
        cap *= 2;
    char *buffer = malloc(cap + TA_SOURCE_SLACK), *to = buffer;
    if (!buffer)
        return TA_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        memcpy(to, chunks[i]->data, chunks[i]->len);
        to += chunks[i]->len;
    }
    memcpy(to, impl->buffer, impl->filled);
    free(impl->buffer);
    set_window(source, buffer, cap, len + impl->filled);
    source->window.offset -= len;
    ta_source_settle(source, source->window.at);
    return TA_OK;
}

void ta_source_settle(ta_source *source, ta_where at) {
    ta_window *window = &source->window;
    window->at = window->memo = at;
    window->memo_offset = window->offset;
    window->other.line = 0;
}

void ta_source_show(ta_source *source, const ta_chunk *chunk) {
    ta_window *window = &source->window;
    window->data = chunk->data;
    window->len = chunk->len;
    window->offset = chunk->offset;
    ta_source_settle(source, (ta_where){1, 1});
    source->bad = UINT64_MAX;
    source->ended = false;
    source->impl->shows = true;
    source->impl->overran = false;
}

ta_status ta_source_end_chunk(ta_source *source, size_t drop) {
    ta_window *window = &source->window;
    ta_where at = ta_window_where(window, window->offset + drop);
    window->data += drop;
    window->len -= drop;
    window->offset += drop;
    ta_source_settle(source, at);
    source->ended = true;
    source->impl->overran |= window->len > 0;
    return TA_STOP;
}

bool ta_source_overran(const ta_source *source) {
    return source->impl->overran;
}

void ta_chunk_fini(ta_chunk *chunk) {
    free(chunk->data);
    *chunk = (ta_chunk){.data = NULL};
}
