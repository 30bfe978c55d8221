/* SPDX-License-Identifier: MIT */
/* Reading that stops behind each record, for files that are read beside another (--tables). */
#ifndef TA_FORMAT_CURSOR_H
#define TA_FORMAT_CURSOR_H

#include "format/format.h"

typedef struct ta_cursor_ops {
    /* Reads the head and calls begin; what `reading` points to stays until the drop. *out is to
     * be dropped in any case. */
    ta_status (*new)(const ta_reading *reading, ta_stage *next, void **out);
    /* Reads on until a record was pushed into next or left out. TA_STOP: no more. */
    ta_status (*next)(void *cursor);
    void (*drop)(void *cursor); /* NULL is allowed */
} ta_cursor_ops;

#endif
