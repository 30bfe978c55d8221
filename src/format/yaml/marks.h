/* SPDX-License-Identifier: MIT */
/* Where the reading of events stands in the bytes, and what is looked at there. */
#ifndef TA_FORMAT_YAML_MARKS_H
#define TA_FORMAT_YAML_MARKS_H

#include "format/yaml/events.h"

typedef struct ta_yaml_marks {
    const ta_reading *reading;
    uint64_t base;          /* offset of the first byte that libyaml was given */
    uint64_t fed, last_end; /* offsets: behind what it was given, behind the last event */
    size_t flow;            /* open brackets */
    uint64_t events, steps; /* so far; the brackets open around each, added up */
    uint64_t anchored;      /* anchors and aliases so far */
    bool open_ended;        /* the document before ended without `...` */
    ta_yaml_comments comments;
} ta_yaml_marks;

/* The byte at an offset in the window. */
static inline const char *ta_yaml_at(const ta_yaml_marks *marks, uint64_t offset) {
    const ta_window *window = &marks->reading->source->window;
    return window->data + (offset - window->offset);
}

static inline uint64_t ta_yaml_window_end(const ta_yaml_marks *marks) {
    return marks->reading->source->window.offset + marks->reading->source->window.len;
}

/* The span of the character at an offset. */
ta_span ta_yaml_char_span(const ta_yaml_marks *marks, uint64_t offset);

/* Emits a syntax error. TA_ERR_INPUT. */
ta_status ta_yaml_refuse(const ta_yaml_marks *marks, ta_span span, const char *words);

/* Looks at an event and the gap before it, and moves its start behind its anchor and tag.
 * False: refused. */
TA_MUST_CHECK bool ta_yaml_check(ta_yaml_marks *marks, ta_yaml_event *event);

/* Counts the brackets that an event opens or closes. */
void ta_yaml_count_flow(ta_yaml_marks *marks, const ta_yaml_event *event);

#endif
