/* SPDX-License-Identifier: MIT */
/* From tokens to the nodes of a record. */
#ifndef TA_FORMAT_XML_BUILD_H
#define TA_FORMAT_XML_BUILD_H

#include "format/xml/input.h"

/* An element that is open. */
typedef struct ta_xml_open {
    uint32_t node, last_key, elements, attributes;
    uint32_t content;         /* behind the start tag, from the record's raw */
    uint8_t seen;             /* of its text */
    uint8_t hint;             /* ta_xml_hint */
    bool json, marked, twins; /* ta:escape; holds CDATA, comments or instructions */
} ta_xml_open;

/* A prefix that means our hints, or (ours false) hides such a one. */
typedef struct ta_xml_binding {
    uint32_t level;
    uint8_t len;
    bool ours;
    char prefix[26];
} ta_xml_binding;

typedef struct ta_xml_build {
    ta_record *record;
    ta_xml_input *input;
    ta_xml_problem *problem;
    ta_xml_tally mixed;
    ta_xml_open *open;
    size_t open_cap;
    uint32_t depth; /* elements open in the record */
    uint32_t base;  /* node depth of the record's element */
    uint32_t depth_max;
    uint32_t level; /* elements open in the file, for bindings */
    ta_xml_binding *bindings;
    size_t binding_count, binding_cap;
    uint32_t key; /* read last; the next is predicted from it */
    uint64_t expanded_bytes;
    bool typed;       /* there is a schema: hints are marked on nodes */
    bool twins;       /* some object has a name twice */
    bool duplicate;   /* and it is no list (shape.c) */
    bool usual;       /* "ta" is bound, and nothing else (leaf.c) */
    uint8_t *stances; /* by key (leaf.c) */
    size_t stance_cap;
    uint32_t stance_generation;
    ta_buf scratch;
    ta_node *spare; /* shape.c's: the nodes as read */
    uint32_t spare_cap;
    struct ta_xml_link *links;
    size_t link_cap;
} ta_xml_build;

/* Flags on nodes between build.c and shape.c; keyed: the key is a property's, not an element's.
 */
enum { TA_XML_NODE_HINTED = 0x40, TA_XML_NODE_KEYED = 0x80 };

void ta_xml_build_fini(ta_xml_build *build);
/* Tokens inside a record; false: the problem is set. */
TA_MUST_CHECK bool ta_xml_build_open(ta_xml_build *build, const ta_xml_token *tag);
TA_MUST_CHECK bool ta_xml_build_close(ta_xml_build *build, const ta_xml_token *tag);
/* Takes the plain leaves that stand at p, inside the innermost open element; returns where the
 * next token begins. *count grows by the number of elements. */
const char *ta_xml_build_leaves(ta_xml_build *build, const char *p, const char *end,
                                uint64_t *count);
void ta_xml_build_text(ta_xml_build *build, const ta_xml_token *token);

/* What a start tag says beside data. Also binds prefixes for build->level. */
typedef struct ta_xml_tag {
    uint32_t key; /* of the name, or ta:key */
    bool keyed;   /* ta:key */
    bool item;    /* ta:item */
    bool document;
    ta_xml_hint hint;
    bool json;
    uint32_t attributes; /* that are data */
} ta_xml_tag;
/* With a node of a record, attributes become its children; without (TA_XML_NO_NODE) only hints
 * are read and the attributes counted. */
#define TA_XML_NO_NODE UINT32_MAX
TA_MUST_CHECK bool ta_xml_build_tag(ta_xml_build *build, const ta_xml_token *token,
                                    uint32_t node, ta_xml_tag *out);
/* Forgets the prefixes that were bound on this level and deeper. */
void ta_xml_build_unbind(ta_xml_build *build, uint32_t level);

/* The second step: lists, and what the shape asks for. False: the problem is set. `element`:
 * the root node stands for an element (else for the object around it). */
TA_MUST_CHECK bool ta_xml_build_shape(ta_xml_build *build, const ta_shape *shape);
/* Reports keys that stand twice. */
void ta_xml_report_twins(const ta_reading *reading);

/*
 * Text as meant: into the record's arena. An attribute's blanks become spaces; in content,
 * comments and instructions are passed over and CDATA sections unwrapped.
 */
TA_MUST_CHECK bool ta_xml_decode(ta_xml_build *build, const char *from, const char *to,
                                 bool attribute);
/* Line ends only. */
TA_MUST_CHECK bool ta_xml_decode_lines(ta_xml_build *build, const char *from, const char *to);
/* ta:escape="json": in place in the arena from `from` on. False: no such escape. */
TA_MUST_CHECK bool ta_xml_unescape(ta_record *record, uint32_t from);

#endif
