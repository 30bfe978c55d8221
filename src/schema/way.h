/* SPDX-License-Identifier: MIT */
/* How data is written as CSV, as a file says it: a dialect of its own (--dialect FILE), or what
 * stands in a Data Package or a Table Schema. */
#ifndef TA_SCHEMA_WAY_H
#define TA_SCHEMA_WAY_H

#include "record/loader.h"

/* Zero: not said. Texts and lists lie in the arena of whoever read them. */
typedef struct ta_way {
    char delimiter, quote, escape, decimal, group, comment;
    bool no_header;
    bool skip_said; /* skip_rows is meant, also 0 */
    bool flat;      /* a dot in a head is a dot: no column is nested */
    uint32_t skip_rows, skip_footer, header_rows;
    ta_strings nulls;
} ta_way;

/*
 * Reads an object of our names (delimiter, quote, null ...), those of a Table Dialect or those
 * of CSVW into *way; what it does not say stays. TA_ERR_USAGE: findings say at their places
 * what is wrong.
 */
TA_MUST_CHECK ta_status ta_way_read(const ta_loader *loader, const ta_document *document,
                                    const ta_node *object, ta_arena *arena, ta_way *way);
/* The texts of a list, or one text: cells that mean no value. Blank ones are left out. */
TA_MUST_CHECK ta_status ta_way_read_nulls(const ta_loader *loader, const ta_document *document,
                                          const ta_node *value, ta_arena *arena,
                                          ta_strings *out);

#endif
