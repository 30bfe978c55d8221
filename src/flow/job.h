/* SPDX-License-Identifier: MIT */
/*
 * A job: from inputs through a reader and stages to an output. The command line fills in a
 * ta_job and runs it; everything in it is borrowed and stays unchanged.
 */
#ifndef TA_FLOW_JOB_H
#define TA_FLOW_JOB_H

#include "flow/load.h"
#include "flow/wishes.h"
#include "format/format.h"
#include "normalize/normalize.h"
#include "report/report.h"

enum { TA_REPORTS_MAX = 16 };

/* One --report FORM[=FILE]. */
typedef struct ta_report_wish {
    const ta_report_form *form;
    const char *file; /* NULL: where the command prints its findings */
} ta_report_wish;

/* One --error, --warn or --ignore, in the order given. */
typedef struct ta_level_wish {
    const char *code; /* a code or a family, checked by ta_level_wish_is_known */
    ta_level level;
} ta_level_wish;

/* --out-codes LIST=COLUMN. */
typedef struct ta_code_view {
    const char *list, *column;
} ta_code_view;

/* How a command runs: check only looks, convert writes. */
typedef struct ta_job {
    const char *const *inputs; /* file names, "-" for standard input */
    size_t input_count;
    bool inputs_lack; /* there should be more: the exit status is 2 */
    bool fail_fast;   /* the first input that is not clean is the last */
    unsigned jobs;    /* workers, on inputs or on one; 0: as many as there are processors */
    unsigned crew;    /* those of them that may share one input; 0, 1: none do */
    const char *from, *to; /* names of formats; NULL: by suffix, else content (to: else json) */
    const char *encoding;  /* of the inputs; NULL: UTF-8 */
    ta_schema_options schemas;      /* how schemas are read */
    const ta_code_file *code_files; /* code lists of one's own */
    size_t code_file_count;
    const ta_code_view *code_views; /* coded values written in another column */
    size_t code_view_count;
    const ta_schema_map *schema_maps;
    size_t schema_map_count;
    const char *schema;  /* a built-in name or a file; NULL: none */
    const char *rules;   /* a file of rules for each record; NULL: none */
    const char *map;     /* file that maps the inputs' names to the schema's; NULL: none */
    const char *out_map; /* the same for the output, the other way; NULL: none */
    const char *output;  /* NULL or "-": standard output */
    const char *const *outputs; /* per input, in place of output, a file of its own; NULL */
    const char *const *below;   /* per input: its name below a folder of outputs; NULL */
    const char *rejects;        /* folder for the records that have errors; NULL: none */
    const char *const *reject_files; /* per input: the file there; NULL */
    const char *ledger;              /* file with a line of JSON per input; NULL: none */
    const char *out_encoding;        /* NULL: UTF-8 */
    bool out_bom;
    const char *records;  /* path of the list inside a document that is streamed; NULL: none */
    const char *envelope; /* file for what stands around it, in the format of its suffix (else
                             json), kept only if nothing is wrong; NULL: none */
    const char *tables;   /* folder of the lists' own CSV files; NULL: none */
    bool writes;          /* convert; false: check */
    bool checks;          /* against the schema (normalize alone does not) */
    bool normalizes;      /* by the schema, before it checks */
    ta_normal_options normal;
    ta_strings only_fields;         /* paths of what is written; none: all */
    bool duplicates, drop_personal; /* tell members that stand twice; leave x-personal out */
    bool sort;                      /* by key; */
    size_t sort_max;                /* in no more memory than this, bytes; 0: 1 GiB */
    bool edits;                     /* normalize: the text of the inputs */
    ta_edit_wish edit;
    bool prints; /* standard output has the command's own lines: findings go to standard
                    error */
    ta_infer_wish infer;
    const char *key; /* diff, tables: paths of what names a record, with commas; NULL: x-key */
    bool whole, require_schema, keep_invalid, to_tables; /* the tables are written, not read */
    ta_read_options read;
    const char *dialect_file; /* says what `read` leaves open; NULL: none */
    ta_write_options write;
    const ta_report_wish *reports;
    size_t report_count;
    ta_report_options report;
    const ta_level_wish *levels;
    size_t level_count;
    bool strict;            /* --error loss,lint,skipped */
    bool quiet;             /* no summary line */
    bool show_personal;     /* reports show values at x-personal places too */
    bool progress;          /* standard error is a terminal: tell how far long work has come */
    size_t record_max;      /* bytes; 0: TA_RECORD_BYTES_MAX */
    const char *schema_why; /* why the schema is this one; NULL: it was named */
    struct ta_hub *above;   /* whose reports it writes, with those of other jobs; NULL: its
                               own are opened and closed */
    struct ta_baseline *baseline; /* findings that are known; NULL: none */
} ta_job;

/* A job with all defaults. */
void ta_job_init(ta_job *job);

/* The file that the i-th input is written to ("-": standard output). NULL: to none. */
const char *ta_job_target(const ta_job *job, size_t i);

bool ta_level_wish_is_known(const char *code_or_family);
/* Whether it names this code, or a family that the code belongs to. */
bool ta_level_wish_covers(const char *code_or_family, const char *code);

/*
 * Runs the job. Findings go to the reports: by default text, to standard output for check and
 * standard error for convert; the summary line to standard error. Returns the exit status: 0
 * clean, 1 the data has errors, 2 it could not run.
 */
int ta_job_run(const ta_job *job);

#endif
