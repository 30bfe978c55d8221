/* SPDX-License-Identifier: MIT */
/* Formats of text: a row in formats.def and a function each. */
#ifndef TA_CHECK_FORMAT_H
#define TA_CHECK_FORMAT_H

#include "record/record.h"

typedef struct ta_text_format {
    const char *name;  /* as the schema writes it */
    const char *words; /* what such a text is, for messages: "a date (2024-12-31)" */
    bool (*holds)(ta_text text);
} ta_text_format;

/* NULL: the name is unknown. */
const ta_text_format *ta_text_format_find(ta_text name);

#define TA_TEXT_FORMAT(function, name, words) bool ta_is_##function(ta_text text);
#include "check/formats.def"
#undef TA_TEXT_FORMAT

/* What formats share. */

/* Takes a run of `count` digits from the front: its value, or -1. */
int ta_take_digits(ta_text *text, int count);
/* Takes a character from the front, if it is there. */
bool ta_take_char(ta_text *text, char c);

#endif
