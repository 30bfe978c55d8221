/* SPDX-License-Identifier: MIT */
/* Which schema an input asks for where nobody named one: by its $schema, or, of the built-in
 * ones, by the heads of CSV, the root of XML or the members of the first record. */
#ifndef TA_FLOW_CHOOSE_H
#define TA_FLOW_CHOOSE_H

#include "flow/job.h"
#include "map/map.h"
#include "schema/schema.h"

enum { TA_CHOOSER_MAX = 16 };

typedef struct ta_choice {
    const char *schema; /* as ta_job.schema; NULL: none */
    const char *why;    /* in a few words; NULL: nothing to say */
    bool hinted;        /* the input names it */
} ta_choice;

typedef struct ta_chooser {
    ta_keys keys;
    ta_finder silent;
    ta_library library;
    ta_schema *schemas[TA_CHOOSER_MAX];   /* the built-in ones of lists, once they are asked */
    ta_mapping *mappings[TA_CHOOSER_MAX]; /* what heads are called in them */
    size_t count;
    bool loaded;
    ta_arena arena; /* of the choices' words */
} ta_chooser;

/* Begin with zeros, free with ta_chooser_fini in each case. */
TA_MUST_CHECK ta_status ta_chooser_init(ta_chooser *chooser, const ta_job *job);

/*
 * JSON (in front of the first value that is a list or an object) and YAML: the top's $schema,
 * or a comment `# yaml-language-server: $schema=`; it is a file beside the input, a built-in
 * schema, or what --schema-map has for it. Else the members of the first record, in CSV the
 * heads as reading takes them, must have all that a built-in schema requires; at least four of
 * them and three in four must be its own; in XML the root is that of the schema's list. A first
 * record of more than 1 MiB chooses nothing. Pipes are not looked at. What cannot be read is
 * left for the check to say.
 */
TA_MUST_CHECK ta_status ta_chooser_choose(ta_chooser *chooser, const char *file,
                                          const ta_job *job, ta_choice *choice);
void ta_chooser_fini(ta_chooser *chooser);

#endif
