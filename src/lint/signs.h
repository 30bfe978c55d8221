/* SPDX-License-Identifier: MIT */
/* What bytes of a text speak of, so that nearly all text is passed over at a glance; for
 * src/lint alone. */
#ifndef TA_LINT_SIGNS_H
#define TA_LINT_SIGNS_H

#include <stddef.h>

enum {
    TA_SIGN_MANGLED = 1, /* UTF-8 read as Windows-1252 and written as UTF-8 again */
    TA_SIGN_LOST = 2,    /* U+FFFD */
    TA_SIGN_UNSEEN = 4,  /* control characters, and such as nobody sees */
    TA_SIGN_SCRIPT = 8,  /* letters of Greek or Cyrillic */
    TA_SIGN_EDGED = 16,  /* the text begins or ends in a blank, perhaps */
    TA_SIGN_BARE = 32    /* the text stands in YAML without quotes */
};

/* The first four, of data[0..len): what may stand in it; what is not among them does not. 15
 * bytes behind it can be read. */
unsigned ta_lint_signs(const char *data, size_t len);

#endif
