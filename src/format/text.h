/* SPDX-License-Identifier: MIT */
/* What readers of text say in the same words: bytes that are no text, records too large, reads
 * that failed. */
#ifndef TA_FORMAT_TEXT_H
#define TA_FORMAT_TEXT_H

#include "format/format.h"

/*
 * Reports the byte at source->bad, which must lie in the window. Then call ta_source_recheck
 * from where the reading goes on.
 */
void ta_text_report_bad(const ta_reading *reading, uint64_t record_no);

/* Reports a record that outgrew the window or the record's memory; `remedy` is added, "" for
 * none. */
void ta_text_report_size(const ta_reading *reading, uint64_t start, uint64_t record_no,
                         const char *remedy);

/*
 * Reports why ta_source_more gave no bytes: bytes that cannot be decoded, a failed read. Gives
 * the status back. A full window is not its business (ta_source_is_full, ta_text_report_size),
 * nor is TA_ERR_NOMEM.
 */
TA_MUST_CHECK ta_status ta_text_report_more(const ta_reading *reading, ta_status status,
                                            uint64_t record_no);

/* At the end of an input: TA_ERR_INPUT, if records were left out, else TA_OK. */
TA_MUST_CHECK ta_status ta_text_end(const ta_reading *reading, bool left_out);

/* A character as messages name it: "U+0009" for a control, else itself. Valid UTF-8, or NULs
 * behind it. */
void ta_text_name_char(const char *text, size_t len, ta_buf *out);

#endif
