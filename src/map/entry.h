/* SPDX-License-Identifier: MIT */
/* What a map file says, entry by entry. Private to src/map. */
#ifndef TA_MAP_ENTRY_H
#define TA_MAP_ENTRY_H

#include "map/map.h"

typedef enum ta_entry_kind {
    TA_ENTRY_MOVE,
    TA_ENTRY_DROP,
    TA_ENTRY_CONST,
    TA_ENTRY_JOIN
} ta_entry_kind;

typedef struct ta_map_entry {
    ta_entry_kind kind;
    const ta_node *place;     /* in the map's document: what findings point at */
    ta_text source, target;   /* as written; not of all kinds */
    const ta_node *constant;  /* a scalar */
    const ta_node *values;    /* an object of scalars; NULL: as they are */
    const ta_node *sources;   /* TA_ENTRY_JOIN: texts */
    const char *split, *with; /* split: NULL if it is one value */
} ta_map_entry;

struct ta_map {
    const ta_document *document;
    ta_finder *finder;
    ta_map_entry *entries;
    uint32_t count;
    ta_arena arena;
};

/* Emits at an entry's place. */
void ta_map_fault(const ta_map *map, const ta_map_entry *entry, const ta_finding *finding);

/* A scalar in one word: a text's or number's own, "true", "false"; null is empty. */
ta_text ta_map_text(const ta_record *record, const ta_node *node);

/* The values of one entry, to be looked up in one direction. */
typedef struct ta_map_values ta_map_values;

/* The last pair of equal ones does not count. NULL: no memory. */
ta_map_values *ta_map_values_new(const ta_record *map, const ta_node *pairs, bool back,
                                 const ta_keys *keys);
void ta_map_values_drop(ta_map_values *values);

/* What a value becomes. */
typedef struct ta_map_value {
    ta_text from, to;
    ta_kind kind, from_kind;
} ta_map_value;

/* NULL: it is not listed. Without an exact match, one without regard to case and accents. */
const ta_map_value *ta_map_values_find(ta_map_values *values, ta_kind kind, ta_text text);

#endif
