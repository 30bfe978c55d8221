/* SPDX-License-Identifier: MIT */
/* A document put together by hand: a record that a writer takes. Private to src/infer. */
#ifndef TA_INFER_SKETCH_H
#define TA_INFER_SKETCH_H

#include "infer/spot.h"

enum { TA_SKETCH_DEPTH_MAX = 512 };

typedef struct ta_sketch {
    ta_record record;
    uint32_t open[TA_SKETCH_DEPTH_MAX]; /* the lists and objects that are not closed */
    unsigned depth;
    bool failed; /* no memory, or too deep: asked for once, at the end */
} ta_sketch;

/* Keys are NULL for items and the root. */
void ta_sketch_open(ta_sketch *sketch, const char *key, ta_kind kind);
void ta_sketch_open_named(ta_sketch *sketch, ta_text key, ta_kind kind);
void ta_sketch_close(ta_sketch *sketch);
void ta_sketch_text(ta_sketch *sketch, const char *key, const char *text, size_t len);
void ta_sketch_puts(ta_sketch *sketch, const char *key, const char *text);
void ta_sketch_number(ta_sketch *sketch, const char *key, const char *text, size_t len);
void ta_sketch_count(ta_sketch *sketch, const char *key, uint64_t count);
/* null, true, false */
void ta_sketch_word(ta_sketch *sketch, const char *key, ta_kind kind);
/* A value of another record, with all in it. */
void ta_sketch_copy(ta_sketch *sketch, ta_text key, const ta_record *from, const ta_node *node);

/* All of it, as one document, to a writer: begin, put, end. */
TA_MUST_CHECK ta_status ta_sketch_hand_over(ta_sketch *sketch, ta_stage *writer);

#endif
