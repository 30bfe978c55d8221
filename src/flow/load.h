/* SPDX-License-Identifier: MIT */
/* Schemas, code lists and the like, read whole through our own readers and kept for the run. */
#ifndef TA_FLOW_LOAD_H
#define TA_FLOW_LOAD_H

#include "record/loader.h"

typedef struct ta_library {
    ta_loader loader; /* hand out &library->loader */
    struct ta_loaded *first;
} ta_library;

void ta_library_init(ta_library *library, ta_keys *keys, ta_finder *finder);
void ta_library_fini(ta_library *library);

#endif
