/* SPDX-License-Identifier: MIT */
/* A copy of an input that cannot be read twice (a pipe), in a nameless file in $TMPDIR. */
#ifndef TA_FLOW_SPOOL_H
#define TA_FLOW_SPOOL_H

#include <stdbool.h>

#include "record/finding.h"

/* Whether a file can be read again from its start. */
bool ta_spool_is_needed(const char *name);
/* Copies all of it. *fd is the caller's to close. TA_ERR_IO: a finding says why. */
TA_MUST_CHECK ta_status ta_spool_copy(const char *name, ta_finder *finder, int *fd);

#endif
