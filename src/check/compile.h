/* SPDX-License-Identifier: MIT */
/* What a keyword is, and what it needs to compile its value; for src/check alone. */
#ifndef TA_CHECK_COMPILE_H
#define TA_CHECK_COMPILE_H

#include "check/program.h"

/* What several keywords of one subschema make together: one test, whose data the first of them
 * enters. */
typedef enum ta_shared {
    TA_SHARED_MEMBERS,
    TA_SHARED_NUMBER,
    TA_SHARED_TEXT,
    TA_SHARED_ITEMS,
    TA_SHARED_CONTAINS,
    TA_SHARED_CONDITION,
    TA_SHARED_COUNT
} ta_shared;

struct ta_members;

typedef struct ta_pending_test {
    ta_test test;
    uint8_t kinds;
    bool late;
} ta_pending_test;

/* The state of compiling one subschema after the other. */
typedef struct ta_compile {
    ta_program *program;
    const ta_loader *loader;
    ta_arena *arena; /* the program's */
    const ta_subschema *sub;
    const ta_record *record; /* the schema's document */
    ta_plan *plan;
    void *shared[TA_SHARED_COUNT]; /* NULL: none yet */
    struct ta_members *tables;     /* of all subschemas, linked */
    ta_pending_test *pending;
    size_t pending_count, pending_cap;
    bool *said;  /* by vocabulary word: that it is not checked */
    bool *noted; /* by key: an unknown word that was noted */
    size_t noted_cap;
    bool said_formats;  /* that formats are not asserted */
    bool is_metaschema; /* schemas are to be held against it: its formats are not checked */
    bool *scoped; /* by the subschema's index: it begins a scope; NULL: scopes do not count */
    bool failed, nomem;
} ta_compile;

/* A keyword: a row in keywords.def, and one of these. */
typedef struct ta_keyword {
    const char *name;
    /* Looks at the keyword's value (where subschemas stand in it, they were found to be some).
     * What it returns is handed to run; NULL: nothing is to be run. */
    const void *(*compile)(ta_compile *c, const ta_node *value);
    ta_test_fn *run;
    uint8_t kinds; /* that run is for: a bit per ta_kind */
    bool late;     /* runs after all others: it asks what they have seen */
} ta_keyword;

static inline ta_draft ta_compile_draft(const ta_compile *c) {
    return c->sub->resource->lexicon.draft;
}

#define TA_KEYWORD(name) extern const ta_keyword ta_keyword_##name;
#include "check/keywords.def"
#undef TA_KEYWORD

/* Zeroed memory that lives as long as the program; NULL is noted in c->nomem. */
void *ta_compile_alloc(ta_compile *c, size_t size_bytes);
/* A copy of a text node, or of a key, with a NUL. */
char *ta_compile_copy(ta_compile *c, ta_text text);
/* Says that a keyword's value is malformed, at a node in it. Always NULL. */
const void *ta_compile_fault(ta_compile *c, const ta_node *node, const char *name,
                             const char *expected);
/* The data that keywords share, in *out (NULL: no memory); returned to the first that asks,
 * which is to enter the test. */
const void *ta_compile_share(ta_compile *c, ta_shared which, size_t size_bytes, void *out);
/* What a finding may say beside its own words: a subschema's description, else its title, on
 * one line; NULL: it has none. */
const char *ta_compile_words(ta_compile *c, const ta_node *subschema);
/* A count (a whole number from 0, capped): *out. False: the fault was said. */
bool ta_compile_count(ta_compile *c, const ta_node *value, const char *name, uint64_t *out);
/* Appends the name under which the loader has a table of schemas/FOLDER, "country" ->
 * "builtin:codes/country.csv". False: there is none. */
bool ta_compile_builtin(const char *folder, ta_text name, ta_buf *out);
/* The code list that is the value of a word; the program's own. NULL: a fault was said, or
 * there is no memory. */
const struct ta_code_list *ta_compile_codes(ta_compile *c, const ta_node *value,
                                            const char *word);
/* The plan of a subschema that stands at a node (mere references are followed); NULL: there is
 * none. */
const ta_plan *ta_compile_plan(const ta_compile *c, const ta_node *node);

/* Ends the table of members of the subschema; after all plans: what members need no test
 * (object.c). */
void ta_compile_members(ta_compile *c);
void ta_compile_link(ta_compile *c);

/* Numbers of this subschema are whole: the test's data for the first of its keywords, else NULL
 * (number.c). */
const void *ta_compile_integer(ta_compile *c);
ta_test_fn ta_run_number;

#endif
