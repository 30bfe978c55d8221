/* SPDX-License-Identifier: MIT */
/* The files of schemas/ and the page of reports, carried in the binary (written by
 * tools/embed.py at build time). */
#ifndef TA_BASE_EMBEDDED_H
#define TA_BASE_EMBEDDED_H

#include <stddef.h>

typedef struct ta_embedded {
    const char *name; /* below schemas/, such as "codes/country.csv"; "page/page.css" */
    const char *data; /* ends in a NUL that is not counted */
    size_t len;
} ta_embedded;

/* Ends with a row whose name is NULL. */
extern const ta_embedded ta_embedded_files[];

#endif
