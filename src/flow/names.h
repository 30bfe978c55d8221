/* SPDX-License-Identifier: MIT */
/* File names, seen from another folder. They are taken as words: links are not followed. */
#ifndef TA_FLOW_NAMES_H
#define TA_FLOW_NAMES_H

#include "base/mem.h"

/* Appends a name as it is called from a folder ("" or ".": the one we stand in): "a/b.csv",
 * "../b.csv", "." for the folder itself. A failure stays in the buffers. */
void ta_name_from(const char *folder, const char *name, ta_buf *out);

/* Appends what a name leads to that is written in a file of this folder, as it is called from
 * here; absolute names stay. */
void ta_name_in(const char *folder, const char *name, ta_buf *out);

/* Whether a path leads out of the folder that it begins in. */
bool ta_name_leads_out(const char *path);

/* Appends the folder of a file, with its slash; nothing for one that stands here. */
void ta_name_folder(const char *file, ta_buf *out);

#endif
