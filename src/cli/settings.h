/* SPDX-License-Identifier: MIT */
/* What the command line says, for all commands. Private to src/cli. */
#ifndef TA_CLI_SETTINGS_H
#define TA_CLI_SETTINGS_H

#include "flow/job.h"
#include "flow/walk.h"

typedef struct ta_command ta_command;

typedef enum ta_when { TA_WHEN_AUTO, TA_WHEN_ALWAYS, TA_WHEN_NEVER } ta_when;

/* A row of dialects.def. */
typedef struct ta_dialect_row {
    const char *name;
    ta_dialect dialect;
    const char *summary;
} ta_dialect_row;

/* In the order of dialects.def; ends in a row without a name. */
extern const ta_dialect_row ta_dialects[];

/* The files of the job, and what of their names is kept below the folder of the outputs. */
typedef struct ta_inputs {
    ta_walk walk;
    const char **below;
    size_t below_cap;
} ta_inputs;

typedef struct ta_settings {
    const ta_command *command;
    ta_job job;
    char **words; /* as they were given; borrowed */
    int word_count;
    const char **arguments; /* what is no option */
    size_t argument_count;
    const char *files_from; /* a list of further inputs; NULL */
    ta_inputs inputs;
    struct ta_file_plan *plan; /* check: what transalp.yaml says of inputs (cli/plan.h); NULL */
    bool gathers_nothing;      /* settings of some of the inputs, which are known already */
    const ta_dialect_row *dialect, *out_dialect;
    ta_report_wish reports[TA_REPORTS_MAX];
    const char **nulls;         /* room for as many as there are words */
    ta_code_file *code_files;   /* room for as many as there are words */
    ta_code_view *code_views;   /* the same */
    ta_schema_map *schema_maps; /* room for as many as there are words */
    ta_level_wish *levels;      /* room for as many as there are words */
    ta_when colour;
    const char *code_column;   /* codes --as; NULL */
    const char *template_form; /* schemas --template; NULL */
    bool fields;               /* schemas --fields */
    const char *digests;       /* digest --check; NULL */
    const char *baseline;      /* check --baseline; NULL */
    bool update_baseline;
    const char *config; /* --config; NULL: it is looked for */
    bool no_config, no_auto_schema;
    const char *ci; /* init --ci; NULL */
    bool help;
    ta_arena arena;
} ta_settings;

/*
 * Reads the words after the command's name. TA_ERR_USAGE: a message stands on standard error.
 * TA_ERR_NOMEM. Free with ta_settings_fini in each case.
 */
TA_MUST_CHECK ta_status ta_settings_read(ta_settings *settings, const ta_command *command,
                                         int count, char **words);

/* The same in two steps: room for as many words and other values, then the words, which win
 * over what was set between. */
TA_MUST_CHECK ta_status ta_settings_begin(ta_settings *settings, const ta_command *command,
                                          size_t room);
TA_MUST_CHECK ta_status ta_settings_take(ta_settings *settings, int count, char **words);

/* Brings what depends on several options into the job: dialects, colours, inputs, output
 * format. */
TA_MUST_CHECK ta_status ta_settings_finish(ta_settings *settings);

/* Whether --sort-key goes with the rest, for what is set later. */
TA_MUST_CHECK ta_status ta_settings_check_sort(const ta_job *job);

void ta_settings_fini(ta_settings *settings);

#endif
