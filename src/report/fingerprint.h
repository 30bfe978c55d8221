/* SPDX-License-Identifier: MIT */
/*
 * What makes a finding the same one tomorrow: its code, rule, file, record key or path, and
 * what was found; never its line. Private to src/report.
 */
#ifndef TA_REPORT_FINGERPRINT_H
#define TA_REPORT_FINGERPRINT_H

#include "record/finding.h"

enum { TA_FINGERPRINT_TEXT = 33 };

/* The fingerprints given so far, so that equal findings are told apart by their number. Zero-
 * initialize it. */
typedef struct ta_fingerprints {
    uint64_t *hashes;
    uint32_t *counts;
    size_t count, cap; /* cap is a power of two */
} ta_fingerprints;

/* Sixteen hexadecimal digits, and `-2` and so on for the second of its kind; past a million
 * fingerprints, further ones get no number. False: no memory (the text is right but for the
 * number). */
bool ta_fingerprint_print(ta_fingerprints *all, const ta_finding *finding,
                          char text[TA_FINGERPRINT_TEXT]);
void ta_fingerprints_fini(ta_fingerprints *all);

#endif
