/* SPDX-License-Identifier: MIT */
/* The values of options that say one thing: a word, a character, a number. */
#include <inttypes.h>

#include "cli/option.h"
#include "cli/say.h"

enum { JOBS_MAX = 256 };

static void *option_field(ta_settings *settings, const ta_option *option) {
    return (char *)settings + option->field;
}

ta_status read_option_flag(ta_settings *settings, const ta_option *option, const char *value) {
    (void)value;
    *(bool *)option_field(settings, option) = true;
    return TA_OK;
}

ta_status read_option_text(ta_settings *settings, const ta_option *option, const char *value) {
    *(const char **)option_field(settings, option) = value;
    return TA_OK;
}

ta_status read_option_format(ta_settings *settings, const ta_option *option,
                             const char *value) {
    const ta_format *format = ta_format_find(value);
    if (!format) {
        ta_guess guess = {.word = value};
        for (const ta_format *const *f = ta_formats; *f; f++)
            ta_guess_try(&guess, (*f)->name);
        return ta_say_unknown(&guess, "`transalp formats` lists them",
                              "--%s: unknown format %s", option->name, value);
    }
    *(const char **)option_field(settings, option) = format->name;
    return TA_OK;
}

/* One character of ASCII that ends no line, or a name for one that is hard to type. */
static bool read_char(const char *value, char *out) {
    bool tab = !strcmp(value, "tab") || !strcmp(value, "\\t");
    *out = tab ? '\t' : value[0];
    if (tab)
        return true;
    unsigned char c = (unsigned char)value[0];
    return c && !value[1] && (c == '\t' || (c >= 0x20 && c < 0x7F));
}

ta_status read_option_char(ta_settings *settings, const ta_option *option, const char *value) {
    char c;
    if (!read_char(value, &c))
        return ta_say("--%s takes one ASCII character, or `tab`: found %s", option->name,
                      value);
    *(char *)option_field(settings, option) = c;
    return TA_OK;
}

ta_status read_option_decimal(ta_settings *settings, const ta_option *option,
                              const char *value) {
    if (strcmp(value, ",") != 0 && strcmp(value, ".") != 0)
        return ta_say("--%s takes a comma or a point: found %s", option->name, value);
    *(char *)option_field(settings, option) = value[0];
    return TA_OK;
}

ta_status read_option_group(ta_settings *settings, const ta_option *option, const char *value) {
    bool blank = !strcmp(value, "space") || !strcmp(value, " ");
    if (!blank && (!*value || value[1] || !strchr(".,'_", *value)))
        return ta_say("--%s takes one of . , ' _ or `space`: found %s", option->name, value);
    *(char *)option_field(settings, option) = blank ? ' ' : *value;
    return TA_OK;
}

ta_status read_option_null(ta_settings *settings, const ta_option *option, const char *value) {
    (void)option;
    ta_dialect *dialect = &settings->job.read.dialect;
    settings->nulls[dialect->null_count++] = value;
    dialect->nulls = settings->nulls;
    return TA_OK;
}

ta_status read_option_separator(ta_settings *settings, const ta_option *option,
                                const char *value) {
    char c;
    if (!read_char(value, &c) || !strchr("./:|>-_~+/!$%&=#^;,\t ", c))
        return ta_say("--%s takes one character such as . or /: found %s", option->name, value);
    settings->job.read.path_separator = settings->job.write.path_separator = c;
    return TA_OK;
}

static ta_status read_number(const ta_option *option, const char *value, uint64_t most,
                             uint64_t *out) {
    uint64_t number = 0;
    const char *at = value;
    for (; *at >= '0' && *at <= '9' && number <= most / 10; at++)
        number = number * 10 + (uint64_t)(*at - '0');
    if (!*at && number >= 1 && number <= most) {
        *out = number;
        return TA_OK;
    }
    if (most == INT64_MAX)
        return ta_say("--%s takes a whole number from 1: found %s", option->name, value);
    return ta_say("--%s takes a whole number from 1 to %" PRIu64 ": found %s", option->name,
                  most, value);
}

enum { LINES_MOST = 100000 };

ta_status read_option_lines(ta_settings *settings, const ta_option *option, const char *value) {
    uint64_t number = 0;
    ta_status status = read_number(option, value, LINES_MOST, &number);
    *(uint32_t *)option_field(settings, option) = (uint32_t)number;
    return status;
}

/* None is an answer too: nothing is found out then. */
ta_status read_option_skip_rows(ta_settings *settings, const ta_option *option,
                                const char *value) {
    settings->job.read.dialect.skip_said = true;
    return strcmp(value, "0") != 0 ? read_option_lines(settings, option, value) : TA_OK;
}

ta_status read_option_limit(ta_settings *settings, const ta_option *option, const char *value) {
    return read_number(option, value, INT64_MAX, &settings->job.read.limit);
}

ta_status read_option_jobs(ta_settings *settings, const ta_option *option, const char *value) {
    uint64_t number = 0;
    ta_status status = read_number(option, value, JOBS_MAX, &number);
    settings->job.jobs = (unsigned)number;
    return status;
}

/* The limit can only be lowered: stacks of readers and checks are made for TA_DEPTH_MAX. */
ta_status read_option_depth(ta_settings *settings, const ta_option *option, const char *value) {
    uint64_t number = TA_DEPTH_MAX;
    ta_status status = read_number(option, value, TA_DEPTH_MAX, &number);
    settings->job.read.depth_max = (uint32_t)number;
    return status;
}

ta_status read_option_enum_max(ta_settings *settings, const ta_option *option,
                               const char *value) {
    return read_number(option, value, TA_INFER_ENUM_MOST, &settings->job.infer.enum_max);
}

/* Offsets within a record have 32 bits. */
ta_status read_option_mebibytes(ta_settings *settings, const ta_option *option,
                                const char *value) {
    uint64_t number = 0;
    ta_status status = read_number(option, value, 2047, &number);
    *(size_t *)option_field(settings, option) = (size_t)number << 20;
    return status;
}

ta_status read_option_colour(ta_settings *settings, const ta_option *option,
                             const char *value) {
    static const char *const words[] = {
        [TA_WHEN_AUTO] = "auto", [TA_WHEN_ALWAYS] = "always", [TA_WHEN_NEVER] = "never"};
    for (int i = 0; i < 3; i++)
        if (!strcmp(value, words[i])) {
            settings->colour = (ta_when)i;
            return TA_OK;
        }
    return ta_say("--%s takes always, never or auto: found %s", option->name, value);
}

/* An element's name: its prefix would have to be bound to a namespace. */
ta_status read_option_element(ta_settings *settings, const ta_option *option,
                              const char *value) {
    if (!*value || strchr(value, ':'))
        return ta_say("--%s takes the name of an element, without a colon: found \"%s\"",
                      option->name, value);
    return read_option_text(settings, option, value);
}

ta_status read_option_xml_style(ta_settings *settings, const ta_option *option,
                                const char *value) {
    settings->job.write.plain = !strcmp(value, "plain");
    if (settings->job.write.plain || !strcmp(value, "hinted"))
        return TA_OK;
    return ta_say("--%s takes plain or hinted: found %s", option->name, value);
}

ta_status read_option_date_order(ta_settings *settings, const ta_option *option,
                                 const char *value) {
    if (strcmp(value, "dmy") != 0 && strcmp(value, "mdy") != 0)
        return ta_say("--%s takes dmy or mdy: found %s", option->name, value);
    settings->job.normal.date_order = *value;
    return TA_OK;
}

ta_status read_option_country(ta_settings *settings, const ta_option *option,
                              const char *value) {
    if (strlen(value) != 2 || strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2)
        return ta_say("--%s takes two letters of ISO 3166-1, such as FR: found %s",
                      option->name, value);
    return read_option_text(settings, option, value);
}
