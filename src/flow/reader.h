/* SPDX-License-Identifier: MIT */
/*
 * What all commands that read data share: the reports, the keys, schema and rules, and the
 * options of reading. Inputs are read one after another, in any order and as often as is
 * wanted.
 */
#ifndef TA_FLOW_READER_H
#define TA_FLOW_READER_H

#include <time.h>

#include "flow/checks.h"
#include "flow/hub.h"
#include "flow/job.h"
#include "flow/naming.h"
#include "map/map.h"

typedef struct ta_reader {
    const ta_job *job;
    ta_hub hub;
    ta_keys keys;
    ta_library library;
    ta_checks checks;
    ta_naming naming;            /* x-key */
    ta_map *map;                 /* --map; NULL */
    ta_mapping *mapping;         /* of it, or of the heads that the schema lists; NULL */
    struct ta_in_tables *tables; /* --tables: lists beside the input; NULL: none */
    ta_arena arena;
    ta_path records;
    ta_read_options read;
    int *spooled;  /* per input: a descriptor, or -1; NULL: each input is read once */
    ta_left left;  /* hears of records that could not be read; NULL: nobody does */
    ta_leap *leap; /* of a reading that workers share; NULL */
    struct timespec progress_last;
    bool progress_shown;
} ta_reader;

/* Opens the reports and loads what the job names; findings say what is wrong. Close it in any
 * case. */
TA_MUST_CHECK ta_status ta_reader_open(ta_reader *reader, const ta_job *job);

/* The same for a worker: what its hub hears goes to the outlet, which is borrowed. */
TA_MUST_CHECK ta_status ta_reader_open_outlet(ta_reader *reader, const ta_job *job,
                                              const ta_outlet *outlet);

/* Copies those of `count` inputs from the first on that are pipes, so that every input can be
 * read again. */
TA_MUST_CHECK ta_status ta_reader_spool(ta_reader *reader, size_t first, size_t count);

/* What the options leave open of CSV is written as the schema's file says: so it is read. */
void ta_reader_follow(ta_reader *reader, ta_write_options *write);

/* Has the i-th input read from *fd, which is the reader's then: *fd is -1. */
TA_MUST_CHECK ta_status ta_reader_lend(ta_reader *reader, size_t i, int *fd);
/* Gives that descriptor back. */
int ta_reader_return(ta_reader *reader, size_t i);

/* Reads the i-th input through a chain; the caller ends and drops the chain. envelope: as in
 * ta_reading, may be NULL. */
TA_MUST_CHECK ta_status ta_reader_read(ta_reader *reader, size_t i, ta_finder *finder,
                                       ta_stage *envelope, ta_stage *chain, uint64_t *records);

/* Reads an open source (and drops it) in a format, as a worker that shares a reading. */
TA_MUST_CHECK ta_status ta_reader_share(ta_reader *reader, ta_source *source,
                                        const char *format, ta_stage *chain);

/* Opens the i-th input once more, beside a reading of it, and reads its first bytes;
 * ta_reader_spool must have been called. `declared` lives as long as the source. Drop that in
 * any case. */
TA_MUST_CHECK ta_status ta_reader_open_again(ta_reader *reader, size_t i, ta_source *source,
                                             char declared[TA_ENCODING_BYTES]);

/* For a pass whose findings another pass says: all is passed over but what the system refuses,
 * which may not come again. */
void ta_reader_silence(ta_reader *reader, ta_finder *silent);

/* Takes the line that shows how far the reading has come off the terminal. */
void ta_reader_clear_progress(ta_reader *reader);

/* Frees all and closes the reports. Returns the exit status. */
int ta_reader_close(ta_reader *reader);

#endif
