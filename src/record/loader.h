/* SPDX-License-Identifier: MIT */
/*
 * How lower floors ask for further files (a schema's $ref, a rule's other file) without knowing
 * of formats: the flow hands down a callback that reads a file through our own readers.
 */
#ifndef TA_RECORD_LOADER_H
#define TA_RECORD_LOADER_H

#include "record/finding.h"

/* A file read whole: one record, kept for the run. */
typedef struct ta_document {
    const char *name;
    ta_record record; /* its root is record.nodes */
    ta_window window; /* the file's bytes, so that findings can point into it */
} ta_document;

typedef struct ta_loader {
    /*
     * Reads a file; a name that begins with "builtin:" is a file of schemas/ embedded in the
     * binary ("builtin:codes/country.csv"). A list of rows (CSV) becomes an array of objects.
     * The document lives as long as the loader. NULL: findings say why.
     */
    const ta_document *(*load)(void *to, const char *name);
    void *to;
    ta_keys *keys;
    ta_finder *finder;
} ta_loader;

#endif
