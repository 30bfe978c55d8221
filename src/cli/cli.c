/* SPDX-License-Identifier: MIT */
/* From argv to a command. */
#include "cli/cli.h"

#include "cli/help.h"
#include "cli/say.h"

#define TA_COMMAND(name) extern const ta_command ta_command_##name;
#include "cli/commands.def"
#undef TA_COMMAND

const ta_command *const ta_commands[] = {
#define TA_COMMAND(name) &ta_command_##name,
#include "cli/commands.def"
#undef TA_COMMAND
    NULL};

const ta_command *ta_command_find(const char *name) {
    for (const ta_command *const *command = ta_commands; *command; command++)
        if (!strcmp((*command)->name, name))
            return *command;
    return NULL;
}

unsigned ta_command_bit(const ta_command *command) {
    for (unsigned i = 0; ta_commands[i]; i++)
        if (ta_commands[i] == command)
            return 1U << i;
    return 0;
}

static void refuse_option_first(const char *name) {
    ta_guess guess = {.word = name};
    ta_guess_try(&guess, "--help");
    ta_guess_try(&guess, "--version");
    ta_say_unknown(&guess, "the command stands before its options", "unknown option %s", name);
}

int ta_command_unknown(const char *name) {
    ta_guess guess = {.word = name};
    for (const ta_command *const *command = ta_commands; *command; command++)
        if (!(*command)->hidden)
            ta_guess_try(&guess, (*command)->name);
    if (*name == '-')
        refuse_option_first(name);
    else if (!guess.best && ta_format_of_name(name))
        ta_say("unknown command %s: to read a file, write `transalp check %s`", name, name);
    else
        ta_say_unknown(&guess, "`transalp --help` lists the commands", "unknown command %s",
                       name);
    return 2;
}

/* A message and the usage line, for too few or too many arguments. */
static int refuse_arguments(const ta_settings *settings) {
    const ta_command *command = settings->command;
    ta_buf usage = {0};
    ta_help_usage(&usage, command);
    if (settings->argument_count < command->least && command->least > 1)
        ta_say("%s needs two files: the old one, then the new one", command->name);
    else if (settings->argument_count < command->least)
        ta_say("%s needs an input: name a file, or - for standard input", command->name);
    else
        ta_say("%s: one argument too many: %s", command->name,
               settings->arguments[command->most]);
    ta_say_line(ta_buf_text(&usage));
    ta_buf_fini(&usage);
    return 2;
}

static int run_settings(ta_settings *settings) {
    const ta_command *command = settings->command;
    if (settings->help)
        return ta_help_print(command);
    unsigned least = settings->files_from ? 0 : command->least;
    if (settings->argument_count < least || settings->argument_count > command->most)
        return refuse_arguments(settings);
    return command->run(settings);
}

static int run_command(const ta_command *command, int count, char **words) {
    ta_settings settings;
    ta_status status = ta_settings_read(&settings, command, count, words);
    int exit_status = 2;
    if (status == TA_OK)
        exit_status = run_settings(&settings);
    else if (status == TA_ERR_NOMEM)
        ta_say_nomem();
    ta_settings_fini(&settings);
    return exit_status;
}

/* As a line, or with --json for programs, with what was built in. */
static int print_version(bool json) {
    ta_buf text = {0};
    ta_buf_printf(&text,
                  json ? "{\"name\": \"transalp\", \"version\": \"%s\", \"formats\": ["
                       : "transalp %s\n",
                  ta_version());
    for (const ta_format *const *f = ta_formats; json && *f; f++)
        ta_buf_printf(&text, "%s\"%s\"", f == ta_formats ? "" : ", ", (*f)->name);
    ta_buf_puts(&text, json ? "], \"reports\": [" : "");
    for (const ta_report_form *const *f = ta_report_forms; json && *f; f++)
        ta_buf_printf(&text, "%s\"%s\"", f == ta_report_forms ? "" : ", ", (*f)->name);
    ta_buf_puts(&text, json ? "]}\n" : "");
    return ta_say_text(&text);
}

static bool is_either(const char *word, const char *one, const char *other) {
    return !strcmp(word, one) || !strcmp(word, other);
}

int ta_cli_run(int argc, char **argv) {
    if (argc < 2) {
        ta_say("no command was given: `transalp --help` lists them");
        return 2;
    }
    if (is_either(argv[1], "--help", "-h"))
        return ta_help_print(NULL);
    if (is_either(argv[1], "--version", "-V"))
        return print_version(argc > 2 && !strcmp(argv[2], "--json"));
    const ta_command *command = ta_command_find(argv[1]);
    return command ? run_command(command, argc - 2, argv + 2) : ta_command_unknown(argv[1]);
}
