/* SPDX-License-Identifier: MIT */
/* Which files a check is of, and how each is checked or normalized: by the command line,
 * transalp.yaml, and what the file itself says. Private to src/cli. */
#ifndef TA_CLI_PLAN_H
#define TA_CLI_PLAN_H

#include "cli/config.h"
#include "flow/choose.h"

typedef struct ta_plan_row {
    const ta_node *entry, *pattern; /* of transalp.yaml; NULL: none fits */
    ta_choice choice;               /* made for the file itself */
} ta_plan_row;

/* A pattern of transalp.yaml as a word of the command line. */
typedef struct ta_plan_word {
    const char *word; /* as it is called from here */
    const ta_node *node;
    bool missed; /* it stands for no file */
} ta_plan_word;

typedef struct ta_file_plan {
    ta_config config;
    ta_settings *settings; /* of the command line alone */
    const char *part;      /* what counts of an entry, for convert; NULL: all of it */
    ta_plan_word *words;   /* of the entries, where the command line names no input */
    size_t word_count;
    ta_chooser chooser;
} ta_file_plan;

/* Opens transalp.yaml, and has the settings name what it names where the command line names no
 * input. Close it in any case. */
TA_MUST_CHECK ta_status ta_file_plan_open(ta_file_plan *plan, ta_settings *settings);
void ta_file_plan_close(ta_file_plan *plan);

/* For cli/inputs.c: whether a file is ignored; whether a word that stands for nothing is one of
 * transalp.yaml, which is said then by ta_file_plan_tell. */
bool ta_file_plan_leaves_out(ta_file_plan *plan, const char *name);
bool ta_file_plan_missed(ta_file_plan *plan, const char *word);

/* After ta_settings_finish: brings the files of the entries into form, each once. */
TA_MUST_CHECK ta_status ta_file_plan_gathered(ta_file_plan *plan);
/* Findings for the patterns that stand for nothing. */
void ta_file_plan_tell(const ta_file_plan *plan, ta_finder *finder);

/* The settings for a file: free them with ta_settings_fini in each case. Where only a part of
 * the entry counts, nothing is brought together by ta_settings_finish. */
TA_MUST_CHECK ta_status ta_file_plan_settle(ta_file_plan *plan, const ta_node *entry,
                                            ta_settings *settled);

/* The inputs from `first` to *end that follow each other and are treated alike, as *entry
 * (NULL: none) has it. */
TA_MUST_CHECK ta_status ta_file_plan_alike(ta_file_plan *plan, size_t first,
                                           const ta_node **entry, size_t *end);

/* How a file is checked; `settled` are the settings of its entry. */
TA_MUST_CHECK ta_status ta_file_plan_choose(ta_file_plan *plan, const char *file,
                                            const ta_settings *settled, ta_plan_row *row);

#endif
