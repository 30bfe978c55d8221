/* SPDX-License-Identifier: MIT */
/* What values are made of: typed scalars, anchored values, and what is said of them with a
 * count. */
#ifndef TA_FORMAT_YAML_VALUE_H
#define TA_FORMAT_YAML_VALUE_H

#include "format/yaml/events.h"

enum {
    TA_YAML_ALIAS_MAX = 16 * 1024 * 1024, /* bytes of anchored values in a document, and of
                                             their copies in a record: a small file must not
                                             unfold to gigabytes */
    TA_YAML_SAID_MAX = 64                 /* different things that are said with a count */
};

/* What a scalar is. */
typedef struct ta_yaml_scalar {
    ta_kind kind;
    const char *text; /* number, text */
    size_t len;
    bool formless; /* a number (.inf, .nan) that is text, since JSON has no form for it */
} ta_yaml_scalar;

/*
 * The YAML 1.2 core schema on a plain scalar; numbers are rewritten in JSON's grammar, through
 * scratch if need be. Leading zeros stay text unless `zeros`. False: no memory.
 */
TA_MUST_CHECK bool ta_yaml_resolve(const char *text, size_t len, bool zeros, ta_buf *scratch,
                                   ta_yaml_scalar *out);

/* Values that have an anchor, copied; one set per document. Zero-initialize it. */
typedef struct ta_yaml_anchors {
    ta_keys names; /* of anchors and of members */
    bool ready, over;
    bool again; /* a name was given a second value */
    ta_record store;
    uint64_t *places; /* by node of the store: where it begins in the file; UINT64_MAX: in
                         no place of its own */
    size_t place_cap;
    uint32_t *at; /* by name: 1 + index of its value in the store; 0: none */
    size_t at_cap;
} ta_yaml_anchors;

#define TA_YAML_ANCHOR_OPEN UINT32_MAX /* its value has begun and not ended */

/* Begins the value of an anchor: its name's number in *name. False: no memory. */
TA_MUST_CHECK bool ta_yaml_anchor_open(ta_yaml_anchors *anchors, const char *text,
                                       uint32_t *name);
/* The value of an anchor: a node, and where its record begins in the file. */
typedef struct ta_yaml_anchored {
    const ta_record *record;
    const ta_node *node;
    uint64_t start;
} ta_yaml_anchored;

/* Ends it: copies the node's subtree, or notes that the budget is used up. False: no memory. */
TA_MUST_CHECK bool ta_yaml_anchor_close(ta_yaml_anchors *anchors, uint32_t name,
                                        const ta_yaml_anchored *value);
/* The value of a name; NULL: *why says in words why there is none. */
const ta_node *ta_yaml_anchor_find(const ta_yaml_anchors *anchors, const char *text, size_t len,
                                   const char **why);
/* Forgets all. */
void ta_yaml_anchors_reset(ta_yaml_anchors *anchors);
void ta_yaml_anchors_fini(ta_yaml_anchors *anchors);

/* One thing said once, with its first place and a count. */
typedef struct ta_yaml_said_row {
    ta_finding finding;
    char *name, *path;
} ta_yaml_said_row;

typedef struct ta_yaml_said {
    ta_yaml_said_row rows[TA_YAML_SAID_MAX];
    size_t count;
    bool failed; /* for want of memory something was not noted */
} ta_yaml_said;

/* Counts it if it was said before (a code and a name). */
bool ta_yaml_said_again(ta_yaml_said *said, ta_code code, const char *name);
/* Notes it with its place and path; what has no room is lumped together with the last. */
void ta_yaml_say(ta_yaml_said *said, const ta_finding *finding);
/* Emits all, and forgets them. */
void ta_yaml_said_emit(ta_yaml_said *said, ta_finder *finder);
void ta_yaml_said_clear(ta_yaml_said *said); /* forgets all */

#endif
