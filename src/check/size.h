/* SPDX-License-Identifier: MIT */
/* minItems and its like; for src/check alone. */
#ifndef TA_CHECK_SIZE_H
#define TA_CHECK_SIZE_H

#include "check/compile.h"

typedef struct ta_size_test {
    uint64_t bound;
    ta_code code;
    bool most; /* else the least */
} ta_size_test;

#endif
