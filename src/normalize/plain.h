/* SPDX-License-Identifier: MIT */
/*
 * What is canonical already, told by its bytes at a glance: in a clean list nearly all is. True
 * is certain; false says nothing, and the rule looks closely. Private to src/normalize.
 */
#ifndef TA_NORMALIZE_PLAIN_H
#define TA_NORMALIZE_PLAIN_H

#include <stdbool.h>

#include "record/node.h"

/* http:// or https://, a host in small letters, then no blank. */
bool ta_plain_url(ta_text text);
/* Letters and digits, @, a host in small letters. */
bool ta_plain_mail(ta_text text);
/* A day that every month has: 2008-10-24. */
bool ta_plain_day(ta_text text);
/* + and the digits of a number of a known country. */
bool ta_plain_phone(ta_text text);
/* Of a number as read: digits. */
bool ta_plain_digits(ta_text text);
/* The same with a point that cannot stand between groups of three. */
bool ta_plain_number(ta_text text);
/* No blank at the ends, no two together, nothing invisible, composed. */
bool ta_plain_text(ta_text text);

#endif
