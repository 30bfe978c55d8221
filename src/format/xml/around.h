/* SPDX-License-Identifier: MIT */
/* What stands around the records of a list. */
#ifndef TA_FORMAT_XML_AROUND_H
#define TA_FORMAT_XML_AROUND_H

#include "format/xml/build.h"

/* What stands around a list inside a document (--records), or on a list's root. */
typedef struct ta_xml_around {
    const ta_reading *reading;
    ta_xml_build *build;
    ta_buf names; /* of the keys, for the finding */
    uint32_t name_count;
    ta_record record; /* for the envelope */
    ta_head head;
    uint32_t *open; /* its open objects */
    size_t depth, open_cap;
    bool failed; /* no memory */
} ta_xml_around;

/* An element on the way to the list: opens an object. */
void ta_xml_around_open(ta_xml_around *around, uint32_t key);
void ta_xml_around_close(ta_xml_around *around);
/* The children of the reading's record's node 0 (attributes), or the node itself with a key. */
void ta_xml_around_take(ta_xml_around *around, uint32_t key);
/* The list's own place: an empty list, once. */
void ta_xml_around_place(ta_xml_around *around, uint32_t key);
/* Says what was left out, or hands it to the envelope. Frees all. */
TA_MUST_CHECK ta_status ta_xml_around_finish(ta_xml_around *around, bool good);

#endif
