/* SPDX-License-Identifier: MIT */
/*
 * JSON on one line, written straight into a buffer as it comes: for findings, of which there
 * may be millions; what there is little of is built as an object (object.h) and says the same.
 * Private to src/report.
 */
#ifndef TA_REPORT_LINE_H
#define TA_REPORT_LINE_H

#include "record/finding.h"

/* Begin with the buffer alone. A failure is the buffer's. */
typedef struct ta_line {
    ta_buf *out;
    bool some; /* of what is open, a member or an item stands there */
} ta_line;

/* Opens "{" or "[", as a member or, without a name, as an item; and closes it: "}", "]". */
void ta_line_open(ta_line *line, const char *name, const char *bracket);
void ta_line_close(ta_line *line, const char *bracket);

/* Text that is NULL is left out; bytes that are not UTF-8 become U+FFFD. */
void ta_line_text(ta_line *line, const char *name, const char *text);
void ta_line_number(ta_line *line, const char *name, uint64_t value);
/* Left out if 0. */
void ta_line_number_if(ta_line *line, const char *name, uint64_t value);
/* Left out if false. */
void ta_line_true_if(ta_line *line, const char *name, bool value);
/* The finding's message in full. */
void ta_line_message(ta_line *line, const char *name, const ta_finding *finding);

/* Appends a finding as the JSON reports have it (json.c). */
void ta_line_finding(const ta_finding *finding, ta_buf *out);

#endif
