/* SPDX-License-Identifier: MIT */
/* The writer's parts: write.c writes the file's frame, walk.c goes over a record's nodes,
 * element.c decides on attributes and hints, spell.c spells names, texts and values. */
#ifndef TA_FORMAT_XML_WRITE_H
#define TA_FORMAT_XML_WRITE_H

#include "format/xml/twins.h"

/* Bytes of writer->spelled; len 0: none. */
typedef struct ta_xml_slice {
    uint32_t at, len;
} ta_xml_slice;

/* A key as it is spelled, made once. */
typedef struct ta_xml_spelling {
    ta_xml_slice element;      /* its colon escaped */
    ta_xml_slice qualified;    /* with its prefix, if it has one */
    bool known, keyed, simple; /* keyed: no name at all, or too long a one; ta:key says it */
} ta_xml_spelling;

/* The name of an element to be written. */
typedef struct ta_xml_tag_name {
    const char *fixed; /* NULL: the key's */
    uint32_t key;
    bool qualified, given; /* given: by the schema, and perhaps no name of XML */
    bool keyed; /* as an element it is called like a property: ta:key tells them apart */
} ta_xml_tag_name;

/* Of an object; of a list, inside its element; of a list, without one. */
typedef enum ta_xml_mode { TA_XML_MEMBERS, TA_XML_ITEMS, TA_XML_REPEAT } ta_xml_mode;

/* A container that is open. */
typedef struct ta_xml_frame {
    uint32_t at, end; /* nodes: the next child, behind the last */
    uint32_t key;     /* that it stands under; for paths */
    ta_xml_mode mode;
    ta_xml_tag_name name;  /* of its element; of each item under TA_XML_REPEAT */
    const char *item;      /* of each item under TA_XML_ITEMS */
    bool item_given;       /* by the schema */
    const ta_shape *shape; /* of the container */
    uint32_t bindings;     /* prefixes bound outside of it */
    bool declares;         /* its element binds the hints' prefix */
} ta_xml_frame;

typedef struct ta_xml_writer {
    ta_stage stage;
    ta_sink *sink;
    ta_finder *finder;
    ta_keys *keys;
    const ta_shape *shape;
    ta_form form;
    ta_write_options options;
    bool begun;
    bool declared; /* the hints' prefix is bound here */
    bool binds;    /* the next start tag is to bind it */
    ta_buf root, item;
    ta_record *record;
    ta_xml_spelling *spellings; /* by key */
    size_t spelling_cap;
    uint32_t generation;
    ta_buf spelled, scratch, path;
    ta_xml_frame *frames;
    size_t depth, frame_cap;
    uint32_t indent; /* elements open */
    uint32_t *bound; /* nodes that declare prefixes in scope, in order */
    size_t bound_count, bound_cap;
    ta_xml_tally losses;
    ta_xml_twins twins;
    bool failed; /* no memory */
} ta_xml_writer;

/* What an element's content needs. */
typedef struct ta_xml_content {
    ta_xml_hint hint; /* NONE: reading gives the value back as it is */
    bool json;        /* it holds characters that XML does not */
} ta_xml_content;

/* Makes the table of spellings fit the keys. Before each record. */
TA_MUST_CHECK bool ta_xml_grow_spellings(ta_xml_writer *w);
const ta_xml_spelling *ta_xml_spell(ta_xml_writer *w, uint32_t key);
void ta_xml_put_name(ta_xml_writer *w, const ta_xml_tag_name *name);
/* A line with an element that holds text alone, without escapes. False: nothing was written. */
bool ta_xml_put_leaf(ta_xml_writer *w, uint32_t key, ta_text text, ta_xml_hint hint);
/* Whether the text has a character that XML 1.0 does not allow. */
bool ta_xml_is_odd(ta_text text);
/* json: with its odd characters and backslashes escaped. */
void ta_xml_put_text(ta_xml_writer *w, ta_text text, bool json);
void ta_xml_put_value(ta_xml_writer *w, ta_text text);

/* Whether a prefix is bound where the writer stands; *uri gets what it means. */
bool ta_xml_is_bound(const ta_xml_writer *w, const char *prefix, size_t len, ta_text *uri);
/* A value's text: of a number or text as it is, else "true", "false" or "". */
ta_text ta_xml_text_of(const ta_xml_writer *w, const ta_node *node);

/* How many of an object's first members are written as attributes; binds the prefixes that they
 * declare. */
uint32_t ta_xml_lead(ta_xml_writer *w, const ta_node *object, const ta_shape *shape);
/* Whether the schema wants the member as an attribute, and its value can be one. */
bool ta_xml_is_schema_attribute(ta_xml_writer *w, const ta_node *member, const ta_shape *shape);
/* Writes these attributes; gives how many. */
uint32_t ta_xml_put_attributes(ta_xml_writer *w, const ta_node *object, uint32_t lead,
                               const ta_shape *shape);
/* The hint that a value needs in an element. `bare`: a list's place, where the schema would
 * take it for an item or a wrapper. */
ta_xml_content ta_xml_content_of(const ta_xml_writer *w, const ta_node *node,
                                 const ta_shape *shape, bool bare);

/* Writes an element on a line of its own; what is in a container comes with ta_xml_write_rest.
 */
void ta_xml_write_element(ta_xml_writer *w, const ta_node *node, ta_xml_tag_name name,
                          const ta_shape *shape, bool bare);
void ta_xml_write_rest(ta_xml_writer *w);
/* The name that the schema gives a member's element there; NULL: its key is the name. */
const char *ta_xml_schema_name(const ta_shape *place);
/* Counts, in plain style, that a value will not come back as it was. */
void ta_xml_count_loss(ta_xml_writer *w, const ta_node *node);

#endif
