/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "cli/command.h"
#include "cli/option.h"

#define IN(name) (1U << TA_COMMAND_##name)

const ta_option ta_options[] = {
#define TA_OPTION(name, letter, argument, commands, group, kind, field, help)                  \
    {name,                                                                                     \
     letter,                                                                                   \
     argument,                                                                                 \
     commands,                                                                                 \
     TA_GROUP_##group,                                                                         \
     read_option_##kind,                                                                       \
     offsetof(ta_settings, field),                                                             \
     help},
#include "cli/options.def"
#undef TA_OPTION
    {0}};

const char *const ta_option_groups[TA_GROUP_COUNT] = {
    [TA_GROUP_INPUT] = "Input",   [TA_GROUP_OUTPUT] = "Output", [TA_GROUP_SCHEMA] = "Schema",
    [TA_GROUP_REPORT] = "Report", [TA_GROUP_LIMITS] = "Limits", [TA_GROUP_OTHER] = "Other"};

const ta_option *ta_option_find(const char *name, size_t len, unsigned command) {
    const ta_option *found = NULL;
    for (const ta_option *option = ta_options; option->name; option++)
        if (strlen(option->name) == len && !memcmp(option->name, name, len) &&
            (!found || option->commands & command))
            found = option;
    return found;
}

const ta_option *ta_option_of_letter(char letter) {
    for (const ta_option *option = ta_options; option->name; option++)
        if (letter && option->letter == letter)
            return option;
    return NULL;
}
