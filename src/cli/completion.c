/* SPDX-License-Identifier: MIT */
/*
 * transalp completion SHELL: what a shell completes, from the tables of commands and options.
 * Used by the build, which installs the three files where the shells look for them.
 */
#include "base/embedded.h"
#include "cli/help.h"
#include "cli/say.h"

/* Appends words separated by blanks. */
typedef void put_words_fn(ta_buf *out);

static void put_word(ta_buf *out, const char *word, size_t len) {
    ta_buf_puts(out, out->len && out->data[out->len - 1] != '\'' ? " " : "");
    ta_buf_put(out, word, len);
}

static void put_format_words(ta_buf *out) {
    for (const ta_format *const *f = ta_formats; *f; f++)
        put_word(out, (*f)->name, strlen((*f)->name));
}

static void put_report_words(ta_buf *out) {
    for (const ta_report_form *const *f = ta_report_forms; *f; f++)
        put_word(out, (*f)->name, strlen((*f)->name));
}

static void put_dialect_words(ta_buf *out) {
    for (const ta_dialect_row *row = ta_dialects; row->name; row++)
        put_word(out, row->name, strlen(row->name));
}

/* Families first come with their codes: all findings, each once. */
static void put_code_words(ta_buf *out) {
    for (int code = 0; code < TA_CODE_COUNT; code++)
        put_word(out, ta_codes[code].code, strlen(ta_codes[code].code));
}

static void put_rule_words(ta_buf *out) {
    for (const char *const *rule = ta_normal_rule_names; *rule; rule++)
        put_word(out, *rule, strlen(*rule));
}

/* The files of a folder of schemas/, without folder and suffix. */
static void put_embedded_words(ta_buf *out, const char *folder) {
    size_t len = strlen(folder);
    for (const ta_embedded *file = ta_embedded_files; file->name; file++)
        if (!strncmp(file->name, folder, len) && !strchr(file->name + len, '/'))
            put_word(out, file->name + len, strcspn(file->name + len, "."));
}

static void put_schema_words(ta_buf *out) {
    put_embedded_words(out, "");
}

static void put_list_words(ta_buf *out) {
    put_embedded_words(out, "codes/");
}

static void put_shell_words(ta_buf *out) {
    ta_buf_puts(out, "bash zsh fish");
}

static void put_colour_words(ta_buf *out) {
    ta_buf_puts(out, "auto always never");
}

static void put_style_words(ta_buf *out) {
    ta_buf_puts(out, "hinted plain");
}

static void put_order_words(ta_buf *out) {
    ta_buf_puts(out, "dmy mdy");
}

static void put_service_words(ta_buf *out) {
    ta_buf_puts(out, "github gitlab");
}

static void put_command_words(ta_buf *out) {
    for (const ta_command *const *command = ta_commands; *command; command++)
        if (!(*command)->hidden)
            put_word(out, (*command)->name, strlen((*command)->name));
}

/* What an option's value may be; NULL: a file, or anything. */
static put_words_fn *words_of_option(const ta_option *option) {
    static const struct {
        ta_option_fn *read;
        put_words_fn *put;
    } rows[] = {
        {read_option_format, put_format_words},   {read_option_report, put_report_words},
        {read_option_dialect, put_dialect_words}, {read_option_error, put_code_words},
        {read_option_warn, put_code_words},       {read_option_ignore, put_code_words},
        {read_option_words, put_rule_words},      {read_option_colour, put_colour_words},
        {read_option_xml_style, put_style_words}, {read_option_date_order, put_order_words}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].read == option->read)
            return rows[i].put;
    return !strcmp(option->name, "schema") ? put_schema_words
           : !strcmp(option->name, "ci")   ? put_service_words
                                           : NULL;
}

/* What a command's arguments are; NULL: files. */
static put_words_fn *words_of_command(const ta_command *command) {
    static const struct {
        const char *name;
        put_words_fn *put;
    } rows[] = {{"explain", put_code_words},
                {"schemas", put_schema_words},
                {"codes", put_list_words},
                {"help", put_command_words},
                {"completion", put_shell_words}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].name, command->name))
            return rows[i].put;
    return NULL;
}

/* Whether a command takes the option and both are such as people type. */
static bool takes(const ta_command *command, const ta_option *option) {
    return !command->hidden && option->help && (option->commands & ta_command_bit(command));
}

static void put_bash_values(ta_buf *out) {
    ta_buf_puts(out, "    case $previous in\n");
    for (const ta_option *option = ta_options; option->name; option++) {
        put_words_fn *put = words_of_option(option);
        if (!option->argument || !option->help)
            continue;
        ta_buf_printf(out, option->letter ? "    --%s | -%c)" : "    --%s)", option->name,
                      option->letter);
        ta_buf_puts(out, put ? " words='" : " return ;;\n");
        if (!put)
            continue;
        put(out);
        ta_buf_puts(out, "' ;;\n");
    }
    ta_buf_puts(out, "    esac\n");
}

static void put_bash_command(ta_buf *out, const ta_command *command) {
    put_words_fn *put = words_of_command(command);
    ta_buf_printf(out, "    %s)\n        options='", command->name);
    for (const ta_option *option = ta_options; option->name; option++)
        if (takes(command, option))
            ta_buf_printf(out, "%s--%s", option == ta_options ? "" : " ", option->name);
    ta_buf_puts(out, "'\n");
    if (put) {
        ta_buf_puts(out, "        arguments='");
        put(out);
        ta_buf_puts(out, "'\n");
    }
    ta_buf_puts(out, "        ;;\n");
}

static void put_bash(ta_buf *out) {
    ta_buf_puts(out, "# bash completion for transalp; made by `transalp completion bash`\n"
                     "_transalp() {\n"
                     "    local current=${COMP_WORDS[COMP_CWORD]}\n"
                     "    local previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
                     "    local words='' options='' arguments=''\n"
                     "    COMPREPLY=()\n"
                     "    case $current$previous in # bash parts words at =\n"
                     "    =*) current='' ;;\n"
                     "    *=) previous=${COMP_WORDS[COMP_CWORD - 2]} ;;\n"
                     "    esac\n"
                     "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                     "        words='--help --version");
    put_command_words(out);
    ta_buf_puts(out, "'\n"
                     "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
                     "        return\n"
                     "    fi\n");
    put_bash_values(out);
    ta_buf_puts(out, "    case ${COMP_WORDS[1]} in\n");
    for (const ta_command *const *command = ta_commands; *command; command++)
        if (!(*command)->hidden)
            put_bash_command(out, *command);
    ta_buf_puts(out, "    esac\n"
                     "    if [ -z \"$words\" ]; then\n"
                     "        case $current in\n"
                     "        -*) words=$options ;;\n"
                     "        *) words=$arguments ;;\n"
                     "        esac\n"
                     "    fi\n"
                     "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
                     "}\n"
                     "complete -o bashdefault -o default -F _transalp transalp\n");
}

/* Text inside single quotes, with what the shell's own syntax would take escaped. */
static void put_shell_text(ta_buf *out, const char *text, const char *special) {
    for (; *text; text++) {
        if (*text == '\'')
            ta_buf_puts(out, "'\\'");
        else if (strchr(special, *text))
            ta_buf_puts(out, "\\");
        ta_buf_put(out, text, 1);
    }
}

/* An option's help as one line. */
static void put_shell_help(ta_buf *out, const ta_option *option, const char *special) {
    ta_buf words = {0};
    ta_help_words(&words, option->help);
    put_shell_text(out, ta_buf_text(&words), special);
    out->failed |= words.failed;
    ta_buf_fini(&words);
}

static void put_zsh_option(ta_buf *out, const ta_option *option) {
    put_words_fn *put = words_of_option(option);
    ta_buf_printf(out, " \\\n            '*--%s%s[", option->name, option->argument ? "=" : "");
    put_shell_help(out, option, "[]:\\");
    ta_buf_puts(out, "]");
    if (option->argument)
        ta_buf_puts(out, put ? ":value:(" : ":value:_files");
    if (put) {
        ta_buf words = {0};
        put(&words);
        ta_buf_puts(out, ta_buf_text(&words));
        ta_buf_puts(out, ")");
        out->failed |= words.failed;
        ta_buf_fini(&words);
    }
    ta_buf_puts(out, "'");
}

static void put_zsh_command(ta_buf *out, const ta_command *command) {
    put_words_fn *put = words_of_command(command);
    ta_buf words = {0};
    ta_buf_printf(out, "    %s)\n        _arguments -s", command->name);
    for (const ta_option *option = ta_options; option->name; option++)
        if (takes(command, option))
            put_zsh_option(out, option);
    if (put)
        put(&words);
    if (put)
        ta_buf_printf(out, " \\\n            '*:argument:(%s)'\n        ;;\n",
                      ta_buf_text(&words));
    else
        ta_buf_puts(out, " \\\n            '*:file:_files'\n        ;;\n");
    out->failed |= words.failed;
    ta_buf_fini(&words);
}

static void put_zsh(ta_buf *out) {
    ta_buf_puts(out, "#compdef transalp\n"
                     "# zsh completion for transalp; made by `transalp completion zsh`\n"
                     "local -a subcommands\n"
                     "subcommands=(\n");
    for (const ta_command *const *command = ta_commands; *command; command++) {
        if ((*command)->hidden)
            continue;
        ta_buf_printf(out, "    '%s:", (*command)->name);
        put_shell_text(out, (*command)->summary, ":\\");
        ta_buf_puts(out, "'\n");
    }
    ta_buf_puts(out, ")\n"
                     "if (( CURRENT == 2 )); then\n"
                     "    _describe command subcommands\n"
                     "    return\n"
                     "fi\n"
                     "local command=$words[2]\n"
                     "shift words\n"
                     "(( CURRENT-- ))\n"
                     "case $command in\n");
    for (const ta_command *const *command = ta_commands; *command; command++)
        if (!(*command)->hidden)
            put_zsh_command(out, *command);
    ta_buf_puts(out, "esac\n");
}

static void put_fish_option(ta_buf *out, const ta_option *option) {
    put_words_fn *put = words_of_option(option);
    ta_buf_puts(out, "complete -c transalp -n '__fish_seen_subcommand_from");
    for (const ta_command *const *command = ta_commands; *command; command++)
        if (takes(*command, option))
            ta_buf_printf(out, " %s", (*command)->name);
    ta_buf_printf(out, "' -l %s", option->name);
    if (option->letter)
        ta_buf_printf(out, " -s %c", option->letter);
    ta_buf_puts(out, !option->argument ? "" : put ? " -x -a '" : " -r");
    if (option->argument && put) {
        put(out);
        ta_buf_puts(out, "'");
    }
    ta_buf_puts(out, " -d '");
    put_shell_help(out, option, "\\");
    ta_buf_puts(out, "'\n");
}

static void put_fish(ta_buf *out) {
    ta_buf_puts(out, "# fish completion for transalp; made by `transalp completion fish`\n");
    for (const ta_command *const *command = ta_commands; *command; command++) {
        put_words_fn *put = words_of_command(*command);
        if ((*command)->hidden)
            continue;
        ta_buf_printf(out, "complete -c transalp -n __fish_use_subcommand -f -a %s -d '",
                      (*command)->name);
        put_shell_text(out, (*command)->summary, "\\");
        ta_buf_puts(out, "'\n");
        if (!put)
            continue;
        ta_buf_printf(out, "complete -c transalp -n '__fish_seen_subcommand_from %s' -f -a '",
                      (*command)->name);
        put(out);
        ta_buf_puts(out, "'\n");
    }
    for (const ta_option *option = ta_options; option->name; option++)
        if (option->help)
            put_fish_option(out, option);
}

static int run_completion(ta_settings *settings) {
    static const struct {
        const char *name;
        put_words_fn *put;
    } shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};
    const char *name = settings->argument_count ? settings->arguments[0] : "";
    ta_buf out = {0};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, name) != 0)
            continue;
        shells[i].put(&out);
        return ta_say_text(&out);
    }
    ta_say("completion: name a shell: bash, zsh or fish");
    return 2;
}

static const ta_example completion_examples[] = {
    {"transalp completion bash > transalp.bash", "to be sourced by ~/.bashrc"}, {0}};

extern const ta_command ta_command_completion;
const ta_command ta_command_completion = {
    .name = "completion",
    .arguments = "bash|zsh|fish",
    .summary = "what a shell completes, as a script",
    .about = "Prints the script by which a shell completes transalp's commands, options and "
             "their values. An installation brings the scripts along.",
    .examples = completion_examples,
    .most = 1,
    .run = run_completion,
};
