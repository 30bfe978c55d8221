/* SPDX-License-Identifier: MIT */
/* The words that a schema may say, from vocabulary.def, and where subschemas stand in them. */
#ifndef TA_SCHEMA_VOCABULARY_H
#define TA_SCHEMA_VOCABULARY_H

#include "record/record.h"

typedef enum ta_word_place {
    TA_PLACE_NONE,
    TA_PLACE_ONE,
    TA_PLACE_LIST,
    TA_PLACE_MAP,
    TA_PLACE_RULES
} ta_word_place;

typedef struct ta_word {
    const char *name;
    ta_word_place place;
    bool same;   /* the subschemas describe the same value */
    bool checks; /* it says something about the data */
} ta_word;

/* In the order of the table; ends with a row whose name is NULL. */
extern const ta_word ta_words[];

/* NULL: it is none. */
const ta_word *ta_word_find(const char *name, size_t len);
/* The word that an object's member is named by. */
const ta_word *ta_word_of(const ta_record *record, const ta_node *member);

/* Calls fn for each node in the value that stands where a subschema belongs, whatever it is.
 * Parts of the value that are malformed are passed over. */
typedef void ta_word_fn(void *to, const ta_node *child);
void ta_word_each(const ta_word *word, const ta_record *record, const ta_node *value,
                  ta_word_fn *fn, void *to);

/* The TA_TYPE_* of a type's name in a schema ("integer" too: the number's); 0: it is none. */
uint8_t ta_type_named(const char *name, size_t len, bool *integer);
/* The TA_TYPE_* of a node's kind. */
uint8_t ta_type_of_kind(ta_kind kind);

#endif
