/* SPDX-License-Identifier: MIT */
/*
 * The last stage of `transalp normalize`: the changes of each record, as bytes that take the
 * place of others. The text around them is copied as it stands in the file: constant memory.
 */
#ifndef TA_FLOW_PATCH_H
#define TA_FLOW_PATCH_H

#include "flow/original.h"
#include "normalize/normalize.h"

/* Takes the text of the file in order: what stays, and what becomes of the rest. In UTF-8,
 * whole characters. */
typedef struct ta_patch_to {
    void *to;
    void (*same)(void *to, const char *data, size_t len);
    void (*changed)(void *to, ta_text before, ta_text after);
    const ta_sink *sink; /* its first failure ends the reading; NULL: none */
} ta_patch_to;

/* Bytes of the file, as offsets, and where in patch->text the new ones lie. */
typedef struct ta_edit {
    uint64_t start, end;
    size_t text, len;
} ta_edit;

/* A value that was changed, and may stand in other places too: where it begins, and a hash of
 * what it becomes. */
typedef struct ta_made {
    uint64_t start, hash;
} ta_made;

typedef struct ta_patch {
    ta_stage stage;
    ta_finder *finder;
    ta_original *original;       /* of a worker: for its encoding */
    const ta_patch_to *to;       /* NULL: changes are only counted */
    ta_normal_listener listener; /* for the stage before */
    uint64_t offset;             /* up to here all was handed on */
    uint64_t changes;
    ta_edit *edits;
    size_t count, cap;
    size_t held;         /* of a worker: those of the records before the one under way */
    bool holds;          /* set it for a worker: the lead hands them on */
    bool sorted, failed; /* failed: no memory */
    ta_made *made;       /* by start */
    size_t made_count, made_cap;
    ta_buf text, before;
} ta_patch;

/* All is borrowed, and outlives the chain, which the patch is the last stage of; dropping that
 * frees what the patch holds. */
void ta_patch_init(ta_patch *patch, ta_finder *finder, ta_original *original,
                   const ta_patch_to *to);
/* Hands on the rest of the file. */
TA_MUST_CHECK ta_status ta_patch_finish(ta_patch *patch);

#endif
