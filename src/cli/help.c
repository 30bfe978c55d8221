/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include "cli/say.h"

enum { LINE_COLUMNS = 80, HELP_COLUMN = 30 };

const char *const ta_exit_statuses[3] = {
    "the data is clean; warnings are allowed", "the data has errors",
    ("transalp could not run: a wrong option, a file or schema that cannot be read, "
     "a full disk")};

/* One more word of a list "a, b or c". */
static void list_word(ta_buf *out, const char *word, bool first, bool last) {
    ta_buf_puts(out, first ? "" : last ? " or " : ", ");
    ta_buf_puts(out, word);
}

static void list_formats(ta_buf *out) {
    for (const ta_format *const *f = ta_formats; *f; f++)
        list_word(out, (*f)->name, f == ta_formats, !f[1]);
}

static void list_forms(ta_buf *out) {
    for (const ta_report_form *const *f = ta_report_forms; *f; f++)
        list_word(out, (*f)->name, f == ta_report_forms, !f[1]);
}

static void list_dialects(ta_buf *out) {
    for (const ta_dialect_row *row = ta_dialects; row->name; row++)
        list_word(out, row->name, row == ta_dialects, !row[1].name);
}

static void list_rules(ta_buf *out) {
    for (const char *const *rule = ta_normal_rule_names; *rule; rule++)
        list_word(out, *rule, rule == ta_normal_rule_names, !rule[1]);
}

void ta_help_words(ta_buf *out, const char *text) {
    static const struct {
        const char *word;
        void (*list)(ta_buf *out);
    } rows[] = {{"{formats}", list_formats},
                {"{dialects}", list_dialects},
                {"{reports}", list_forms},
                {"{rules}", list_rules}};
    const size_t count = sizeof rows / sizeof *rows;
    while (*text) {
        size_t plain = strcspn(text, "{");
        ta_buf_put(out, text, plain);
        text += plain;
        size_t i = 0;
        while (i < count && strncmp(text, rows[i].word, strlen(rows[i].word)) != 0)
            i++;
        if (i < count)
            rows[i].list(out);
        else
            ta_buf_put(out, text, *text != 0);
        text += i < count ? strlen(rows[i].word) : *text != 0;
    }
}

void ta_help_wrap(ta_buf *out, const char *text, unsigned column, unsigned indent) {
    bool begun = false;
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        size_t len = strcspn(text, " ");
        if (begun && column + 1 + len > LINE_COLUMNS) {
            ta_buf_printf(out, "\n%*s", (int)indent, "");
            column = indent;
            begun = false;
        }
        ta_buf_puts(out, begun ? " " : "");
        ta_buf_put(out, text, len);
        column += (unsigned)len + begun;
        begun = true;
        text += len;
    }
    ta_buf_puts(out, "\n");
}

void ta_help_usage(ta_buf *out, const ta_command *command) {
    ta_buf_printf(out, "usage: transalp %s%s%s", command->name, *command->arguments ? " " : "",
                  command->arguments);
}

static void print_option(ta_buf *out, const ta_option *option) {
    ta_buf label = {0}, words = {0};
    if (option->letter)
        ta_buf_printf(&label, "  -%c, --%s", option->letter, option->name);
    else
        ta_buf_printf(&label, "      --%s", option->name);
    if (option->argument)
        ta_buf_printf(&label, " %s", option->argument);
    ta_help_words(&words, option->help);
    ta_buf_printf(out, "%-*s", HELP_COLUMN, ta_buf_text(&label));
    if (label.len + 2 > HELP_COLUMN)
        ta_buf_printf(out, "\n%*s", HELP_COLUMN, "");
    ta_help_wrap(out, ta_buf_text(&words), HELP_COLUMN, HELP_COLUMN);
    out->failed |= label.failed | words.failed;
    ta_buf_fini(&label);
    ta_buf_fini(&words);
}

static void print_group(ta_buf *out, const ta_command *command, ta_option_group group) {
    bool begun = false;
    for (const ta_option *option = ta_options; option->name; option++) {
        if (option->group != group || !option->help ||
            !(option->commands & ta_command_bit(command)))
            continue;
        if (!begun)
            ta_buf_printf(out, "\n%s:\n", ta_option_groups[group]);
        begun = true;
        print_option(out, option);
    }
}

static void print_examples(ta_buf *out, const ta_command *command) {
    if (command->examples)
        ta_buf_puts(out, "\nExamples:\n");
    for (const ta_example *example = command->examples; example && example->line; example++)
        ta_buf_printf(out, "  %s\n      %s\n", example->line, example->what);
}

static void print_exit_statuses(ta_buf *out) {
    ta_buf_puts(out, "\nExit status:\n");
    for (int i = 0; i < 3; i++) {
        ta_buf_printf(out, "  %d  ", i);
        ta_help_wrap(out, ta_exit_statuses[i], 5, 5);
    }
}

static void print_command_help(ta_buf *out, const ta_command *command) {
    ta_help_usage(out, command);
    ta_buf_puts(out, "\n\n");
    ta_help_wrap(out, command->about, 0, 0);
    for (int group = 0; group < TA_GROUP_COUNT; group++)
        print_group(out, command, (ta_option_group)group);
    print_examples(out, command);
    print_exit_statuses(out);
}

static void print_general_help(ta_buf *out) {
    ta_buf_puts(out, "usage: transalp COMMAND [ARGUMENT]...\n\n"
                     "Converts and checks cluster data: ");
    list_formats(out);
    ta_buf_puts(out, ".\n\nCommands:\n");
    for (const ta_command *const *command = ta_commands; *command; command++)
        if (!(*command)->hidden)
            ta_buf_printf(out, "  %-10s %s\n", (*command)->name, (*command)->summary);
    ta_buf_puts(out,
                "\nOptions:\n  -h, --help     show this help; after a command, the command's\n"
                "  -V, --version  show the version\n");
    print_exit_statuses(out);
}

int ta_help_print(const ta_command *command) {
    ta_buf out = {0};
    if (command)
        print_command_help(&out, command);
    else
        print_general_help(&out);
    return ta_say_text(&out);
}

static int run_help(ta_settings *settings) {
    if (!settings->argument_count)
        return ta_help_print(NULL);
    const ta_command *command = ta_command_find(settings->arguments[0]);
    return command ? ta_help_print(command) : ta_command_unknown(settings->arguments[0]);
}

static const ta_example help_examples[] = {
    {"transalp help", "the commands"}, {"transalp help convert", "one command"}, {0}};

extern const ta_command ta_command_help;
const ta_command ta_command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "a command's options and examples",
    .about =
        "Shows what a command does, its options and examples. `transalp COMMAND --help` does "
        "the same.",
    .examples = help_examples,
    .most = 1,
    .run = run_help,
};
