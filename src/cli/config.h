/* SPDX-License-Identifier: MIT */
/*
 * transalp.yaml: which files are checked, and how. Its words are those of the options, and the
 * command line wins over them. Private to src/cli.
 */
#ifndef TA_CLI_CONFIG_H
#define TA_CLI_CONFIG_H

#include "cli/settings.h"
#include "cli/shelf.h"

#define TA_CONFIG_NAME "transalp.yaml"

typedef struct ta_config {
    const char *file;  /* as it is called from here; NULL: there is none */
    ta_buf folder;     /* it stands in; "" or with a slash at its end */
    ta_strings ignore; /* as ta_glob_leaves_out takes them */
    const ta_document *document;
    bool failed; /* no memory: what was looked up may be wrong */
    ta_shelf shelf;
    ta_arena arena;
} ta_config;

/* Finds and checks the file, from this folder upward to the top of the repository (.git), or
 * the one that --config names. TA_ERR_USAGE: standard error says what is wrong with it. Close
 * it in any case. */
TA_MUST_CHECK ta_status ta_config_open(ta_config *config, const ta_settings *settings);
void ta_config_close(ta_config *config);

/* A member of an object of it, by name; NULL: there is none (or no file). */
const ta_node *ta_config_member(const ta_config *config, const ta_node *object,
                                const char *name);
/* The top's. */
const ta_node *ta_config_top(const ta_config *config, const char *name);
/* A text or number of it, copied; NULL: no memory. */
const char *ta_config_text(ta_config *config, const ta_node *node);

/* Texts of a node that is one or a list of them: the first, and the one after. */
const ta_node *ta_config_first(const ta_node *node);
const ta_node *ta_config_next(const ta_node *node, const ta_node *text);

/* The first entry that fits a file, and the pattern that does; NULL: none. */
const ta_node *ta_config_entry(ta_config *config, const char *name, const ta_node **pattern);

/* Whether a file or folder is one of those to be ignored; for ta_walk. */
bool ta_config_leaves_out(void *config, const char *name);

/* Says what is wrong at a place of it; TA_ERR_USAGE. */
ta_status ta_config_refuse(const ta_config *config, const ta_node *node, const char *why,
                           const char *what);

/* Sets what an object of settings says (NULL: nothing). command_line: the settings without the
 * file, whose dialect wins as a whole. */
TA_MUST_CHECK ta_status ta_config_apply(ta_config *config, const ta_node *object,
                                        const ta_settings *command_line, ta_settings *settings);

/* The reports and the baseline that the command line does not name. */
TA_MUST_CHECK ta_status ta_config_apply_top(ta_config *config, ta_settings *settings);

#endif
