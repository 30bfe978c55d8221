/* SPDX-License-Identifier: MIT */
/*
 * JSON objects of reports, each built, written on one line and forgotten; so no report is ever
 * held whole. Private to src/report.
 */
#ifndef TA_REPORT_OBJECT_H
#define TA_REPORT_OBJECT_H

#include "report/report.h"

/* An object under way. A failure (no memory) is kept, also by the objects around it, and told
 * by ta_object_finish. */
typedef struct ta_object {
    void *json;
    struct ta_object *around; /* NULL: none */
    bool failed;
} ta_object;

ta_object ta_object_new(void);
/* An object as a member, and as an item of a list that is a member; they end with the one
 * around them, which must outlive them. */
ta_object ta_object_inside(ta_object *around, const char *name);
ta_object ta_object_item(ta_object *around, const char *name);

/* Text that is NULL is left out; bytes that are not UTF-8 become U+FFFD. */
void ta_object_text(ta_object *object, const char *name, const char *text);
void ta_object_number(ta_object *object, const char *name, uint64_t value);
/* Left out if 0. */
void ta_object_number_if(ta_object *object, const char *name, uint64_t value);
void ta_object_flag(ta_object *object, const char *name, bool value);
/* The finding's message in full. */
void ta_object_message(ta_object *object, const char *name, const ta_finding *finding);

/* Appends the object on one line and drops it. False: no memory. */
TA_MUST_CHECK bool ta_object_finish(ta_object *object, ta_buf *out);

#endif
