/* SPDX-License-Identifier: MIT */
/* The line of the data that a finding is about, with its place underlined. Private to
 * src/report. */
#ifndef TA_REPORT_EXCERPT_H
#define TA_REPORT_EXCERPT_H

#include "record/finding.h"

/* Appends two lines, the underline in a colour ("" for none); nothing if the place has no line
 * at hand. */
void ta_excerpt_print(const ta_place *place, const char *colour, ta_buf *out);

#endif
