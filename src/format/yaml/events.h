/* SPDX-License-Identifier: MIT */
/* YAML as a row of events: libyaml's, with places in bytes, and what it lets pass refused. */
#ifndef TA_FORMAT_YAML_EVENTS_H
#define TA_FORMAT_YAML_EVENTS_H

#include "format/format.h"

typedef enum ta_yaml_kind {
    TA_YAML_END, /* of the stream */
    TA_YAML_DOCUMENT,
    TA_YAML_DOCUMENT_END,
    TA_YAML_SCALAR,
    TA_YAML_ALIAS,
    TA_YAML_LIST,
    TA_YAML_LIST_END,
    TA_YAML_MAP,
    TA_YAML_MAP_END
} ta_yaml_kind;

/* Texts are lent until the next event. */
typedef struct ta_yaml_event {
    ta_yaml_kind kind;
    bool plain;          /* a scalar without quotes, and no block text */
    const char *text;    /* of a scalar; of an alias, its name */
    size_t len;          /* of text */
    const char *anchor;  /* NULL: none */
    const char *tag;     /* resolved; NULL: none */
    uint64_t start, end; /* as written, anchors and tags before it excluded */
} ta_yaml_event;

typedef struct ta_yaml_comments {
    uint64_t count;
    ta_place first;
} ta_yaml_comments;

typedef struct ta_yaml_events ta_yaml_events;

/* reading is borrowed. NULL: no memory. Drop with ta_yaml_events_drop. */
ta_yaml_events *ta_yaml_events_new(const ta_reading *reading);
void ta_yaml_events_drop(ta_yaml_events *events);

/* The next event. TA_ERR_INPUT, TA_ERR_IO: findings were emitted. */
TA_MUST_CHECK ta_status ta_yaml_next(ta_yaml_events *events, ta_yaml_event *out);

/* From this offset on the window must stay as it is. */
void ta_yaml_keep(ta_yaml_events *events, uint64_t offset);

/* Begins anew with the window as it is now, which a leap led to: the items of a list. False: no
 * memory. */
TA_MUST_CHECK bool ta_yaml_restart(ta_yaml_events *events);
/* Where the item behind the last event begins, with its line; 0: the window does not show it,
 * or there is something else before it. */
uint64_t ta_yaml_next_item(const ta_yaml_events *events);
/* Whether the document that ended last had no `...` behind it. */
bool ta_yaml_is_open_ended(const ta_yaml_events *events);
/* How many anchors and aliases there were so far. */
uint64_t ta_yaml_names(const ta_yaml_events *events);
/* Counts these and the comments anew. */
void ta_yaml_recount(ta_yaml_events *events);

/* Whether the event stands in brackets. */
bool ta_yaml_is_flow(const ta_yaml_events *events);

/* What was passed over so far. */
const ta_yaml_comments *ta_yaml_comments_of(const ta_yaml_events *events);

/* The bytes up to the line's end (a line feed, a carriage return), or len. */
static inline size_t ta_yaml_line_len(const char *text, size_t len) {
    const char *feed = memchr(text, '\n', len);
    size_t end = feed ? (size_t)(feed - text) : len;
    const char *ret = memchr(text, '\r', end);
    return ret ? (size_t)(ret - text) : end;
}

/* What libyaml calls `problem` in our words; *at_context: the place is where the construct
 * began. */
const char *ta_yaml_words(const char *problem, bool *at_context);

/* Characters that libyaml takes for line breaks, as YAML 1.1 had it, and JSON's pairs of
 * surrogates travel through it in disguise. The first of them, or of the disguises, in
 * text[0..len): its offset, or len. NULs follow the text. */
size_t ta_yaml_find_hidden(const char *text, size_t len);
/* As much of text[0..len) as does not end inside what may be such a pair. */
size_t ta_yaml_whole_pairs(const char *text, size_t len);
/*
 * Copies as much of from[0..len) as fits into room, in disguise; *taken gets how much. A
 * character that is itself a disguise ends it (*taken is its offset).
 */
size_t ta_yaml_disguise(const char *from, size_t len, char *to, size_t room, size_t *taken);
/* Takes the disguises off a scalar, in place; the new length. written: its own bytes; quoted:
 * in double quotes. *count: how many there were. */
size_t ta_yaml_reveal(char *text, size_t len, ta_text written, bool quoted, size_t *count);

#endif
