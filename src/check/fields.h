/* SPDX-License-Identifier: MIT */
/* Reading the parts of a rule as it is written; shared by rule.c, fields.c and operands.c. */
#ifndef TA_CHECK_FIELDS_H
#define TA_CHECK_FIELDS_H

#include "check/rule.h"

/* Says what is wrong in a rule. Always false. */
bool ta_rule_fault(ta_compile *c, const ta_node *node, ta_part part, const char *name,
                   const char *expected);

/* A field of rules: a row of the table in fields.c. */
typedef struct ta_rule_field {
    const char *name;
    unsigned takes; /* the operator must take one of these; 0: all do */
    bool (*read)(ta_compile *c, ta_rule *rule, const ta_node *value,
                 const struct ta_rule_field *field);
} ta_rule_field;

/* Ends in a row without a name. */
extern const ta_rule_field ta_rule_fields[];

/* What one value may be written as: a path, and these literals. False: a finding was emitted.
 */
enum { TA_LITERAL_NUMBER = 1, TA_LITERAL_DATE = 2, TA_LITERAL_DURATION = 4, TA_SINGLE = 8 };
bool ta_rule_read_operand(ta_compile *c, const ta_node *value, const char *name, unsigned how,
                          ta_operand *out);
bool ta_rule_read_text(ta_compile *c, const ta_node *value, const char *name, const char **out);
/* The operator's own value. */
bool ta_rule_read_value(ta_compile *c, ta_rule *rule, const ta_node *value);

/* A field that names other files: `in` ("file:path") and `of` (map). */
bool ta_rule_read_in(ta_compile *c, ta_rule *rule, const ta_node *value,
                     const ta_rule_field *field);
bool ta_rule_read_of(ta_compile *c, ta_rule *rule, const ta_node *value,
                     const ta_rule_field *field);

/* Whether all of a text node is this. */
bool ta_node_says(const ta_record *record, const ta_node *node, const char *text);

#endif
