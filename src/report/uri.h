/* SPDX-License-Identifier: MIT */
/* File names as reports for other tools want them. Private to src/report. */
#ifndef TA_REPORT_URI_H
#define TA_REPORT_URI_H

#include "base/mem.h"

/* Appends a file's name as a URI (RFC 3986), relative to the working folder where it lies in
 * it. */
void ta_uri_put_file(ta_buf *out, const char *file);

/* The file's name relative to the working folder, if it is absolute and lies in it; else as it
 * is. Borrowed. */
const char *ta_uri_relative(const char *file);

#endif
