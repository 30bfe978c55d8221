/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#define TA_REPORT(name) extern const ta_report_form ta_report_##name;
#include "report/reports.def"
#undef TA_REPORT

const ta_report_form *const ta_report_forms[] = {
#define TA_REPORT(name) &ta_report_##name,
#include "report/reports.def"
#undef TA_REPORT
    NULL};

const ta_report_form *ta_report_find(const char *name) {
    for (const ta_report_form *const *form = ta_report_forms; *form; form++)
        if (!strcmp((*form)->name, name))
            return *form;
    return NULL;
}
