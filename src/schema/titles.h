/* SPDX-License-Identifier: MIT */
/*
 * The names that a schema's properties have as columns: their paths, the heads that x-csv
 * lists, and their titles, those of a nested one joined by " / ". Items of lists are left out:
 * their columns keep their paths.
 */
#ifndef TA_SCHEMA_TITLES_H
#define TA_SCHEMA_TITLES_H

#include "base/mem.h"
#include "record/node.h"
#include "schema/shape.h"

#define TA_TITLES_JOINT " / "

typedef enum ta_title_kind { TA_TITLE_PATH, TA_TITLE_HEAD, TA_TITLE_TITLE } ta_title_kind;

typedef struct ta_title {
    ta_text text, path; /* what a column may be called, and what it is then */
    ta_title_kind kind;
} ta_title;

typedef struct ta_titles {
    ta_title *rows; /* in the schema's order */
    size_t count, cap;
    const ta_title **sorted; /* by text, then path */
    ta_arena arena;
} ta_titles;

/* Lists all names below a shape; `separator` stands between the steps of paths. Zero-initialize
 * it, and end with ta_titles_fini in any case. False: no memory. */
TA_MUST_CHECK bool ta_titles_list(ta_titles *titles, const ta_shape *shape, char separator);
void ta_titles_fini(ta_titles *titles);

/* A row with this text; NULL: there is none, or they lead to different paths. */
const ta_title *ta_titles_find(const ta_titles *titles, ta_text text);

/* Whether some property of the shape, or of an object in it, has heads or a title, or there are
 * no others, so that heads may be called nearly as the properties are. */
bool ta_titles_any(const ta_shape *shape);

#endif
