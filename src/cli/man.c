/* SPDX-License-Identifier: MIT */
/* transalp man: the manual page in man(7), from the tables of commands, options, formats,
 * dialects. Used by the build. */
#include "cli/help.h"
#include "cli/say.h"

/* Text for roff: backslashes and hyphens escaped, no line that begins as a request. */
static void put_roff(ta_buf *out, const char *text) {
    if (*text == '.' || *text == '\'')
        ta_buf_puts(out, "\\&");
    for (; *text; text++) {
        if (*text == '\\')
            ta_buf_puts(out, "\\e");
        else if (*text == '-')
            ta_buf_puts(out, "\\-");
        else
            ta_buf_put(out, text, 1);
    }
}

static void put_line(ta_buf *out, const char *text) {
    put_roff(out, text);
    ta_buf_puts(out, "\n");
}

static void put_bold(ta_buf *out, const char *text) {
    ta_buf_puts(out, "\\fB");
    put_roff(out, text);
    ta_buf_puts(out, "\\fR");
}

static void put_item(ta_buf *out, const char *term, const char *text) {
    ta_buf_puts(out, ".TP\n");
    put_bold(out, term);
    ta_buf_puts(out, "\n");
    put_line(out, text);
}

static void put_man_head(ta_buf *out) {
    ta_buf_printf(out, ".TH TRANSALP 1 \"\" \"transalp %s\" \"User Commands\"\n", ta_version());
    ta_buf_puts(out, ".SH NAME\ntransalp \\- convert and check cluster data\n.SH SYNOPSIS\n");
    for (const ta_command *const *command = ta_commands; *command; command++) {
        if ((*command)->hidden)
            continue;
        ta_buf_puts(out, command == ta_commands ? "" : ".br\n");
        put_bold(out, "transalp ");
        put_bold(out, (*command)->name);
        ta_buf_puts(out, " ");
        put_line(out, (*command)->arguments);
    }
    ta_buf_puts(out,
                ".SH DESCRIPTION\nReads records, checks each against a schema and its rules, "
                "and writes another format.\nEach finding says where: file, line, column, "
                "path.\nA file named \\fB\\-\\fR is standard input or output.\n");
}

static void put_examples(ta_buf *out, const ta_command *command) {
    for (const ta_example *example = command->examples; example && example->line; example++) {
        ta_buf_puts(out, ".TP\n");
        put_bold(out, example->line);
        ta_buf_puts(out, "\n");
        put_line(out, example->what);
    }
}

static void put_commands(ta_buf *out) {
    ta_buf_puts(out, ".SH COMMANDS\n");
    for (const ta_command *const *command = ta_commands; *command; command++) {
        if ((*command)->hidden)
            continue;
        ta_buf_puts(out, ".SS ");
        put_line(out, (*command)->name);
        put_line(out, (*command)->about);
        put_examples(out, *command);
    }
}

/* Which commands take an option, where not all do that read data. */
static void put_takers(ta_buf *out, const ta_option *option) {
    int takers = 0;
    const char *name = NULL;
    for (const ta_command *const *command = ta_commands; *command; command++)
        if (option->commands & ta_command_bit(*command)) {
            takers++;
            name = (*command)->name;
        }
    if (takers == 1)
        ta_buf_printf(out, "(%s only)\n", name);
}

static void put_option(ta_buf *out, const ta_option *option) {
    ta_buf words = {0};
    ta_help_words(&words, option->help);
    ta_buf_puts(out, ".TP\n");
    if (option->letter)
        ta_buf_printf(out, "\\fB\\-%c\\fR, ", option->letter);
    ta_buf_puts(out, "\\fB\\-\\-");
    put_roff(out, option->name);
    ta_buf_puts(out, option->argument ? "\\fR \\fI" : "\\fR");
    put_roff(out, option->argument ? option->argument : "");
    ta_buf_puts(out, option->argument ? "\\fR\n" : "\n");
    put_line(out, ta_buf_text(&words));
    put_takers(out, option);
    out->failed |= words.failed;
    ta_buf_fini(&words);
}

static void put_options(ta_buf *out) {
    ta_buf_puts(out, ".SH OPTIONS\nValues follow as \\fB\\-\\-option\\fR \\fIvalue\\fR or "
                     "\\fB\\-\\-option=\\fIvalue\\fR; \\fB\\-\\-\\fR ends the options.\n");
    for (int group = 0; group < TA_GROUP_COUNT; group++) {
        ta_buf_printf(out, ".SS %s\n", ta_option_groups[group]);
        for (const ta_option *option = ta_options; option->name; option++)
            if ((int)option->group == group && option->help)
                put_option(out, option);
    }
}

static void put_tables(ta_buf *out) {
    ta_buf_puts(out, ".SH FORMATS\n");
    for (const ta_format *const *f = ta_formats; *f; f++)
        put_item(out, (*f)->name, (*f)->summary);
    ta_buf_puts(out, ".SH DIALECTS\n");
    for (const ta_dialect_row *row = ta_dialects; row->name; row++)
        put_item(out, row->name, row->summary);
    ta_buf_puts(out, ".SH REPORTS\n");
    for (const ta_report_form *const *f = ta_report_forms; *f; f++)
        put_item(out, (*f)->name, (*f)->summary);
    ta_buf_puts(out, ".SH EXIT STATUS\n");
    for (int i = 0; i < 3; i++)
        put_item(out, (const char[2]){(char)('0' + i), 0}, ta_exit_statuses[i]);
    ta_buf_puts(out, ".SH ENVIRONMENT\n");
    put_item(out, "NO_COLOR", "if set and not empty, no colours unless --color always");
}

static int run_man(ta_settings *settings) {
    (void)settings;
    ta_buf out = {0};
    put_man_head(&out);
    put_commands(&out);
    put_options(&out);
    put_tables(&out);
    return ta_say_text(&out);
}

extern const ta_command ta_command_man;
const ta_command ta_command_man = {
    .name = "man",
    .arguments = "",
    .summary = "the manual page",
    .about = "Prints the manual page, for `man -l -`.",
    .hidden = true,
    .run = run_man,
};
