/* SPDX-License-Identifier: MIT */
/* What a place comes to, once all was seen. Private to src/infer. */
#ifndef TA_INFER_SETTLE_H
#define TA_INFER_SETTLE_H

#include "infer/spot.h"
#include "schema/shape.h"

enum { TA_INFER_FEW = 3 }; /* texts from which on a format or a code list is believed */

typedef struct ta_verdict {
    uint8_t types; /* TA_TYPE_*; 0: nothing was seen */
    bool integer;  /* numbers are whole */
    bool cells;    /* lists in cells: spot->cells are the items */
    bool gaps; /* soft texts are empty where no text is allowed: values that are not there */
} ta_verdict;

ta_verdict ta_spot_verdict(const ta_infer *infer, const ta_spot *spot);

/* The format that all texts have; NULL: none. */
const char *ta_spot_format(const ta_infer *infer, const ta_spot *spot);

/* How often the place was an object; empty elements of XML may be one. */
uint64_t ta_spot_objects(const ta_infer *infer, const ta_spot *spot);

/* An object whose names are so many and so rare that they are data: its members become one. */
void ta_spot_settle_map(ta_infer *infer, ta_spot *spot);

/* Elements that are lists, attributes, lists with an element around them. Returns the place of
 * a record. */
ta_spot *ta_spot_settle_xml(ta_infer *infer, ta_spot *root);

#endif
