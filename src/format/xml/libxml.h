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

/* Begins to listen for failed allocations: none has been heard of so far. False: no memory. */
TA_MUST_CHECK bool ta_libxml_begin(void);
bool ta_libxml_lacks_memory(void);

/* Blocks that guarded work has allocated and not freed. Zero-initialize it; it stays in its
 * thread. */
typedef struct ta_libxml_blocks {
    void **slots; /* their addresses, hashed */
    size_t count, cap;
    bool lost; /* they were let go: whatever the work made must not be touched */
} ta_libxml_blocks;

/*
 * Calls what calls libxml2; what that says of lacking memory goes nowhere.
 *
 * Its XML Schema is not made for memory that runs out: it would use what it did not get. So
 * with `blocks`, not NULL, the first failure leaves the work in its middle and lets go of them
 * all. The work holds nothing of its own. False: no memory, or they were lost before.
 */
TA_MUST_CHECK bool ta_libxml_run(ta_libxml_blocks *blocks, void (*work)(void *to), void *to);
/* The blocks stay where they are, and those who have them free them. */
void ta_libxml_forget(ta_libxml_blocks *blocks);
/* Frees what is left of them: libxml2 forgets some where a file ends too early. */
void ta_libxml_let_go(ta_libxml_blocks *blocks);

/* What is not well-formed, in plain English; libxml2's own words for a rare fault. */
void ta_libxml_put_words(ta_buf *out, const xmlError *error);

#endif
