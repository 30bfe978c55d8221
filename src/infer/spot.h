/* SPDX-License-Identifier: MIT */
/* What was seen at one place of the data, in a tree of such places. Private to src/infer. */
#ifndef TA_INFER_SPOT_H
#define TA_INFER_SPOT_H

#include "infer/infer.h"

enum {
    TA_SPOT_DEPTH_MAX = 64, /* deeper values are not described */
    TA_SPOT_MEMBERS_MAX =
        1000,             /* an object of more names is a map: its members are one place */
    TA_SPOTS_MAX = 20000, /* places in all; then every object is taken for a map */
    TA_SPOT_TEXT_MAX = 64 /* bytes of a value that is kept */
};

/* A value that was seen, for enums. */
typedef struct ta_spot_value {
    uint64_t hash;
    const char *text;
    uint32_t len;
    bool number; /* else a text */
} ta_spot_value;

/* A number as it was written; text NULL: none yet. */
typedef struct ta_spot_bound {
    const char *text;
    uint32_t len;
} ta_spot_bound;

/* Texts of CSV and XML are soft: they stand for numbers and booleans too. */
typedef struct ta_spot_texts {
    uint64_t count, empty;
    uint64_t soft, soft_empty;
    uint64_t numeric, whole;   /* soft ones that are numbers; whole numbers */
    uint64_t words;            /* soft ones that are true or false */
    uint64_t quoted;           /* numeric ones that CSV has in quotes */
    uint64_t len_min, len_max; /* in characters */
    uint64_t digits;           /* soft ones of digits alone */
    uint64_t dialled;          /* that look like a phone number */
    uint64_t mailed;           /* mail addresses that are a person's, not an office's */
    uint32_t formats, codes;   /* that hold for all so far, a bit each */
} ta_spot_texts;

typedef struct ta_spot ta_spot;

struct ta_spot {
    ta_spot *first, *last, *next; /* members in the order of the data; of a member: the next */
    uint32_t member_count, depth;
    ta_spot *items;  /* of lists; NULL: none seen */
    ta_spot *others; /* members of a map, all of them; NULL: it is none */
    const char *name;
    uint32_t len;
    uint32_t key, generation; /* of the key table when it was met last */
    unsigned says;            /* TA_NAME_* */
    uint64_t hash;
    uint64_t count, nulls, booleans, numbers, integers, objects, arrays;
    ta_spot_texts texts;
    ta_spot_bound min, max; /* of numbers; only where they are asked for */
    uint64_t items_min, items_max;
    uint32_t decimals;     /* places behind the point, the most */
    bool vast;             /* some number is too long to be a bound */
    bool exponents;        /* some number has one, or too many digits to be looked at */
    ta_spot_value *values; /* TA_INFER_VALUES_MAX; NULL: none seen */
    uint32_t value_count;
    bool many;            /* more distinct values than are kept, or too long ones */
    struct ta_seen *seen; /* to find out whether all values differ; NULL: not asked */
    bool repeats;
    bool hollow;     /* CSV: an object or list of empty cells */
    ta_spot *cells;  /* CSV: the items, if the cells are lists with `;` */
    uint64_t listed; /* cells with a `;` */
    bool unlisted;   /* some cell is no such list */
    const char *xml_name, *xml_list;
    bool xml_attribute, xml_wrapped;
};

struct ta_infer {
    const ta_infer_options *options;
    ta_arena arena;
    ta_spot *root; /* a record, or the value of a document */
    uint32_t spots;
    uint32_t watched; /* members whose values are looked at for repeats */
    bool no_memory;
    const ta_keys *keys;
    /* The present input */
    bool soft, csv, bare; /* bare: some cell without quotes has text */
    /* All inputs */
    bool xml;
    uint64_t lists, documents, records;
    const char *list_name, *item_name; /* of XML lists; NULL */
};

/* A new place; NULL: no memory (kept in infer->no_memory too). */
ta_spot *ta_spot_new(ta_infer *infer, uint32_t depth);
/* The member of a name, new behind `after` (NULL: at the end) if need be; the place of all
 * others where there are too many. NULL: no memory. */
ta_spot *ta_spot_member(ta_infer *infer, ta_spot *object, ta_spot *after, const ta_key *key,
                        uint32_t index);
ta_spot *ta_spot_named(const ta_spot *object, const char *name, size_t len);
/* Adds a member that is in no object yet. */
void ta_spot_append(ta_spot *object, ta_spot *after, ta_spot *member);

/* Adds what was seen at one place to another; `from` is used up. */
void ta_spot_merge(ta_infer *infer, ta_spot *to, ta_spot *from);
/* All members become one place. */
void ta_spot_make_map(ta_infer *infer, ta_spot *object);

#endif
