/* SPDX-License-Identifier: MIT */
/*
 * convert --tables FOLDER: CSV files for the records and for each of their lists
 * (tables/tables.h). The file of the records is the job's output; here is what goes beside it.
 */
#ifndef TA_FLOW_OUTTABLES_H
#define TA_FLOW_OUTTABLES_H

#include "flow/encode.h"
#include "flow/key.h"
#include "flow/output.h"
#include "tables/split.h"

struct ta_out_table;

typedef struct ta_out_tables {
    ta_tables tables;
    ta_record_key key;
    const char *folder;
    ta_buf name, target; /* "clusters", "folder/clusters.csv" */
    bool made_folder;
    ta_reader *reader;
    const ta_writing *writing; /* of the job's output */
    ta_write_options write;    /* of the lists' files: links go by names, not titles */
    const ta_format *to;
    struct ta_out_table **files; /* by table, from 1 */
    size_t file_cap;
    uint32_t file_count; /* opened, from 1 */
    ta_writing survey;
} ta_out_tables;

/* Settles names, key and what each row of records of this shape is, and makes the folder. Close
 * it in any case. */
TA_MUST_CHECK ta_status ta_out_tables_open(ta_out_tables *out, ta_reader *reader,
                                           const ta_format *to, const ta_shape *shape);
/* The first file's place, "folder/clusters.csv". */
const char *ta_out_tables_target(ta_out_tables *out);

/* For the first pass: a stage in front of the survey of the first file, which is dropped with
 * it. NULL: no memory. */
ta_stage *ta_out_tables_survey(ta_out_tables *out, const ta_writing *silent, ta_stage *next);
/* Between the passes: looks at the folder and opens the files. `writing` is borrowed. */
TA_MUST_CHECK ta_status ta_out_tables_begin(ta_out_tables *out, const ta_writing *writing);
/* For the second pass: a stage in front of the writer of the first file. NULL: no memory. */
ta_stage *ta_out_tables_build(ta_out_tables *out, ta_stage *next);

/* As ta_encode_finish, for all but the first. `told`: a value was said to lack a character. */
void ta_out_tables_finish(ta_out_tables *out, bool told);
/* With `keep` puts all files in their places, or none; closes `first` too. */
TA_MUST_CHECK ta_status ta_out_tables_close(ta_out_tables *out, ta_output *first, bool keep);
/* After the stages have been dropped. */
void ta_out_tables_fini(ta_out_tables *out);

#endif
