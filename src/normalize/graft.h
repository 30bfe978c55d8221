/* SPDX-License-Identifier: MIT */
/*
 * Values that become objects: noted while a record is walked, whose nodes must not move then,
 * and put in all at once. Private to src/normalize.
 */
#ifndef TA_NORMALIZE_GRAFT_H
#define TA_NORMALIZE_GRAFT_H

#include "normalize/rule.h"

/* A member of an object to come; its text lies in ta_grafts.text. */
typedef struct ta_graft_part {
    uint32_t key, start, len;
    ta_kind kind;
} ta_graft_part;

typedef struct ta_graft {
    uint32_t node; /* its index in the record as it was */
    uint32_t part_count;
    ta_graft_part parts[TA_NORMAL_PARTS];
} ta_graft;

/* Zero-initialize it. */
typedef struct ta_grafts {
    ta_graft *items; /* in the order of their nodes */
    size_t count, cap;
    ta_buf text;
    uint32_t *origins; /* of the record that was made last */
    size_t origin_cap;
} ta_grafts;

/* Notes the parts of a result that the shape has members for. False: no memory. */
TA_MUST_CHECK bool ta_grafts_add(ta_grafts *grafts, uint32_t node,
                                 const ta_normal_result *result, const ta_shape *shape);
/* Puts all in and forgets them. False: no memory, or the record is too large. */
TA_MUST_CHECK bool ta_grafts_apply(ta_grafts *grafts, ta_record *record);
void ta_grafts_fini(ta_grafts *grafts);

#endif
