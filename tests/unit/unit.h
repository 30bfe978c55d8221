/* SPDX-License-Identifier: MIT */
/*
 * The whole framework of the unit tests: each tests/unit/test_*.c is a program of its own,
 * whose main makes checks and returns unit_end("what was tested"). A failed check is told on
 * standard error and the test goes on.
 */
#ifndef TA_UNIT_H
#define TA_UNIT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned unit_passed, unit_failed;

static inline bool unit_check(bool ok, const char *what, const char *file, int line) {
    if (ok) {
        unit_passed++;
    } else {
        unit_failed++;
        fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
    }
    return ok;
}

static inline bool unit_check_text(const char *got, const char *want, const char *what,
                                   const char *file, int line) {
    bool same = got && want ? strcmp(got, want) == 0 : got == want;
    if (!unit_check(same, what, file, line))
        fprintf(stderr, "    got:  %s\n    want: %s\n", got ? got : "(NULL)",
                want ? want : "(NULL)");
    return same;
}

static inline bool unit_check_bytes(const char *got, size_t len, const char *want,
                                    const char *what, const char *file, int line) {
    bool same = got && len == strlen(want) && memcmp(got, want, len) == 0;
    if (!unit_check(same, what, file, line))
        fprintf(stderr, "    got:  %.*s\n    want: %s\n", got ? (int)len : 6,
                got ? got : "(NULL)", want);
    return same;
}

static inline bool unit_check_number(long long got, long long want, const char *what,
                                     const char *file, int line) {
    if (!unit_check(got == want, what, file, line))
        fprintf(stderr, "    got:  %lld\n    want: %lld\n", got, want);
    return got == want;
}

/* Each gives true or false, so that what cannot go on may return. */
#define TA_CHECK(condition) unit_check((condition), #condition, __FILE__, __LINE__)
/* NUL-terminated texts; NULL equals only NULL. */
#define TA_CHECK_TEXT(got, want) unit_check_text((got), (want), #got, __FILE__, __LINE__)
/* got[0..len) against a NUL-terminated text. */
#define TA_CHECK_BYTES(got, len, want)                                                         \
    unit_check_bytes((got), (len), (want), #got, __FILE__, __LINE__)
#define TA_CHECK_NUMBER(got, want)                                                             \
    unit_check_number((long long)(got), (long long)(want), #got, __FILE__, __LINE__)

/* Prints the last line, "N passed, N failed"; what main returns. */
static inline int unit_end(const char *name) {
    printf("%s:\n%u passed, %u failed\n", name, unit_passed, unit_failed);
    return unit_failed > 0 || unit_passed == 0;
}

#endif
