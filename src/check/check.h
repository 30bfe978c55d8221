/* SPDX-License-Identifier: MIT */
/* Checks records against a schema: keywords (keywords.def) and rules (operators.def), compiled
 * once. */
#ifndef TA_CHECK_CHECK_H
#define TA_CHECK_CHECK_H

#include "record/stage.h"
#include "schema/schema.h"

typedef struct ta_program ta_program; /* const after compiling: workers share it */

/* Compiles; findings say what is wrong. Borrows the schema and the loader's documents. */
TA_MUST_CHECK ta_status ta_program_new(const ta_schema *schema, const ta_loader *loader,
                                       ta_program **out);
void ta_program_drop(ta_program *program);

/* What a run of the rules came to on one file. */
typedef struct ta_rule_count {
    const char *id;
    uint64_t run, failed, skipped; /* skipped: an operand was missing */
    const char *lacks;             /* which one, the first time, as the rule has it; NULL */
} ta_rule_count;

/* On how many records of a file some rule was skipped; the stages of a chain share one. */
typedef struct ta_skips {
    uint64_t records, last;
} ta_skips;

/* What the program's root describes; see ta_check_new. */
typedef enum ta_check_how {
    TA_CHECK_ITEMS,  /* a list's items, if it excludes lists itself */
    TA_CHECK_WHOLE,  /* never the items of a list */
    TA_CHECK_RECORDS /* each record, of lists too (a file of rules) */
} ta_check_how;

/*
 * The RECORD stage. A schema describes each record of a CSV or JSONL file, and the value of a
 * JSON file. If that value is a list and the root's type excludes arrays, the schema is applied
 * to each item; if the root describes an array, its `items` are. skips is borrowed; NULL:
 * nobody asks. NULL: no memory.
 */
ta_stage *ta_check_new(const ta_program *program, ta_finder *finder, ta_check_how how,
                       ta_skips *skips);

/* After begin: whether the schema was applied to the items of a list rather than to the list
 * itself. */
bool ta_check_is_per_item(const ta_stage *check);

/* The rules in the order of the schema, and how often each ran since begin. */
const ta_rule_count *ta_check_counts(const ta_stage *check, size_t *count);

/*
 * The ORDERED stage for the rules over the list (over: list), which must see all records in
 * order; only where such rules are. It forgets its keys at each begin. NULL: no memory.
 */
bool ta_list_check_is_needed(const ta_program *program);
ta_stage *ta_list_check_new(const ta_program *program, ta_finder *finder, ta_skips *skips);
const ta_rule_count *ta_list_check_counts(const ta_stage *list, size_t *count);

/* The ORDERED stage for what the schema says of a list whose items stream by (minItems,
 * uniqueItems, anyOf and the like); only where it says such things. NULL: no memory. */
bool ta_list_words_are_needed(const ta_program *program, ta_check_how how);
ta_stage *ta_list_words_new(const ta_program *program, ta_finder *finder, ta_check_how how);
/* After end: the keywords that --limit kept from being decided, "minItems, contains"; NULL:
 * none. */
const char *ta_list_words_cut(ta_stage *words);

/* The shape that a list's records have under this schema: the root's, or its items' if the root
 * describes an array. */
const ta_shape *ta_program_record_shape(const ta_program *program);

#endif
