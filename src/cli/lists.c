/* SPDX-License-Identifier: MIT */
/* The values of options that name a row of a table or may be repeated: dialects, columns,
 * reports, levels. */
#include "cli/option.h"
#include "cli/say.h"

const ta_dialect_row ta_dialects[] = {
#define TA_DIALECT(word, between, sign, quotes, sheet, text)                                   \
    {.name = (word),                                                                           \
     .dialect = {.delimiter = (between),                                                       \
                 .quote = '"',                                                                 \
                 .decimal = (sign),                                                            \
                 .quote_all = (quotes),                                                        \
                 .crlf = (sheet),                                                              \
                 .mark = (sheet)},                                                             \
     .summary = (text)},
#include "cli/dialects.def"
#undef TA_DIALECT
    {.name = NULL}};

ta_status read_option_dialect(ta_settings *settings, const ta_option *option,
                              const char *value) {
    ta_guess guess = {.word = value};
    if (!strcmp(option->name, "dialect") && strpbrk(value, "./")) {
        settings->job.dialect_file = value;
        return TA_OK;
    }
    for (const ta_dialect_row *row = ta_dialects; row->name; row++) {
        if (!strcmp(row->name, value)) {
            *(const ta_dialect_row **)(void *)((char *)settings + option->field) = row;
            return TA_OK;
        }
        ta_guess_try(&guess, row->name);
    }
    return ta_say_unknown(&guess, "--help names them", "--%s: unknown dialect %s", option->name,
                          value);
}

/* Takes the name that *at begins, its `\,` made commas, into a copy; *at moves behind the comma
 * after it. */
static char *take_column(ta_arena *arena, const char **at) {
    char *name = ta_arena_alloc(arena, strlen(*at) + 1), *to = name;
    const char *from = *at;
    if (!name)
        return NULL;
    for (; *from && *from != ','; from++) {
        bool pair = from[0] == '\\' && from[1];
        if (pair && from[1] != ',')
            *to++ = *from;
        from += pair;
        *to++ = *from;
    }
    *at = *from ? from + 1 : NULL;
    return name;
}

ta_status read_option_columns(ta_settings *settings, const ta_option *option,
                              const char *value) {
    size_t most = 1;
    for (const char *at = value; *at; at++)
        most += *at == ',';
    const char **columns = ta_arena_alloc(&settings->arena, most * sizeof *columns);
    uint32_t count = 0;
    for (const char *at = value; columns && at;) {
        const char *name = take_column(&settings->arena, &at);
        if (!name)
            return TA_ERR_NOMEM;
        if (!*name)
            return ta_say("--%s: column %u of %s has no name", option->name, count + 1, value);
        for (uint32_t i = 0; i < count; i++)
            if (!strcmp(columns[i], name))
                return ta_say("--%s: the column %s stands there twice", option->name, name);
        columns[count++] = name;
    }
    settings->job.write.columns = columns;
    settings->job.write.column_count = count;
    return columns ? TA_OK : TA_ERR_NOMEM;
}

/* Words between commas. */
ta_status read_option_words(ta_settings *settings, const ta_option *option, const char *value) {
    size_t most = 1, count = 0;
    for (const char *at = value; *at; at++)
        most += *at == ',';
    const char **words = ta_arena_alloc(&settings->arena, most * sizeof *words);
    for (const char *at = value; words && *at;) {
        size_t len = strcspn(at, ",");
        if (!len)
            return ta_say("--%s: a word is empty in %s", option->name, value);
        words[count] = ta_arena_copy(&settings->arena, at, len);
        if (!words[count++])
            return TA_ERR_NOMEM;
        at += len + (at[len] == ',');
    }
    *(ta_strings *)(void *)((char *)settings + option->field) = (ta_strings){words, count};
    return words ? TA_OK : TA_ERR_NOMEM;
}

ta_status read_option_fields(ta_settings *settings, const ta_option *option,
                             const char *value) {
    return read_option_words(settings, option, value);
}

static const ta_report_form *find_form(const ta_option *option, const char *name) {
    const ta_report_form *form = ta_report_find(name);
    if (form)
        return form;
    ta_guess guess = {.word = name};
    for (const ta_report_form *const *f = ta_report_forms; *f; f++)
        ta_guess_try(&guess, (*f)->name);
    ta_say_unknown(&guess, "--help names them", "--%s: unknown form %s", option->name, name);
    return NULL;
}

static bool has_stream_report(const ta_settings *settings) {
    for (size_t i = 0; i < settings->job.report_count; i++)
        if (!settings->reports[i].file)
            return true;
    return false;
}

ta_status read_option_report(ta_settings *settings, const ta_option *option,
                             const char *value) {
    const char *equals = strchr(value, '=');
    size_t len = equals ? (size_t)(equals - value) : strlen(value);
    const char *name = ta_arena_copy(&settings->arena, value, len);
    if (!name)
        return TA_ERR_NOMEM;
    const ta_report_form *form = find_form(option, name);
    if (!form)
        return TA_ERR_USAGE;
    if (equals && (!equals[1] || !strcmp(equals, "=-")))
        return ta_say("--%s %s: name a file after =, or leave the = out", option->name, value);
    if (settings->job.report_count == TA_REPORTS_MAX)
        return ta_say("--%s: more than %d reports", option->name, (int)TA_REPORTS_MAX);
    if (!equals && has_stream_report(settings))
        return ta_say("--%s %s: another report goes to the same place: write %s=FILE",
                      option->name, value, value);
    settings->reports[settings->job.report_count++] =
        (ta_report_wish){form, equals ? equals + 1 : NULL};
    return TA_OK;
}

/* Families whose errors mean that data was not read, or that nothing could be; the formats' own
 * besides. */
static bool is_about_reading(const char *code) {
    static const char *const families[] = {"io", "format", "encoding", "record", "schema"};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (ta_level_wish_covers(families[i], code))
            return true;
    for (const ta_format *const *f = ta_formats; *f; f++)
        if (ta_level_wish_covers((*f)->name, code))
            return true;
    return false;
}

/* Nothing is dropped unseen: an error of reading may become a warning, but not go unsaid. */
static ta_status check_ignored(const char *wish) {
    for (int i = 0; i < TA_CODE_COUNT; i++)
        if (ta_codes[i].level == TA_ERROR && ta_level_wish_covers(wish, ta_codes[i].code) &&
            is_about_reading(ta_codes[i].code))
            return ta_say("--ignore %s: what could not be read is always said (%s)", wish,
                          ta_codes[i].code);
    return TA_OK;
}

static ta_status add_level(ta_settings *settings, const ta_option *option, const char *code,
                           ta_level level) {
    if (ta_level_wish_is_known(code)) {
        if (level == TA_LEVEL_IGNORE && check_ignored(code) != TA_OK)
            return TA_ERR_USAGE;
        settings->levels[settings->job.level_count++] = (ta_level_wish){code, level};
        return TA_OK;
    }
    ta_guess guess = {.word = code};
    ta_guess_try_codes(&guess);
    return ta_say_unknown(&guess, "`transalp explain` lists them",
                          "--%s: no finding is called %s", option->name, code);
}

ta_status read_option_error(ta_settings *settings, const ta_option *option, const char *value) {
    return add_level(settings, option, value, TA_ERROR);
}

ta_status read_option_warn(ta_settings *settings, const ta_option *option, const char *value) {
    return add_level(settings, option, value, TA_WARNING);
}

ta_status read_option_ignore(ta_settings *settings, const ta_option *option,
                             const char *value) {
    return add_level(settings, option, value, TA_LEVEL_IGNORE);
}

ta_status read_option_schema_map(ta_settings *settings, const ta_option *option,
                                 const char *value) {
    const char *equals = strrchr(value, '=');
    char *prefix = equals && equals > value && equals[1]
                       ? ta_arena_copy(&settings->arena, value, (size_t)(equals - value))
                       : NULL;
    if (!prefix)
        return ta_say("--%s takes PREFIX=FOLDER, such as https://example.org/schemas/=schemas: "
                      "found %s",
                      option->name, value);
    settings->schema_maps[settings->job.schema_map_count++] =
        (ta_schema_map){prefix, equals + 1};
    settings->job.schema_maps = settings->schema_maps;
    return TA_OK;
}

/* What stands before the `=`, copied; NULL: there is no name and value, or no memory. */
static char *read_list_name(ta_settings *settings, const char *value) {
    const char *equals = strchr(value, '=');
    size_t len = equals ? (size_t)(equals - value) : 0;
    return len && equals[1] && strcspn(value, "./") > len
               ? ta_arena_copy(&settings->arena, value, len)
               : NULL;
}

ta_status read_option_codes(ta_settings *settings, const ta_option *option, const char *value) {
    char *name = read_list_name(settings, value);
    if (!name)
        return ta_say("--%s takes NAME=FILE, such as country=countries.csv: found %s",
                      option->name, value);
    settings->code_files[settings->job.code_file_count++] =
        (ta_code_file){name, strchr(value, '=') + 1};
    settings->job.code_files = settings->code_files;
    return TA_OK;
}

ta_status read_option_code_view(ta_settings *settings, const ta_option *option,
                                const char *value) {
    char *name = read_list_name(settings, value);
    if (!name)
        return ta_say("--%s takes LIST=COLUMN, such as country=eu: found %s", option->name,
                      value);
    settings->code_views[settings->job.code_view_count++] =
        (ta_code_view){name, strchr(value, '=') + 1};
    settings->job.code_views = settings->code_views;
    return TA_OK;
}
