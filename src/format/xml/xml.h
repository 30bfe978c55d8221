/* SPDX-License-Identifier: MIT */
/*
 * XML's parts, and what both directions know. Reading: scan.c cuts tokens and sax.c has libxml2
 * vouch for them (input.c); build.c, tag.c and decode.c make nodes of them and shape.c gives
 * these the form that lists and schema ask for; read.c and spine.c say which elements are
 * records, around.c keeps what stands around them, complain.c says what is wrong; xsd.c,
 * valid.c and words.c hold a file against an XML Schema. Writing: write.h.
 */
#ifndef TA_FORMAT_XML_XML_H
#define TA_FORMAT_XML_XML_H

#include "format/format.h"

/* The namespace of our own hints; the one place where it stands. */
#define TA_XML_NS "https://transalp.dev/ns"

enum {
    TA_XML_ATTRIBUTES_MAX = 1000, /* in one tag: libxml2's check for twins is quadratic */
    TA_XML_EXPANDED_MAX = 8 * 1024 * 1024, /* bytes that entities may expand to in one file */
    TA_XML_NAME_MAX = 1000                 /* bytes of a name that the writer makes */
};

typedef enum ta_xml_hint {
    TA_XML_HINT_NONE,
    TA_XML_HINT_NUMBER,
    TA_XML_HINT_BOOLEAN,
    TA_XML_HINT_NULL,
    TA_XML_HINT_TEXT,
    TA_XML_HINT_OBJECT,
    TA_XML_HINT_ARRAY,
    TA_XML_HINT_COUNT
} ta_xml_hint;

/* The words of ta:type, by hint. */
extern const char *const ta_xml_hint_words[TA_XML_HINT_COUNT];

/* Things that are said once for each path, with a count and their first place. */
typedef struct ta_xml_tally {
    struct ta_xml_tally_row *rows;
    size_t count, cap;
} ta_xml_tally;

/* Counts; a place is only worked out for the first. False: no memory. */
TA_MUST_CHECK bool ta_xml_tally_add(ta_xml_tally *tally, const char *path, ta_window *window,
                                    ta_span span);
/* As ta_absorb_fn. */
TA_MUST_CHECK ta_status ta_xml_tally_absorb(ta_xml_tally *tally, ta_xml_tally *other,
                                            const ta_shift *by);
/* Emits one finding per path; the path is also {name}. Frees all. */
void ta_xml_tally_emit(ta_xml_tally *tally, ta_finder *finder, ta_code code);
void ta_xml_tally_fini(ta_xml_tally *tally);

/* What an element's or attribute's text is, by the types that a schema allows there. Blanks
 * around a number, true or false are cut from text. */
ta_kind ta_xml_kind_of(uint8_t types, ta_text *text);

/* Whether the only way to fill the place is a list (or null). */
bool ta_xml_is_list_only(const ta_shape *shape);

/* Names (names.c) */
bool ta_xml_name_is(const char *text, size_t len); /* without a colon */
/* A name in the style of ISO 9075-14: a blank is _x0020_, a colon _x003A_. */
void ta_xml_name_escape(const char *text, size_t len, ta_buf *out);
bool ta_xml_name_is_escaped(const char *text, size_t len);
void ta_xml_name_unescape(const char *text, size_t len, ta_buf *out);
/* The names of lists and items by a shape; NULL: it says nothing. The name is put in out. */
const char *ta_xml_list_name(const ta_shape *shape, ta_buf *out);
/* A property's name as an attribute or element, and whether it is this one. */
const char *ta_xml_member_name(const ta_shape_member *member, bool attribute);
bool ta_xml_is_called(const ta_shape_member *member, const char *text, size_t len,
                      bool attribute);
/* The name that a schema gives an array's items, whether an element stands around them or not;
 * NULL: they are called as the array. */
const char *ta_xml_item_name(const ta_shape *array);

ta_status ta_xml_read(const ta_reading *reading, ta_stage *next, uint64_t *records);
ta_locate_fn ta_xml_locate;
ta_respell_fn ta_xml_respell;
/* The '<' of the start tag that ends before p, but for comments and instructions. */
const char *ta_xml_find_tag_back(const char *from, const char *p);
ta_stage *ta_xml_writer_new(const ta_writing *writing);

#endif
