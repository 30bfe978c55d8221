/* SPDX-License-Identifier: MIT */
/* From events to a record's nodes. */
#ifndef TA_FORMAT_YAML_BUILD_H
#define TA_FORMAT_YAML_BUILD_H

#include "format/yaml/value.h"

/* A list or map under way. */
typedef struct ta_yaml_level {
    uint32_t node;
    uint32_t key;     /* in a map, of the value to come; 0: a key is expected */
    uint32_t key_max; /* keys that only rise have no twins */
    uint32_t anchor;  /* 0: none */
    bool merge;       /* the key is `<<` */
    bool merges, may_have_twins;
    const ta_shape *shape;
} ta_yaml_level;

typedef struct ta_yaml_build {
    const ta_reading *reading;
    ta_yaml_events *events;
    ta_yaml_anchors *anchors;
    ta_yaml_said *said;
    ta_record *record;
    const ta_shape *shape; /* of the whole value */
    uint64_t start, end;   /* offsets in the file: of the value, behind what was built */
    ta_yaml_level *levels;
    size_t level_cap;
    uint32_t depth, depth_max;
    uint32_t last_key;   /* from which the next is predicted */
    size_t copied_bytes; /* by aliases */
    bool spoilt;         /* findings were emitted, and the building went on */
    ta_buf scratch;
} ta_yaml_build;

/* Begins a record with the value whose first event this is. */
void ta_yaml_build_begin(ta_yaml_build *build, const ta_yaml_event *event);
/* Takes the next event; the value is whole when depth is 0 again. */
TA_MUST_CHECK ta_status ta_yaml_build_take(ta_yaml_build *build, const ta_yaml_event *event);
/* From the first event to the last. */
TA_MUST_CHECK ta_status ta_yaml_build_value(ta_yaml_build *build, ta_yaml_event *event);
/* Makes what is built so far whole, so that findings may point into it. False: its beginning
 * has left the window. */
bool ta_yaml_build_settle(ta_yaml_build *build);
/* Says of a value whose tag has no meaning here that the tag is left out. */
void ta_yaml_note_tag(ta_yaml_build *build, const ta_yaml_event *event, uint32_t node);
/* Says something once, with a place and a node's path (none: UINT32_MAX). */
void ta_yaml_build_say(ta_yaml_build *build, ta_code code, const char *name, ta_span span,
                       uint32_t node);
/* Reports the keys that stand twice in the map that ends. */
void ta_yaml_report_twins(ta_yaml_build *build, uint32_t map);
void ta_yaml_build_fini(ta_yaml_build *build);

enum {
    TA_YAML_FLOW = 0x20,  /* flag of a node that stands in brackets, or is such */
    TA_YAML_MERGE = 0x40, /* of a node whose key is `<<`, until its map ends */
    TA_YAML_COPY = 0x80   /* of a node that an alias made */
};
/* Puts the members of what stands under `<<` into the map itself; explicit ones win. */
void ta_yaml_merge(ta_yaml_build *build, uint32_t map);
/* Copies the value of an alias; its root is the next value of the map or list. */
TA_MUST_CHECK ta_status ta_yaml_copy_alias(ta_yaml_build *build, const ta_yaml_event *event);
/* The text of an alias that is a key. TA_ERR_INPUT: it has none. */
TA_MUST_CHECK ta_status ta_yaml_alias_key(const ta_yaml_build *build,
                                          const ta_yaml_event *event, ta_text *out);
/* Refuses a key that is a list or an object. TA_ERR_INPUT. */
TA_MUST_CHECK ta_status ta_yaml_refuse_key(const ta_yaml_build *build,
                                           const ta_yaml_event *event, const char *found);
/* A node for the next value, counted in its list or map. NULL: no room. */
ta_node *ta_yaml_push(ta_yaml_build *build, ta_kind kind, const ta_yaml_event *event);
/* Why there was no room: TA_ERR_INPUT (a finding says it) or TA_ERR_NOMEM. */
TA_MUST_CHECK ta_status ta_yaml_no_room(ta_yaml_build *build);
/* Refuses nesting that is too deep. TA_ERR_INPUT. */
TA_MUST_CHECK ta_status ta_yaml_too_deep(ta_yaml_build *build, uint64_t offset);

#endif
