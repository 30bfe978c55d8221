/* SPDX-License-Identifier: MIT */
/* The command line. */
#ifndef TA_CLI_CLI_H
#define TA_CLI_CLI_H

/* Runs the command that argv names. Returns the exit status: 0 clean, 1 the data has errors, 2
 * it could not run. */
int ta_cli_run(int argc, char **argv);

#endif
