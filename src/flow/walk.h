/* SPDX-License-Identifier: MIT */
/* The files that words of the command line or of a configuration stand for. */
#ifndef TA_FLOW_WALK_H
#define TA_FLOW_WALK_H

#include "base/mem.h"

typedef struct ta_walk {
    const char **files; /* in the order of the words; those of one word sorted by name */
    size_t count;
    /* Whether a file is left out, or a folder with all in it; NULL: none is. `name` is as in
     * files. Files that a word names themselves are asked about too, and counted. */
    bool (*leaves_out)(void *to, const char *name);
    void *to;
    size_t left_out;    /* files that words named and leaves_out took away */
    size_t schemas;     /* files of a walk that are schemas, and left out */
    const char *failed; /* after TA_ERR_IO: the folder, and errno */
    int error;
    size_t cap;
    ta_arena arena; /* of the names */
} ta_walk;

/*
 * Adds what a word stands for: a file ("-" too) itself, whatever its name; a folder all files
 * below it whose suffix is one of a format that is read; a pattern (flow/glob.h; unless a file
 * is called so) all files that fit it. In a folder a .txt counts if it looks like a table.
 * Folders and patterns leave out what is hidden (.git
 * too), schemas (*.schema.json, *.schema.yaml, or by a $schema of json-schema.org) and
 * transalp.yaml; links to folders are not followed. *found gets how many files were met,
 * those that leaves_out took away too. TA_ERR_IO: a folder cannot be read; what stands in
 * others was added all the same. TA_ERR_NOMEM.
 */
TA_MUST_CHECK ta_status ta_walk_add(ta_walk *walk, const char *word, size_t *found);

/* Adds one name as it is, copied. */
TA_MUST_CHECK ta_status ta_walk_add_file(ta_walk *walk, const char *name);

/* Takes names away that stand there already, so that each is there once. */
TA_MUST_CHECK ta_status ta_walk_once(ta_walk *walk);

void ta_walk_fini(ta_walk *walk);

#endif
