/* SPDX-License-Identifier: MIT */
/* One JSON object at a time, on one line, through jansson. Private to src/report. */
#ifndef TA_REPORT_JSON_TEXT_H
#define TA_REPORT_JSON_TEXT_H

#include "report/report.h"

/* Appends a finding. False: no memory. Members that have no value are left out. */
TA_MUST_CHECK bool ta_json_text_finding(const ta_finding *finding, ta_buf *out);

/* Appends what an input came to. False: no memory. */
TA_MUST_CHECK bool ta_json_text_summary(const ta_summary *summary, ta_buf *out);

#endif
