/* SPDX-License-Identifier: MIT */
/* Members that would have one name in XML. */
#include "format/xml/twins.h"

#include <stdlib.h>
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

static int compare_xml_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The sorted names of all members; whether two are the same. */
static bool sort_names(const ta_shape *shape, const char **names, bool attribute) {
    bool twins = false;
    for (uint32_t i = 0; i < shape->member_count; i++)
        names[i] = ta_xml_member_name(&shape->members[i], attribute);
    qsort(names, shape->member_count, sizeof *names, compare_xml_names);
    for (uint32_t i = 1; i < shape->member_count; i++)
        twins |= !strcmp(names[i - 1], names[i]);
    return twins;
}

/* Without memory for the names, members are looked at one by one. */
static void judge_shape(ta_xml_judged *judged, const ta_shape *shape) {
    free(judged->names);
    *judged = (ta_xml_judged){.shape = shape, .plain = !has_own_names(shape)};
    if (judged->plain)
        return;
    judged->names = malloc(shape->member_count * sizeof *judged->names);
    judged->twins = !judged->names || sort_names(shape, judged->names, true);
    if (judged->names)
        judged->twins |= sort_names(shape, judged->names, false);
}

static const ta_xml_judged *find_judged(ta_xml_twins *known, const ta_shape *shape) {
    size_t home = (uintptr_t)shape / sizeof *shape, at = home % TA_XML_JUDGED;
    for (size_t i = 1; i < TA_XML_JUDGED && known->judged[at].shape; i++) {
        if (known->judged[at].shape == shape)
            return &known->judged[at];
        at = (home + i) % TA_XML_JUDGED;
    }
    judge_shape(&known->judged[at], shape);
    return &known->judged[at];
}

void ta_xml_twins_fini(ta_xml_twins *known) {
    for (size_t i = 0; i < TA_XML_JUDGED; i++)
        free(known->judged[i].names);
}

static bool is_attribute_member(const ta_shape_member *member) {
    return member->shape && member->shape->xml_attribute;
}

/* Whether a member may be mistaken for another, at a glance. `own`: its row, if it has one. */
static bool may_be_mistaken(const ta_xml_judged *judged, const ta_key *key, uint32_t own) {
    if (judged->plain || own < judged->shape->member_count)
        return judged->twins;
    const char *name = key->text;
    if (!judged->names || memchr(name, 0, key->len))
        return true;
    size_t from = 0, to = judged->shape->member_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const char *other = judged->names[middle];
        size_t len = strlen(other);
        int order = memcmp(other, name, len < key->len ? len : key->len);
        order = order ? order : (len > key->len) - (len < key->len);
        if (!order)
            return true;
        from = order < 0 ? middle + 1 : from;
        to = order < 0 ? to : middle;
    }
    return false;
}

bool ta_xml_is_mistaken(ta_xml_twins *known, const ta_key *key, uint32_t index,
                        const ta_shape *shape, bool attribute) {
    uint32_t hint = 0, own = shape ? ta_shape_row(shape, index, &hint) : 0;
    if (!shape || !may_be_mistaken(find_judged(known, shape), key, own))
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
