/* SPDX-License-Identifier: MIT */
/*
 * --rejects: the records of an input that have errors, each with its own bytes, in a file that
 * is the input without the others; and their findings beside it. The bytes are taken from a
 * second reading of the input, which goes no further than it must.
 */
#ifndef TA_FLOW_REJECTS_H
#define TA_FLOW_REJECTS_H

#include "flow/original.h"
#include "flow/output.h"
#include "flow/reader.h"

typedef struct ta_rejects {
    ta_reader *reader;
    size_t input;
    const char *name; /* NULL: rejects are not wanted */
    ta_buf findings_name;
    ta_output output, findings;
    ta_report *report;                /* of the findings; NULL: there were none */
    ta_source source;                 /* the second reading */
    char declared[TA_ENCODING_BYTES]; /* its encoding, */
    ta_recoder recoder;               /* in which the bytes go out again */
    bool open;                        /* output and source */
    bool some;                        /* a record was met: */
    uint64_t first, last_end;
    uint64_t at;           /* how far the second reading has come */
    uint64_t errors;       /* of the finder, that belong to records before */
    uint64_t pushed, left; /* records set aside: those with errors, those that cannot be read */
    bool kept;             /* after the end: they stand in their file */
    ta_status status;      /* the first failure */
} ta_rejects;

/* Begins with an input; name: its file, or NULL. */
void ta_rejects_begin(ta_rejects *rejects, ta_reader *reader, size_t input, const char *name);

/* The stage that keeps records with errors from what is behind it. NULL: no memory. */
ta_stage *ta_sieve_new(ta_rejects *rejects, ta_stage *next);

/*
 * Ends: with `keep` both files are put in place if a record was set aside, else what an earlier
 * run left there is taken away. Findings say what failed.
 */
TA_MUST_CHECK ta_status ta_rejects_end(ta_rejects *rejects, bool keep);

#endif
