/* SPDX-License-Identifier: MIT */
/* Schemas, code lists and the like, read whole through our own readers and kept for the run. */
#ifndef TA_FLOW_LOAD_H
#define TA_FLOW_LOAD_H

#include "record/loader.h"

/* --schema-map PREFIX=FOLDER: the files of the folder stand for the URIs that begin with the
 * prefix. */
typedef struct ta_schema_map {
    const char *prefix, *folder;
} ta_schema_map;

typedef struct ta_library {
    ta_loader loader; /* hand out &library->loader */
    struct ta_loaded *first;
    const ta_schema_map *maps; /* borrowed; set them after init */
    size_t map_count;
} ta_library;

void ta_library_init(ta_library *library, ta_keys *keys, ta_finder *finder);

/* Loads a file of rules under its name, so that it is a schema with x-rules: a list of rules,
 * or an object that has them already. */
TA_MUST_CHECK ta_status ta_library_load_rules(ta_library *library, const char *name);
void ta_library_fini(ta_library *library);

/* Takes JSON that stands for a URI, here data[0..len), which is borrowed for the library's
 * life. Findings say what is wrong with it. */
TA_MUST_CHECK ta_status ta_library_hold(ta_library *library, const char *uri, const char *data,
                                        size_t len);
/* The document that is held or loaded under a name; NULL: none is. */
const ta_document *ta_library_held(const ta_library *library, const char *name);

/* Appends the file that --schema-map has for a URI; false: none. */
bool ta_library_map(void *library, const char *uri, ta_buf *name);

/* The document that stands for a URI: as find of ta_loader has it. */
const ta_document *ta_library_find(void *library, const char *uri, bool *known);
/* Reads a file into a stage: as stream of ta_loader has it. */
TA_MUST_CHECK ta_status ta_library_stream(void *library, const char *name, ta_stage *into);

#endif
