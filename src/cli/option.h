/* SPDX-License-Identifier: MIT */
/* The table of options. Private to src/cli. */
#ifndef TA_CLI_OPTION_H
#define TA_CLI_OPTION_H

#include "cli/settings.h"

typedef enum ta_option_group {
    TA_GROUP_INPUT,
    TA_GROUP_OUTPUT,
    TA_GROUP_SCHEMA,
    TA_GROUP_REPORT,
    TA_GROUP_LIMITS,
    TA_GROUP_OTHER,
    TA_GROUP_COUNT
} ta_option_group;

typedef struct ta_option ta_option;

/* Reads an option's value into the settings. TA_ERR_USAGE: it said why not. */
typedef ta_status ta_option_fn(ta_settings *settings, const ta_option *option,
                               const char *value);

struct ta_option {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* NULL: takes none */
    unsigned commands;    /* a bit each: ta_command_bit */
    ta_option_group group;
    ta_option_fn *read;
    size_t field;     /* its offset in ta_settings */
    const char *help; /* with {formats} and so on: ta_help_words; NULL: another name of an
                         option, taken and shown nowhere */
};

/* In the order of options.def; ends in a row without a name. */
extern const ta_option ta_options[];
extern const char *const ta_option_groups[TA_GROUP_COUNT]; /* "Input" ... */

/* The command's own, else another's of that name; NULL if there is none. */
const ta_option *ta_option_find(const char *name, size_t len, unsigned command);
const ta_option *ta_option_of_letter(char letter);

/* The reading functions, one per kind. */
ta_option_fn read_option_flag, read_option_text, read_option_format, read_option_char,
    read_option_decimal, read_option_separator, read_option_dialect, read_option_limit,
    read_option_jobs, read_option_xml_style, read_option_element, read_option_depth,
    read_option_enum_max, read_option_mebibytes, read_option_columns, read_option_report,
    read_option_colour, read_option_error, read_option_warn, read_option_ignore,
    read_option_schema_map, read_option_codes, read_option_code_view, read_option_words,
    read_option_date_order, read_option_country, read_option_fields;
/* Of the dialect of CSV. */
ta_option_fn read_option_group, read_option_null, read_option_skip_rows, read_option_lines;

#endif
