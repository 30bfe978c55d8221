/* SPDX-License-Identifier: MIT */
/*
 * How lower floors ask for further files (a schema's $ref, a rule's other file) without knowing
 * of formats: the flow hands down a callback that reads a file through our own readers.
 */
#ifndef TA_RECORD_LOADER_H
#define TA_RECORD_LOADER_H

#include "record/stage.h"

/* A file read whole: one record, kept for the run. */
typedef struct ta_document {
    const char *name;
    ta_record record; /* its root is record.nodes */
    ta_window window; /* the file's bytes, so that findings can point into it */
} ta_document;

/* How schemas are read; all zero by default. */
typedef struct ta_schema_options {
    const char *language;      /* the $schema of those that have none; NULL: draft 2020-12 */
    bool assert_formats;       /* check formats in all schemas */
    bool all_branches;         /* tell what each branch of anyOf and oneOf lacks */
    const char *resource;      /* of a data package; NULL: by the inputs' names */
    const char *const *inputs; /* borrowed */
    size_t input_count;
    bool trusts_metaschema; /* do not hold schemas against their metaschemas */
} ta_schema_options;

/* --codes NAME=FILE: the file is the code list of that name, built in or not. */
typedef struct ta_code_file {
    const char *name, *file;
} ta_code_file;

typedef struct ta_loader {
    /*
     * Reads a file; a name that begins with "builtin:" is a file of schemas/ embedded in the
     * binary ("builtin:codes/country.csv"). A list of rows (CSV) becomes an array of objects.
     * The document lives as long as the loader. NULL: findings say why.
     */
    const ta_document *(*load)(void *to, const char *name);
    /* The document that stands for a URI, here and now (nothing is fetched from a network).
     * NULL: findings say why; or no file stands for it, and *known is false. */
    const ta_document *(*find)(void *to, const char *uri, bool *known);
    /* Pushes the records of a file into a stage, and keeps nothing of it. Begin is the
     * reader's, dropping the caller's. TA_ERR_NOMEM, or findings say why not all was read. */
    ta_status (*stream)(void *to, const char *name, ta_stage *into);
    void *to;
    ta_keys *keys;
    ta_finder *finder;
    ta_schema_options schema;
    const ta_code_file *code_files; /* borrowed; the last one of a name counts */
    size_t code_file_count;
} ta_loader;

#endif
