/* SPDX-License-Identifier: MIT */
/* The files that a command looks things up in: schemas and code lists. Private to src/cli. */
#ifndef TA_CLI_SHELF_H
#define TA_CLI_SHELF_H

#include "flow/load.h"

typedef struct ta_shelf {
    ta_keys keys;
    ta_finder finder; /* says what is wrong on standard error */
    ta_library library;
} ta_shelf;

/* False: no memory. Free with ta_shelf_close in each case. */
TA_MUST_CHECK bool ta_shelf_open(ta_shelf *shelf);
void ta_shelf_close(ta_shelf *shelf);

/* The text of a member; empty if there is none. */
ta_text ta_shelf_text(const ta_record *record, const ta_node *object, const char *name);

/* The names of embedded files of a folder ("" for schemas/ itself), one after the other; *at
 * begins at 0. NULL: no more. *len: the name's length without folder and suffix. */
const char *ta_shelf_name(const char *folder, size_t *at, size_t *len);

/* Says that no `what` is called so, and which was meant, or which command lists them. */
void ta_shelf_unknown(const char *folder, const char *what, const char *command,
                      const char *word);

#endif
