/* SPDX-License-Identifier: MIT */
/*
 * A rule: what one kind of value is made of. A function and a row in rules.def; it sees one
 * value and what is known of its place, and keeps nothing. Private to src/normalize.
 */
#ifndef TA_NORMALIZE_RULE_H
#define TA_NORMALIZE_RULE_H

#include "codes/codes.h"
#include "normalize/evidence.h"
#include "normalize/normalize.h"

typedef enum ta_verdict {
    TA_NORMAL_SAME,    /* canonical already, or nothing that the rule knows */
    TA_NORMAL_CHANGED, /* result has the canonical value */
    TA_NORMAL_REFUSED  /* result->code says why: it stays as it was */
} ta_verdict;

/* One value, and what is known of its place. */
typedef struct ta_normal_value {
    ta_text text; /* a text, or a number as written; of a boolean nothing */
    ta_kind kind; /* TA_TEXT, TA_NUMBER, TA_TRUE or TA_FALSE, as the rule takes them */
    bool typed;   /* its format tells numbers from text (JSON, YAML): 1.500 is 1.5 */
    const ta_shape *shape;
    const ta_code_list *codes;    /* of x-codes; NULL: none */
    const ta_evidence *evidence;  /* ta_normal_evidence gives it */
    ta_normal_plan *plan;         /* NULL: there is nobody to gather evidence */
    const struct ta_stock *stock; /* the file's words; NULL: no rule asks for them */
    const ta_normal_options *options;
    const ta_record *record;
    const ta_node *object; /* around the value; NULL: none */
} ta_normal_value;

enum { TA_NORMAL_PARTS = 6 };

/* A member of the object that is made of a value: {amount: 870000000, currency: EUR}. */
typedef struct ta_normal_part {
    const char *name; /* a constant; left out where the schema has no such member */
    ta_kind kind;
    uint32_t start, len; /* of its text, in result->text */
} ta_normal_part;

/* What else than a text and its place decides what a rule says. */
typedef enum ta_reach {
    TA_REACH_ALL,     /* anything */
    TA_REACH_COUNTRY, /* the record's country (ta_normal_country_of) */
    TA_REACH_TEXT     /* nothing: the same text comes to the same */
} ta_reach;

/*
 * What a rule says. Where the schema wants an object (shape->types), kind is TA_OBJECT and the
 * parts are its members; else kind and text are the value. Cleared before each call.
 */
typedef struct ta_normal_result {
    ta_kind kind;
    ta_buf text;
    ta_normal_part parts[TA_NORMAL_PARTS];
    uint32_t part_count;
    ta_code code;           /* CHANGED, REFUSED: of the finding */
    ta_buf detail;          /* more words for the finding: "a name in German" */
    ta_reach reach;         /* what it goes by */
    const char *suggestion; /* REFUSED: what was meant, perhaps; a code of a list, or in text */
} ta_normal_result;

typedef ta_verdict ta_rule_fn(const ta_normal_value *value, ta_normal_result *result);
/* What a value shows of its column; record_no and where are filled in by the caller. */
typedef void ta_observe_fn(const ta_normal_value *value, ta_evidence *evidence);

/* Whether a text, or a number, is canonical, told by its bytes at a glance: true is certain. */
typedef bool ta_plain_fn(ta_text text);

typedef struct ta_rule_row {
    const char *name;
    ta_rule_fn *apply;
    ta_observe_fn *observe; /* NULL: it needs no first pass */
    ta_plain_fn *plain;     /* NULL: apply tells; not asked where an object is wanted */
    uint8_t takes;          /* TA_TYPE_*: of the value as read */
    const char *summary;    /* what it makes of what */
} ta_rule_row;

/* In the order of rules.def; ends in a row without a name. By name: NULL if there is none. */
extern const ta_rule_row ta_rule_rows[];
const ta_rule_row *ta_rule_find(const char *name);
/* The rule of a place: x-normalize, else what x-codes, format and type stand for; NULL: none.
 */
const ta_rule_row *ta_rule_of_shape(const ta_shape *shape);
/* The code list of a rule whose place names none; NULL: it needs none. */
const char *ta_rule_codes(const ta_rule_row *rule);

void ta_normal_result_clear(ta_normal_result *result);
/* CHANGED with a text, unless it is what stood there. */
ta_verdict ta_normal_to(const ta_normal_value *value, ta_normal_result *result, ta_kind kind,
                        ta_code code);
/* REFUSED, with words. */
ta_verdict ta_normal_refuse(ta_normal_result *result, ta_code code, const char *detail);
/* What result->text has is only likely: CHANGED under --fix-suggested, else REFUSED and
 * suggested. */
ta_verdict ta_normal_suggest(const ta_normal_value *value, ta_normal_result *result,
                             ta_code refused, ta_code suggested);
/* Adds a part whose text is what was appended to result->text since `start`. */
void ta_normal_part_put(ta_normal_result *result, const char *name, ta_kind kind, size_t start);

/* The country of the record that a value stands in: two letters in the object around it, or in
 * the root; false: not known. */
bool ta_normal_country_of(const ta_normal_value *value, char country[3]);

/* What the value's column shows, gathered when a value first asks; NULL: nothing is known. */
const ta_evidence *ta_normal_evidence(const ta_normal_value *value);

/* Appends a text as the rule blanks leaves it. */
void ta_normal_clean(ta_text text, ta_buf *out);

ta_observe_fn ta_measure_observe, ta_date_observe, ta_period_observe;

#define TA_NORMAL(name, takes, observe, plain, summary) ta_rule_fn ta_normal_##name;
#include "normalize/rules.def"
#undef TA_NORMAL

#endif
