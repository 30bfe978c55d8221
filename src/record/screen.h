/* SPDX-License-Identifier: MIT */
/*
 * Values that reports keep back (x-personal). A window has a screen where the schema names such
 * places and --show-personal was not given; everything that puts a value into words asks here.
 */
#ifndef TA_RECORD_SCREEN_H
#define TA_RECORD_SCREEN_H

#include "record/finding.h"

#define TA_SCREEN_WORDS "[personal]" /* what is shown instead */

/* Borrowed by a window as long as it is read. */
typedef struct ta_screen {
    const void *to;
    /* Whether a node is personal, or stands in a value that is. */
    bool (*covers)(const void *to, const ta_record *record, const ta_node *node);
    /* Calls fn for each personal value that may meet [from, to) of the record's raw bytes. */
    void (*each)(const void *to, const ta_record *record, ta_span within,
                 void (*fn)(void *fn_to, const ta_node *node), void *fn_to);
} ta_screen;

static inline bool ta_screen_covers(const ta_record *record, const ta_node *node) {
    const ta_screen *screen = record->window ? record->window->screen : NULL;
    return screen && screen->covers(screen->to, record, node);
}

/* Takes what was read in the data out of a finding's words. */
void ta_screen_finding(ta_finding *finding);

/* Whether a finding of a reader, at a span of which no node is known, may quote a value that is
 * kept back. */
bool ta_screen_quotes(const ta_window *window, ta_span span, ta_code code);

/* A part of a line that is not shown, in bytes from the line's front. */
typedef struct ta_hidden {
    size_t start, end;
    const char *words; /* shown instead */
} ta_hidden;

enum { TA_HIDDEN_MAX = 64 };

/* What of a place's line is not shown, in order; returns how many parts. */
size_t ta_screen_line(const ta_place *place, ta_hidden hidden[TA_HIDDEN_MAX]);

#endif
