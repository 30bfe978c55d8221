/* SPDX-License-Identifier: MIT */
/*
 * Lints: signs that values were damaged on their way, or mean different things to different
 * readers. They need no schema. Each lint is a function and a row in lints.def; what it finds
 * is a warning of the family `lint`.
 */
#ifndef TA_LINT_LINT_H
#define TA_LINT_LINT_H

#include "record/stage.h"

/* Whether any lint is to be told: if all are ignored, the stages need not run. */
bool ta_lint_is_wanted(const ta_finder *finder);

/*
 * The stage for what single values show, and for what only a column shows (the values at one
 * path, whatever the indices on it). Columns are told at each end of an input: the first value,
 * and how many there are. It keeps up to TA_LINT_COLUMNS_MAX columns, about 2 KiB for each.
 * NULL: no memory.
 */
enum { TA_LINT_COLUMNS_MAX = 4096 };
ta_stage *ta_lint_new(ta_finder *finder);

#endif
