/* SPDX-License-Identifier: MIT */
/* The codes of all findings, from the one table finding.def. */
#ifndef TA_BASE_FINDING_H
#define TA_BASE_FINDING_H

#include <stddef.h>

typedef enum ta_level { TA_NOTE, TA_WARNING, TA_ERROR, TA_LEVEL_IGNORE } ta_level;

typedef enum ta_code {
#define TA_FINDING(name, code, level, message, why, example) TA_F_##name,
#include "base/finding.def"
#undef TA_FINDING
    TA_CODE_COUNT
} ta_code;

/* One row of finding.def. All texts are static. */
typedef struct ta_code_row {
    const char *code;    /* "csv-stray-quote": stable, kebab-case, family first */
    ta_level level;      /* unless an option says otherwise */
    const char *message; /* {name}, {expected}, {found}, {replacement}, {count} are filled in */
    const char *why;     /* what `transalp explain` says */
    const char *example; /* a shortest input that causes it */
} ta_code_row;

extern const ta_code_row ta_codes[TA_CODE_COUNT];

/* "note", "warning", "error" or "ignored". */
const char *ta_level_text(ta_level level);

/* The code with this name, or TA_CODE_COUNT. */
ta_code ta_code_find(const char *name);

#endif
