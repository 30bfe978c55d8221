/* SPDX-License-Identifier: MIT */
/* For tests of formats: what was found, as "code@line:column ", and behind "<" what it points
 * at beside. */
#ifndef TA_NOTE_KIT_H
#define TA_NOTE_KIT_H

#include "record/finding.h"

enum { WINDOW = 256 * 1024 }; /* the source's first window */

static inline void note_finding(void *to, const ta_finding *f) {
    ta_buf *findings = to;
    ta_buf_printf(findings, "%s@%llu:%llu", ta_codes[f->code].code,
                  (unsigned long long)f->place.from.line,
                  (unsigned long long)f->place.from.column);
    for (size_t i = 0; i < f->related_count; i++)
        ta_buf_printf(findings, "<%llu:%llu", (unsigned long long)f->related[i].place.from.line,
                      (unsigned long long)f->related[i].place.from.column);
    ta_buf_puts(findings, " ");
}

#endif
