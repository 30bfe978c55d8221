/* SPDX-License-Identifier: MIT */
/*
 * What the data holds, for pictures: how often each coded value stands at a place (x-codes),
 * and what an amount adds up to by such a value beside it: contributions by country, funding by
 * source. Values that are personal are passed over. Memory is bounded whatever the data does.
 * Private to src/report.
 */
#ifndef TA_REPORT_CENSUS_H
#define TA_REPORT_CENSUS_H

#include "base/decimal.h"
#include "record/stage.h"
#include "schema/shape.h"

enum {
    TA_CENSUS_CHARTS = 32, /* places and amounts; further ones are passed over */
    TA_CENSUS_ROWS = 300   /* values of one; further ones are counted together */
};

typedef struct ta_census_row {
    uint64_t hash;
    const char *label;
    uint64_t count;
    ta_decimal sum;
} ta_census_row;

typedef struct ta_census_chart {
    uint64_t hash;
    const char *path;   /* where the values stand: "partners.*.country" */
    const char *amount; /* what is added up: "partners.*.totalCost"; "": values are counted */
    const char *unit;   /* a currency; "": none */
    ta_census_row *rows;
    size_t row_count, row_cap;
    ta_census_row others; /* of values that have no row */
    uint64_t left_out;    /* amounts that could not be added exactly */
} ta_census_chart;

/* Zero-initialize it; free with ta_census_fini. */
typedef struct ta_census {
    ta_census_chart charts[TA_CENSUS_CHARTS];
    size_t count;
    ta_arena text;
    ta_buf path, amount; /* of the place at hand, reused */
    bool failed;         /* memory was wanting */
} ta_census;

/* A stage that looks at each record and passes it on. NULL: no memory. */
ta_stage *ta_census_stage_new(ta_census *census, const ta_shape *shape);

void ta_census_fini(ta_census *census);

#endif
