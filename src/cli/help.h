/* SPDX-License-Identifier: MIT */
/* Help, from the tables of commands and options. Private to src/cli. */
#ifndef TA_CLI_HELP_H
#define TA_CLI_HELP_H

#include "cli/command.h"
#include "cli/option.h"

/* What each exit status means; three rows. */
extern const char *const ta_exit_statuses[3];

/* "Usage: transalp convert IN... [OPTION]..." without a line end. */
void ta_help_usage(ta_buf *out, const ta_command *command);
/* A command's help, or that of transalp as a whole (command NULL), on standard output. Returns
 * the exit status. */
int ta_help_print(const ta_command *command);

/* A help text with {formats}, {dialects} and {reports} put in. */
void ta_help_words(ta_buf *out, const char *text);
/* The words of text[0..len), broken into lines of 80 columns: the first begins at `column`, the
 * rest at `indent`. */
void ta_help_wrap(ta_buf *out, const char *text, unsigned column, unsigned indent);

#endif
