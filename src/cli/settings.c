/* SPDX-License-Identifier: MIT */
/* Words of the command line: long options with `=value` or the next word, letters, `--`, and
 * arguments. */
#include "cli/settings.h"

#include <stdio.h>

#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/option.h"
#include "cli/say.h"

/* The words that are still to be read. */
typedef struct words {
    char **at, **end;
} words;

static ta_status refuse_option(const ta_settings *settings, const char *name, size_t len) {
    char word[64] = {0};
    memcpy(word, name, len < sizeof word ? len : sizeof word - 1);
    unsigned bit = ta_command_bit(settings->command);
    ta_guess guess = {.word = word, .prefix = "--"};
    for (const ta_option *option = ta_options; option->name; option++)
        if (option->commands & bit)
            ta_guess_try(&guess, option->name);
    char otherwise[96];
    snprintf(otherwise, sizeof otherwise, "`transalp %s --help` lists the options",
             settings->command->name);
    return ta_say_unknown(&guess, otherwise, "unknown option --%s", word);
}

/* An option that exists, but not here: say where it does. */
static ta_status refuse_here(const ta_settings *settings, const ta_option *option) {
    for (const ta_command *const *command = ta_commands; *command; command++)
        if (option->commands & ta_command_bit(*command))
            return ta_say("%s does not take --%s: %s does", settings->command->name,
                          option->name, (*command)->name);
    return TA_ERR_USAGE;
}

/* `value` NULL: the next word is the value, if the option takes one. */
static ta_status read_option(ta_settings *settings, const ta_option *option, const char *value,
                             words *rest) {
    if (!(option->commands & ta_command_bit(settings->command)))
        return refuse_here(settings, option);
    if (!option->argument && value)
        return ta_say("--%s takes no value: found =%s", option->name, value);
    if (option->argument && !value && rest->at < rest->end) {
        bool is_option = !strncmp(*rest->at, "--", 2) && (*rest->at)[2];
        value = is_option ? NULL : *rest->at++;
    }
    if (option->argument && (!value || !*value))
        return ta_say("--%s needs a value: --%s %s", option->name, option->name,
                      option->argument);
    return option->read(settings, option, value);
}

static ta_status read_long_option(ta_settings *settings, const char *word, words *rest) {
    size_t len = strcspn(word, "=");
    const ta_option *option = ta_option_find(word, len, ta_command_bit(settings->command));
    if (!option)
        return refuse_option(settings, word, len);
    return read_option(settings, option, word[len] ? word + len + 1 : NULL, rest);
}

/* -qo FILE, -oFILE: flags may stand together, a value may follow its letter at once. */
static ta_status read_letters(ta_settings *settings, const char *word, words *rest) {
    ta_status status = TA_OK;
    for (const char *at = word; *at && status == TA_OK; at++) {
        const ta_option *option = ta_option_of_letter(*at);
        if (!option)
            return ta_say("unknown option -%s: `transalp %s --help` lists the options", at,
                          settings->command->name);
        bool attached = option->argument && at[1];
        status = read_option(settings, option, attached ? at + 1 : NULL, rest);
        if (attached)
            break;
    }
    return status;
}

static ta_status read_words(ta_settings *settings, words *rest) {
    bool options = true;
    ta_status status = TA_OK;
    while (rest->at < rest->end && status == TA_OK && !settings->help) {
        const char *word = *rest->at++;
        if (options && !strcmp(word, "--"))
            options = false;
        else if (options && !strncmp(word, "--", 2))
            status = read_long_option(settings, word + 2, rest);
        else if (options && word[0] == '-' && word[1])
            status = read_letters(settings, word + 1, rest);
        else
            settings->arguments[settings->argument_count++] = word;
    }
    return status;
}

ta_status ta_settings_begin(ta_settings *settings, const ta_command *command, size_t room) {
    memset(settings, 0, sizeof *settings);
    ta_job_init(&settings->job);
    settings->command = command;
    settings->arguments = ta_arena_alloc(&settings->arena, room * sizeof *settings->arguments);
    settings->levels = ta_arena_alloc(&settings->arena, room * sizeof *settings->levels);
    settings->schema_maps =
        ta_arena_alloc(&settings->arena, room * sizeof *settings->schema_maps);
    settings->code_views =
        ta_arena_alloc(&settings->arena, room * sizeof *settings->code_views);
    settings->code_files =
        ta_arena_alloc(&settings->arena, room * sizeof *settings->code_files);
    settings->nulls = ta_arena_alloc(&settings->arena, room * sizeof *settings->nulls);
    if (!settings->arguments || !settings->nulls || !settings->levels ||
        !settings->schema_maps || !settings->code_files || !settings->code_views)
        return TA_ERR_NOMEM;
    return TA_OK;
}

ta_status ta_settings_take(ta_settings *settings, int count, char **first) {
    settings->words = first;
    settings->word_count = count;
    return read_words(settings, &(words){first, first + count});
}

ta_status ta_settings_read(ta_settings *settings, const ta_command *command, int count,
                           char **first) {
    ta_status status = ta_settings_begin(settings, command, (size_t)count + 1);
    return status == TA_OK ? ta_settings_take(settings, count, first) : status;
}

void ta_settings_fini(ta_settings *settings) {
    ta_inputs_fini(&settings->inputs);
    ta_arena_fini(&settings->arena);
}
