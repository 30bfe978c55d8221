/* SPDX-License-Identifier: MIT */
/*
 * What a schema says about each place, as far as readers, writers and normalizing need it:
 * which types may stand there, what its members and items are, how it is written in XML and
 * CSV. Compiled once, const after that; NULL means that there is no schema.
 */
#ifndef TA_SCHEMA_SHAPE_H
#define TA_SCHEMA_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TA_TYPE_NULL = 1,
    TA_TYPE_BOOLEAN = 2,
    TA_TYPE_NUMBER = 4, /* set for integer too */
    TA_TYPE_STRING = 8,
    TA_TYPE_ARRAY = 16,
    TA_TYPE_OBJECT = 32,
    TA_TYPE_ANY = 63
};

typedef struct ta_shape ta_shape;

typedef struct ta_shape_member {
    const char *name; /* NUL-terminated */
    uint32_t name_len;
    uint32_t key; /* in the key table, pinned */
    bool required;
    const ta_shape *shape;
} ta_shape_member;

/* Shapes of recursive schemas contain themselves: bound every walk by TA_DEPTH_MAX or by the
 * data. */
struct ta_shape {
    uint8_t types; /* TA_TYPE_*: all that any branch of the schema allows here */
    bool integer;  /* numbers must be integers */
    bool closed;   /* no other members than these (additionalProperties: false) */
    const ta_shape_member *members; /* in the schema's order */
    uint32_t member_count;
    const ta_shape *others; /* of members without a row; NULL: nothing said */
    const ta_shape *items;  /* of an array's items; NULL: nothing said */
    const char *xml_name;   /* xml.name: instead of the member's name; NULL */
    const char *xml_list; /* xml.x-list: the element around a list of these; NULL: name + "s" */
    bool xml_attribute;   /* xml.attribute */
    bool xml_wrapped;     /* xml.wrapped: an array has an element around its items */
    bool personal;        /* x-personal: reports do not show the value */
    bool personal_inside; /* nor members and items of which no shape is known */
    const char *codes;    /* x-codes: the list's file, as ta_loader takes it; NULL */
    const char *format;   /* NULL */
    const char *normalize; /* x-normalize: a rule's name; "": none (false); NULL: not said */
    const char *separator; /* x-csv.separator: a list of scalars in one CSV cell; NULL: none */
    char decimal, group;   /* x-csv: the signs of its numbers in CSV cells; 0: not said */
    bool dressed;          /* x-csv.bare is false: `12 €` is the number 12 in CSV cells */
    const char *const *headers; /* x-csv.headers: what a column of it may be called too */
    uint32_t header_count;
    const char *title; /* NULL */
};

/* The shape of a member: its row's, else others; NULL for shape NULL or nothing said. */
const ta_shape *ta_shape_member_of(const ta_shape *shape, uint32_t key);
/* The same by name. */
const ta_shape *ta_shape_named(const ta_shape *shape, const char *name, uint32_t len);

/* The index of a member's row, or member_count. *hint, 0 before the first of an object's
 * members, is where to look first: they mostly come in the shape's order. */
static inline uint32_t ta_shape_row(const ta_shape *shape, uint32_t key, uint32_t *hint) {
    for (uint32_t i = 0, at = *hint; i < shape->member_count; i++, at++) {
        if (at >= shape->member_count)
            at = 0;
        if (shape->members[at].key != key)
            continue;
        *hint = at + 1;
        return at;
    }
    return shape->member_count;
}

/* The types allowed at a place; TA_TYPE_STRING for NULL (no schema: text). */
static inline uint8_t ta_shape_types(const ta_shape *shape) {
    return shape ? shape->types : TA_TYPE_STRING;
}

#endif
