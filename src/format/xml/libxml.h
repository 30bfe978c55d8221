/* SPDX-License-Identifier: MIT */
/*
 * The one place where libxml2's headers are included, for sax.c (what is XML) and the files of
 * XML Schema (xsd.c, valid.c).
 *
 * It takes some failed allocations for faults of the file, so we hear of them ourselves.
 */
#ifndef TA_FORMAT_XML_LIBXML_H
#define TA_FORMAT_XML_LIBXML_H

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/uri.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
#include <stdbool.h>

#include "base/mem.h"

/* Begins to listen for failed allocations: none has been heard of so far. */
void ta_libxml_watch_memory(void);
bool ta_libxml_lacks_memory(void);

/*
 * libxml2's XML Schema is not made for memory that runs out: it would use what it did not get.
 * Under a guard the first failure leaves the work in its middle and lets go of all that libxml2
 * has allocated since ta_libxml_begin: it is dead then, and its objects must not be touched.
 * The work holds nothing of its own. False: no memory.
 */
TA_MUST_CHECK bool ta_libxml_begin(void);
TA_MUST_CHECK bool ta_libxml_guard(void (*work)(void *to), void *to);
bool ta_libxml_is_dead(void);

/* What is not well-formed, in plain English; libxml2's own words for a rare fault. */
void ta_libxml_put_words(ta_buf *out, const xmlError *error);

#endif
