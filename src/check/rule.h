/* SPDX-License-Identifier: MIT */
/* A compiled rule of x-rules, and what its operators share; for src/check alone. */
#ifndef TA_CHECK_RULE_H
#define TA_CHECK_RULE_H

#include "base/decimal.h"
#include "check/compile.h"
#include "record/path.h"

typedef enum ta_outcome { TA_HELD, TA_FAILED, TA_SKIPPED } ta_outcome;

struct ta_rule;

/* Where a rule's paths begin: its value, and with `each` (or over: list) the item. */
typedef struct ta_scene {
    const ta_node *base, *item;
} ta_scene;

/* Which fields an operator takes beside those that all rules have. */
enum { TA_TAKES_BOUNDS = 1, TA_TAKES_BY = 2, TA_TAKES_COMPLETE = 4, TA_TAKES_LIST = 8 };

/* An operator: a row in operators.def, and one of these. Its value is a path. */
typedef struct ta_operator {
    const char *name;
    unsigned takes;
    bool needs_bound; /* one of equals, min, max */
    ta_outcome (*run)(ta_run *run, const struct ta_rule *rule, const ta_scene *scene);
} ta_operator;

#define TA_OPERATOR(name) extern const ta_operator ta_operator_##name;
#include "check/operators.def"
#undef TA_OPERATOR

/* equals, min, max: a number or a path to one. */
typedef struct ta_operand {
    bool given, literal;
    ta_decimal value;
    ta_path path;
} ta_operand;

typedef struct ta_rule {
    const ta_operator *op;
    const char *id, *message, *subject; /* subject: the operator's path as written */
    int level_wish;
    uint32_t index; /* among the rules that run on records, or among those over the list */
    bool over_list, complete, has_each, has_abs, has_rel;
    ta_path path, each;
    ta_path *by;
    uint32_t by_count;
    ta_operand equals, min, max;
    ta_decimal abs, rel;
    const ta_plan *guard, *where;
} ta_rule;

/* The value of x-rules in one subschema. */
typedef struct ta_rule_set {
    const ta_rule **rules;
    uint32_t count;
} ta_rule_set;

/* Compiles one rule (an object); NULL: it is at fault, or there is no memory. */
ta_rule *ta_rule_compile(ta_compile *c, const ta_node *node);
/* Says what is wrong in a rule. Always false. */
bool ta_rule_fault(ta_compile *c, const ta_node *node, ta_part part, const char *name,
                   const char *expected);

/* The node that a path of a rule begins at. */
static inline const ta_node *ta_scene_start(const ta_scene *scene, const ta_path *path) {
    return path->relative ? scene->item : scene->base;
}

/* null and "" stand for a value that is missing. */
bool ta_value_is_missing(const ta_node *node);

typedef enum ta_operand_state {
    TA_OPERAND_READ,
    TA_OPERAND_MISSING,
    TA_OPERAND_LONG
} ta_operand_state;

/* A number, or a number in a text. LONG: more than 38 digits. */
ta_operand_state ta_operand_read(const ta_record *record, const ta_node *node, ta_decimal *out);

enum { TA_RULE_RELATED_MAX = 20 };

/* What a sum or a count came to. */
typedef struct ta_measure {
    ta_decimal value;
    ta_code code;
    const char *label; /* of the nodes; NULL: their own value */
    const ta_node *nodes[TA_RULE_RELATED_MAX];
    size_t node_count;
} ta_measure;

/* Holds a measure against equals, min and max. */
ta_outcome ta_measure_hold(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                           ta_measure *measure);

/* Emits a rule's finding at a node, with its id, severity and message; TA_FAILED. */
ta_outcome ta_rule_fail(ta_run *run, const ta_rule *rule, const ta_node *node,
                        const ta_finding *finding);
/* More than 38 digits in `what`. */
ta_outcome ta_rule_too_long(ta_run *run, const ta_rule *rule, const ta_node *node,
                            const char *what);

/* Appends the bytes of a value that equal values share, and no others (numbers by value). */
void ta_key_put(const ta_record *record, const ta_node *node, ta_buf *out);
/* The key of an item after the rule's `by`, into run->key. False: a value is missing. *at gets
 * the node to point at. */
bool ta_rule_key(ta_run *run, const ta_rule *rule, const ta_node *item, const ta_node **at);
/* The same values in words, into run->found. */
void ta_rule_say_key(ta_run *run, const ta_rule *rule, const ta_node *item);

#endif
