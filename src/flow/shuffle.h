/* SPDX-License-Identifier: MIT */
/*
 * The text of a file with its records in the order of their keys (normalize --sort-key): takes
 * what a patch hands on, holds it all, and hands it on with the records moved, each with its
 * own bytes and comments.
 */
#ifndef TA_FLOW_SHUFFLE_H
#define TA_FLOW_SHUFFLE_H

#include "flow/patch.h"
#include "flow/sorter.h"

/* A record: its bytes in the file, and where its text begins and ends in what was taken. */
typedef struct ta_shuffled {
    uint64_t span[2];
    size_t before[2], after[2];
} ta_shuffled;

typedef struct ta_shuffle {
    ta_stage stage; /* stands before the patch: hears of the records */
    ta_patch_to in; /* for the patch */
    const ta_patch_to *out;
    ta_sorter *sorter;
    const char *why; /* the records cannot be moved; NULL: they can */
    const char *format;
    char comment;      /* what begins a comment in CSV; 0: nothing */
    bool keeps_before; /* for a diff */
    ta_buf before, after;
    uint64_t offset; /* of the file: up to here its text was taken */
    ta_shuffled *records;
    size_t count, cap;
    size_t marked; /* bounds of records that the text has come to: two for each */
    ta_status status;
} ta_shuffle;

/* All is borrowed; out NULL: nobody wants the text. Dropping the stage frees what it holds. */
void ta_shuffle_init(ta_shuffle *shuffle, ta_sorter *sorter, const ta_patch_to *out,
                     ta_stage *next);
/* After the patch is finished: sorts, and hands the text on. *moved: how many records stand
 * elsewhere now. TA_ERR_USAGE: a finding says why they cannot. */
TA_MUST_CHECK ta_status ta_shuffle_finish(ta_shuffle *shuffle, size_t *moved);

#endif
