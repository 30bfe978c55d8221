/* SPDX-License-Identifier: MIT */
/* Values in words, for messages. */
#ifndef TA_SCHEMA_WORDS_H
#define TA_SCHEMA_WORDS_H

#include "record/record.h"

enum { TA_SAY_MAX = 40 }; /* characters of a value that are shown */

/* A value as JSON has it, shortened: "abc", 12, true; a container: its kind. */
void ta_say_value(const ta_record *record, const ta_node *node, ta_buf *out);
/* The same with what stands in a container, as far as it is short: {"a": 1, …}. */
void ta_say_whole(const ta_record *record, const ta_node *node, ta_buf *out);
/* The same for a text that is no node's. */
void ta_say_scalar(ta_text text, const char *quote, ta_buf *out);
/* Kind and value: text "abc", number 12. */
void ta_say_found(const ta_record *record, const ta_node *node, ta_buf *out);
/* A text of several lines on one, at most so many characters. */
enum { TA_SAY_FLAT_MAX = 160 };
void ta_say_flat(ta_text text, ta_buf *out);
enum { TA_SAY_COUNT = 48 };
/* "1 item", "2 items". Returns out. */
const char *ta_say_count(uint64_t count, const char *one, const char *many,
                         char out[TA_SAY_COUNT]);
/* Types as a reader knows them: "number or text". */
void ta_say_types(uint8_t types, bool integer, ta_buf *out);
/* " (did you mean X?)" */
void ta_say_guess(const char *guess, size_t len, const char *quote, ta_buf *out);

#endif
