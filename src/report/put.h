/* SPDX-License-Identifier: MIT */
/* Putting text before people: nothing that stands in the data may drive a terminal. Private to
 * src/report and src/cli. */
#ifndef TA_REPORT_PUT_H
#define TA_REPORT_PUT_H

#include "report/report.h"

enum { TA_PUT_MAX = 1000 }; /* bytes shown of one piece of text: a key may have megabytes */

/*
 * Appends the character at text (len > 0) and returns its bytes. Control characters, characters
 * that turn the direction of writing and bytes that are not UTF-8 are appended as \xNN or
 * \uNNNN. *width gets the columns it takes.
 */
size_t ta_put_char(ta_buf *out, const char *text, size_t len, unsigned *width);

/* The same for text[0..len), of which at most TA_PUT_MAX bytes are shown. */
void ta_put_text(ta_buf *out, const char *text, size_t len);

/* Hands a line to a report's sink and empties it; a line that failed for want of memory is the
 * sink's failure. */
void ta_report_put(ta_report *report, ta_buf *line);

/* Keeps "no memory" in a report's sink. */
void ta_report_fail(ta_report *report);

#endif
