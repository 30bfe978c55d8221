/* SPDX-License-Identifier: MIT */
/*
 * libxml2's memory. Its blocks are those of whoever was there first: our hooks hand on, and
 * hear of failures alone, so that a program may use libxml2 beside us. Under a guard the
 * addresses of the blocks are kept too, so that all of them can be let go when the work is left
 * in its middle.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>

#include "format/xml/libxml.h"

static struct {
    xmlFreeFunc release;
    xmlMallocFunc allocate;
    xmlReallocFunc reallocate;
    xmlStrdupFunc duplicate;
    bool failed;
} usual;

static _Thread_local struct {
    bool failed;
    ta_libxml_blocks *blocks; /* NULL: none are kept */
    jmp_buf *guard;           /* NULL: failures are libxml2's to handle */
} memory;

static void note_failure(void) {
    memory.failed = true;
    if (memory.guard)
        longjmp(*memory.guard, 1);
}

/* Where the address stands, or the free slot where it would. */
static size_t find_slot(const ta_libxml_blocks *blocks, const void *block) {
    size_t mask = blocks->cap - 1, at = ((uintptr_t)block >> 4) & mask;
    while (blocks->slots[at] && blocks->slots[at] != block)
        at = (at + 1) & mask;
    return at;
}

static bool grow_blocks(ta_libxml_blocks *blocks) {
    ta_libxml_blocks grown = {.cap = blocks->cap ? blocks->cap * 2 : 256,
                              .count = blocks->count};
    grown.slots = calloc(grown.cap, sizeof *grown.slots);
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < blocks->cap; i++)
        if (blocks->slots[i])
            grown.slots[find_slot(&grown, blocks->slots[i])] = blocks->slots[i];
    free(blocks->slots);
    *blocks = grown;
    return true;
}

static bool keep_block(ta_libxml_blocks *blocks, void *block) {
    if (blocks->count >= blocks->cap / 2 && !grow_blocks(blocks))
        return false;
    blocks->slots[find_slot(blocks, block)] = block;
    blocks->count++;
    return true;
}

/* Whether it was kept. What stands behind it moves up, so that no search ends too early. */
static bool forget_block(ta_libxml_blocks *blocks, const void *block) {
    if (!blocks || !blocks->count)
        return false;
    size_t mask = blocks->cap - 1, hole = find_slot(blocks, block);
    if (!blocks->slots[hole])
        return false;
    blocks->count--;
    blocks->slots[hole] = NULL;
    for (size_t at = (hole + 1) & mask; blocks->slots[at]; at = (at + 1) & mask) {
        void *moved = blocks->slots[at];
        blocks->slots[at] = NULL;
        blocks->slots[find_slot(blocks, moved)] = moved;
    }
    return true;
}

static void *watch_block(void *block) {
    if (block && memory.guard && !keep_block(memory.blocks, block)) {
        usual.release(block);
        block = NULL;
    }
    if (!block)
        note_failure();
    return block;
}

static void *allocate(size_t size) {
    return watch_block(usual.allocate(size));
}

static char *duplicate(const char *text) {
    return watch_block(usual.duplicate(text));
}

static void release(void *old) {
    forget_block(memory.blocks, old);
    usual.release(old);
}

static void *reallocate(void *old, size_t size) {
    if (!old)
        return allocate(size);
    bool kept = forget_block(memory.blocks, old);
    void *grown = usual.reallocate(old, size);
    void *now = grown ? grown : old;
    if (kept) /* there is room: one has just gone */
        memory.blocks->slots[find_slot(memory.blocks, now)] = now;
    if (kept)
        memory.blocks->count++;
    if (!grown)
        note_failure();
    return grown;
}

/* What libxml2 sets up once, it sets up outside of every guard, in one thread. */
static void set_up(void) {
    usual.failed =
        xmlMemGet(&usual.release, &usual.allocate, &usual.reallocate, &usual.duplicate) ||
        xmlMemSetup(release, allocate, reallocate, duplicate);
    if (!usual.failed)
        xmlInitParser();
}

bool ta_libxml_begin(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    memory.failed = false;
    if (pthread_once(&once, set_up) || usual.failed || memory.failed)
        return false;
    /* Without room for a thread's globals libxml2 would call itself until the stack ends. */
    void *room = malloc(sizeof(xmlGlobalState));
    free(room);
    return room != NULL;
}

bool ta_libxml_lacks_memory(void) {
    return memory.failed;
}

void ta_libxml_forget(ta_libxml_blocks *blocks) {
    if (memory.blocks == blocks)
        memory.blocks = NULL;
    free(blocks->slots);
    *blocks = (ta_libxml_blocks){.lost = blocks->lost};
}

void ta_libxml_let_go(ta_libxml_blocks *blocks) {
    bool known = memory.blocks == blocks; /* else some may be free already */
    for (size_t i = 0; known && i < blocks->cap; i++)
        if (blocks->slots[i])
            usual.release(blocks->slots[i]);
    ta_libxml_forget(blocks);
}

static void hear_nothing(void *to, xmlErrorPtr error) {
    (void)to;
    (void)error;
}

/* Under a guard if there are blocks. */
static bool run_guarded(ta_libxml_blocks *blocks, void (*work)(void *to), void *to) {
    jmp_buf guard;
    if (setjmp(guard))
        return false;
    memory.blocks = blocks;
    memory.guard = blocks ? &guard : NULL;
    work(to);
    return true;
}

bool ta_libxml_run(ta_libxml_blocks *blocks, void (*work)(void *to), void *to) {
    if (blocks && blocks->lost)
        return false;
    xmlStructuredErrorFunc heard = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, hear_nothing);
    bool done = run_guarded(blocks, work, to);
    memory.guard = NULL;
    xmlSetStructuredErrorFunc(context, heard);
    if (done || !blocks) /* without blocks nothing is left in its middle */
        return done;
    xmlResetLastError();
    ta_libxml_let_go(blocks);
    blocks->lost = true;
    return false;
}
