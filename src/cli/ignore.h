/* SPDX-License-Identifier: MIT */
/* Files .transalpignore: what of a folder, and of those below it, is no input. Private to
 * src/cli. */
#ifndef TA_CLI_IGNORE_H
#define TA_CLI_IGNORE_H

#include "base/mem.h"

#define TA_IGNORE_FILE ".transalpignore"

/* Begin with zeros; free with ta_ignore_fini. */
typedef struct ta_ignore {
    struct ta_ignore_level *levels; /* of the folders on the way to the last path */
    size_t count, cap;
    ta_arena arena;
    const char *failed; /* a file that could not be read; NULL: none */
    int error;          /* its errno */
    bool no_memory;
} ta_ignore;

/* Whether a file or folder is left out, by the rules in any folder on the way to it. */
bool ta_ignore_covers(ta_ignore *ignore, const char *path);
void ta_ignore_fini(ta_ignore *ignore);

#endif
