/* SPDX-License-Identifier: MIT */
/*
 * formatMinimum, formatMaximum and their exclusive forms, as ajv-formats has them, for dates:
 * also those that are written only in part (2008-10), of which some day may lie within the
 * bounds. What is no date is left to format and pattern.
 */
#include "check/compile.h"
#include "check/operate.h"
#include "schema/words.h"

typedef struct date_bound {
    ta_relation relation; /* of the value to the bound */
    ta_date date;
    ta_text text;
} date_bound;

static const void *compile_date_bound(ta_compile *c, const ta_node *value, const char *name,
                                      ta_relation relation) {
    date_bound bound = {.relation = relation};
    if (value->kind != TA_TEXT)
        return ta_compile_fault(c, value, name, "must be a text, such as 2024-12-31");
    bound.text = ta_node_text(c->record, value);
    if (!ta_date_parse(bound.text.data, bound.text.len, &bound.date)) {
        ta_find_at(c->loader->finder, c->record, value, TA_PART_VALUE,
                   &(ta_finding){.code = TA_F_SCHEMA_BOUND, .name = name});
        return NULL;
    }
    date_bound *data = ta_compile_alloc(c, sizeof *data);
    if (data)
        *data = bound;
    return data;
}

static const void *compile_date_min(ta_compile *c, const ta_node *value) {
    return compile_date_bound(c, value, "formatMinimum", TA_GREATER_EQUAL);
}

static const void *compile_date_max(ta_compile *c, const ta_node *value) {
    return compile_date_bound(c, value, "formatMaximum", TA_LESS_EQUAL);
}

static const void *compile_date_above(ta_compile *c, const ta_node *value) {
    return compile_date_bound(c, value, "formatExclusiveMinimum", TA_GREATER);
}

static const void *compile_date_below(ta_compile *c, const ta_node *value) {
    return compile_date_bound(c, value, "formatExclusiveMaximum", TA_LESS);
}

/* What is written alike lies neither before nor after itself, however long the month is. */
static bool keeps_bound(const date_bound *bound, const ta_date *date) {
    const ta_date *to = &bound->date;
    bool strict = bound->relation == TA_LESS || bound->relation == TA_GREATER;
    bool same = date->first_moment == to->first_moment && date->last_moment == to->last_moment;
    return !(strict && same) && ta_date_is_kept(bound->relation, date, to);
}

static bool run_date_bound(ta_run *run, const void *data, const ta_node *node) {
    const date_bound *bound = data;
    ta_text text = ta_node_text(run->record, node);
    ta_date date;
    if (!ta_date_parse(text.data, text.len, &date) || keeps_bound(bound, &date))
        return true;
    if (!ta_run_tells(run, node, TA_F_DATE_BOUND))
        return false;
    ta_run_reset_words(run);
    ta_buf_puts(&run->expected, ta_date_words(bound->relation));
    ta_buf_put(&run->expected, bound->text.data, bound->text.len);
    ta_say_value(run->record, node, &run->found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = TA_F_DATE_BOUND,
                                     .expected = ta_buf_text(&run->expected),
                                     .found = ta_buf_text(&run->found)});
}

const ta_keyword ta_keyword_date_min = {"formatMinimum", compile_date_min, run_date_bound,
                                        1 << TA_TEXT, false};
const ta_keyword ta_keyword_date_max = {"formatMaximum", compile_date_max, run_date_bound,
                                        1 << TA_TEXT, false};
const ta_keyword ta_keyword_date_above = {"formatExclusiveMinimum", compile_date_above,
                                          run_date_bound, 1 << TA_TEXT, false};
const ta_keyword ta_keyword_date_below = {"formatExclusiveMaximum", compile_date_below,
                                          run_date_bound, 1 << TA_TEXT, false};
