/* SPDX-License-Identifier: MIT */
/* Members that would have one name in XML. */
#include "format/xml/twins.h"

#include <string.h>

/* Only names that differ from the keys can be the same. */
static bool has_own_names(const ta_shape *shape) {
    bool own = false;
    for (uint32_t i = 0; i < shape->member_count && !own; i++) {
        const ta_shape_member *m = &shape->members[i];
        own = ta_xml_member_name(m, true) != m->name || ta_xml_member_name(m, false) != m->name;
    }
    return own;
}

static bool find_twins(const ta_shape *shape) {
    if (!has_own_names(shape))
        return false;
    for (uint32_t i = 0; i < shape->member_count; i++)
        for (uint32_t k = 0; k < i; k++)
            for (int attribute = 0; attribute < 2; attribute++)
                if (!strcmp(ta_xml_member_name(&shape->members[i], attribute),
                            ta_xml_member_name(&shape->members[k], attribute)))
                    return true;
    return false;
}

static bool has_twins(ta_xml_twins *known, const ta_shape *shape) {
    size_t home = (uintptr_t)shape / sizeof *shape, at = home % TA_XML_JUDGED;
    for (size_t i = 1; i < TA_XML_JUDGED && known->judged[at].shape; i++) {
        if (known->judged[at].shape == shape)
            return known->judged[at].twins;
        at = (home + i) % TA_XML_JUDGED;
    }
    known->judged[at].shape = shape;
    known->judged[at].twins = find_twins(shape);
    return known->judged[at].twins;
}

static bool is_attribute_member(const ta_shape_member *member) {
    return member->shape && member->shape->xml_attribute;
}

bool ta_xml_is_mistaken(ta_xml_twins *known, const ta_key *key, uint32_t index,
                        const ta_shape *shape, bool attribute) {
    uint32_t hint = 0, own = shape ? ta_shape_row(shape, index, &hint) : 0;
    if (!shape || (own < shape->member_count && !has_twins(known, shape)))
        return false;
    const char *name = key->text;
    size_t len = key->len;
    bool element = false; /* it comes before attributes of its name */
    if (own < shape->member_count) {
        element = !is_attribute_member(&shape->members[own]);
        name = ta_xml_member_name(&shape->members[own], attribute);
        len = strlen(name);
    }
    for (uint32_t i = 0; i < shape->member_count; i++) {
        const ta_shape_member *m = &shape->members[i];
        bool other = is_attribute_member(m);
        bool can = attribute ? i < own && other : i != own && !(element && other);
        if (can && ta_xml_is_called(m, name, len, attribute))
            return true;
    }
    return false;
}
