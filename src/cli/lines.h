/* SPDX-License-Identifier: MIT */
/* Small files of lines: lists of names, rules of what is left out. Private to src/cli. */
#ifndef TA_CLI_LINES_H
#define TA_CLI_LINES_H

#include "base/mem.h"

/*
 * Reads the lines of a file ("-": standard input), each with a NUL, without its end and without
 * those that are empty; where a NUL byte stands in the file, lines end in those. They live in
 * the arena. TA_ERR_IO: errno says why. TA_ERR_NOMEM.
 */
TA_MUST_CHECK ta_status ta_lines_read(ta_arena *arena, const char *name, ta_strings *lines);

#endif
