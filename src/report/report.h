/* SPDX-License-Identifier: MIT */
/*
 * Reports: what people and machines read of the findings. A form is a file and a row in
 * reports.def. The hub takes each finding once (it is a ta_finder's receiver) and hands it to
 * every report.
 */
#ifndef TA_REPORT_REPORT_H
#define TA_REPORT_REPORT_H

#include "base/sink.h"
#include "record/stage.h"
#include "schema/shape.h"

/* What one input came to; the last line of the text form says it. */
typedef struct ta_summary {
    const char *file;
    uint64_t records;
    uint64_t errors, warnings, notes;
    const char *schema;       /* NULL: syntax only */
    const char *schema_why;   /* why this one, or why none; NULL: it was named */
    uint64_t known;           /* findings that the baseline has */
    bool per_item;            /* the schema was applied to each item of a list */
    const char *rules_file;   /* --rules; NULL */
    uint64_t rules, skipped;  /* rules, and how many of them were skipped somewhere */
    uint64_t skipped_records; /* records on which one was skipped */
    const char *lacks;        /* "no amount, no currency": why; NULL or "": not known */
    bool normalized;          /* values were normalized: */
    uint64_t seen, unchanged, changed, refused; /* seen is the sum of the others */
    uint64_t limit;                             /* --limit ended the reading here; 0: no */
    const char *cut;   /* keywords that this kept from being decided; NULL: none */
    const char *words; /* instead of all that (diff); NULL: none */
    ta_status status;
} ta_summary;

/* How much of an input was read; all: to its end, or to --limit. */
typedef enum ta_outcome_read {
    TA_READ_NONE,
    TA_READ_PART,
    TA_READ_ALL,
} ta_outcome_read;

/* What became of an input, for programs (--summary). */
typedef struct ta_outcome {
    const char *input, *output, *schema; /* the latter NULL: none */
    ta_outcome_read read;
    uint64_t seen, written, rejected, changed, errors, milliseconds;
} ta_outcome;

/* whole: to its end. */
ta_outcome_read ta_outcome_read_of(const ta_summary *summary, bool whole);
/* Appends its line of JSON. */
void ta_outcome_print(const ta_outcome *outcome, ta_buf *out);

typedef struct ta_report_options {
    bool colour;        /* ANSI colours */
    bool excerpt;       /* the source line with a caret under each finding */
    bool all;           /* no grouping, no cap (--all) */
    uint64_t shown_max; /* findings shown per file in text; all are counted */
} ta_report_options;

enum {
    TA_REPORT_GROUP = 5,   /* findings of one code and path shown before they are grouped */
    TA_REPORT_SHOWN = 1000 /* per file, by default */
};

typedef struct ta_report ta_report;

typedef struct ta_report_form {
    const char *name, *summary;
    ta_report *(*report_new)(ta_sink *sink,
                             const ta_report_options *options); /* NULL: no memory */
    void (*finding)(ta_report *report, const ta_finding *finding);
    bool shows_lines; /* of the data, whatever the options say */
    /* How many findings of one kin (ta_finding.kin) it shows at most of an input, from now on,
     * and that there were so many more like one of them. NULL: it shows all. */
    uint64_t (*keeps)(const ta_report *report, ta_code code);
    void (*more)(ta_report *report, const ta_finding *like, uint64_t count);
    void (*input_end)(ta_report *report, const ta_summary *summary); /* after each input */
    void (*close)(ta_report *report, const ta_summary *total,
                  size_t inputs); /* the last words; frees the report */
    /* A stage that looks at the records for this report, which must outlive it; NULL: no
     * memory. watch NULL: it looks at none. */
    ta_stage *(*watch)(ta_report *report, const ta_shape *shape);
} ta_report_form;

/* First member of every report. */
struct ta_report {
    const ta_report_form *form;
    ta_sink *sink;
};

/* All forms in the order of reports.def; ends in NULL. By name: NULL if there is none. */
extern const ta_report_form *const ta_report_forms[];
const ta_report_form *ta_report_find(const char *name);

/* The one line that sums up: "members.csv: 170 records, 3 errors, 2 warnings; 12 rules, 3
 * skipped; schema member". */
void ta_summary_print(const ta_summary *summary, ta_buf *out);

#endif
