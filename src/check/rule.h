/* SPDX-License-Identifier: MIT */
/* A compiled rule of x-rules; for src/check alone. */
#ifndef TA_CHECK_RULE_H
#define TA_CHECK_RULE_H

#include "base/decimal.h"
#include "check/elsewhere.h"
#include "record/path.h"

typedef enum ta_outcome { TA_HELD, TA_FAILED, TA_SKIPPED } ta_outcome;

struct ta_rule;
/* Where a rule's paths begin: its value, and with `each` (or over: list) the item; with `by`
 * and `in` the row of another file (NULL: it has none). */
typedef struct ta_scene {
    const ta_node *base, *item;
    const ta_row *row;
} ta_scene;

/* Which fields an operator takes beside those that all rules have. */
enum {
    TA_TAKES_EQUALS = 1,
    TA_TAKES_LIMITS = 2, /* min, max */
    TA_TAKES_TOLERANCE = 4,
    TA_TAKES_BOUNDS = TA_TAKES_EQUALS | TA_TAKES_LIMITS | TA_TAKES_TOLERANCE,
    TA_TAKES_BY = 8,
    TA_TAKES_COMPLETE = 16,
    TA_TAKES_LIST = 32, /* over: list */
    TA_TAKES_WHERE = 64,
    TA_TAKES_AS = 128,
    TA_TAKES_OF = 256,
    TA_TAKES_IN = 512,
    TA_TAKES_FROM = 1024, /* from, to */
    TA_TAKES_JOIN = 2048, /* by and in; with TA_TAKES_LIST by groups of records */
    TA_TAKES_CODES = 4096 /* codes, at */
};

/* An operator's own value. */
typedef enum ta_writing_form {
    TA_WRITTEN_PATH,
    TA_WRITTEN_PATHS,   /* a path, or a list of paths */
    TA_WRITTEN_FACTORS, /* a list of numbers and of paths to one value each */
    TA_WRITTEN_PAIR,    /* [path, path], one value each */
    TA_WRITTEN_RELATION /* [operand, "<=", operand] */
} ta_writing_form;

/* An operator: a row in operators.def, and one of these. */
typedef struct ta_operator {
    const char *name;
    ta_writing_form form;
    unsigned takes;
    const char *needs; /* at least one of these fields, in words; NULL: none */
    ta_outcome (*run)(ta_run *run, const struct ta_rule *rule, const ta_scene *scene);
} ta_operator;

#define TA_OPERATOR(name) extern const ta_operator ta_operator_##name;
#include "check/operators.def"
#undef TA_OPERATOR

/* What a rule looks at or compares with: a path, or a literal (a number; after the operator
 * also a date or a duration). */
typedef struct ta_operand {
    bool given, literal;
    uint32_t cell;    /* of the row of another file; 0: the path begins in the record */
    ta_decimal value; /* of a literal that is a number */
    ta_path path;
    const char *text; /* as written */
} ta_operand;

/* What makes the key of an item: fields of it, each as it is, or folded. */
typedef struct ta_key_field {
    ta_path path;
    const char *text;
    bool fold;
} ta_key_field;

typedef struct ta_key_fields {
    ta_key_field *items;
    uint32_t count;
} ta_key_fields;

typedef enum ta_relation {
    TA_LESS,
    TA_LESS_EQUAL,
    TA_EQUAL,
    TA_GREATER_EQUAL,
    TA_GREATER
} ta_relation;
typedef enum ta_as { TA_AS_FOUND, TA_AS_NUMBER, TA_AS_TEXT, TA_AS_DATE } ta_as;

typedef struct ta_rule {
    const ta_operator *op;
    const char *id, *message, *link;
    const char *subject; /* the operator's value in words */
    int level_wish;
    uint32_t index; /* among the rules that run on records, or among those over the list */
    bool over_list, complete, has_abs, has_rel;
    ta_operand each;
    ta_operand *operands; /* the operator's value */
    uint32_t operand_count;
    ta_relation relation;
    ta_as as;
    ta_key_fields by, from, to;
    ta_operand equals, min, max, of, in, at;
    const struct ta_code_list *codes;
    const struct ta_map *map; /* of `of` (prefix.c); NULL: values as they are */
    ta_elsewhere *elsewhere;  /* the keys of another file (in); NULL: `in` is in the record */
    ta_decimal abs, rel;
    const ta_plan *guard, *where;
} ta_rule;

/* Whether it measures groups of records (group.h). */
static inline bool ta_rule_is_grouped(const ta_rule *rule) {
    return rule->over_list && rule->op->takes & TA_TAKES_JOIN;
}

/* Compiles one rule (an object); NULL: it is at fault, or there is no memory. */
ta_rule *ta_rule_compile(ta_compile *c, const ta_node *node);

#endif
