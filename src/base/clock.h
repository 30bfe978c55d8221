/* SPDX-License-Identifier: MIT */
/* How long something takes. */
#ifndef TA_BASE_CLOCK_H
#define TA_BASE_CLOCK_H

#include <stdint.h>

/* Since some moment before the program began; never runs backwards. */
uint64_t ta_clock_milliseconds(void);

#endif
