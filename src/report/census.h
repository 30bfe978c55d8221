/* SPDX-License-Identifier: MIT */
/*
 * What the data holds, for pictures: how often each coded value stands at a place (x-codes),
 * and what an amount adds up to by such a value beside it: contributions by country, funding by
 * source. Countries are crossed with the coded values beside them: partners by country and
 * role. Values that are personal are passed over. Memory is bounded whatever the data does.
 * Private to src/report.
 */
#ifndef TA_REPORT_CENSUS_H
#define TA_REPORT_CENSUS_H

#include "base/decimal.h"
#include "record/stage.h"
#include "schema/shape.h"

enum {
    TA_CENSUS_CHARTS = 32, /* places and amounts; further ones are passed over */
    TA_CENSUS_ROWS = 300,  /* values of one; further ones are counted together */
    TA_CENSUS_CROSSED = 8, /* pairs of places that are crossed; further ones are passed over */
    TA_CENSUS_COLUMNS = 24 /* values across; further ones are counted together */
};

typedef struct ta_census_row {
    uint64_t hash;
    const char *label;
    size_t number; /* in the order in which they came */
    uint64_t count;
    ta_decimal sum;
    uint64_t *cells; /* in a crossed picture's lines: by a column's number; NULL */
} ta_census_row;

/* Values that are told apart. */
typedef struct ta_census_set {
    ta_census_row *rows;
    size_t count, cap;
    ta_census_row others; /* values that have no row */
} ta_census_set;

typedef struct ta_census_chart {
    uint64_t hash;
    const char *path;   /* where the values stand: "partners.*.country" */
    const char *amount; /* what is added up: "partners.*.totalCost"; "": values are counted */
    const char *unit;   /* a currency; "": none */
    ta_census_set values;
    uint64_t left_out; /* amounts that could not be added exactly */
} ta_census_chart;

/* Two values that stand beside each other, and how often. */
typedef struct ta_census_cross {
    uint64_t hash;
    const char *path; /* of the objects that they stand in: "partners.*"; "": the records */
    const char *down, *across;    /* the members' names: "country", "role" */
    ta_census_set lines, columns; /* cells[TA_CENSUS_COLUMNS] is columns.others */
} ta_census_cross;

/* Zero-initialize it; free with ta_census_fini. */
typedef struct ta_census {
    ta_census_chart charts[TA_CENSUS_CHARTS];
    size_t count;
    ta_census_cross crossed[TA_CENSUS_CROSSED];
    size_t crossed_count;
    ta_arena text;
    ta_buf path, amount; /* of the place at hand, reused */
    bool failed;         /* memory was wanting */
} ta_census;

/* A stage that looks at each record and passes it on. NULL: no memory. */
ta_stage *ta_census_stage_new(ta_census *census, const ta_shape *shape);

/* Puts the greatest first: the most frequent, or the highest sum. */
void ta_census_sort(ta_census_set *set, bool by_sum);

void ta_census_fini(ta_census *census);

#endif
