/* SPDX-License-Identifier: MIT */
/* SHA-256 (FIPS 180-4), in portions. */
#ifndef TA_BASE_SHA256_H
#define TA_BASE_SHA256_H

#include <stddef.h>

enum { TA_SHA256_TEXT = 65 }; /* 64 hexadecimal digits and a NUL */

typedef struct ta_sha256 ta_sha256;

/* NULL: no memory. Free with ta_sha256_drop. */
ta_sha256 *ta_sha256_new(void);
void ta_sha256_put(ta_sha256 *hash, const void *data, size_t len);
/* Writes the digits of what was put, and begins anew. */
void ta_sha256_take(ta_sha256 *hash, char text[TA_SHA256_TEXT]);
void ta_sha256_drop(ta_sha256 *hash);

#endif
