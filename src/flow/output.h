/* SPDX-License-Identifier: MIT */
/*
 * The output: written beside its place and renamed when whole. A device or pipe is written to
 * directly, a link is followed, the old file's mode kept.
 */
#ifndef TA_FLOW_OUTPUT_H
#define TA_FLOW_OUTPUT_H

#include "base/sink.h"
#include "record/finding.h"

typedef struct ta_output {
    ta_sink sink;
    const char *name; /* as given; "-": standard output */
    char *target;     /* the real path behind links; NULL: written to directly */
    char *temp;       /* the file beside it, if it has a name yet */
    int fd;
    ta_finder *finder;
} ta_output;

/* TA_ERR_IO: a finding says why. NULL or "-" is standard output. */
TA_MUST_CHECK ta_status ta_output_open(ta_output *output, const char *name, ta_finder *finder);
/* Makes the folders that a file is to stand in. False: a finding says why not. */
TA_MUST_CHECK bool ta_output_make_folders(const char *name, ta_finder *finder);
/* Standard output or error, borrowed. */
TA_MUST_CHECK ta_status ta_output_open_stream(ta_output *output, int fd, ta_finder *finder);
/* Flushes; with `keep` puts the file in its place, else leaves what stood there. Findings say
 * what failed. Closes in any case. */
TA_MUST_CHECK ta_status ta_output_close(ta_output *output, bool keep);
/* The same for several files that belong together: all are put in place, or none. */
TA_MUST_CHECK ta_status ta_outputs_close(ta_output *const *outputs, size_t count, bool keep);

#endif
