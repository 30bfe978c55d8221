/* SPDX-License-Identifier: MIT */
/*
 * libxml2 as the authority on what is XML: its SAX2 push parser reads along and says how far
 * the text is well-formed, and where it is not. Offsets count from the first byte that was fed.
 */
#ifndef TA_FORMAT_XML_SAX_H
#define TA_FORMAT_XML_SAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

typedef enum ta_xml_fault_kind {
    TA_XML_FAULT_NONE,
    TA_XML_FAULT_SYNTAX,
    TA_XML_FAULT_END, /* the file ends too early, or goes on too long */
    TA_XML_FAULT_NAMESPACE,
    TA_XML_FAULT_DOCTYPE,
    TA_XML_FAULT_SIZE, /* a limit of libxml2 */
    TA_XML_FAULT_MEMORY
} ta_xml_fault_kind;

/* The first thing that was wrong. */
typedef struct ta_xml_fault {
    ta_xml_fault_kind kind;
    uint64_t at;
    ta_buf words; /* in plain English */
    ta_buf name;  /* what it is about: a prefix, an attribute; may be empty */
} ta_xml_fault;

/* An entity that the DOCTYPE declares. */
typedef struct ta_xml_entity {
    const char *text; /* NULL: outside of the file, never loaded */
    size_t len;
} ta_xml_entity;

struct ta_xml_valid;
typedef struct ta_xml_check ta_xml_check;

/* `valid`: what gets the events too, borrowed; NULL: nothing. NULL: no memory. */
ta_xml_check *ta_xml_check_new(struct ta_xml_valid *valid);
void ta_xml_check_drop(ta_xml_check *check);

/* Reads on; feed at least 4 bytes first. After a fault nothing is read any more. */
void ta_xml_check_feed(ta_xml_check *check, const char *data, size_t len);
/* Tells it that nothing more comes. */
void ta_xml_check_end(ta_xml_check *check);

/* How far the text is well-formed. */
uint64_t ta_xml_check_done(const ta_xml_check *check);
/* Start tags seen so far. */
uint64_t ta_xml_check_elements(const ta_xml_check *check);
const ta_xml_fault *ta_xml_check_fault(const ta_xml_check *check);
/* NULL: none of this name was declared. */
const ta_xml_entity *ta_xml_check_entity(const ta_xml_check *check, const char *name,
                                         size_t len);

#endif
