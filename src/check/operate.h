/* SPDX-License-Identifier: MIT */
/* What the operators of rules share while they run; for src/check alone. */
#ifndef TA_CHECK_OPERATE_H
#define TA_CHECK_OPERATE_H

#include "base/date.h"
#include "check/tally.h"

/* Whether some pair of what the dates may mean is in this order. */
bool ta_date_is_kept(ta_relation relation, const ta_date *a, const ta_date *b);
/* "not before " and so on: how the second date is told after "expected". */
const char *ta_date_words(ta_relation relation);

/* The node that a path of a rule begins at. */
static inline const ta_node *ta_scene_start(const ta_scene *scene, const ta_path *path) {
    return path->relative ? scene->item : scene->base;
}

/* null and "" stand for a value that is missing. */
bool ta_value_is_missing(const ta_node *node);
/* The one value an operand's path leads to; NULL: it is missing. */
const ta_node *ta_operand_node(const ta_run *run, const ta_scene *scene,
                               const ta_operand *operand);
/* What an operand leads to: a value of the record or of another file; neither: a literal. */
typedef struct ta_value {
    const ta_node *node;
    const ta_cell *cell;
} ta_value;

/* The value, or that it is a literal; false: it is missing. */
bool ta_operand_find(const ta_run *run, const ta_scene *scene, const ta_operand *operand,
                     ta_value *out);
/* Calls fn for each value that an operand of a rule leads to; with `where`, only in the items
 * (at the path's last `*`) that fit it. Returns how many places lacked a step. */
uint64_t ta_operand_each(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                         const ta_operand *operand, ta_path_fn *fn, void *to);
/* Whether what comes before the first `*` of the path is there. */
bool ta_operand_has_list(const ta_run *run, const ta_scene *scene, const ta_operand *operand);

typedef enum ta_operand_state {
    TA_OPERAND_READ,
    TA_OPERAND_MISSING,
    TA_OPERAND_LONG
} ta_operand_state;

/* A number, or a number in a text. LONG: more than 38 digits. */
ta_operand_state ta_operand_read(const ta_record *record, const ta_node *node, ta_decimal *out);
ta_operand_state ta_operand_read_text(ta_text text, ta_kind kind, ta_decimal *out);
/* The same for an operand that leads to one value or is a literal. */
ta_operand_state ta_operand_number(const ta_run *run, const ta_scene *scene,
                                   const ta_operand *operand, ta_decimal *out, ta_value *value);

enum { TA_RULE_RELATED_MAX = 20 };

/* The nodes that a finding points at beside its own. */
typedef struct ta_pointed {
    const char *label; /* of the nodes; NULL: their own value */
    const ta_node *nodes[TA_RULE_RELATED_MAX];
    size_t count;
    const ta_cell *cell;  /* of another file; NULL */
    const ta_spot *spots; /* instead of nodes that are gone by now, in `file` */
    const char *file;
    bool personal; /* some of them are */
} ta_pointed;

static inline void ta_pointed_add(ta_pointed *pointed, const ta_node *node) {
    if (node && pointed->count < TA_RULE_RELATED_MAX)
        pointed->nodes[pointed->count++] = node;
}

static inline void ta_pointed_add_value(ta_pointed *pointed, const ta_value *value) {
    ta_pointed_add(pointed, value->node);
    if (value->cell)
        pointed->cell = value->cell;
}

/* The row of another file that a rule joins to a record (by, in); NULL: it has none. */
const ta_row *ta_rule_row(ta_run *run, const ta_rule *rule, const ta_node *base);

/* Notes what a rule did not find; TA_SKIPPED. */
ta_outcome ta_rule_skip(ta_run *run, const char *lacks);
/* Whether a finding is wanted: if so, run->found has the node's value, nothing else. */
bool ta_rule_says(ta_run *run, const ta_node *node);
/* Emits a rule's finding at a node, with its id, severity and message, and what is in
 * run->rules->difference; TA_FAILED. */
ta_outcome ta_rule_fail(ta_run *run, const ta_rule *rule, const ta_node *node,
                        const ta_finding *finding);
/* The same with other nodes as related places. */
ta_outcome ta_rule_point(ta_run *run, const ta_rule *rule, const ta_node *node,
                         ta_finding *finding, const ta_pointed *pointed);
/* More than 38 digits in `what`. */
ta_outcome ta_rule_too_long(ta_run *run, const ta_rule *rule, const ta_node *node,
                            const char *what);

void ta_cell_say(const ta_cell *cell, ta_buf *out); /* in words, as ta_say_value */
ta_spot ta_spot_of(const ta_record *record, const ta_node *node);
ta_place ta_spot_place(ta_spot spot, const char *file);
ta_spot ta_spot_shift(ta_spot spot, const ta_shift *by); /* as ta_place_shift */

/* Appends the bytes of a value that equal values share, and no others (numbers by value). */
void ta_key_put(const ta_record *record, const ta_node *node, ta_buf *out);
/* The same for references between files, where a number may be text: by digits. */
void ta_key_put_loose(const ta_record *record, const ta_node *node, ta_buf *out);
/* The key of an item after these fields, into run->key; *lacks: NULL, or what is missing. *at
 * gets the node to point at. Without fields the item itself is the key. */
ta_mark ta_item_mark(ta_run *run, const ta_key_fields *fields, const ta_node *item,
                     const ta_node **at, const char **lacks);
/* The same values in words. */
void ta_item_say(ta_run *run, const ta_key_fields *fields, const ta_node *item, ta_buf *out);

/* The marks of an item for unique or depends (value: of `to`). False: *lacks is missing, or
 * there is no memory (run->nomem). */
bool ta_twin_marks(ta_run *run, const ta_rule *rule, const ta_node *item, ta_mark *mark,
                   ta_mark *value, const char **lacks);
/* Emits that an item clashes with the one at `first`, whose values in words are in
 * run->expected. */
ta_outcome ta_twin_fail(ta_run *run, const ta_rule *rule, const ta_node *item,
                        const ta_related *first);

#endif
