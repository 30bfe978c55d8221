/* SPDX-License-Identifier: MIT */
/* A unified diff, made while the text goes by: what `diff -u` writes and `patch` applies. */
#ifndef TA_FLOW_HUNKS_H
#define TA_FLOW_HUNKS_H

#include "flow/patch.h"

enum { TA_HUNK_CONTEXT = 3 };

typedef struct ta_hunks {
    ta_recoder *out;
    const char *name;
    size_t line_max;      /* bytes of a changed line, before and after */
    uint64_t line, shift; /* the line that is under way, from 1; how many more there are now */
    bool dirty;           /* something in it has changed: */
    ta_buf before, after; /* what was under way; after: only where dirty */
    ta_buf lead[TA_HUNK_CONTEXT]; /* the lines before it, which are in no hunk yet */
    size_t lead_count;
    ta_buf body;  /* of the hunk that is open, with the marks before its lines */
    ta_buf added; /* new lines, which come behind all the old ones of their place */
    bool open, bare, headed;
    uint64_t start, new_start, old_count, new_count;
    size_t trail, trail_at; /* lines at its end that have not changed, and where they begin */
    size_t front, front_at; /* the same of its beginning, and where they end */
    bool too_long;
} ta_hunks;

/* All is borrowed. Free with ta_hunks_fini. */
void ta_hunks_init(ta_hunks *hunks, ta_recoder *out, const char *name, size_t line_max);
/* Functions of a ta_patch_to. */
void ta_hunks_same(void *hunks, const char *data, size_t len);
void ta_hunks_changed(void *hunks, ta_text before, ta_text after);
/* Writes what is open. TA_ERR_NOMEM; TA_ERR_INPUT: a line was too long. */
TA_MUST_CHECK ta_status ta_hunks_finish(ta_hunks *hunks);
void ta_hunks_fini(ta_hunks *hunks);

#endif
