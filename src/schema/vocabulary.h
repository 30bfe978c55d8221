/* SPDX-License-Identifier: MIT */
/* The words that a schema may say, from vocabulary.def, and where subschemas stand in them. */
#ifndef TA_SCHEMA_VOCABULARY_H
#define TA_SCHEMA_VOCABULARY_H

#include "record/record.h"

typedef enum ta_draft {
    TA_DRAFT_D4,
    TA_DRAFT_D6,
    TA_DRAFT_D7,
    TA_DRAFT_D2019,
    TA_DRAFT_D2020
} ta_draft;

/* The vocabularies of the drafts from 2019-09 on: a bit each. */
enum {
    TA_VOCABULARY_CORE = 1,
    TA_VOCABULARY_APPLICATOR = 2,
    TA_VOCABULARY_UNEVALUATED = 4,
    TA_VOCABULARY_VALIDATION = 8,
    TA_VOCABULARY_FORMAT = 16,
    TA_VOCABULARY_ASSERTION = 32, /* format-assertion: formats are checked */
    TA_VOCABULARY_ANY = 63,
    TA_VOCABULARY_USUAL = 31
};

/* Which words mean something in a schema: what its $schema says. */
typedef struct ta_lexicon {
    ta_draft draft;
    uint8_t vocabularies;
} ta_lexicon;

/* "draft 2020-12" and so on. */
const char *ta_draft_text(ta_draft draft);

typedef enum ta_word_place {
    TA_PLACE_NONE,
    TA_PLACE_ONE,
    TA_PLACE_LIST,
    TA_PLACE_EITHER,
    TA_PLACE_MAP,
    TA_PLACE_SOME,
    TA_PLACE_RULES
} ta_word_place;

typedef struct ta_word {
    const char *name;
    ta_word_place place;
    bool same;   /* the subschemas describe the same value */
    bool checks; /* it says something about the data */
    ta_draft first, last;
    uint8_t vocabularies; /* that it belongs to: one of them must be in use */
} ta_word;

/* In the order of the table; ends with a row whose name is NULL. */
extern const ta_word ta_words[];

/* NULL: it is none. */
const ta_word *ta_word_find(const char *name, size_t len);
/* The word that an object's member is named by, of whatever draft. */
const ta_word *ta_word_of(const ta_record *record, const ta_node *member);
/* Whether a word means something there. */
bool ta_word_holds(const ta_word *word, ta_lexicon lexicon);

/*
 * The word that a member of a subschema is named by; NULL: none that means something. Up to
 * draft 7 nothing that stands beside a $ref does, but definitions.
 */
const ta_word *ta_word_in(const ta_record *record, const ta_node *subschema,
                          const ta_node *member, ta_lexicon lexicon);
/* The value of a word in a subschema; NULL: it is not there, or means nothing. */
const ta_node *ta_word_value(const ta_record *record, const ta_node *subschema,
                             const char *name, ta_lexicon lexicon);

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
