/* SPDX-License-Identifier: MIT */
/* What a schema is compiled to, and how it runs; for src/check alone. */
#ifndef TA_CHECK_PROGRAM_H
#define TA_CHECK_PROGRAM_H

#include "check/check.h"

enum {
    TA_KINDS_ALL = 0x7F, /* a bit per ta_kind */
    TA_KINDS_CONTAINER = 1 << TA_ARRAY | 1 << TA_OBJECT,
    /* Subschemas within each other while one value is checked: bounds the stack. */
    TA_RUN_DEPTH_MAX = 5000,
    /* Subschemas tried on one record, and for each of its values: references can fan out. */
    TA_RUN_STEPS_BASE = 10000000,
    TA_RUN_STEPS_PER_NODE = 1000,
    TA_RUN_STEPS_TOLD = 200, /* what a finding counts for: it costs more than a test */
    TA_RUN_STEPS_NAME = 2,   /* what holding a name against a pattern counts for */
    TA_RUN_STEPS_VALUE = 4   /* what each value that a rule looks at counts for */
};

typedef struct ta_run ta_run;

/* Checks a value of a kind that the test is for. False: it does not hold, and has been told. */
typedef bool ta_test_fn(ta_run *run, const void *data, const ta_node *node);

typedef struct ta_test {
    ta_test_fn *run;
    const void *data;
} ta_test;

/* A compiled subschema. */
typedef struct ta_plan {
    uint8_t kinds;        /* that `type` allows: a bit per ta_kind */
    uint8_t tested;       /* that have tests */
    bool never;           /* the subschema is false */
    const char *expected; /* the types in words */
    const ta_test *tests[TA_OBJECT +
                         1]; /* by kind; each list ends in a test without run; NULL: no tests */
} ta_plan;

struct ta_rule;

struct ta_program {
    const ta_schema *schema;
    ta_arena arena;
    ta_plan *plans; /* by the subschema's index */
    const ta_plan *root;
    const struct ta_rule **rules, **list_rules;
    size_t rule_count, rule_cap, list_rule_count, list_rule_cap;
    struct ta_code_list **lists; /* owned */
    char **list_names;
    size_t list_count, list_cap, list_name_cap;
    struct ta_pattern **patterns; /* owned */
    size_t pattern_count, pattern_cap;
    const struct ta_list_words *list_words; /* what is said of a list that streams by; NULL */
    bool dynamic;                           /* $dynamicRef is used: scopes count */
    bool repeats;                           /* two subschemas may tell the same of one value */
    bool all_branches;                      /* as ta_schema_options has it */
    struct ta_elsewhere *elsewhere;         /* tables of other files, linked; elsewhere.h */
};

/* The state of a run over one record; one per stage. */
struct ta_run {
    const ta_record *record;
    ta_finder *finder;
    bool report; /* emit findings and go on; else stop at the first failure */
    bool nomem;
    uint32_t branch; /* inside a schema that only asks (where, if): rules do not count */
    uint32_t depth;
    uint64_t steps;               /* taken on this record */
    const struct ta_trail *trail; /* trail.h */
    struct ta_seen *seen;   /* what of a value has been evaluated; NULL: nobody asks (seen.h) */
    struct ta_gauge *gauge; /* findings are weighed; NULL: they are told (gauge.h) */
    uint64_t *bits;
    size_t bit_count, bit_cap;  /* in words */
    struct ta_matcher *matcher; /* what patterns need (pattern.c) */
    const char *branch_words;   /* said beside findings in a branch; NULL */
    struct ta_item *items;      /* of uniqueItems (unique_items.c) */
    uint32_t *item_slots;
    size_t item_cap, item_slot_cap;
    struct ta_told *told; /* owned; NULL: nothing is said twice (told.h) */
    bool all_branches;    /* tell what each branch of a choice lacks */
    bool exhausted;       /* steps were used up: reading on would be in vain */
    ta_buf name, expected, found, replacement, detail, labels, key, fix; /* reused */
    struct ta_rule_run *rules;                                           /* owned; operate.h */
};

void ta_run_fini(ta_run *run);
void ta_run_reset_words(ta_run *run);
bool ta_run_is_short(const ta_run *run); /* a buffer could not grow */

/* The slow ways of ta_plan_fits. */
bool ta_plan_refuse(ta_run *run, const ta_plan *plan, const ta_node *node);
bool ta_plan_test(ta_run *run, const ta_test *tests, const ta_node *node);

/* Whether a value is as a subschema wants it. */
static inline bool ta_plan_fits(ta_run *run, const ta_plan *plan, const ta_node *node) {
    if (!(plan->kinds >> node->kind & 1))
        return ta_plan_refuse(run, plan, node);
    return !(plan->tested >> node->kind & 1) ||
           ta_plan_test(run, plan->tests[node->kind], node);
}

/* The same without findings. */
bool ta_plan_matches(ta_run *run, const ta_plan *plan, const ta_node *node);

/* Counts steps that are no subschema's. False: there are none left, and that has been told. */
bool ta_run_spend(ta_run *run, const ta_node *node, uint64_t steps);

/* Before each record. */
void ta_run_begin(ta_run *run, const ta_record *record);
/* Whether such a finding is to be put into words: it is not one of many that are only counted.
 */
bool ta_run_tells(ta_run *run, const ta_node *node, ta_code code);
/* Emits a finding at a value, if the run reports. Always false. */
bool ta_run_fail(ta_run *run, const ta_node *node, const ta_finding *finding);
/* The same at a value's key. */
bool ta_run_fail_key(ta_run *run, const ta_node *node, const ta_finding *finding);

#endif
