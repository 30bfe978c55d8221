/* SPDX-License-Identifier: MIT */
/* Host names made canonical, for addresses of pages and of mail. Private to src/normalize. */
#ifndef TA_NORMALIZE_HOST_H
#define TA_NORMALIZE_HOST_H

#include "base/mem.h"
#include "record/node.h"

/* Appends a host in small letters, labels beyond ASCII in the form for the net (xn--...).
 * False: no host is called so. */
TA_MUST_CHECK bool ta_normal_host(ta_text host, ta_buf *out);

/* Without blanks and invisible characters at its ends. */
ta_text ta_normal_trim(ta_text text);
/* Whether a blank or a control character stands in a text. */
bool ta_normal_has_blank(ta_text text);

#endif
