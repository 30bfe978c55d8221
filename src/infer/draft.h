/* SPDX-License-Identifier: MIT */
/* A document put together by hand: a record that a writer takes. Private to src/infer. */
#ifndef TA_INFER_DRAFT_H
#define TA_INFER_DRAFT_H

#include "infer/spot.h"

enum { TA_DRAFT_DEPTH_MAX = 512 };

typedef struct ta_draft {
    ta_record record;
    uint32_t open[TA_DRAFT_DEPTH_MAX]; /* the lists and objects that are not closed */
    unsigned depth;
    bool failed; /* no memory, or too deep: asked for once, at the end */
} ta_draft;

/* Keys are NULL for items and the root. */
void ta_draft_open(ta_draft *draft, const char *key, ta_kind kind);
void ta_draft_open_named(ta_draft *draft, ta_text key, ta_kind kind);
void ta_draft_close(ta_draft *draft);
void ta_draft_text(ta_draft *draft, const char *key, const char *text, size_t len);
void ta_draft_puts(ta_draft *draft, const char *key, const char *text);
void ta_draft_number(ta_draft *draft, const char *key, const char *text, size_t len);
void ta_draft_count(ta_draft *draft, const char *key, uint64_t count);
/* null, true, false */
void ta_draft_word(ta_draft *draft, const char *key, ta_kind kind);
/* A value of another record, with all in it. */
void ta_draft_copy(ta_draft *draft, ta_text key, const ta_record *from, const ta_node *node);

#endif
