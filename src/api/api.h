/* SPDX-License-Identifier: MIT */
/* What the calls of transalp.h share. Private to src/api. */
#ifndef TA_API_API_H
#define TA_API_API_H

#include "flow/checks.h"
#include "flow/input.h"

struct ta_checker {
    ta_job job; /* names the schema and the rules */
    char *schema, *rules;
    ta_keys keys;
    ta_library library;
    ta_checks checks; /* what is const of it is shared; each run has a copy of its own */
    ta_finder finder;
};

/* Who listens to findings. */
typedef struct ta_listener {
    ta_issue_fn *issue; /* NULL: nobody */
    void *to;
    bool no_memory; /* nor could this be said, or that is what was said */
} ta_listener;

/* A ta_finder's receiver; `to` is a ta_listener. */
void ta_listener_hear(void *to, const ta_finding *finding);

/* One reading of an input: begin with ta_run_begin, which ta_run_end undoes in each case. */
typedef struct ta_api_run {
    const ta_run_options *options;
    ta_listener listener;
    ta_finder finder;
    ta_keys keys; /* the checker's, and those of the data */
    ta_checks checks;
    ta_job job;
    ta_arena arena;
    ta_path records;
    ta_read_options read;
    bool cut_short;
    uint64_t count;        /* of records */
    const ta_input *input; /* that options->cancel is asked about, read up to `at` */
    size_t at;
    bool cancelled;
    ta_counts said; /* when it was cancelled */
} ta_api_run;

TA_MUST_CHECK ta_status ta_api_begin(ta_api_run *run, const ta_checker *checker,
                                     const ta_run_options *options);
/* Reads through the checks into `last`, which it takes over and drops (NULL: none). */
TA_MUST_CHECK ta_status ta_api_read(ta_api_run *run, const ta_input *input, ta_stage *last);
/* Frees all and fills in *counts (may be NULL); the status of the whole. */
ta_status ta_api_end(ta_api_run *run, ta_status status, ta_counts *counts);

/* A stage that hands each record to a function. NULL: no memory. */
ta_stage *ta_taker_new(ta_record_fn *take, void *to);

#endif
