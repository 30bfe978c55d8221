/* SPDX-License-Identifier: MIT */
/* Two records of one name, value by value: what became what. */
#ifndef TA_COMPARE_VALUES_H
#define TA_COMPARE_VALUES_H

#include "record/finding.h"

/* Which file knows only text, being CSV without a schema, while the other knows types. */
typedef enum ta_untyped { TA_UNTYPED_NONE, TA_UNTYPED_OLD, TA_UNTYPED_NEW } ta_untyped;

/* Zero-initialize it and set the first members; free with ta_values_fini. */
typedef struct ta_values {
    ta_finder *finder;
    ta_untyped untyped; /* then "12" against 12, an empty cell against none is only counted */
    const char *name;   /* stands before each message: "id 7: "; borrowed */
    uint64_t untyped_count;
    ta_place untyped_first; /* without its line's text */
    ta_buf untyped_path;
    ta_buf expected, found, path, pointer;
    bool failed; /* no memory */
} ta_values;

/* Emits a finding for each difference between an old record and its new edition, at the new
 * one, with the place in the old one. Returns how many differences there are. */
uint64_t ta_values_compare(ta_values *values, const ta_record *old, const ta_record *new);
void ta_values_fini(ta_values *values);

#endif
