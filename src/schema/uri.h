/* SPDX-License-Identifier: MIT */
/* References between schemas: URIs (RFC 3986), or names of files, which look like relative
 * ones. */
#ifndef TA_SCHEMA_URI_H
#define TA_SCHEMA_URI_H

#include "record/record.h"

/* Whether it begins with a scheme, such as https: (section 3.1). One letter is none: it may be
 * a drive. */
bool ta_uri_has_scheme(ta_text text);

/* Appends what a reference without a fragment means beside a base (section 5.2). Names of files
 * keep the `..` that lead out of where they begin. */
void ta_uri_join(ta_text base, ta_text reference, ta_buf *out);

/* Cuts text at its first #; *fragment gets what stands behind, NULL data if there is none. */
ta_text ta_uri_split(ta_text text, ta_text *fragment);

/* Appends with %XX decoded (section 2.1). */
void ta_uri_decode(ta_text text, ta_buf *out);

#endif
