/* SPDX-License-Identifier: MIT */
/* What a command is: a file with one of these structs, and a row in commands.def. Private to
 * src/cli. */
#ifndef TA_CLI_COMMAND_H
#define TA_CLI_COMMAND_H

#include "cli/settings.h"

enum {
#define TA_COMMAND(name) TA_COMMAND_##name,
#include "cli/commands.def"
#undef TA_COMMAND
    TA_COMMAND_COUNT
};

/* A test runs each example in a folder that has samples/. */
typedef struct ta_example {
    const char *line, *what; /* the shell's line; what it does, in a few words */
} ta_example;

struct ta_command {
    const char *name;
    const char *arguments;             /* for the usage line: "IN... [-o OUT]" */
    const char *summary;               /* a line for `transalp --help` */
    const char *about;                 /* two sentences or more */
    const ta_example *examples;        /* ends in a NULL line; NULL: none */
    unsigned least, most;              /* how many arguments it takes */
    bool walks;                        /* its arguments are inputs: files, folders, patterns */
    bool hidden;                       /* not in --help */
    int (*run)(ta_settings *settings); /* the exit status */
};

/* In the order of commands.def; ends in NULL. By name: NULL if there is none. */
extern const ta_command *const ta_commands[];
const ta_command *ta_command_find(const char *name);
/* Its bit in ta_option.commands. */
unsigned ta_command_bit(const ta_command *command);

/* Says that there is no such command, and which may have been meant. Returns 2. */
int ta_command_unknown(const char *name);

#endif
