/* SPDX-License-Identifier: MIT */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARENA_BLOCK = 16384 };

bool ta_buf_grow(ta_buf *buf, size_t extra) {
    size_t need = buf->len + extra + TA_BUF_SLACK;
    size_t cap = buf->cap ? buf->cap : 256;
    while (cap < need)
        cap += cap / 2 + 64;
    char *data = realloc(buf->data, cap);
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->cap = cap;
    return true;
}

void ta_buf_grow_put(ta_buf *buf, const void *data, size_t len) {
    if (!ta_buf_grow(buf, len))
        return;
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
}

void ta_buf_put_count(ta_buf *buf, uint64_t count) {
    char digits[20], *at = digits + sizeof digits;
    do
        *--at = (char)('0' + count % 10);
    while ((count /= 10) != 0);
    ta_buf_put(buf, at, (size_t)(digits + sizeof digits - at));
}

/* Most fits where there is room already. */
void ta_buf_printf(ta_buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = buf->failed || !ta_buf_reserve(buf, 1) ? 0 : buf->cap - buf->len;
    int len = room ? vsnprintf(buf->data + buf->len, room, format, args) : 0;
    va_end(args);
    if (len > 0 && (size_t)len >= room) {
        if (!ta_buf_reserve(buf, (size_t)len + 1))
            len = 0;
        else
            vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
    }
    buf->len += len > 0 ? (size_t)len : 0;
    va_end(again);
}

const char ta_buf_lost[1] = "";

const char *ta_buf_grow_text(ta_buf *buf) {
    if (buf->failed || !ta_buf_reserve(buf, 1))
        return ta_buf_lost;
    buf->data[buf->len] = 0;
    return buf->data;
}

void ta_buf_fini(ta_buf *buf) {
    free(buf->data);
    memset(buf, 0, sizeof *buf);
}

typedef struct ta_arena_block {
    struct ta_arena_block *next;
    size_t used, cap;
    char *data;
} arena_block;

/* A block that was used before; NULL: there is none, or too small a one. */
static arena_block *reuse_block(ta_arena *arena, size_t need) {
    arena_block *block = arena->spare;
    if (!block || block->cap < need)
        return NULL;
    arena->spare = block->next;
    block->used = 0;
    block->next = arena->first;
    arena->first = block;
    return block;
}

static arena_block *arena_grow(ta_arena *arena, size_t need) {
    size_t cap = need > ARENA_BLOCK ? need : ARENA_BLOCK;
    arena_block *block = malloc(sizeof *block);
    if (!block)
        return NULL;
    *block = (arena_block){.next = arena->first, .cap = cap, .data = malloc(cap)};
    if (!block->data) {
        free(block);
        return NULL;
    }
    arena->first = block;
    return block;
}

/* Of bytes as they are; the size is rounded up. */
static char *take_room(ta_arena *arena, size_t *size_bytes) {
    size_t need = *size_bytes = (*size_bytes + 15) & ~(size_t)15;
    arena_block *block = arena->first;
    if (!block || block->cap - block->used < need)
        block = reuse_block(arena, need);
    if (!block)
        block = arena_grow(arena, need);
    if (!block)
        return NULL;
    char *at = block->data + block->used;
    block->used += need;
    arena->used_bytes += need;
    return at;
}

void *ta_arena_alloc(ta_arena *arena, size_t size_bytes) {
    void *room = take_room(arena, &size_bytes);
    if (room)
        memset(room, 0, size_bytes);
    return room;
}

char *ta_arena_copy(ta_arena *arena, const char *text, size_t len) {
    size_t size_bytes = len + 1;
    char *copy = take_room(arena, &size_bytes);
    if (!copy)
        return NULL;
    if (len)
        memcpy(copy, text, len);
    memset(copy + len, 0, size_bytes - len);
    return copy;
}

void ta_arena_move(ta_arena *to, ta_arena *from) {
    arena_block **end = &to->first;
    while (*end)
        end = &(*end)->next;
    *end = from->first;
    to->used_bytes += from->used_bytes;
    from->first = NULL;
    from->used_bytes = 0;
}

void ta_arena_reset(ta_arena *arena) {
    ta_arena spare = {.first = arena->spare};
    ta_arena_move(arena, &spare);
    *arena = (ta_arena){.spare = arena->first};
}

static void free_blocks(arena_block *block) {
    while (block) {
        arena_block *next = block->next;
        free(block->data);
        free(block);
        block = next;
    }
}

void ta_arena_fini(ta_arena *arena) {
    free_blocks(arena->first);
    free_blocks(arena->spare);
    *arena = (ta_arena){.first = NULL};
}

bool ta_array_grow(void *array_of_pointer, size_t *cap, size_t need, size_t size_bytes) {
    if (need <= *cap)
        return true;
    size_t want = *cap ? *cap : 16;
    while (want < need)
        want *= 2;
    void *old;
    memcpy(&old, array_of_pointer, sizeof old);
    void *grown = realloc(old, want * size_bytes);
    if (!grown)
        return false;
    memcpy(array_of_pointer, &grown, sizeof grown);
    *cap = want;
    return true;
}
