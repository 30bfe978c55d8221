/* SPDX-License-Identifier: MIT */
/*
 * --records: what readers do with a document around the lists that they stream, once it is
 * whole: one record in which those lists are empty.
 */
#ifndef TA_FORMAT_AROUND_H
#define TA_FORMAT_AROUND_H

#include "format/format.h"

/*
 * Hands it on to reading->envelope, or says what of it is left out; `lists` is how many lists
 * the records came from. Findings point into the record. The stage's status.
 */
TA_MUST_CHECK ta_status ta_around_give(const ta_reading *reading, ta_record *around,
                                       uint64_t lists);

/* Says why the path leads to no list, and which keys there are instead. TA_ERR_INPUT. */
TA_MUST_CHECK ta_status ta_around_refuse(const ta_reading *reading, const ta_record *around);

/* Whether a path's step leads from a list or map to this child, the index-th. */
bool ta_around_leads(const ta_record *record, const ta_node *parent, const ta_node *child,
                     uint32_t index, const ta_step *step);

/* A path as it is written on the command line. */
void ta_around_put_path(ta_buf *out, const ta_path *path);

#endif
