/* SPDX-License-Identifier: MIT */
/* A schema from data: what src/infer needs to know of formats and code lists, and where the
 * schema goes. */
#ifndef TA_FLOW_DEDUCE_H
#define TA_FLOW_DEDUCE_H

#include "flow/reader.h"
#include "infer/infer.h"

typedef struct ta_deduce {
    ta_infer_options options;
    ta_infer *infer; /* NULL: no schema is wanted */
    ta_code_list *lists[TA_INFER_LISTS_MAX];
} ta_deduce;

/* Prepares it, by what the job wishes. Close it in any case. */
TA_MUST_CHECK ta_status ta_deduce_open(ta_deduce *deduce, const ta_job *job,
                                       ta_library *library);
/* Puts the stage that looks in front of *chain, which owns it. */
TA_MUST_CHECK ta_status ta_deduce_build(const ta_deduce *deduce, ta_stage **chain);
/* Writes the schema to a file (NULL or "-": standard output), JSON unless its suffix says
 * otherwise. Findings say what failed. */
TA_MUST_CHECK ta_status ta_deduce_write(ta_deduce *deduce, ta_reader *reader, const char *file);
void ta_deduce_close(ta_deduce *deduce);

/* The command infer. Returns the exit status. */
int ta_infer_run(const ta_job *job);

#endif
