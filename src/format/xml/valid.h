/* SPDX-License-Identifier: MIT */
/*
 * A file held against an XML Schema as libxml2 reads it: sax.c hands each event on, and what
 * libxml2 says comes out as findings at once, while the window still has the place. xsd.c
 * compiles the schema, words.c makes libxml2's words plain.
 */
#ifndef TA_FORMAT_XML_VALID_H
#define TA_FORMAT_XML_VALID_H

#include "format/format.h"
#include "format/xml/libxml.h"
#include "format/xml/xsd.h"

struct ta_xsd {
    xmlSchemaPtr schema;
};

typedef struct ta_xml_valid {
    const ta_reading *reading;
    const ta_xsd *xsd;
    uint64_t start;          /* in the file, of the first byte that libxml2 gets */
    ta_libxml_blocks blocks; /* of the following three, and of the parser beside it */
    xmlSchemaValidCtxtPtr context;
    xmlSchemaSAXPlugPtr plug;
    xmlSAXHandlerPtr sax; /* takes the events, with `data` */
    void *data;
    struct ta_xml_stand *open; /* elements */
    size_t depth, open_cap;
    ta_buf path;    /* the open elements' names */
    bool told_item; /* of the element at hand: an item of a list type is wrong */
    bool failed;    /* no memory */
} ta_xml_valid;

/* NULL: no memory. Set start before the first event. */
ta_xml_valid *ta_xml_valid_new(const ta_xsd *xsd, const ta_reading *reading);
void ta_xml_valid_drop(ta_xml_valid *valid);

/* Around a start tag's event and behind an end tag's. `at`: an offset in the tag, from start.
 */
void ta_xml_valid_enter(ta_xml_valid *valid, uint64_t at);
void ta_xml_valid_leave(ta_xml_valid *valid);

/* What libxml2 said of a file, made plain (words.c). */
typedef struct ta_xml_verdict {
    ta_code code;
    ta_buf words, element,
        attribute;   /* names without their namespace; attribute may be empty */
    bool item, list; /* an item of a list is wrong; for that the whole list */
} ta_xml_verdict;

/* False: it is a remark of libxml2's own workings. */
TA_MUST_CHECK bool ta_xml_verdict_read(ta_xml_verdict *verdict, const char *message);
void ta_xml_verdict_fini(ta_xml_verdict *verdict);
/* A message of the schema's compiler: names in the schemas' own namespace get the prefix xs. */
void ta_xml_put_schema_words(ta_buf *out, const char *message);

#endif
