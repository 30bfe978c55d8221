/* SPDX-License-Identifier: MIT */
/* An XML Schema (XSD 1.0), compiled by libxml2 from local files alone, for the XML reader. */
#ifndef TA_FORMAT_XML_XSD_H
#define TA_FORMAT_XML_XSD_H

#include "record/finding.h"

typedef struct ta_xsd ta_xsd;

typedef struct ta_xsd_options {
    ta_finder *finder;
    /* Appends the file that stands for a URI; false: none does. */
    bool (*map)(void *to, const char *uri, ta_buf *file);
    void *to;
} ta_xsd_options;

/* Compiles a file with what it includes and imports. TA_ERR_USAGE: findings say what is wrong
 * with it. Drop with ta_xsd_drop. */
TA_MUST_CHECK ta_status ta_xsd_load(const char *name, const ta_xsd_options *options,
                                    ta_xsd **out);
void ta_xsd_drop(ta_xsd *xsd);

#endif
