/* SPDX-License-Identifier: MIT */
/* Members of an object that would have one name in XML: the schema gives two properties the
 * same name, or a property that of a member which is none. ta:key tells them apart. */
#ifndef TA_FORMAT_XML_TWINS_H
#define TA_FORMAT_XML_TWINS_H

#include "format/xml/xml.h"

enum { TA_XML_JUDGED = 64 };

/* A shape that was looked at. */
typedef struct ta_xml_judged {
    const ta_shape *shape;
    const char **names; /* of its members as elements, sorted */
    bool plain;         /* all have their keys as names */
    bool twins;         /* two have one name */
} ta_xml_judged;

/* Begin with zeros. */
typedef struct ta_xml_twins {
    ta_xml_judged judged[TA_XML_JUDGED];
} ta_xml_twins;

void ta_xml_twins_fini(ta_xml_twins *known);
/*
 * Whether the element or attribute of a member would be read as another property's: of elements
 * none that have the same name may go without ta:key, of attributes the first may. `index`: the
 * key's.
 */
bool ta_xml_is_mistaken(ta_xml_twins *known, const ta_key *key, uint32_t index,
                        const ta_shape *shape, bool attribute);

#endif
