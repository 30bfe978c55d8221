/* SPDX-License-Identifier: MIT */
/* --tables FOLDER where records are read: the files of their lists beside the input. */
#ifndef TA_FLOW_INTABLES_H
#define TA_FLOW_INTABLES_H

#include "flow/input.h"
#include "flow/key.h"
#include "tables/merge.h"

struct ta_in_table;

typedef struct ta_in_tables {
    ta_tables tables;
    ta_record_key key;
    ta_key_index index;
    bool indexed;
    const char *folder;
    const ta_format *format;
    ta_buf name;               /* "clusters" */
    struct ta_in_table *files; /* by table */
    ta_table_head *heads;
    const ta_input_options *options; /* of the pass under way */
    ta_read_options read;
    ta_reader *reader;
} ta_in_tables;

/* Looks which tables the folder has. Begin with zeros, close it in any case. */
TA_MUST_CHECK ta_status ta_in_tables_open(ta_in_tables *in, ta_reader *reader);
void ta_in_tables_close(ta_in_tables *in);

/* Whether keys name the records, and have not been looked at yet: read the input through
 * ta_index_stage_new first. */
bool ta_in_tables_wants_index(const ta_in_tables *in);

/* Opens the tables for a reading and puts *merge in front of a chain; end it in any case. */
TA_MUST_CHECK ta_status ta_in_tables_begin(ta_in_tables *in, const ta_input_options *options,
                                           ta_stage *chain, ta_stage **merge);
/* whole: all records were read. */
TA_MUST_CHECK ta_status ta_in_tables_end(ta_in_tables *in, ta_stage *merge, bool whole);

#endif
