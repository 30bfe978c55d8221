/* SPDX-License-Identifier: MIT */
/* Which encoding bytes that are not UTF-8 may be in. */
#ifndef TA_BASE_GUESS_H
#define TA_BASE_GUESS_H

#include <stddef.h>

/*
 * The name of the encoding under which data[0..len) reads most like text; NULL: none does. A
 * guess for a message, never for reading: windows-1252 and its like differ in few letters.
 */
const char *ta_encoding_guess(const char *data, size_t len);

#endif
