/* SPDX-License-Identifier: MIT */
/* Pieces of a page: text that stands for itself whatever is in it, and bars. Private to
 * src/report. */
#ifndef TA_REPORT_MARKUP_H
#define TA_REPORT_MARKUP_H

#include "base/mem.h"

/* Appends text with what means something in HTML escaped. */
void ta_markup_escape(ta_buf *out, const char *text, size_t len);
/* The same of text from the data: what ta_put_text keeps from a terminal is kept from the page
 * too. NULL: nothing. */
void ta_markup_text(ta_buf *out, const char *text);

/* Appends a picture of a share: a bar that fills `thousandths` of its width. */
void ta_markup_bar(ta_buf *out, unsigned thousandths);

/* What a page may run and show, by its hash (CSP Level 3): "'sha256-...'". False: no memory. */
TA_MUST_CHECK bool ta_markup_hash(ta_buf *out, const char *text, size_t len);

#endif
