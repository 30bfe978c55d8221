/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into a program, it makes the n-th call of a kind fail: TA_FAIL_ALLOC, TA_FAIL_READ,
 * TA_FAIL_WRITE, TA_FAIL_OPEN or TA_FAIL_FINISH=N (fsync, close of what was written, rename);
 * with TA_FAIL_ON all later ones too. It says nothing; with TA_FAIL_COUNTS=FILE it leaves there
 * how often each kind was called. Standard error is spared, so that messages can be seen.
 *
 * A program that tries one thing after another calls ta_chaos_begin and ta_chaos_end around
 * each: the n-th allocation fails, and what is not freed is told.
 */
#undef _FILE_OFFSET_BITS /* open and open64 are two names here */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHIM __attribute__((visibility("default")))

enum { ALLOC, READ, WRITE, OPEN, FINISH, KINDS };
enum { POOL_BYTES = 4096, FILES = 64 };

static const char *const kind_names[KINDS] = {"ALLOC", "READ", "WRITE", "OPEN", "FINISH"};
static unsigned long counts[KINDS], fail_at[KINDS];
static bool armed, fail_on;
static long live; /* blocks that were allocated and not freed */
static bool was_written[FILES];

/* dlsym itself may allocate before malloc is known. */
static _Alignas(16) char pool[POOL_BYTES];
static size_t pool_used;

static void *pool_alloc(size_t len) {
    size_t start = pool_used;
    pool_used += (len + 15) & ~(size_t)15;
    return pool_used <= POOL_BYTES ? pool + start : NULL;
}

static bool fails(int kind) {
    if (!armed)
        return false;
    unsigned long n = __atomic_add_fetch(&counts[kind], 1, __ATOMIC_RELAXED);
    return fail_at[kind] && (fail_on ? n >= fail_at[kind] : n == fail_at[kind]);
}

static void *count_block(void *block, int how) {
    __atomic_add_fetch(&live, block ? how : 0, __ATOMIC_RELAXED);
    return block;
}

/* The real function, looked up once. ISO C has no cast from void * to a function: the bytes are
 * copied. */
#define REAL(name, type, ...)                                                                  \
    static type (*real)(__VA_ARGS__);                                                          \
    if (!real) {                                                                               \
        void *found = dlsym(RTLD_NEXT, #name);                                                 \
        memcpy(&real, &found, sizeof real);                                                    \
    }

SHIM void *malloc(size_t len) {
    static bool looking;
    if (looking)
        return pool_alloc(len);
    looking = true;
    REAL(malloc, void *, size_t)
    looking = false;
    if (fails(ALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return count_block(real(len), 1);
}

SHIM void *calloc(size_t count, size_t len) {
    static bool looking;
    if (looking)
        return pool_alloc(count * len);
    looking = true;
    REAL(calloc, void *, size_t, size_t)
    looking = false;
    if (fails(ALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return count_block(real(count, len), 1);
}

SHIM void *realloc(void *old, size_t len) {
    REAL(realloc, void *, void *, size_t)
    if (fails(ALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return old ? real(old, len) : count_block(real(old, len), 1);
}

SHIM void free(void *old) {
    if ((uintptr_t)old >= (uintptr_t)pool && (uintptr_t)old < (uintptr_t)pool + POOL_BYTES)
        return;
    REAL(free, void, void *)
    real(count_block(old, -1));
}

SHIM ssize_t read(int fd, void *to, size_t len) {
    REAL(read, ssize_t, int, void *, size_t)
    if (fails(READ)) {
        errno = EIO;
        return -1;
    }
    return real(fd, to, len);
}

SHIM ssize_t write(int fd, const void *data, size_t len) {
    REAL(write, ssize_t, int, const void *, size_t)
    if (fd != STDERR_FILENO && fails(WRITE)) {
        errno = ENOSPC;
        return -1;
    }
    if (fd > STDERR_FILENO && fd < FILES)
        was_written[fd] = true;
    return real(fd, data, len);
}

static int open_real(const char *name, const char *file, int flags, mode_t mode) {
    static int (*real)(const char *, int, ...);
    if (!real) {
        void *found = dlsym(RTLD_NEXT, name);
        memcpy(&real, &found, sizeof real);
    }
    if (fails(OPEN)) {
        errno = EMFILE;
        return -1;
    }
    return real(file, flags, mode);
}

SHIM int open(const char *file, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_real("open", file, flags, mode);
}

SHIM int open64(const char *file, int flags, ...);
SHIM int open64(const char *file, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_real("open64", file, flags, mode);
}

SHIM int fsync(int fd) {
    REAL(fsync, int, int)
    if (fails(FINISH)) {
        errno = EIO;
        return -1;
    }
    return real(fd);
}

SHIM int close(int fd) {
    REAL(close, int, int)
    bool written = fd >= 0 && fd < FILES && was_written[fd];
    if (written)
        was_written[fd] = false;
    int status = real(fd);
    if (written && fails(FINISH)) {
        errno = EIO;
        return -1;
    }
    return status;
}

SHIM int rename(const char *from, const char *to) {
    REAL(rename, int, const char *, const char *)
    if (fails(FINISH)) {
        errno = EACCES;
        return -1;
    }
    return real(from, to);
}

SHIM void ta_chaos_begin(unsigned long n, bool on);
SHIM unsigned long ta_chaos_end(long *left);

/* From here on the n-th allocation fails, 0: none; on: all later ones too. */
void ta_chaos_begin(unsigned long n, bool on) {
    counts[ALLOC] = 0;
    live = 0;
    fail_at[ALLOC] = n;
    fail_on = on;
    armed = true;
}

/* How many there were; *left: those that were not freed. */
unsigned long ta_chaos_end(long *left) {
    armed = false;
    *left = live;
    return counts[ALLOC];
}

__attribute__((constructor)) static void shim_arm(void) {
    for (int i = 0; i < KINDS; i++) {
        char name[32];
        snprintf(name, sizeof name, "TA_FAIL_%s", kind_names[i]);
        const char *value = getenv(name);
        fail_at[i] = value ? strtoul(value, NULL, 10) : 0;
    }
    fail_on = getenv("TA_FAIL_ON") != NULL;
    /* not in valgrind's own launcher */
    armed = strcmp(program_invocation_short_name, "transalp") == 0;
}

__attribute__((destructor)) static void shim_tell(void) {
    bool was_armed = armed;
    armed = false;
    const char *name = getenv("TA_FAIL_COUNTS");
    FILE *file = name && was_armed ? fopen(name, "w") : NULL;
    if (!file)
        return;
    for (int i = 0; i < KINDS; i++)
        fprintf(file, "%s %lu\n", kind_names[i], counts[i]);
    (void)fclose(file);
}
