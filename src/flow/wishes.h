/* SPDX-License-Identifier: MIT */
/* What single commands want of a job. */
#ifndef TA_FLOW_WISHES_H
#define TA_FLOW_WISHES_H

#include <stdbool.h>
#include <stdint.h>

enum { TA_INFER_ENUM_MOST = 64 }; /* what --enum-max takes */

/* A schema from the data (infer, convert --emit-schema). */
typedef struct ta_infer_wish {
    const char *file;  /* convert: where it goes; NULL: none is wanted */
    const char *merge; /* infer: a schema that is widened; NULL: a new one is made */
    const char *map;   /* infer: a schema that the data's heads are mapped to, in place of a
                          schema of its own; NULL */
    const char *title; /* NULL: none */
    bool no_enums, ranges;
    uint64_t enum_max; /* 0: TA_INFER_ENUM_MAX */
} ta_infer_wish;

/* What becomes of the text that normalize has edited; nothing: to standard output, or -o. */
typedef struct ta_edit_wish {
    bool diff, check, write, backup;
} ta_edit_wish;

#endif
