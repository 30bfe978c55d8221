/* SPDX-License-Identifier: MIT */
/* One of the two files that are compared: what a first pass keeps of it. */
#ifndef TA_COMPARE_EDITION_H
#define TA_COMPARE_EDITION_H

#include "compare/align.h"
#include "compare/key.h"
#include "record/stage.h"

typedef struct ta_edition {
    const char *file;
    ta_form form;
    bool untyped; /* CSV whose cells are all text */
    ta_entry *entries;
    size_t count, cap;
    size_t keyed; /* records that have a key */
} ta_edition;

/* The stage of the first pass; the edition and the key are borrowed. NULL: no memory. */
ta_stage *ta_edition_stage_new(ta_edition *edition, const ta_key_paths *key);
void ta_edition_fini(ta_edition *edition);

#endif
